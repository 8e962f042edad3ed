"""Running a command while watching the memory of it and all its children (Linux)."""

import os
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY_S = 0.1
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that ended well.

    Args:
        stdout: what it printed.
        peak_mb: most resident memory of it and its children at one time, in MB; memory that
            processes share counts for each of them. 0 where /proc does not tell.
    """

    stdout: str
    peak_mb: float


def run_watched(command: Sequence[str], *, folder: Path, environment: dict[str, str]) -> Done:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed, with the end of what it told.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        stdout, stderr = process.communicate()
        watch.stop()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {stderr[-2000:]}")
    return Done(stdout=stdout, peak_mb=watch.peak_bytes / 1_000_000)


class _Watch(threading.Thread):
    """Looks at a process tree ten times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak_bytes = pid, 0
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self._ended.wait(_EVERY_S):
            self.peak_bytes = max(self.peak_bytes, _resident_bytes(self.pid))

    def stop(self) -> None:
        """End the watch."""
        self._ended.set()
        self.join()


def _resident_bytes(root: int) -> int:
    parents = dict(filter(None, map(_parent_of, Path("/proc").glob("[0-9]*"))))
    tree, grown = {root}, True
    while grown:
        found = {pid for pid, parent in parents.items() if parent in tree} - tree
        tree |= found
        grown = bool(found)
    return sum(_resident_of(pid) for pid in tree)


def _parent_of(folder: Path) -> tuple[int, int] | None:
    try:
        return int(folder.name), int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it ended meanwhile
        return None


def _resident_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES
    except OSError:
        return 0
