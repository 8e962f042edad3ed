"""How fast documents are parsed and cleaned, and sources harvested: `python -m benchmarks.harvest`.

The feeds are those of the corpus where it is (STUIFMAIL_CORPUS, or beside the project), else the
sample newsroom's. feedparser alone gets the same bytes in the same run; it sanitises with its
own sanitiser, we with nh3, and we also make text, dates and absolute links. The search for
authors' addresses is off for both, which favours feedparser.
"""

import io
import os
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import feedparser
from icalendar import Calendar

from benchmarks.report import Measurement, Timing, measure_alternately, print_measurements, read_arguments
from stuifmail.config.load import load_config
from stuifmail.config.models import NewsroomConfig, Source
from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.documents import parse_document
from stuifmail.harvest.harvest import harvest_sources
from stuifmail.store.database import Store

_ROOT = Path(__file__).resolve().parent.parent
_NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
_FEEDS = (".xml", ".rdf", ".atom", ".rss")


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")  # icalendar by itself warns of guesses about zone names
    options = read_arguments(__doc__ or "", argv)
    rounds = 3 if options.quick else 15
    corpus = Path(os.environ.get("STUIFMAIL_CORPUS", _ROOT.parent / "shared" / "corpus"))
    folder = corpus if corpus.is_dir() else _ROOT / "samples"
    feeds = sorted(path for path in (folder / "feeds").iterdir() if path.suffix in _FEEDS)
    calendars = sorted((folder / "calendars").glob("*.ics"))
    measurements = [
        measure_feeds(feeds, rounds),
        measure_calendars(calendars, rounds),
        *measure_harvests(feeds, max(1, rounds // 3)),
    ]
    print_measurements(
        f"Harvest ({len(feeds)} feeds, {len(calendars)} calendars)", measurements, as_json=options.json
    )


def measure_feeds(paths: Sequence[Path], rounds: int) -> Measurement:
    """Answer the megabytes of feeds parsed and cleaned in a second, beside feedparser alone."""
    documents = [path.read_bytes() for path in paths]

    def ours() -> None:
        for content in documents:
            _parse(content, "feed.xml")

    def theirs() -> None:
        for content in documents:
            feedparser.parse(io.BytesIO(content))

    return _compare("harvest.feeds", documents, "feedparser", measure_alternately(rounds, ours, theirs))


def measure_calendars(paths: Sequence[Path], rounds: int) -> Measurement:
    """Answer the megabytes of calendars parsed in a second, beside icalendar alone.

    Only calendars that icalendar alone can read are measured.
    """
    documents = [content for path in paths if _icalendar_reads(content := path.read_bytes())]

    def ours() -> None:
        for content in documents:
            _parse(content, "calendar.ics")

    def theirs() -> None:
        for content in documents:
            Calendar.from_ical(content, multiple=True)

    return _compare("harvest.calendars", documents, "icalendar", measure_alternately(rounds, ours, theirs))


def measure_harvests(paths: Sequence[Path], rounds: int) -> list[Measurement]:
    """Answer the sources a second of a first harvest from disk into SQLite, and of a second one."""
    config = _make_config(paths)
    first, second = [], []
    for _ in range(rounds):
        with TemporaryDirectory() as folder:
            store = Store.open("sqlite:///stuifmail.db", Path(folder))
            first.append(_time_harvest(config, store))
            second.append(_time_harvest(config, store))
            store.close()
    return [
        _rate("harvest.first", len(paths), Timing(runs_s=tuple(first))),
        _rate("harvest.again", len(paths), Timing(runs_s=tuple(second))),
    ]


def _time_harvest(config: NewsroomConfig, store: Store) -> float:
    started = perf_counter()
    harvest_sources(config.sources, config=config, root=Path("/"), store=store, clock=lambda: _NOW)
    return perf_counter() - started


def _parse(content: bytes, url: str) -> None:
    try:
        parse_document(content, url=url)
    except UnreadableDocument:
        return


def _icalendar_reads(content: bytes) -> bool:
    try:
        Calendar.from_ical(content, multiple=True)
    except (ValueError, AttributeError):
        return False
    return True


def _compare(name: str, documents: Sequence[bytes], peer: str, timings: Sequence[Timing]) -> Measurement:
    megabytes = sum(map(len, documents)) / 1_000_000
    ours, theirs = timings
    return Measurement(
        name=name,
        value=megabytes / ours.median_s,
        unit="MB/s",
        peer=peer,
        peer_value=megabytes / theirs.median_s,
        spread=ours.spread,
    )


def _rate(name: str, count: int, timing: Timing) -> Measurement:
    return Measurement(name=name, value=count / timing.median_s, unit="sources/s", spread=timing.spread)


def _make_config(paths: Sequence[Path]) -> NewsroomConfig:
    """Answer the sample newsroom with these files as its sources."""
    sources = tuple(
        Source(id=f"source-{number}", kind="feed", file=str(path.relative_to("/")))
        for number, path in enumerate(paths)
    )
    return load_config(_ROOT).model_copy(update={"sources": sources})


if __name__ == "__main__":
    main()
