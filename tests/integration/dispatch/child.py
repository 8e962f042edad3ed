"""One dispatch run in a process of its own, which the tests kill.

Arguments: database URL, folder, transport ("maildir" or the port of an SMTP server), and what
to do to itself: "live", or "STAGE:N" to be killed at the N-th copy: "claimed" before it is
built, "sending" before the transport has it, "sent" before its result is stored. A fifth one is the
moment that its clock shows.
"""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from stuifmail.dispatch.engine import dispatch
from stuifmail.dispatch.transports.base import Transport
from stuifmail.dispatch.transports.maildir import MaildirTransport
from stuifmail.dispatch.transports.smtp import SmtpTransport
from stuifmail.model.deliveries import Delivery, Receipt
from stuifmail.store.database import Store
from stuifmail.store.locks import hold_lock
from tests.letters import ISSUE, NOW, make_builder


def _open(kind: str, folder: Path) -> Transport:
    if kind == "maildir":
        return MaildirTransport(folder / "mail")
    return SmtpTransport(host="127.0.0.1", port=int(kind), security="none", timeout_s=20)


class Killer:
    """Counts copies, and kills this very process at one of them, as kill -9 would."""

    def __init__(self, plan: str) -> None:
        self._stage, _, number = plan.partition(":")
        self._left = int(number or 0)

    def reach(self, stage: str) -> None:
        """Die here, if it is time."""
        if stage == self._stage:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, folder: str, kind: str, plan: str, moment: str = "") -> None:
    """Run."""
    now = datetime.fromisoformat(moment) if moment else NOW
    store, killer, builder = Store.open(url, Path(folder)), Killer(plan), make_builder()

    def build(delivery: Delivery) -> tuple[str, bytes]:
        killer.reach("claimed")
        return builder.build(delivery)

    with hold_lock(store, "dispatch"), _open(kind, Path(folder)) as transport:
        real = transport.send

        def send(delivery: Delivery, envelope_from: str, message: bytes) -> Receipt:
            killer.reach("sending")
            receipt = real(delivery, envelope_from, message)
            killer.reach("sent")
            return receipt

        transport.send = send  # type: ignore[method-assign]
        print("ready", flush=True)  # noqa: T201
        dispatch(ISSUE, store=store, transport=transport, build=build, clock=lambda: now, max_attempts=3)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
