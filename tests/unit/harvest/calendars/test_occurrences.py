"""Repeating events happen on the dates, and at the hour, that people expect."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from stuifmail.harvest.calendars.event_identity import fold_occurrences, pick_versions
from stuifmail.harvest.calendars.icalendars import parse_calendar
from stuifmail.harvest.calendars.occurrences import MOST_OCCURRENCES, window_around
from stuifmail.model.events import CalendarEntry, Occurrence
from tests.builders_harvest import make_calendar

YEAR = date(2026, 1, 1), date(2026, 12, 31)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEEKLY = (
    "UID:w\nSUMMARY:Inloop\nDTSTART;TZID=Europe/Amsterdam:20260302T140000\n"
    "DTEND;TZID=Europe/Amsterdam:20260302T160000\nRRULE:FREQ=WEEKLY"
)


def expand(*events: str, head: str = "", window: tuple[date, date] = YEAR) -> CalendarEntry:
    """Answer the first event of a calendar with its occurrences."""
    return parse_calendar(make_calendar(*events, head=head), url="x", window=window).events[0]


def local(occurrences: tuple[Occurrence, ...], zone: ZoneInfo = AMSTERDAM) -> list[str]:
    return [
        f"{each.starts_at.astimezone(zone):%m-%d %H:%M}"
        if isinstance(each.starts_at, datetime)
        else f"{each.starts_at:%m-%d}"
        for each in occurrences
    ]


def test_a_meeting_at_two_stays_at_two_across_both_clock_changes() -> None:
    found = expand(WEEKLY).occurrences
    assert {text[-5:] for text in local(found)} == {"14:00"}
    starts = {each.starts_at for each in found}
    assert datetime(2026, 3, 23, 13, tzinfo=UTC) in starts  # winter time
    assert datetime(2026, 3, 30, 12, tzinfo=UTC) in starts  # summer time, since the day before
    assert datetime(2026, 10, 26, 13, tzinfo=UTC) in starts  # winter time again
    assert all(each.ends_at == each.starts_at + timedelta(hours=2) for each in found)  # type: ignore[operator]


def test_a_time_that_clocks_skip_comes_an_hour_later_that_day_only() -> None:
    night = "UID:n\nDTSTART;TZID=Europe/Amsterdam:20260328T023000\nRRULE:FREQ=DAILY;COUNT=3"
    assert local(expand(night).occurrences) == ["03-28 02:30", "03-29 03:30", "03-30 02:30"]


def test_dates_left_out_added_moved_and_cancelled_are_all_followed() -> None:
    series = (
        WEEKLY.replace("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=5")
        + "\nEXDATE;TZID=Europe/Amsterdam:20260309T140000\nRDATE;TZID=Europe/Amsterdam:20260311T140000"
    )
    moved = (
        "UID:w\nSUMMARY:Inloop in het bos\nRECURRENCE-ID;TZID=Europe/Amsterdam:20260316T140000\n"
        "DTSTART;TZID=Europe/Amsterdam:20260317T100000\nLOCATION:Zeist"
    )
    gone = "UID:w\nRECURRENCE-ID:20260323T130000Z\nDTSTART:20260323T130000Z\nSTATUS:CANCELLED"
    found = expand(series, moved, gone).occurrences
    assert local(found) == ["03-02 14:00", "03-11 14:00", "03-17 10:00", "03-23 14:00", "03-30 14:00"]
    assert [each.recurrence_id[:10] for each in found][2] == "2026-03-16"
    assert (found[2].summary, found[2].location) == ("Inloop in het bos", "Zeist")
    assert [each.status for each in found] == ["confirmed"] * 3 + ["cancelled", "confirmed"]


def test_a_change_of_this_and_all_that_follow_moves_those() -> None:
    later = (
        "UID:w\nSUMMARY:Inloop\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Amsterdam:20260316T140000\n"
        "DTSTART;TZID=Europe/Amsterdam:20260317T190000\nDTEND;TZID=Europe/Amsterdam:20260317T200000"
    )
    found = expand(WEEKLY.replace("WEEKLY", "WEEKLY;COUNT=5"), later).occurrences
    assert local(found) == ["03-02 14:00", "03-09 14:00", "03-17 19:00", "03-24 19:00", "03-31 19:00"]
    assert found[4].ends_at == datetime(2026, 3, 31, 18, tzinfo=UTC)


def test_all_day_events_repeat_by_day_and_their_until_is_included() -> None:
    days = "UID:d\nDTSTART;VALUE=DATE:20260115\nDTEND;VALUE=DATE:20260117\nRRULE:FREQ=MONTHLY;UNTIL=20260415"
    found = expand(days).occurrences
    assert local(found) == ["01-15", "02-15", "03-15", "04-15"]
    assert found[0].ends_at == date(2026, 1, 17)


def test_an_until_in_utc_is_compared_with_the_moment() -> None:
    until = WEEKLY.replace("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260316T130000Z")
    assert local(expand(until).occurrences) == ["03-02 14:00", "03-09 14:00", "03-16 14:00"]


def test_floating_events_repeat_by_the_newsrooms_clock() -> None:
    floating = "UID:f\nDTSTART:20260302T140000\nRRULE:FREQ=WEEKLY"
    assert {text[-5:] for text in local(expand(floating).occurrences)} == {"14:00"}


def test_times_in_utc_repeat_by_the_clock_of_the_calendar_where_it_names_its_zone() -> None:
    event = "UID:u\nDTSTART:20260302T130000Z\nRRULE:FREQ=WEEKLY"
    found = expand(event, head="X-WR-TIMEZONE:Europe/Amsterdam\n")
    assert {text[-5:] for text in local(found.occurrences)} == {"14:00"}
    assert found.time_zone == "Europe/Amsterdam"
    assert len({text[-5:] for text in local(expand(event).occurrences)}) == 2  # UTC knows no summer


@pytest.mark.parametrize("name", ["W. Europe Standard Time", "CET", "MEZ"])
def test_names_and_labels_of_zones_stand_for_the_place_they_mean(name: str) -> None:
    event = f'UID:z\nDTSTART;TZID="{name}":20260302T140000\nRRULE:FREQ=WEEKLY'
    assert {text[-5:] for text in local(expand(event).occurrences)} == {"14:00"}


def test_a_zone_that_the_calendar_defines_itself_is_followed() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Ons Kantoor\nBEGIN:DAYLIGHT\nDTSTART:19810329T020000\n"
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\n"
        "BEGIN:STANDARD\nDTSTART:19961027T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n"
        "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = WEEKLY.replace("Europe/Amsterdam", "Ons Kantoor")
    assert {text[-5:] for text in local(expand(event, head=zone).occurrences)} == {"14:00"}


def test_a_zone_that_one_calendar_defines_is_not_known_in_the_next() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Ons Kantoor\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:{0}\nTZOFFSETTO:{0}\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = "UID:1\nDTSTART;TZID=Ons Kantoor:20260608T140000"
    starts = [expand(event, head=zone.format(offset)).starts_at for offset in ("+0500", "-0300")]
    assert starts == [datetime(2026, 6, 8, hour, tzinfo=UTC) for hour in (9, 17)]
    assert expand(event).floating


def test_the_label_cet_on_a_day_in_june_is_not_believed_and_that_is_told() -> None:
    summer = parse_calendar(make_calendar("SUMMARY:Dag\nDTSTART;TZID=CET:20260608T140000"), url="x")
    winter = parse_calendar(make_calendar("SUMMARY:Dag\nDTSTART;TZID=CET:20261116T140000"), url="x")
    assert summer.events[0].starts_at == datetime(2026, 6, 8, 12, tzinfo=UTC)
    assert any("it says CET, but clocks show CEST on 8 June 2026" in each for each in summer.problems)
    assert not any("CET" in each for each in winter.problems)


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=999999", "FREQ=DAILY;BYMONTH=13"]
)
def test_a_rule_that_cannot_be_followed_lets_the_event_happen_once_and_says_why(rule: str) -> None:
    event = f"UID:h\nSUMMARY:Altijd\nDTSTART:00020102T000000Z\nRRULE:{rule}"
    document = parse_calendar(make_calendar(event), url="x", window=YEAR)
    assert (document.events[0].rrule, document.events[0].occurrences) == ("", ())
    assert any("Altijd" in each for each in document.problems)


def test_an_endless_daily_event_is_bounded_in_number_and_window() -> None:
    now = datetime(2026, 5, 4, 7, tzinfo=UTC)
    daily = "UID:d\nDTSTART:19700101T090000Z\nRRULE:FREQ=DAILY"
    found = expand(daily, window=window_around(now)).occurrences
    assert len(found) == MOST_OCCURRENCES
    assert found[0].starts_at == datetime(2026, 3, 31, 9, tzinfo=UTC)
    hourly = daily + ";BYHOUR=9,12,15"
    assert len(expand(hourly, window=window_around(now)).occurrences) == MOST_OCCURRENCES


def test_a_calendar_of_thousands_of_rules_is_followed_as_far_as_it_makes_sense() -> None:
    hostile = [
        f"UID:{number}\nSUMMARY:Elke dag {number}\nDTSTART:19700101T090000Z\nRRULE:FREQ=DAILY;BYHOUR=9,12"
        for number in range(1500)
    ]
    document = parse_calendar(make_calendar(*hostile), url="x", window=YEAR)
    dates = [len(event.occurrences) for event in document.events]
    assert dates[0] == MOST_OCCURRENCES
    assert dates[-1] == 0
    assert sum(dates) <= 200_000
    assert any("repeats too much" in problem for problem in document.problems)


def test_changed_dates_whose_event_is_missing_are_one_event_with_those_dates() -> None:
    orphans = [
        f"UID:o\nSUMMARY:Los\nRECURRENCE-ID:202604{day}T100000Z\nDTSTART:202604{day}T120000Z"
        for day in ("08", "01")
    ]
    document = parse_calendar(make_calendar(*orphans), url="x", window=YEAR)
    (event,) = fold_occurrences(pick_versions(document.events))
    assert local(event.occurrences, ZoneInfo("UTC")) == ["04-01 12:00", "04-08 12:00"]
    assert len(document.events) == 2


RULES = st.sampled_from(
    (
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=20",
        "FREQ=DAILY;INTERVAL=3;UNTIL=20261101T120000Z",
        "FREQ=MONTHLY;BYDAY=-1MO",
        "FREQ=MONTHLY;BYMONTHDAY=1",
        "FREQ=YEARLY",
    )
)
HOURS = st.integers(4, 22)  # clocks skip and repeat hours of the night, which readers take each their way


@settings(max_examples=100)
@given(RULES, HOURS, st.sets(st.integers(0, 40), max_size=4), st.integers(-48, 48))
def test_occurrences_agree_with_an_independent_reader(
    rule: str, hour: int, excluded: set[int], shift_hours: int
) -> None:
    start = datetime(2026, 1, 5 if "MO" in rule else 1, hour, tzinfo=AMSTERDAM)
    plain = (
        f"UID:p\nSUMMARY:P\nDTSTART;TZID=Europe/Amsterdam:{start:%Y%m%dT%H%M%S}\nDURATION:PT1H\nRRULE:{rule}"
    )
    if "-1MO" in rule:
        plain = plain.replace("20260105", "20260126")
    dates = [each.starts_at for each in expand(plain).occurrences]
    out = [dates[place] for place in sorted(excluded) if place < len(dates)]
    lines = "".join(f"\nEXDATE:{each:%Y%m%dT%H%M%SZ}" for each in out)
    changed = ""
    if len(dates) > 2 and dates[2] not in out and isinstance(dates[2], datetime):
        moved = dates[2] + timedelta(hours=shift_hours)
        changed = f"UID:p\nSUMMARY:Q\nRECURRENCE-ID:{dates[2]:%Y%m%dT%H%M%SZ}\nDTSTART:{moved:%Y%m%dT%H%M%SZ}"
    content = make_calendar(plain + lines, *([changed] if changed else []))
    ours = parse_calendar(content, url="x", window=YEAR).events[0].occurrences
    theirs = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(
        datetime(2026, 1, 1, tzinfo=AMSTERDAM), datetime(2027, 1, 1, tzinfo=AMSTERDAM)
    )
    wanted = sorted(each["DTSTART"].dt.astimezone(UTC) for each in theirs)
    assert (
        sorted(each.starts_at for each in ours if each.starts_at >= datetime(2025, 12, 31, 23, tzinfo=UTC))
        == wanted
    )  # type: ignore[operator,type-var]
