"""Mutated documents for all parsers: `python -m benchmarks.fuzz --inputs 100000`.

Feeds and calendars of the corpus (STUIFMAIL_CORPUS, or beside the project), the sample newsroom's
feeds, calendars, page and sheets, and documents of kinds that both lack (parts/written_seeds.py) are
mutated by hypothesis, and read as a harvest reads them: parsed, cleaned, dated, given a language,
identified. What was read must keep the promises in parts/promises.py (nothing in it can act, all times
are moments, a database takes it), and is stored where the seed itself was stored the day before, read
back, offered to the agenda, and stored again the next day, which must change nothing. So whatever comes
are items and events as they must be, or one of our own errors; all else is a crash.

Counted apart: errors of which only the last resort, which takes whatever a parser raises, made one
of ours; and inputs that took long. Each process has a limit of memory and a clock that rings. A crash
is printed with the round that repeats it (`--first ROUND --inputs 1`), and the exit code is 1.
"""

import argparse
import os
import resource
import signal
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from traceback import format_exception
from types import FrameType

from hypothesis import HealthCheck, Phase, given, seed, settings

from benchmarks.parts.mutations import mutated
from benchmarks.parts.promises import check_error, check_reading
from benchmarks.parts.seeds import Seed, find_seeds, make_task
from benchmarks.parts.shelf import Shelf, open_shelf
from benchmarks.report import Measurement, print_measurements
from stuifmail.config.load import load_config
from stuifmail.config.models import NewsroomConfig
from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.reading import Task, read_document, strip_config

ROOT = Path(__file__).resolve().parent.parent
ROUND = 5_000  # inputs of one run of hypothesis
RING_S = 30
SLOW_S = 1.0  # of a processor: other programs do not count
MEMORY_BYTES = 2_000_000_000


@dataclass(slots=True)
class Tally:
    """What came of so many inputs.

    Args:
        outcomes: read, or the name of our error, or "last resort: …".
        slowest: seconds, and which input.
        crashes: what was no error of ours, with the number that repeats it.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    slow_count: int = 0
    slowest: tuple[float, str] = (0.0, "")
    crashes: list[str] = field(default_factory=list)
    peak_mb: float = 0.0

    def add(self, other: "Tally") -> None:
        """Take in another round."""
        self.outcomes += other.outcomes
        self.slow_count += other.slow_count
        self.slowest = max(self.slowest, other.slowest)
        self.crashes += other.crashes
        self.peak_mb = max(self.peak_mb, other.peak_mb)


def main(argv: Sequence[str] | None = None) -> None:
    """Fuzz and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--inputs", type=int, default=100_000, help="how many; rounded up to whole rounds of 5,000"
    )
    parser.add_argument("--first", type=int, default=1, help="number of the first round")
    parser.add_argument("--quick", action="store_true", help="one round of 2,000 inputs")
    parser.add_argument(
        "--keep", type=Path, help="folder for the bytes of crashes, last resorts and slow inputs"
    )
    parser.add_argument("--json", action="store_true", help="one JSON line a figure instead of sentences")
    options = parser.parse_args(argv)
    count = 2_000 if options.quick else ROUND
    rounds = 1 if options.quick else -(-options.inputs // ROUND)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    total, started = Tally(), perf_counter()
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, get_context("spawn"), initializer=_limit) as pool:
        read = partial(fuzz_round, count=count, keep=options.keep)
        for number, tally in enumerate(pool.map(read, range(options.first, options.first + rounds)), 1):
            total.add(tally)
            if sys.stderr.isatty():
                print(f"\r{number * count:,} inputs", end="", file=sys.stderr)
    seconds = perf_counter() - started
    if options.json:
        print_measurements("", measure_tally(total, rounds * count, seconds), as_json=True)
    else:
        print_tally(total, rounds * count, seconds)
    sys.exit(1 if total.crashes else 0)


