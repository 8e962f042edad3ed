"""Reading in processes of our own: both cores work, and a hostile document hurts nobody.

A worker is a plain Python process that is told over a pipe what to do, one piece of work at a
time. So it is known which document was in hand when a worker takes too long, wants too much
memory or dies; the next piece gets a new worker. `multiprocessing`, and pools on top of it,
are not used: they run the caller's main script again, refuse to start from a daemon process,
and let a worker that dies between two pieces take an innocent one along.

The limits are kept by the system, not by the worker's own code: an alarm ends a worker in the
midst of C code, too, and a worker whose parent was killed.
"""

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import IO, Any, Generic, Self, TypeVar

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.limits import WorkerLimits, count_cores, limit_memory, resident_bytes, start_alarm

Task = TypeVar("Task")
Answer = TypeVar("Answer")

#: More workers than this need more documents than one fetching thread brings in.
MOST_WORKERS = 8
#: The path comes first, since without it stuifmail may not be found.
_START = (
    "import sys, pickle; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from stuifmail.harvest.workers import serve; serve()"
)
_LENGTH_BYTES = 8
#: Large pieces of memory go back to the system at once (GNU's C library; others ignore it).
_THRIFTY = {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "262144"}


class Workers(Generic[Task, Answer]):
    """A few processes, started when there is work for them, that end with the `with`.

    Args:
        work: a function of a module; it gets `shared` and a task. Arguments, answers and the
            errors that it raises must pickle.
        shared: what all tasks need; handed to each worker once.
        limits: for each task.
        count: how many workers at most; None: one for each core.
    """

    def __init__(
        self,
        work: Callable[[Any, Task], Answer],
        shared: object,
        *,
        limits: WorkerLimits,
        count: int | None = None,
    ) -> None:
        self.count = count or min(count_cores(), MOST_WORKERS)
        self._setup = _Setup(work=work, shared=shared, limits=limits)
        self._threads = ThreadPoolExecutor(self.count, "stuifmail-read")
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._lock = Lock()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, task: Task, place: str) -> "Future[Answer]":
        """Answer a future of what the work makes of this task.

        Args:
            place: the document's address, for messages.

        Its error is an UnreadableDocument when the worker took too long or died, and else
        whatever the work raised.
        """
        return self._threads.submit(self._run, task, place)

    def close(self) -> None:
        """End all workers at once, also those in the midst of something; doing it again is harmless."""
        with self._lock:
            self._is_closed = True
            workers = list(self._all)
        for worker in workers:
            worker.process.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in workers:
            worker.end()

    def _run(self, task: Task, place: str) -> Answer:
        try:
            worker = self._take_worker()
        except OSError as error:
            raise _explain_no_worker(error, place) from error
        try:
            answer: Answer
            is_well, is_error, answer = worker.ask(task)
        except (EOFError, OSError) as error:
            self._dismiss(worker)
            raise _explain_death(worker.end(), place, self._setup.limits) from error
        if is_well:
            with self._lock:
                self._idle.append(worker)
        else:
            self._dismiss(worker)
            worker.end()
        if is_error and isinstance(answer, BaseException):
            raise answer
        return answer

    def _take_worker(self) -> "_Worker":
        with self._lock:
            if self._is_closed:
                raise EOFError
            if self._idle:
                return self._idle.pop()
            worker = _Worker(self._setup)
            self._all.add(worker)
            return worker

    def _dismiss(self, worker: "_Worker") -> None:
        with self._lock:
            self._all.discard(worker)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setup:
    """What a worker is told at its start."""

    work: Callable[[Any, Any], Any]
    shared: object
    limits: WorkerLimits


class _Worker:
    """One process, seen from the caller's side."""

    def __init__(self, setup: _Setup) -> None:
        self.process = subprocess.Popen(  # noqa: S603  our own interpreter and code
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_THRIFTY},
            process_group=0,  # Ctrl-C is for the caller, who then ends the workers
        )
        self._setup: _Setup | None = setup

    def ask(self, task: object) -> tuple[bool, bool, Any]:
        """Answer whether the worker can go on, whether it was an error, and the answer or error.

        Raises:
            EOFError, OSError: the worker ended.
        """
        tasks, answers = _pipes_of(self.process)
        if self._setup is not None:
            pickle.dump(sys.path, tasks)
            _send(tasks, self._setup)
            self._setup = None
        _send(tasks, task)
        is_well, is_error, answer = _receive(answers)
        return is_well, is_error, answer

    def end(self) -> int:
        """Close the pipes and see the process end; answer its exit code."""
        for pipe in _pipes_of(self.process):
            with suppress(OSError):
                pipe.close()
        return self.process.wait()


def serve() -> None:
    """Do what comes in until the caller closes the pipe; the body of a worker."""
    tasks, answers = _take_pipes()
    setup: _Setup = _receive(tasks)
    limit_memory(setup.limits.memory_bytes)
    most_bytes = resident_bytes() + setup.limits.spare_bytes
    gc.freeze()  # all that is loaded stays: no need to look through it again and again
    with suppress(EOFError, BrokenPipeError):
        while True:
            task = _receive(tasks)
            start_alarm(setup.limits.timeout_s)
            is_error, answer = _do(setup, task)
            start_alarm(0)
            # What big documents leave behind in memory is given back by starting anew.
            is_well = resident_bytes() <= most_bytes
            _send(answers, (is_well, is_error, answer))
            del task, answer
            if not is_well:
                return


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Answer the pipes for tasks and answers; what anything prints goes to stderr instead."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return sys.stdin.buffer, answers


def _do(setup: _Setup, task: object) -> tuple[bool, Any]:
    """Answer whether it was an error, and the answer or the error."""
    try:
        return False, setup.work(setup.shared, task)
    except Exception as error:  # noqa: BLE001  the caller raises it
        return True, error


def _pipes_of(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:  # both were asked for
        raise EOFError
    return process.stdin, process.stdout


def _send(pipe: IO[bytes], value: object) -> None:
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(content).to_bytes(_LENGTH_BYTES, "big"))
    pipe.write(content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    head = pipe.read(_LENGTH_BYTES)
    size = int.from_bytes(head, "big")
    content = pipe.read(size) if len(head) == _LENGTH_BYTES else b""
    if len(content) < size or len(head) < _LENGTH_BYTES:
        raise EOFError
    return pickle.loads(content)  # noqa: S301  from our own process only


def _explain_no_worker(error: OSError, place: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"no process could be started to read it ({error.strerror})",
        place=place,
        remedy="look how many processes and how much memory this machine has left",
    )


def _explain_death(exit_code: int, place: str, limits: WorkerLimits) -> UnreadableDocument:
    if exit_code == -signal.SIGALRM:
        return UnreadableDocument(
            f"reading it took longer than {limits.timeout_s:g} seconds",
            place=place,
            remedy="ask the member for a shorter feed, or raise harvest.parse_timeout_s",
        )
    return UnreadableDocument(
        f"reading it broke the reader (exit code {exit_code})",
        place=place,
        remedy="ask the member to look at their feed; please tell the makers of stuifmail, too",
    )
