"""Recurrence rules give the days that a person finds with a calendar at hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stuifmail.harvest.calendars.recurrences import expand_rule, parse_rule

LONG_AGO = datetime.combine(date.min, time())
START = datetime.combine(date(2026, 1, 5), time(14))  # a Monday


def days(rule: str, first: date, last: date, start: datetime = START) -> list[str]:
    return [f"{moment:%m-%d}" for moment in expand_rule(parse_rule(rule), start, first, last)]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", ["03-02", "03-04", "03-16", "03-18", "03-30"]),
        ("FREQ=WEEKLY", ["03-02", "03-09", "03-16", "03-23", "03-30"]),
        ("FREQ=MONTHLY;BYDAY=1TU", ["03-03"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["03-27"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["03-31"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["03-31"]),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=10,20", ["03-10", "03-20"]),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", ["03-08"]),
        ("FREQ=YEARLY;BYWEEKNO=11;BYDAY=WE", ["03-11"]),
        ("FREQ=YEARLY;BYYEARDAY=60,-366", ["03-01"]),
        ("FREQ=DAILY;INTERVAL=10", ["03-06", "03-16", "03-26"]),
        ("FREQ=DAILY;COUNT=58", ["03-01", "03-02", "03-03"]),
        ("FREQ=DAILY;UNTIL=20260302", ["03-01", "03-02"]),
        ("FREQ=DAILY;UNTIL=20260302T130000", ["03-01"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", []),
    ],
)
def test_rules_give_the_days_of_march_2026(rule: str, wanted: list[str]) -> None:
    assert days(rule, date(2026, 3, 1), date(2026, 3, 31)) == wanted


def test_the_31st_is_left_out_of_shorter_months() -> None:
    found = days(
        "FREQ=MONTHLY", date(2026, 1, 1), date(2026, 6, 30), datetime.combine(date(2026, 1, 31), time(9))
    )
    assert found == ["01-31", "03-31", "05-31"]


def test_the_start_counts_as_the_first_time_though_it_does_not_fit() -> None:
    found = days("FREQ=WEEKLY;BYDAY=TU;COUNT=3", date(2026, 1, 1), date(2026, 3, 31))
    assert found == ["01-05", "01-06", "01-13"]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("FREQ=SECONDLY", "more than once a day"),
        ("FREQ=HOURLY;INTERVAL=2", "more than once a day"),
        ("FREQ=FORTNIGHTLY", "there is no FREQ=FORTNIGHTLY"),
        ("INTERVAL=2", "it has no FREQ"),
        ("FREQ=DAILY;INTERVAL=0", "no number of times"),
        ("FREQ=DAILY;COUNT=-1", "no number of times"),
        ("FREQ=DAILY;COUNT=vaak", "no number"),
        ("FREQ=DAILY;UNTIL=morgen", "no date"),
        ("FREQ=DAILY;UNTIL=20261301", "no date"),
        ("FREQ=WEEKLY;BYDAY=XX", "no weekday"),
        ("FREQ=YEARLY;BYMONTH=13", "does not exist"),
        ("FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5", "more than 24 times a day"),
    ],
)
def test_rules_without_sense_are_refused_and_say_why(rule: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_rule(rule)


def test_a_count_that_begins_in_ancient_times_is_given_up() -> None:
    rule = parse_rule("FREQ=DAILY;COUNT=999999")
    with pytest.raises(ValueError, match="too long to count"):
        list(expand_rule(rule, LONG_AGO, date(2026, 1, 1), date(2027, 1, 1)))


def test_a_rule_without_end_from_long_ago_looks_at_the_window_only() -> None:
    found = days("FREQ=DAILY", date(2026, 3, 1), date(2026, 3, 3), LONG_AGO)
    assert found == ["03-01", "03-02", "03-03"]


WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw a rule that both readers understand alike, and that the other one can ever end."""
    frequency = draw(st.sampled_from(("YEARLY", "MONTHLY", "WEEKLY", "DAILY")))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    kind = draw(st.sampled_from(("day", "month day", "plain")))
    if kind == "day":
        chosen = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True))
        places = ("", "1", "2", "-1") if frequency in ("YEARLY", "MONTHLY") else ("",)
        parts.append("BYDAY=" + ",".join(draw(st.sampled_from(places)) + day for day in chosen))
    elif kind == "month day" and frequency != "WEEKLY":
        parts.append(f"BYMONTHDAY={draw(st.sampled_from((1, 13, 28, -1, -3)))}")
    if frequency != "MONTHLY" and draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.integers(1, 12))},{draw(st.integers(1, 12))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    if kind == "day" and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from((1, -1)))}")
    bound = draw(st.sampled_from(("", "COUNT=7", "COUNT=40", "UNTIL=20260601T120000")))
    return ";".join([*parts, bound] if bound else parts)


@settings(max_examples=150)
@given(rules(), st.dates(date(2024, 1, 1), date(2026, 3, 1)), st.integers(0, 23))
def test_days_agree_with_an_independent_reader(rule: str, day: date, hour: int) -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    earliest = rrulestr(rule, dtstart=datetime.combine(day, time(hour)))
    start = next(iter(earliest), None)
    assume(start is not None)
    theirs = rrulestr(rule, dtstart=start)
    assume(next(iter(theirs), None) == start)  # readers differ about a start that does not fit its rule
    wanted = theirs.between(datetime.combine(first, time.min), datetime.combine(last, time.max), inc=True)
    assert list(expand_rule(parse_rule(rule), start, first, last)) == wanted


@given(st.text(alphabet="FREQ=WKLYMONTDAIBUCSPH;,+-0123456789", max_size=60))
def test_any_text_is_a_rule_or_refused_and_its_days_lie_in_the_window(text: str) -> None:
    window = date(2026, 1, 1), date(2026, 3, 1)
    try:
        found = list(expand_rule(parse_rule(f"FREQ=DAILY;{text}"), START, *window))
    except ValueError:
        return
    assert all(window[0] <= moment.date() <= window[1] for moment in found)
    assert found == sorted(found)


def test_an_until_in_utc_is_kept_aware() -> None:
    assert parse_rule("FREQ=DAILY;UNTIL=20260302T130000Z").until == datetime(2026, 3, 2, 13, tzinfo=UTC)
    assert parse_rule("FREQ=DAILY;UNTIL=20260302").until == date(2026, 3, 1) + timedelta(days=1)