def fuzz_round(
    number: int, seeds: Sequence[Seed] = (), count: int = ROUND, keep: Path | None = None
) -> Tally:
    """Read so many inputs; the same number gives the same inputs.

    Args:
        seeds: documents to mutate; none: those of corpus and samples.
        keep: folder for the inputs that are worth a look.
    """
    warnings.simplefilter("ignore")
    config, tally = strip_config(load_config(ROOT)), Tally()
    seeds = seeds or list(find_seeds(find_folders()))
    with TemporaryDirectory() as folder, open_shelf(Path(folder), config, seeds) as shelf:
        reader = _Reader(config=config, shelf=shelf, tally=tally, number=number, keep=keep)

        @seed(number)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(mutated(seeds))
        def read(drawn: tuple[Seed, bytes]) -> None:
            reader.read(*drawn)

        read()
    tally.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return tally


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads inputs of one round and counts what comes of them."""

    config: NewsroomConfig
    shelf: Shelf
    tally: Tally
    number: int
    keep: Path | None

    def read(self, one: Seed, content: bytes) -> None:
        """Read, check and store one input."""
        started, count = process_time(), self.tally.outcomes.total() + 1
        place = f"round {self.number}, input {count}, from {one.name}"
        outcome, detail = self._try(one, content)
        seconds = process_time() - started
        self.tally.outcomes[outcome] += 1
        if outcome == "CRASH":
            self.tally.crashes.append(f"{place}: {detail}")
        self.tally.slow_count += seconds > SLOW_S
        self.tally.slowest = max(self.tally.slowest, (seconds, f"{place}, {len(content)} bytes"))
        if self.keep and (outcome.startswith(("CRASH", "last")) or seconds > SLOW_S):
            name = f"{self.number:04}-{count:04}-{one.name}"
            (self.keep / name).write_bytes(content)
            (self.keep / f"{name}.why").write_text(
                f"{outcome}, {seconds:.2f} s\n{detail}\n", "utf-8", "replace"
            )

    def _try(self, one: Seed, content: bytes) -> tuple[str, str]:
        """Answer what came of an input, and what there is to say of it."""
        try:
            with _clock():
                return self._read(make_task(one, content))
        except (Exception, TooLongError) as error:  # noqa: BLE001  this is what is looked for
            trace = f"\n{''.join(format_exception(error))}" if self.keep else ""
            return "CRASH", f"{type(error).__name__}: {str(error)[:200]}{trace}"

    def _read(self, task: Task) -> tuple[str, str]:
        try:
            reading = read_document(self.config, task)
        except UnreadableDocument as error:
            check_error(error)
            cause = error.__cause__
            is_last = cause is not None and f"({type(cause).__name__}:" in error.message
            name = f"last resort: {type(cause).__name__}" if is_last else type(error).__name__
            return name, "".join(format_exception(error))
        check_reading(reading, self.config)
        self.shelf.try_out(task, reading)
        return "read", ""


def find_folders() -> list[Path]:
    """Answer the folders with documents: corpus and samples."""
    return [Path(os.environ.get("STUIFMAIL_CORPUS", ROOT.parent / "shared" / "corpus")), ROOT / "samples"]


def measure_tally(tally: Tally, count: int, seconds: float) -> list[Measurement]:
    """Answer what came of it as figures."""
    last_resort = sum(times for outcome, times in tally.outcomes.items() if outcome.startswith("last"))
    return [
        Measurement(name="fuzz.inputs", value=count, unit="inputs"),
        Measurement(name="fuzz.rate", value=count / seconds, unit="inputs/s"),
        Measurement(name="fuzz.crashes", value=len(tally.crashes), unit="crashes (none is right)"),
        Measurement(name="fuzz.last_resort", value=last_resort, unit="inputs (less is better)"),
        Measurement(name="fuzz.slowest", value=tally.slowest[0], unit="s (less is better)"),
        Measurement(name="fuzz.memory", value=tally.peak_mb, unit="MB (less is better)"),
    ]


def print_tally(tally: Tally, count: int, seconds: float) -> None:
    """Print what came of it."""
    print(f"{count:,} inputs in {seconds:,.0f} s, {count / seconds:,.0f} a second")
    for outcome, times in tally.outcomes.most_common():
        print(f"  {times:>8,}  {outcome}")
    longest, which = tally.slowest
    print(f"slower than {SLOW_S:g} s of a processor: {tally.slow_count}; slowest: {longest:.2f} s ({which})")
    print(f"most memory of a process: {tally.peak_mb:,.0f} MB")
    for crash in tally.crashes[:50]:
        print(f"CRASH {crash}")


@contextmanager
def _clock() -> Iterator[None]:
    signal.setitimer(signal.ITIMER_REAL, RING_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    signal.signal(signal.SIGALRM, _ring)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TooLongError


class TooLongError(BaseException):
    """An input took longer than any may; no parser can catch this by mistake."""


if __name__ == "__main__":
    main()
