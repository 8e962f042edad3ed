"""A source is asked again when it wants to be, within our bounds, and each decision has its reason."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stuifmail.config.network import Harvest
from stuifmail.errors import FetchFailed
from stuifmail.harvest.fetching.politeness import (
    Hints,
    NextCheck,
    hints_of,
    is_due,
    plan_next_check,
    read_hints,
)

NOW = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DATE = "Mon, 04 May 2026 06:30:00 GMT"


def plan(source_id: str = "berm", now: datetime = NOW, **more: Any) -> NextCheck:
    settings = {
        "hints": Hints(status=200),
        "document_after_s": None,
        "every_hours": None,
        "failures_count": 0,
        "settings": Harvest(),
    }
    return plan_next_check(source_id=source_id, now=now, **{**settings, **more})


def hours(check: NextCheck) -> float:
    return (check.at - NOW) / HOUR


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, (None, None, None)),
        ({"cache-control": "public, max-age=3600"}, (3600, None, None)),
        ({"cache-control": 'private,MAX-AGE="60"'}, (60, None, None)),
        ({"cache-control": "s-maxage=60"}, (None, None, None)),
        ({"cache-control": "max-age=3600", "age": "600"}, (3000, None, None)),
        ({"cache-control": "max-age=60", "age": "600"}, (0, None, None)),
        ({"cache-control": "no-cache, max-age=3600"}, (0, None, None)),
        ({"cache-control": "no-store"}, (0, None, None)),
        (
            {"cache-control": "max-age=60", "expires": "Mon, 04 May 2026 09:30:00 GMT", "date": DATE},
            (60, None, None),
        ),
        ({"expires": "Mon, 04 May 2026 09:30:00 GMT", "date": DATE}, (10800, None, None)),
        ({"expires": "Mon, 04 May 2026 09:30:00 GMT"}, (None, None, None)),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT", "date": DATE}, (0, None, None)),
        ({"expires": "0", "date": DATE}, (0, None, None)),
        ({"retry-after": "120"}, (None, 120, None)),
        ({"retry-after": "-5"}, (None, None, None)),
        ({"retry-after": "٣"}, (None, None, None)),
        ({"retry-after": "9" * 400}, (None, 10**9, None)),
        ({"retry-after": DATE}, (None, None, NOW)),
        ({"retry-after": "soon"}, (None, None, None)),
        ({"retry-after": "Mon, 99 May 99999 06:30:00 GMT"}, (None, None, None)),
    ],
)
def test_headers_are_read_as_far_as_they_can_be(
    headers: dict[str, str], expected: tuple[int | None, int | None, datetime | None]
) -> None:
    hints = read_hints(200, headers)
    assert (hints.max_age_s, hints.retry_after_s, hints.retry_at) == expected


@pytest.mark.parametrize(
    ("more", "at_least", "why"),
    [
        ({}, 1, "nobody asks for more than harvest.min_hours: 1 hour"),
        ({"document_after_s": 5400}, 1.5, "the feed asks for 90 minutes"),
        ({"document_after_s": 3600}, 1, "the feed asks for 1 hour"),
        ({"document_after_s": 60}, 1, "the feed asks for 1 minute, harvest.min_hours for 1 hour"),
        ({"hints": Hints(max_age_s=7200)}, 2, "the server asks for 2 hours"),
        ({"hints": Hints(max_age_s=7200), "document_after_s": 18000}, 5, "the feed asks for 5 hours"),
        ({"hints": Hints(max_age_s=28800), "document_after_s": 18000}, 8, "the server asks for 8 hours"),
        ({"hints": Hints(max_age_s=0)}, 1, "nobody asks for more than harvest.min_hours: 1 hour"),
        ({"hints": Hints(max_age_s=0), "document_after_s": 18000}, 5, "the feed asks for 5 hours"),
        (
            {"hints": Hints(max_age_s=31536000)},
            24,
            "the server asks for 365 days, harvest.max_hours for 24 hours at most",
        ),
        ({"every_hours": 6, "document_after_s": 180000}, 6, "sources.yaml says every 6 hours"),
        ({"every_hours": 168, "document_after_s": 60}, 168, "sources.yaml says every 7 days"),
        ({"every_hours": 0.25}, 0.25, "sources.yaml says every 15 minutes"),
        ({"failures_count": 1}, 1, "failed once, so again after 1 hour"),
        ({"failures_count": 3}, 4, "failed 3 times in a row, so again after 4 hours"),
        ({"failures_count": 4000}, 24, "failed 4000 times in a row, so again after 24 hours"),
        ({"failures_count": 3, "every_hours": 0.25}, 1, "failed 3 times in a row, so again after 1 hour"),
        ({"failures_count": 9, "every_hours": 168}, 168, "failed 9 times in a row, so again after 7 days"),
    ],
)
def test_the_wait_has_one_reason(more: dict[str, Any], at_least: float, why: str) -> None:
    check = plan(**more)
    assert at_least <= hours(check) <= at_least * 1.05
    assert (check.why, check.retired) == (why, False)


@pytest.mark.parametrize("more", [{}, {"every_hours": 0.25}, {"failures_count": 1}, {"document_after_s": 60}])
@pytest.mark.parametrize("hints", [Hints(retry_after_s=18000), Hints(retry_at=NOW + 5 * HOUR)])
def test_a_retry_after_is_kept_whatever_else_is_said(hints: Hints, more: dict[str, Any]) -> None:
    check = plan(hints=hints, **more)
    assert check.why == "the server asks to wait for 5 hours"
    assert not is_due(next_check_at=check.at, checked_at=NOW, now=NOW + 5 * HOUR - timedelta(seconds=1))
    assert is_due(next_check_at=check.at, checked_at=NOW, now=NOW + 7 * HOUR)


@pytest.mark.parametrize("seconds", [1800, 3600, 36000, 86400, 7 * 86400])
def test_the_grace_never_shortens_a_retry_after(seconds: int) -> None:
    check = plan(hints=Hints(status=503, retry_after_s=seconds), failures_count=1)
    before = NOW + timedelta(seconds=seconds - 1)
    assert not is_due(next_check_at=check.at, checked_at=NOW, now=before)


@pytest.mark.parametrize("hints", [Hints(retry_after_s=10**9), Hints(retry_at=NOW + 5000 * HOUR)])
def test_a_retry_after_holds_for_a_week_at_most(hints: Hints) -> None:
    check = plan(hints=hints)
    assert 168 <= hours(check) <= 170
    assert check.why == "the server asks to wait for longer than 7 days, which is the most we wait"


def test_a_retry_after_in_the_past_says_nothing() -> None:
    assert plan(hints=Hints(retry_at=NOW - HOUR)).why.startswith("nobody asks")


def test_gone_for_good_is_retired_whatever_sources_yaml_says() -> None:
    check = plan(hints=Hints(status=410), failures_count=1, every_hours=1)
    assert check.retired
    assert hours(check) == 30 * 24
    assert check.why == "the server says that it is gone for good (410)"


def test_sources_fall_due_at_different_moments_that_are_the_same_each_time() -> None:
    moments = [plan(f"source-{n}", every_hours=24).at for n in range(200)]
    assert len(set(moments)) == 200
    assert max(moments) - min(moments) > timedelta(minutes=20)
    assert moments == [plan(f"source-{n}", every_hours=24).at for n in range(200)]
    assert plan(every_hours=24).at - NOW != plan(every_hours=24, now=NOW + 24 * HOUR).at - NOW - 24 * HOUR


@pytest.mark.parametrize("asked_hours", [1.0, 24.0])
def test_no_run_passes_over_a_source_that_asks_for_the_time_between_two_runs(asked_hours: float) -> None:
    step = timedelta(hours=asked_hours)
    for number in range(100):
        # The first run was slow or late, the next one is at its usual moment.
        checked_at = NOW + step * 0.03
        check = plan(f"source-{number}", now=checked_at, document_after_s=int(asked_hours * 3600))
        assert is_due(next_check_at=check.at, checked_at=checked_at, now=NOW + step)
        assert not is_due(next_check_at=check.at, checked_at=checked_at, now=NOW + step * 0.9)


def test_a_source_without_a_moment_is_always_due() -> None:
    assert is_due(next_check_at=None, checked_at=NOW, now=NOW)
    assert is_due(next_check_at=NOW + HOUR, checked_at=None, now=NOW)


def test_a_failure_carries_what_the_answer_said() -> None:
    hints = Hints(status=503, retry_after_s=60)
    assert hints_of(FetchFailed("no", status=503, hints=hints)) == hints
    assert hints_of(FetchFailed("no")) == Hints()
