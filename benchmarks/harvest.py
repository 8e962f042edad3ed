"""How fast documents are parsed and sources harvested, beside peers: `python -m benchmarks.harvest`.

The feeds are those of the corpus where it is (STUIFMAIL_CORPUS, or beside the project), else the
sample newsroom's; those that lemon24/reader refuses are left out for all. One server on loopback
serves copies of them, each with bytes of its own, after 50 ms, from 200 addresses (Linux). Each
piece of work runs in a process of its own; its memory is that of it and all its children.

- parse: our parsing, cleaning, dating and linking beside feedparser's parsing with its defaults.
- cold: a first harvest of all sources beside reader's `update_feeds` with its best number of
  threads, and beside feedparser on all cores over the same bytes, which neither fetches nor stores.
- unchanged: the same again, all answered 304.
- flow: the Prefect flow beside the library, both with the opening of the newsroom (5,000 sources are a
  long sources.yaml); Prefect's server is already running.
- drips: one host in twenty sends a byte a second; how much longer the same harvest takes.
"""

import io
import os
import statistics
import warnings
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import feedparser
from icalendar import Calendar

from benchmarks.parts.bench import Bench, Run, best_of
from benchmarks.parts.work import ROOT
from benchmarks.report import Measurement, Timing, measure_alternately, print_measurements, read_arguments
from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.formats.documents import parse_document

HOSTS = 200
TIMEOUT_S = 10.0


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")  # icalendar by itself warns of guesses about zone names
    quick = (options := read_arguments(__doc__ or "", argv)).quick
    corpus = Path(os.environ.get("STUIFMAIL_CORPUS", ROOT.parent / "shared" / "corpus"))
    folder = corpus if corpus.is_dir() else ROOT / "samples"
    feeds, calendars = sorted((folder / "feeds").glob("*.xml")), sorted((folder / "calendars").glob("*.ics"))
    measurements = [
        measure_feeds(feeds, 1 if quick else 10),
        measure_calendars(calendars, 1 if quick else 10),
    ]
    count, rounds = (150, 1) if quick else (2_000, 3)
    with TemporaryDirectory() as scratch:
        bench = Bench(scratch=Path(scratch), feeds=feeds, hosts=HOSTS, timeout_s=TIMEOUT_S)
        leave_out_refused(bench)
        measurements += measure_peers(bench, count, rounds, (32,) if quick else (16, 32, 64, 128))
        if not quick:  # its server alone takes half a minute to start
            measurements += measure_flow(bench, 5_000, rounds)
            measurements.append(measure_drips(bench, count))
    title = f"Harvest: {len(bench.feeds)} feeds, {count:,} sources (flow: 5,000)"
    print_measurements(title, measurements, as_json=options.json)


def measure_feeds(paths: Sequence[Path], rounds: int) -> Measurement:
    """Answer the megabytes of feeds parsed and cleaned in a second, beside feedparser alone."""
    documents = [path.read_bytes() for path in paths]

    def ours() -> None:
        for content in documents:
            _parse(content, "feed.xml")

    def theirs() -> None:
        for content in documents:
            feedparser.parse(io.BytesIO(content))

    return _compare("harvest.parse.feeds", documents, "feedparser", measure_alternately(rounds, ours, theirs))


def measure_calendars(paths: Sequence[Path], rounds: int) -> Measurement:
    """Answer the megabytes of calendars parsed in a second, beside icalendar alone.

    Only calendars that icalendar alone can read are measured; ours also expands what repeats.
    """
    documents = [content for path in paths if _icalendar_reads(content := path.read_bytes())]

    def ours() -> None:
        for content in documents:
            _parse(content, "calendar.ics")

    def theirs() -> None:
        for content in documents:
            Calendar.from_ical(content, multiple=True)

    timings = measure_alternately(rounds, ours, theirs)
    return _compare("harvest.parse.calendars", documents, "icalendar", timings)


