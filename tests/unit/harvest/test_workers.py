"""Workers keep to their limits, and what happens to one document happens to no other."""

import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from stuifmail.errors import FetchFailed, UnreadableDocument
from stuifmail.harvest.limits import WorkerLimits, count_cores, resident_bytes
from stuifmail.harvest.workers import Workers

ROOT = Path(__file__).resolve().parents[3]
LIMITS = WorkerLimits(timeout_s=0.5, memory_bytes=200_000_000)
PLACE = "https://berm.example.org/feed"


def start(what: Callable[..., Any], *, count: int = 1, limits: WorkerLimits = LIMITS) -> Workers[Any, Any]:
    """Workers that call `what` with each task."""
    return Workers(operator.call, what, limits=limits, count=count)


def test_answers_come_back_and_one_worker_serves_many_tasks() -> None:
    with start(divmod_by_seven := (7).__rdivmod__) as workers:
        futures = [workers.submit(number, PLACE) for number in range(100)]
        assert [future.result() for future in futures] == [divmod_by_seven(number) for number in range(100)]
        assert len(workers._all) == 1


def test_errors_come_back_whole() -> None:
    with start(int) as workers:
        with pytest.raises(ValueError, match="invalid literal"):
            workers.submit("x", PLACE).result()
        assert workers.submit("3", PLACE).result() == 3


def test_an_error_of_ours_keeps_its_place_and_remedy() -> None:
    with Workers(operator.call, FetchFailed, limits=LIMITS, count=1) as workers:
        error = workers.submit("it is gone", PLACE).result()
    assert (error.message, error.status) == ("it is gone", 0)


def test_a_task_that_takes_too_long_fails_alone() -> None:
    with start(time.sleep) as workers:
        slow, quick = workers.submit(60, PLACE), workers.submit(0, PLACE)
        with pytest.raises(UnreadableDocument, match=r"took longer than 0\.5 seconds") as late:
            slow.result()
        assert quick.result() is None
    assert (late.value.place, "parse_timeout_s" in late.value.remedy) == (PLACE, True)


@pytest.mark.skipif(not resident_bytes(), reason="this system does not tell how much memory a process has")
def test_a_task_that_wants_too_much_memory_fails_alone() -> None:
    with start(bytearray) as workers:
        with pytest.raises(MemoryError):
            workers.submit(1_000_000_000, PLACE).result()
        assert workers.submit(3, PLACE).result() == bytearray(3)


@pytest.mark.parametrize(("what", "task", "code"), [(os._exit, 3, "3"), (os.abort, None, "-6")])
def test_a_task_that_kills_its_worker_fails_alone(what: Callable[..., Any], task: Any, code: str) -> None:
    shared = what if task is not None else operator.methodcaller("__call__")
    with start(shared) as workers, pytest.raises(UnreadableDocument, match=f"exit code {code}"):
        workers.submit(task if task is not None else what, PLACE).result()


def test_after_a_death_the_next_task_gets_a_new_worker() -> None:
    with start(eval) as workers:
        with pytest.raises(UnreadableDocument):
            workers.submit("__import__('os')._exit(1)", PLACE).result()
        assert workers.submit("1 + 1", PLACE).result() == 2


def test_a_worker_that_keeps_much_memory_is_replaced() -> None:
    limits = WorkerLimits(timeout_s=5, memory_bytes=500_000_000, spare_bytes=30_000_000)
    with start(eval, limits=limits) as workers:
        first = workers.submit("__import__('os').getpid()", PLACE).result()
        same = workers.submit("__import__('os').getpid()", PLACE).result()
        workers.submit("setattr(__import__('sys'), 'kept', bytearray(b'x') * 60_000_000)", PLACE).result()
        last = workers.submit("__import__('os').getpid()", PLACE).result()
    assert first == same
    assert (last != first) == bool(resident_bytes())


def test_what_a_parser_prints_does_not_disturb_the_answers(capfd: pytest.CaptureFixture[str]) -> None:
    with start(print) as workers:
        assert workers.submit("hello", PLACE).result() is None
        assert workers.submit("again", PLACE).result() is None
    assert capfd.readouterr().out == ""


def test_without_work_no_process_is_started_and_there_are_no_more_than_asked_for() -> None:
    with start(time.sleep, count=2) as workers:
        assert not workers._all
        futures: list[Future[Any]] = [workers.submit(0.01, PLACE) for _ in range(20)]
        for future in futures:
            future.result()
        assert len(workers._all) <= 2
    assert count_cores() >= 1


def test_closing_ends_workers_in_the_midst_of_something() -> None:
    limits = WorkerLimits(timeout_s=600, memory_bytes=200_000_000)
    with start(time.sleep, count=2, limits=limits) as workers:
        futures = [workers.submit(600, PLACE) for _ in range(5)]
        while len(workers._all) < 2:
            time.sleep(0.01)
        processes = [worker.process for worker in workers._all]
    assert all(process.returncode is not None for process in processes)
    assert all(future.cancelled() or future.exception() for future in futures)


SCRIPT = """
import operator, os, sys, time
from stuifmail.harvest.limits import WorkerLimits
from stuifmail.harvest.workers import Workers
print("started", flush=True)
limits = WorkerLimits(timeout_s=60, memory_bytes=200_000_000)
with Workers(operator.call, eval, limits=limits, count=1) as workers:
    print(workers.submit("__import__('os').getpid()", "x").result(), flush=True)
    if sys.argv[1:] == ["hang"]:
        workers.submit("__import__('time').sleep(3)", "x").result()
"""


def run_script(*command: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, *command],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    return done.stdout.split()


def test_a_main_script_without_a_guard_is_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    for command in ([str(script)], ["-c", SCRIPT]):
        told = run_script(*command)
        assert told.count("started") == 1
        assert told[1].isdigit()


def test_a_daemon_process_may_have_workers(tmp_path: Path) -> None:
    told = run_script(
        "-c",
        "import multiprocessing as m, sys\n"
        f"code = {SCRIPT!r}\n"
        "process = m.get_context('fork').Process(target=exec, args=(code, {}), daemon=True)\n"
        "process.start(); process.join(); sys.exit(process.exitcode)",
    )
    assert told[0] == "started"


def test_a_worker_whose_caller_was_killed_ends_by_itself() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "hang"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as caller:
        assert caller.stdout is not None
        caller.stdout.readline()
        worker = int(caller.stdout.readline())
        caller.send_signal(signal.SIGKILL)
    give_up_at = time.monotonic() + 30
    while is_running(worker) and time.monotonic() < give_up_at:
        time.sleep(0.05)
    assert not is_running(worker)


def is_running(pid: int) -> bool:
    """Whether there is such a process, and it is not just waiting for its parent to look at it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
