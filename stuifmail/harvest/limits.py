"""What a process that reads documents may use of the machine; where a system lacks a limit, none."""

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":  # where there are no such limits
    import resource

_STATM = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLimits:
    """The limits of a worker.

    Args:
        timeout_s: longest time for one task, in seconds.
        memory_bytes: most memory that it may ask for on top of what it starts with.
        spare_bytes: how much more memory than at its start it may keep after a task; a worker
            that holds more is replaced.
    """

    timeout_s: float
    memory_bytes: int
    spare_bytes: int = 60_000_000


def count_cores() -> int:
    """Answer how many cores this process may use, 1 at least."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def limit_memory(more_bytes: int) -> None:
    """Let this process ask for so many bytes more than it has now, and not beyond."""
    sizes = _read_sizes()
    if sys.platform == "win32" or sizes is None:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = sizes[0] + more_bytes
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most < 0 else min(wanted, most), most))


def resident_bytes() -> int:
    """Answer how much of the machine's memory this process holds; 0 where that cannot be told."""
    sizes = _read_sizes()
    return sizes[1] if sizes else 0


def start_alarm(seconds: float) -> None:
    """Let the system end this process in so many seconds; 0 calls that off."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _read_sizes() -> tuple[int, int] | None:
    """Answer the bytes of address space and of memory in use; None where there is no /proc."""
    try:
        pages = _STATM.read_text(encoding="ascii").split()
    except OSError:
        return None
    size = os.sysconf("SC_PAGE_SIZE")
    return int(pages[0]) * size, int(pages[1]) * size
