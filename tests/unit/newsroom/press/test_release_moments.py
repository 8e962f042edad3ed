"""Releases leave on a working day, at the hour that desks of a country like."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from stuifmail.config.press import PressHours
from stuifmail.newsroom.press.release_moments import find_hours, is_quiet_day, plan_releases
from tests.builders_release import press_config

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NL = PressHours(country="NL", time="09:30", time_zone="Europe/Amsterdam")
GB = PressHours(country="GB", time="09:00", time_zone="Europe/London")
LONG_AGO = datetime(2026, 1, 2, 12, tzinfo=AMSTERDAM)


def planned(stage: str, day: date, *hours: PressHours, now: datetime = LONG_AGO) -> list[str]:
    return [moment.isoformat() for moment in plan_releases(stage, (day, day), hours, now)]


def test_results_are_released_on_the_working_day_after_the_event() -> None:
    assert planned("results", date(2026, 2, 12), NL) == ["2026-02-13T09:30:00+01:00"]
    assert planned("results", date(2026, 6, 12), NL) == ["2026-06-15T09:30:00+02:00"]


def test_an_announcement_is_released_a_week_before_or_on_the_working_day_before_that() -> None:
    assert planned("announcement", date(2026, 6, 8), NL) == ["2026-06-01T09:30:00+02:00"]
    # a week before is Whit Monday, before that a weekend
    assert planned("announcement", date(2026, 6, 1), NL) == ["2026-05-22T09:30:00+02:00"]


def test_all_versions_leave_on_one_day_that_is_a_working_day_everywhere() -> None:
    now = datetime(2026, 5, 4, 9, tzinfo=AMSTERDAM)
    assert planned("results", date(2026, 2, 12), NL, GB, now=now) == [
        "2026-05-06T09:30:00+02:00",
        "2026-05-06T09:00:00+01:00",
    ]


def test_what_is_late_leaves_at_the_next_hour_that_desks_like() -> None:
    friday_noon = datetime(2026, 6, 12, 12, tzinfo=AMSTERDAM)
    assert planned("results", date(2026, 2, 12), NL, now=friday_noon) == ["2026-06-15T09:30:00+02:00"]


def test_weekends_and_holidays_are_quiet() -> None:
    assert is_quiet_day(datetime(2026, 5, 5, 10, tzinfo=AMSTERDAM), NL)
    assert is_quiet_day(datetime(2026, 6, 13, 10, tzinfo=AMSTERDAM), NL)
    assert not is_quiet_day(datetime(2026, 6, 12, 10, tzinfo=AMSTERDAM), NL)


def test_without_settings_desks_of_our_own_country_get_it_at_half_past_nine() -> None:
    config = press_config()
    assert config.press is not None
    hours = find_hours(config, config.press, "nl")
    assert (hours.country, hours.time) == (config.organisation.country, "09:30")
