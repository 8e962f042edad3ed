"""What a harvest prints stays short, however many sources there are, and hides nothing that matters."""

from datetime import UTC, datetime

import pytest

from flows.reporting import MOST_ROWS, describe_harvest, list_harvest_rows
from stuifmail.cli.harvesting import _print_report
from stuifmail.model.harvests import HarvestReport, SourceReport

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)


def make_report(*sources: SourceReport) -> HarvestReport:
    return HarvestReport(started_at=NOW, finished_at=NOW, sources=sources)


def many(count: int) -> list[SourceReport]:
    return [
        SourceReport(
            source_id=f"s{number}",
            outcome="waiting",
            next_check_at=NOW,
            next_check_why="the feed asks for 4 hours",
        )
        for number in range(count)
    ]


SPECIAL = (
    SourceReport(source_id="bad", outcome="failed", error="gone", remedy="ask", failing_since=NOW),
    SourceReport(source_id="moved", outcome="unchanged", moved_to="https://new.example.org/feed"),
    SourceReport(source_id="fresh", outcome="fetched", new_count=3, entries_count=9),
    SourceReport(source_id="over", outcome="retired", next_check_why="gone for good (410)"),
)


def test_of_thousands_only_those_that_matter_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    _print_report(make_report(*many(2_000), *SPECIAL), "Europe/Amsterdam", show_all=False)
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert [line.split()[0] for line in lines[1:4]] == ["bad", "moved", "fresh"]
    assert lines[4:] == [
        "2001 more are not shown; see them with --all",
        "1 fetched, 1 unchanged, 1 failed, 2000 waiting until they are due, 1 gone for good; 3 new",
    ]
    assert told.err == "bad: gone (since Mon 4 May 2026 09:00): ask\n"


def test_all_are_shown_to_whoever_asks_and_of_a_few_sources_each_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _print_report(make_report(*many(300), *SPECIAL), "Europe/Amsterdam", show_all=True)
    assert len(capsys.readouterr().out.splitlines()) == 1 + 304 + 1
    _print_report(make_report(*many(10), *SPECIAL), "Europe/Amsterdam", show_all=False)
    told = capsys.readouterr().out
    assert "until Mon 4 May 2026 09:00: the feed asks for 4 hours" in told
    assert len(told.splitlines()) == 1 + 14 + 1


def test_nothing_new_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    _print_report(make_report(*many(100)), "Europe/Amsterdam", show_all=False)
    assert capsys.readouterr().out.splitlines()[0] == "nothing new"


def test_the_flows_table_shows_first_what_matters_and_counts_the_rest() -> None:
    rows = list_harvest_rows(make_report(*many(5_000), *SPECIAL))
    assert len(rows) == MOST_ROWS + 1
    assert [row["source"] for row in rows[:4]] == ["bad", "moved", "fresh", "over"]
    assert (rows[-1]["source"], rows[-1]["outcome"]) == (f"and {5_004 - MOST_ROWS} more", "waiting")
    assert len(list_harvest_rows(make_report(*SPECIAL))) == 4


def test_the_flows_summary_counts_who_waits_and_names_the_new_address() -> None:
    told = describe_harvest(make_report(*many(5_000), *SPECIAL))
    assert "**3 new** from 5004 sources: 1 fetched, 1 unchanged, 1 failed, 5000 not due yet" in told
    assert "| bad | gone | 2026-05-04 | ask |" in told
    assert "| moved | https://new.example.org/feed |" in told
    assert len(told.splitlines()) < 20


def test_of_very_many_failures_the_first_are_named_and_the_rest_counted() -> None:
    failed = [SourceReport(source_id=f"f{number}", outcome="failed", error="x") for number in range(1_000)]
    told = describe_harvest(make_report(*failed))
    assert told.endswith(f"and {1_000 - MOST_ROWS} more")
