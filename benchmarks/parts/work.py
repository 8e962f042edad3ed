"""One piece of work to be measured, in a process of its own: `python -m benchmarks.parts.work KIND FOLDER`.

Prints one JSON object: `seconds` of the work itself, without imports and preparation, and what came
of it. The folder holds urls.txt and keeps the databases, so that a second run finds the first.
Each kind imports what it needs and no more, for its memory is measured.
"""

import argparse
import io
import json
import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from benchmarks.parts.server import Sources
from stuifmail import Newsroom
from stuifmail.config.load import load_config

ROOT = Path(__file__).resolve().parents[2]
Result = dict[str, float | int]


def harvest_library(folder: Path, _options: argparse.Namespace) -> Result:
    """Harvest with the library, as `stuifmail harvest --now` does."""
    started = perf_counter()
    with Newsroom.open(folder) as newsroom:
        opened = perf_counter()
        report = newsroom.harvest(ask_all=True)
    return {
        "seconds": perf_counter() - opened,
        "opening": opened - started,
        "entries": sum(source.entries_count for source in report.sources),
        "failed": report.count("failed"),
        "unchanged": report.count("unchanged"),
    }


def harvest_flow(folder: Path, _options: argparse.Namespace) -> Result:
    """Harvest through the Prefect flow, its server already running."""
    from prefect import flow

    from flows.harvest import harvest

    @flow(name="warm-up")
    def warm_up() -> None:
        """Do nothing: the first flow of a process pays for what all of them need."""

    warm_up()
    started = perf_counter()
    report = harvest(str(folder), ask_all=True)
    return {
        "seconds": perf_counter() - started,
        "entries": sum(source.entries_count for source in report.sources),
        "failed": report.count("failed"),
        "unchanged": report.count("unchanged"),
    }


def update_reader(folder: Path, options: argparse.Namespace) -> Result:
    """Update the same feeds with lemon24/reader."""
    from reader import make_reader

    reader = make_reader(str(folder / "reader.db"))
    for url in _urls(folder):
        reader.add_feed(url, exist_ok=True)
    started = perf_counter()
    reader.update_feeds(workers=options.workers, scheduled=False)
    seconds = perf_counter() - started
    refused = {feed.url for feed in reader.get_feeds(broken=True)}
    numbers = [str(number) for number, url in enumerate(_urls(folder)) if url in refused]
    (folder / "refused.txt").write_text("\n".join(numbers))
    return {
        "seconds": seconds,
        "entries": reader.get_entry_counts().total or 0,
        "failed": reader.get_feed_counts().broken or 0,
    }


def parse_bare(_folder: Path, options: argparse.Namespace) -> Result:
    """Parse the same bytes with feedparser alone and its defaults, on all cores; nothing is fetched."""
    documents = [path.read_bytes() for path in sorted(options.feeds.glob("*.xml"))]
    sources = Sources(documents, latency_s=0)
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, get_context("spawn")) as pool:
        list(pool.map(_parse_bare, [documents[0]] * cores * 2))  # so that all have started
        bodies = (sources.body(number) for number in range(options.count))
        started = perf_counter()
        entries = sum(pool.map(_parse_bare, bodies, chunksize=4))
        return {"seconds": perf_counter() - started, "entries": entries}


def _parse_bare(content: bytes) -> int:
    import feedparser

    return len(feedparser.parse(io.BytesIO(content)).entries)


#: What names sources of the sample.
_ABOUT_EVENTS = ("events", "prospects", "groups", "moments")


def prepare(folder: Path, urls: Sequence[str], *, timeout_s: float = 20) -> None:
    """Make a newsroom in the folder with these addresses as its sources, and nothing else of the sample's."""
    data = load_config(ROOT).model_dump(mode="json", exclude={"clock", "sources", *_ABOUT_EVENTS})
    data["sources"] = [
        {"id": f"source-{number}", "kind": "feed", "url": url} for number, url in enumerate(urls)
    ]
    for letter in data["newsletters"]:
        letter["sections"] = [part for part in letter["sections"] if part["kind"] != "results"]
        for section in letter["sections"]:
            section["sources"] = []
    data["harvest"] = {"allow_private": ["127.0.0.0/8"], "timeout_s": timeout_s}
    (folder / "sources.yaml").write_text(json.dumps(data, indent=1))  # JSON is YAML, too
    (folder / "urls.txt").write_text("\n".join(urls))
    for name in ("templates", "samples"):
        shutil.copytree(ROOT / name, folder / name)


def _urls(folder: Path) -> list[str]:
    return (folder / "urls.txt").read_text().split()


KINDS: dict[str, Callable[[Path, argparse.Namespace], Result]] = {
    "library": harvest_library,
    "flow": harvest_flow,
    "reader": update_reader,
    "feedparser": parse_bare,
}


def main(argv: Sequence[str] | None = None) -> None:
    """Do one piece of work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--feeds", type=Path, default=ROOT / "samples" / "feeds")
    parser.add_argument("--count", type=int, default=0, help="feedparser: how many documents")
    parser.add_argument("--workers", type=int, default=1, help="reader: threads")
    options = parser.parse_args(argv)
    print(json.dumps({**KINDS[options.kind](options.folder, options), "at": datetime.now(UTC).isoformat()}))


if __name__ == "__main__":
    main()
