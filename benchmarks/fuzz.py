"""Mutated documents for all parsers: `python -m benchmarks.fuzz --inputs 100000`.

Feeds and calendars of the corpus (STUIFMAIL_CORPUS, or beside the project) and the sample
newsroom's feeds, calendars and sheets are mutated by hypothesis, and read as a harvest reads them:
parsed, cleaned, dated, given a language, identified. Whatever comes must be items and events, or one
of our own errors. Counted apart: errors of which only the last resort, which takes whatever a
parser raises, made one of ours; and inputs that took long. Each process has a limit of memory and
a clock that rings. A crash is printed with the number that repeats it, and the exit code is 1.
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
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from types import FrameType

from hypothesis import HealthCheck, Phase, given, seed, settings

from benchmarks.parts.mutations import Seed, cut, mutated
from benchmarks.report import Measurement, print_measurements
from stuifmail.config.load import load_config
from stuifmail.config.models import NewsroomConfig, PageSelectors, Source
from stuifmail.errors import StuifmailError
from stuifmail.harvest.identity import item_ids
from stuifmail.harvest.reading import Task, read_document, strip_config
from stuifmail.model.items import Provenance

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
ROUND = 1_000  # inputs of one run of hypothesis: it remembers them all
RING_S = 30
SLOW_S = 1.0
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
    parser.add_argument("--inputs", type=int, default=100_000, help="how many, in thousands rounded up")
    parser.add_argument("--first", type=int, default=1, help="number of the first round of a thousand")
    parser.add_argument("--quick", action="store_true", help="2,000 inputs")
    parser.add_argument("--json", action="store_true", help="one JSON line a figure instead of sentences")
    options = parser.parse_args(argv)
    rounds = 2 if options.quick else -(-options.inputs // ROUND)
    total, started = Tally(), perf_counter()
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, get_context("spawn"), initializer=_limit) as pool:
        for number, tally in enumerate(pool.map(fuzz_round, range(options.first, options.first + rounds)), 1):
            total.add(tally)
            if sys.stderr.isatty():
                print(f"\r{number * ROUND:,} inputs", end="", file=sys.stderr)
    seconds = perf_counter() - started
    if options.json:
        print_measurements("", measure_tally(total, rounds * ROUND, seconds), as_json=True)
    else:
        print_tally(total, rounds * ROUND, seconds)
    sys.exit(1 if total.crashes else 0)


def fuzz_round(number: int) -> Tally:
    """Read a thousand inputs; the same number gives the same inputs."""
    warnings.simplefilter("ignore")
    config, tally = strip_config(load_config(ROOT)), Tally()
    seeds = list(find_seeds())

    @seed(number)
    @settings(
        max_examples=ROUND,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(mutated(seeds))
    def read(drawn: tuple[Seed, bytes]) -> None:
        _read_one(tally, config, *drawn, number)

    read()
    tally.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return tally


def _read_one(tally: Tally, config: NewsroomConfig, one: Seed, content: bytes, number: int) -> None:
    started = perf_counter()
    try:
        with _clock():
            reading = read_document(config, make_task(one, content))
            item_ids("fuzz", [item.entry for item in reading.items])
        tally.outcomes["read"] += 1
    except StuifmailError as error:
        cause = error.__cause__
        is_last = cause is not None and f"({type(cause).__name__}:" in error.message
        tally.outcomes[f"last resort: {type(cause).__name__}" if is_last else type(error).__name__] += 1
    except (Exception, TooLongError) as error:  # noqa: BLE001  this is what is looked for
        place = f"round {number}, input {tally.outcomes.total() + 1}, from {one.name}"
        tally.outcomes["CRASH"] += 1
        tally.crashes.append(f"{place}: {type(error).__name__}: {str(error)[:200]}")
    seconds = perf_counter() - started
    tally.slow_count += seconds > SLOW_S
    tally.slowest = max(tally.slowest, (seconds, f"round {number}, from {one.name}, {len(content)} bytes"))


def make_task(one: Seed, content: bytes) -> Task:
    """Answer what a worker would be given."""
    page = PageSelectors(entry="article") if one.kind == "page" else None
    source = Source.model_validate(
        {"id": "fuzz", "kind": one.kind, "holds": one.holds, "url": "https://lid.example.org/x", "page": page}
    )
    url = f"https://lid.example.org/{one.name}"
    provenance = Provenance(source_id="fuzz", url=url, fetched_at=NOW, sha256="")
    return Task(source=source, content=content, content_type="", provenance=provenance)


def find_seeds() -> Iterator[Seed]:
    """Answer the documents that are mutated, by name."""
    corpus = Path(os.environ.get("STUIFMAIL_CORPUS", ROOT.parent / "shared" / "corpus"))
    for folder in (corpus, ROOT / "samples"):
        for kind, pattern in (("feed", "feeds/*"), ("calendar", "calendars/*.ics"), ("page", "pages/*.html")):
            for path in sorted(folder.glob(pattern)):
                if path.suffix != ".csv":
                    yield Seed(path.name, cut(path.read_bytes()), kind)
    for path in sorted((ROOT / "samples" / "sheets").glob("*.*")):
        holds = "events" if "agenda" in path.name else "submissions"
        content = path.read_bytes() if path.suffix == ".xlsx" else cut(path.read_bytes())
        yield Seed(path.name, content, "sheet", holds)


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
    print(f"slower than {SLOW_S:g} s: {tally.slow_count}; slowest: {longest:.2f} s ({which})")
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
