"""Who is asked in a run, who waits, and what is asked for."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from stuifmail.harvest.planning import Job, hash_settings, plan_job, report_skipped
from stuifmail.store.sources import SourceState
from tests.builders_harvest import NOW, make_config

URL = "https://berm.example.org/feed"
LATER = NOW + timedelta(hours=6)


def plan(
    source: dict[str, Any], state: SourceState | None = None, *, now: datetime = NOW, ask_all: bool = False
) -> Job:
    config = make_config([{"id": "berm", **source}])
    return plan_job(config.sources[0], state, config=config, root=Path("/n"), now=now, ask_all=ask_all)


def known(**changes: Any) -> SourceState:
    """A state of the source at URL, read with its settings an hour ago, to be asked in six."""
    config = make_config([{"id": "berm", "url": URL}])
    state = SourceState(
        id="berm",
        etag='"1"',
        last_modified="Mon, 04 May 2026 06:00:00 GMT",
        sha256="0" * 64,
        settings_sha256=hash_settings(config.sources[0], config, NOW),
        url=URL,
        fetched_at=NOW - timedelta(hours=1),
        checked_at=NOW - timedelta(hours=1),
        entries_count=12,
        answer="200",
        next_check_at=LATER,
        next_check_why="the feed asks for 7 hours",
    )
    return replace(state, **changes)


def test_a_new_source_is_asked_without_conditions() -> None:
    job = plan({"url": URL})
    assert (job.skipped, job.is_known, job.request.etag) == (None, False, None)
    assert (job.state.url, job.request.address, job.request.path) == (URL, URL, None)


def test_a_source_that_is_not_due_waits_and_says_until_when_and_why() -> None:
    job = plan({"url": URL}, known())
    report = report_skipped(job)
    assert (job.skipped, report.outcome, report.entries_count, report.answer) == (
        "waiting",
        "waiting",
        12,
        "200",
    )
    assert (report.next_check_at, report.next_check_why) == (LATER, "the feed asks for 7 hours")


@pytest.mark.parametrize("now", [LATER, LATER + timedelta(days=9)])
def test_a_source_that_is_due_is_asked_conditionally(now: datetime) -> None:
    job = plan({"url": URL}, known(), now=now)
    assert job.skipped is None
    assert (job.request.etag, job.request.last_modified) == ('"1"', "Mon, 04 May 2026 06:00:00 GMT")


def test_whoever_asks_for_all_gets_all() -> None:
    gone = known(retired_at=NOW, next_check_at=None)
    assert plan({"url": URL}, known(), ask_all=True).skipped is None
    assert plan({"url": URL}, gone, ask_all=True).skipped is None


def test_other_settings_are_a_reason_to_ask_at_once_and_without_conditions() -> None:
    job = plan({"url": URL, "language": "en"}, known())
    assert (job.skipped, job.request.etag, job.state.sha256) == (None, None, None)
    assert job.state.settings_sha256 != known().settings_sha256


@pytest.mark.parametrize("change", [{"note": "ask the member"}, {"every_hours": 3}, {"aggregator": True}])
def test_settings_that_change_nothing_in_what_is_read_are_no_reason(change: dict[str, Any]) -> None:
    assert plan({"url": URL, **change}, known()).skipped == "waiting"


def test_a_source_that_is_gone_for_good_is_not_asked_until_its_address_changes() -> None:
    gone = known(retired_at=NOW - timedelta(days=400), next_check_at=None, error="removed (410)")
    assert plan({"url": URL}, gone).skipped == "retired"
    assert plan({"url": URL, "language": "en"}, gone).skipped == "retired"
    moved = plan({"url": f"{URL}/new"}, gone)
    assert (moved.skipped, moved.state.retired_at) == (None, None)


def test_what_was_said_of_another_address_is_forgotten() -> None:
    job = plan({"url": f"{URL}/new"}, known(moved_to=f"{URL}/new", moved_since=NOW, check_after_s=60))
    state = job.state
    assert (state.etag, state.sha256, state.check_after_s, state.moved_to) == (None, None, None, "")
    assert (state.entries_count, state.fetched_at) == (12, known().fetched_at)


def test_our_own_files_are_looked_at_each_time() -> None:
    job = plan({"file": "berm.xml"}, known(next_check_at=LATER, retired_at=NOW))
    assert (job.skipped, job.request.path) == (None, Path("/n/berm.xml"))


def test_a_calendar_is_read_again_in_another_month_and_a_feed_is_not() -> None:
    config = make_config([{"id": "a", "kind": "calendar", "url": URL}, {"id": "f", "url": URL}])
    calendar, feed = config.sources
    later = NOW + timedelta(days=31)
    assert hash_settings(calendar, config, NOW) == hash_settings(calendar, config, NOW + timedelta(days=1))
    assert hash_settings(calendar, config, NOW) != hash_settings(calendar, config, later)
    assert hash_settings(feed, config, NOW) == hash_settings(feed, config, later)
