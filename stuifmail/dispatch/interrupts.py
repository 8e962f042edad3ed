"""Ctrl-C and SIGTERM that wait until the message on the wire has its answer."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """Whether somebody asked this run to stop."""

    def __init__(self) -> None:
        self._signal: int | None = None

    def note(self, number: int, _frame: FrameType | None) -> None:
        """Remember a signal; the second one stops at once."""
        if self._signal is not None:
            raise KeyboardInterrupt
        self._signal = number

    def check(self) -> None:
        """Stop here when a signal came.

        Raises:
            KeyboardInterrupt: Ctrl-C.
            SystemExit: SIGTERM, with the exit code that shells expect.
        """
        if self._signal == signal.SIGTERM:
            raise SystemExit(128 + signal.SIGTERM)
        if self._signal is not None:
            raise KeyboardInterrupt


@contextmanager
def hold_interrupts() -> Iterator[Interrupts]:
    """Collect interrupts instead of breaking off anywhere; act on them at the latest at the end.

    Only the main thread gets signals; elsewhere nothing changes, and an interrupt is then
    what it always is: an exception at any point.
    """
    interrupts = Interrupts()
    if threading.current_thread() is not threading.main_thread():
        yield interrupts
        return
    before = {number: signal.signal(number, interrupts.note) for number in _SIGNALS}
    try:
        yield interrupts
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
    interrupts.check()
