"""Mutated documents give news and events that keep our promises, or one of our own errors."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.fuzz import fuzz_round
from benchmarks.parts.promises import BrokenPromiseError, check_reading
from benchmarks.parts.seeds import Seed, find_seeds, make_task
from stuifmail.config.load import load_config
from stuifmail.config.models import NewsroomConfig
from stuifmail.harvest.reading import Reading, read_document
from stuifmail.model.items import Entry

INPUTS = 150


@pytest.fixture(scope="module")
def seeds(root: Path) -> list[Seed]:
    return list(find_seeds([root / "samples"]))


@pytest.fixture(scope="module")
def config(root: Path) -> NewsroomConfig:
    return load_config(root)


@pytest.mark.parametrize(("number", "kind"), [(1, "feed"), (2, "calendar"), (3, "sheet")])
def test_mutated_documents_give_what_can_be_stored_or_our_own_errors(
    seeds: Sequence[Seed], number: int, kind: str
) -> None:
    tally = fuzz_round(number, [one for one in seeds if one.kind == kind], INPUTS)
    assert tally.crashes == []
    assert tally.outcomes.total() == INPUTS
    assert tally.outcomes["read"] > INPUTS / 4
    assert not [outcome for outcome in tally.outcomes if outcome.startswith("last resort")]


def test_the_same_round_reads_the_same_inputs(seeds: Sequence[Seed]) -> None:
    calendars = [one for one in seeds if one.kind == "calendar"]
    assert fuzz_round(4, calendars, 40).outcomes == fuzz_round(4, calendars, 40).outcomes


def test_documents_of_all_kinds_are_mutated_and_can_be_read(
    seeds: Sequence[Seed], config: NewsroomConfig
) -> None:
    written = {one.name: one for one in find_seeds([])}
    for one in written.values():
        reading = read_document(config, make_task(one, one.content))
        assert len(reading.items) + len(reading.events) >= 2, one.name
        check_reading(reading, config)
    assert {one.kind for one in seeds} == {"feed", "calendar", "sheet", "page"}
    assert {one.name.rpartition(".")[2] for one in seeds} >= {
        "xml",
        "rdf",
        "atom",
        "json",
        "ics",
        "csv",
        "xlsx",
    }


@pytest.mark.parametrize(
    "entry",
    [
        Entry(html="<p onclick='x'>a</p>"),
        Entry(html="<a href='java\tscript:x'>a</a>"),
        Entry(html="<script>x</script>"),
        Entry(html="a<!-- b -->"),
        Entry(link="javascript:alert(1)"),
        Entry(image_url="https:///a.jpg"),
        Entry(title="a\u202eb"),
        Entry(title="a\nb"),
        Entry(text="a\0b"),
        Entry(guid="a\0b"),
    ],
)
def test_promises_that_are_broken_are_noticed(
    config: NewsroomConfig, entry: Entry, seeds: list[Seed]
) -> None:
    reading: Reading = read_document(config, make_task(seeds[0], seeds[0].content))
    broken = replace(reading, items=(replace(reading.items[0], entry=entry),))
    with pytest.raises(BrokenPromiseError):
        check_reading(broken, config)