def leave_out_refused(bench: Bench) -> None:
    """Keep only the feeds that reader accepts: those that it refuses it would fetch whole each time."""
    with bench.serving() as port:
        folder = bench.make_newsroom("all", len(bench.feeds), port)
        bench.run("reader", folder, "--workers", "8")
        refused = {int(line) for line in (folder / "refused.txt").read_text().split()}
    bench.feeds = [path for number, path in enumerate(bench.feeds) if number not in refused]


def measure_peers(bench: Bench, count: int, rounds: int, threads: Sequence[int]) -> list[Measurement]:
    """Answer first and unchanged harvests beside reader and feedparser."""
    colds: list[Run] = []
    agains: list[Run] = []
    bares: list[Run] = []
    their_colds: list[Run] = []
    their_agains: list[Run] = []
    with bench.serving() as port:
        for number in range(rounds):
            ours = bench.make_newsroom(f"ours-{number}", count, port)
            colds.append(bench.run("library", ours))
            agains.append(bench.run("library", ours))
            bares.append(
                bench.run("feedparser", ours, "--count", str(count), "--feeds", str(bench.scratch / "feeds"))
            )
        for workers in threads:
            theirs = bench.make_newsroom(f"reader-{workers}", count, port)
            their_colds.append(bench.run("reader", theirs, "--workers", str(workers)))
            their_agains.append(bench.run("reader", theirs, "--workers", str(workers)))
    return [
        _rate("harvest.cold", colds, count, "reader", best_of(their_colds)),
        _rate("harvest.cold.bare", colds, count, "feedparser, all cores", best_of(bares)),
        _rate("harvest.unchanged", agains, count, "reader", best_of(their_agains)),
        _memory("harvest.cold.memory", colds, "reader", best_of(their_colds)),
        _memory("harvest.unchanged.memory", agains, "reader", best_of(their_agains)),
    ]


def measure_flow(bench: Bench, count: int, rounds: int) -> list[Measurement]:
    """Answer a first harvest through the flow beside the library alone."""
    library, flow = [], []
    with bench.serving() as port, bench.serving_prefect():
        for number in range(rounds):
            library.append(bench.run("library", bench.make_newsroom(f"library-{number}", count, port)))
            flow.append(bench.run("flow", bench.make_newsroom(f"flow-{number}", count, port)))
    ours = Timing(runs_s=tuple(run.seconds for run in flow))
    # Both open the newsroom, so that counts on both sides.
    theirs = statistics.median(run.seconds + run.told["opening"] for run in library)
    rate = Measurement(
        name="harvest.flow",
        value=count / ours.median_s,
        unit="sources/s",
        peer="the library",
        peer_value=count / theirs,
        spread=ours.spread,
    )
    return [rate, _memory("harvest.flow.memory", flow, "the library", best_of(library))]


def measure_drips(bench: Bench, count: int) -> Measurement:
    """Answer how much longer a first harvest takes when one host in twenty drips."""
    seconds = []
    for drips in (0, 20):
        with bench.serving(drips=drips) as port:
            seconds.append(bench.run("library", bench.make_newsroom(f"drips-{drips}", count, port)).seconds)
    return Measurement(
        name="harvest.drips",
        value=seconds[1] - seconds[0],
        unit="s more",
        peer="one timeout",
        peer_value=TIMEOUT_S,
    )


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


def _rate(name: str, runs: Sequence[Run], count: int, peer: str, theirs: Run) -> Measurement:
    timing = Timing(runs_s=tuple(run.seconds for run in runs))
    return Measurement(
        name=name,
        value=count / timing.median_s,
        unit="sources/s",
        peer=peer,
        peer_value=count / theirs.seconds,
        spread=timing.spread,
    )


def _memory(name: str, runs: Sequence[Run], peer: str, theirs: Run) -> Measurement:
    peaks = [run.peak_mb for run in runs]
    return Measurement(
        name=name,
        value=max(peaks),
        unit="MB (less is better)",
        peer=peer,
        peer_value=theirs.peak_mb,
        spread=(max(peaks) - min(peaks)) / 2 / statistics.median(peaks) if any(peaks) else 0.0,
    )


if __name__ == "__main__":
    main()
