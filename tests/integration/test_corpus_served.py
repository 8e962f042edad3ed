"""All feeds of the corpus are harvested over HTTP from a server that fails, drips and redirects."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from stuifmail.harvest.harvest import harvest_sources
from stuifmail.model.harvests import HarvestReport
from stuifmail.store.database import Store
from stuifmail.store.items import count_items, list_items
from tests.builders_harvest import NOW, make_config
from tests.corpus import read_manifest

TROUBLE = (
    "--fail-rate",
    "0.1",
    "--slow-rate",
    "0.05",
    "--slow-seconds",
    "1",
    "--redirect-rate",
    "0.1",
    "--seed",
    "7",
)


@contextmanager
def serve(corpus: Path, *options: str) -> Iterator[str]:
    """Run the corpus's own server on a free port; answer its address."""
    command = [sys.executable, str(corpus / "serve.py"), "0", *options]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert found is not None
            yield found[0]
        finally:
            process.terminate()


@pytest.fixture
def local_store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open("sqlite:///stuifmail.db", tmp_path)
    yield store
    store.close()


def harvest(store: Store, root: Path, address: str, corpus: Path, *, days: int = 0) -> HarvestReport:
    names = [row["file"] for row in read_manifest(corpus / "feeds")]
    sources: list[dict[str, Any]] = [
        {"id": re.sub(r"[^a-z0-9]+", "-", name.lower()), "url": f"{address}/{name}"} for name in names
    ]
    limits = {"max_connections": 10, "per_host": 10, "allow_private": ["127.0.0.0/8"]}
    config = make_config(sources, harvest=limits)
    moment = NOW + timedelta(days=days)
    return harvest_sources(config.sources, config=config, root=root, store=store, clock=lambda: moment)


def stats(address: str) -> dict[str, int]:
    with urllib.request.urlopen(f"{address}/-/stats.json", timeout=10) as answer:
        found: dict[str, int] = json.load(answer)
    return found


def count_stored(store: Store) -> int:
    with store.begin() as connection:
        return count_items(connection)


def test_all_feeds_are_stored_once_and_a_second_harvest_transfers_nothing(
    corpus: Path, local_store: Store, tmp_path: Path
) -> None:
    with serve(corpus) as address:
        first = harvest(local_store, tmp_path, address, corpus)
        stored = count_stored(local_store)
        second = harvest(local_store, tmp_path, address, corpus, days=1)
        assert stats(address) == {"200": 120, "304": 120}
    assert first.count("fetched") == second.count("unchanged") == 120
    assert first.new_count == stored
    assert (second.new_count, count_stored(local_store)) == (0, stored)


def test_each_entry_becomes_one_item_unless_the_feed_repeats_it(
    corpus: Path, local_store: Store, tmp_path: Path
) -> None:
    with serve(corpus) as address:
        report = harvest(local_store, tmp_path, address, corpus)
    fewer = {each.source_id: each.entries_count - each.new_count for each in report.sources}
    entries = sum(int(row["entries"]) for row in read_manifest(corpus / "feeds"))
    assert sum(each.entries_count for each in report.sources) == entries
    # One feed holds twelve pieces in fours that are the same; the other has no guids and no links,
    # and six pairs of the same title, day and text.
    repeats = {"rss2-al-monitor-xml": 9, "rss2-areweanticheatyet-xml": 6}
    assert {name: count for name, count in fewer.items() if count} == repeats


def test_under_trouble_all_that_did_not_fail_is_stored_and_the_rest_comes_later(
    corpus: Path, local_store: Store, tmp_path: Path
) -> None:
    with serve(corpus, *TROUBLE) as address:
        first = harvest(local_store, tmp_path, address, corpus)
        failed = {report.source_id for report in first.sources if report.outcome == "failed"}
        stored = count_stored(local_store)
        rounds = [harvest(local_store, tmp_path, address, corpus, days=day) for day in range(1, 7)]
        assert stats(address)["slow"] > 0
    assert 3 <= len(failed) <= 30
    assert all(
        report.error and report.remedy and report.failing_since == NOW
        for report in first.sources
        if report.source_id in failed
    )
    assert stored == first.new_count
    with local_store.begin() as connection:
        assert {item.source_id for item in list_items(connection)} >= {
            report.source_id
            for report in first.sources
            if report.outcome == "fetched" and report.entries_count
        }
    recovered = {
        report.source_id for each in rounds for report in each.sources if report.outcome == "fetched"
    }
    assert recovered == failed
    assert stored + sum(each.new_count for each in rounds) == count_stored(local_store)


def test_the_same_feed_a_day_later_adds_only_what_is_new(
    corpus: Path, local_store: Store, tmp_path: Path
) -> None:
    content = [
        (corpus / "feeds" / name).read_bytes() for name in ("rss2-nl-tweakers.xml", "rss2-nl-tweakers-2.xml")
    ]
    config = make_config([{"id": "tweakers", "file": "feed.xml"}])
    reports = []
    for each in content:
        (tmp_path / "feed.xml").write_bytes(each)
        reports += harvest_sources(
            config.sources, config=config, root=tmp_path, store=local_store, clock=lambda: NOW
        ).sources
    assert [(report.entries_count, report.new_count) for report in reports] == [(39, 39), (40, 1)]
