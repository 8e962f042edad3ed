"""The pieces of work of a harvest benchmark, each in a process of its own."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

from benchmarks.parts.memory import run_watched
from benchmarks.parts.server import list_urls
from benchmarks.parts.work import ROOT, prepare


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One piece of work done.

    Args:
        told: what it printed; its own seconds among it.
        peak_mb: of it and its children.
    """

    told: dict[str, float]
    peak_mb: float

    @property
    def seconds(self) -> float:
        """Of the work itself."""
        return self.told["seconds"]


@dataclass(slots=True, kw_only=True)
class Bench:
    """Starts servers and work.

    Args:
        scratch: folder for newsrooms and databases.
        feeds: what the server serves.
        hosts: from how many addresses.
        timeout_s: the newsrooms' harvest.timeout_s.
        environment: of the work, besides the process's own.
    """

    scratch: Path
    feeds: list[Path]
    hosts: int
    timeout_s: float
    environment: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def serving(self, *, drips: int = 0) -> Iterator[int]:
        """Serve the feeds; answer the port.

        Args:
            drips: every so manieth host drips; 0 for none.
        """
        folder = self.scratch / "feeds"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for number, path in enumerate(self.feeds):
            (folder / f"{number:04}.xml").symlink_to(path.resolve())
        command = [sys.executable, "-m", "benchmarks.parts.server", str(folder), "--hosts", str(self.hosts)]
        with subprocess.Popen(
            [*command, "--drips", str(drips)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as server:
            assert server.stdin is not None
            assert server.stdout is not None
            try:
                yield int(json.loads(server.stdout.readline())["port"])
            finally:
                server.terminate()

    @contextmanager
    def serving_prefect(self) -> Iterator[None]:
        """Run a Prefect server for flows that are started meanwhile."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        home = self.scratch / "prefect"
        home.mkdir()
        settings = {
            "PREFECT_HOME": str(home),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
        }
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
        with subprocess.Popen(
            [*command, "--port", str(port), "--no-ui"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as server:
            try:
                _wait_for(f"http://127.0.0.1:{port}/api/health")
                self.environment = {**settings, "PREFECT_API_URL": f"http://127.0.0.1:{port}/api"}
                yield
            finally:
                self.environment = {}
                server.terminate()

    def make_newsroom(self, name: str, count: int, port: int) -> Path:
        """Make a newsroom with so many sources at the server; answer its folder."""
        folder = self.scratch / name
        folder.mkdir()
        prepare(folder, list_urls(count, port=port, hosts=self.hosts), timeout_s=self.timeout_s)
        return folder

    def run(self, kind: str, folder: Path, *arguments: str) -> Run:
        """Do one piece of work on a newsroom."""
        command = [sys.executable, "-m", "benchmarks.parts.work", kind, str(folder), *arguments]
        done = run_watched(command, folder=ROOT, environment=self.environment)
        return Run(told=json.loads(done.stdout.splitlines()[-1]), peak_mb=done.peak_mb)


def best_of(runs: Sequence[Run]) -> Run:
    """Answer the quickest run."""
    return min(runs, key=lambda run: run.seconds)


def _wait_for(url: str, most_s: float = 60) -> None:
    give_up_at = time.monotonic() + most_s
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            if time.monotonic() > give_up_at:
                raise
        time.sleep(0.3)
