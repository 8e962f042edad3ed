"""Dates in Dutch and English texts, with what they leave open."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.harvest.dates.dutch_dates import DateReading, read_date_text
from stuifmail.model.events import DaySpan

TODAY = date(2026, 5, 4)


def read(text: str, today: date | None = TODAY) -> DateReading:
    found = read_date_text(text, today=today)
    assert found is not None, text
    return found


def span_of(text: str, today: date | None = TODAY) -> DaySpan:
    span = read(text, today).span
    assert span is not None, text
    return span


def utc(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9 juni 2026 14u30", utc(2026, 6, 9, 12, 30), None),
        ("dinsdag 9 juni 2026, 19.30 uur, zaal 4", utc(2026, 6, 9, 17, 30), None),
        ("June 9, 2026 at 2 p.m.", utc(2026, 6, 9, 12), None),
        ("van 14 tot 17 uur op 9 juni 2026", utc(2026, 6, 9, 12), utc(2026, 6, 9, 15)),
        ("9 juni 2026 van 10.00 tot 12.30 uur", utc(2026, 6, 9, 8), utc(2026, 6, 9, 10, 30)),
        ("16 November 2023, 13:30 – 17:00 CET", utc(2023, 11, 16, 12, 30), utc(2023, 11, 16, 16)),
        ("31 december 2026 20.00 - 01.00 uur", utc(2026, 12, 31, 19), utc(2027, 1, 1, 0)),
        ("5 juni 2026 14:00 - 7 juni 2026 12:00", utc(2026, 6, 5, 12), utc(2026, 6, 7, 10)),
        ("9 juni 2026 12:00 UTC", utc(2026, 6, 9, 12), None),
        ("5-7 juni 2026", date(2026, 6, 5), date(2026, 6, 8)),
        ("June 5-7, 2026", date(2026, 6, 5), date(2026, 6, 8)),
        ("31 mei t/m 2 juni 2026", date(2026, 5, 31), date(2026, 6, 3)),
        ("30 december - 2 januari 2027", date(2026, 12, 30), date(2027, 1, 3)),
        ("14 en 15 november 2026", date(2026, 11, 14), date(2026, 11, 16)),
        ("1st of June 2026", date(2026, 6, 1), date(2026, 6, 2)),
        ("2nd June 2026", date(2026, 6, 2), date(2026, 6, 3)),
        ("5-6-2026", date(2026, 6, 5), date(2026, 6, 6)),
    ],
)
def test_what_a_text_says_whole_is_a_moment_or_days(text: str, start: object, end: object) -> None:
    reading = read(text)
    assert (reading.starts_at, reading.ends_at) == (start, end)
    assert (reading.span, reading.is_tentative, reading.warnings) == (None, False, ())


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "inferred"),
    [
        ("29 mei", date(2026, 5, 29), date(2026, 5, 29), "day", True),
        ("29 Mei (onder voorbehoud)", date(2026, 5, 29), date(2026, 5, 29), "day", True),
        ("25 maart jl.", date(2026, 3, 25), date(2026, 3, 25), "day", True),
        ("25 maart", date(2027, 3, 25), date(2027, 3, 25), "day", True),
        ("a.s. dinsdag 9 juni", date(2026, 6, 9), date(2026, 6, 9), "day", True),
        ("woensdag 9 juni", date(2027, 6, 9), date(2027, 6, 9), "day", True),
        ("29 februari", date(2028, 2, 29), date(2028, 2, 29), "day", True),
        ("5-7 juni", date(2026, 6, 5), date(2026, 6, 7), "days", True),
        ("Begin 2019", date(2019, 1, 1), date(2019, 3, 31), "part", False),
        ("eind 2020", date(2020, 10, 1), date(2020, 12, 31), "part", False),
        ("medio mei", date(2026, 5, 11), date(2026, 5, 20), "part", True),
        ("begin mei", date(2026, 5, 1), date(2026, 5, 10), "part", True),
        ("begin april", date(2027, 4, 1), date(2027, 4, 10), "part", True),
        ("eind februari 2028", date(2028, 2, 21), date(2028, 2, 29), "part", False),
        ("voorjaar 2026", date(2026, 3, 1), date(2026, 5, 31), "part", False),
        ("winter 2026", date(2026, 12, 1), date(2027, 2, 28), "part", False),
        ("in het derde kwartaal", date(2026, 7, 1), date(2026, 9, 30), "part", True),
        ("Q1 2027", date(2027, 1, 1), date(2027, 3, 31), "part", False),
        ("eerste helft van 2027", date(2027, 1, 1), date(2027, 6, 30), "part", False),
        ("week 23", date(2026, 6, 1), date(2026, 6, 7), "days", True),
        ("juni 2026", date(2026, 6, 1), date(2026, 6, 30), "month", False),
        ("juni", date(2026, 6, 1), date(2026, 6, 30), "month", True),
        ("2027", date(2027, 1, 1), date(2027, 12, 31), "year", False),
        ("Uiterlijk maart 2021", None, date(2021, 3, 31), "open", False),
        ("voor 1 mei 2027", None, date(2027, 4, 30), "open", False),
        ("vanaf september", date(2026, 9, 1), None, "open", True),
        ("na de zomer", date(2026, 9, 1), None, "open", True),
        ("from 9 June 2026", date(2026, 6, 9), None, "open", False),
    ],
)
def test_what_a_text_leaves_open_is_a_span_with_its_precision(
    text: str, first: date | None, last: date | None, precision: str, inferred: bool
) -> None:
    reading = read(text)
    span = span_of(text)
    assert (span.first, span.last, span.precision, span.year_inferred) == (first, last, precision, inferred)
    assert (reading.starts_at, reading.is_tentative, span.text) == (None, True, text)


@pytest.mark.parametrize(
    "text", ["14 of 15 november", "14/15 November", "14 or 15 November 2026", "14 november of 15 november"]
)
def test_days_to_choose_from_are_kept(text: str) -> None:
    span = span_of(text)
    assert span.alternatives == (date(2026, 11, 14), date(2026, 11, 15))
    assert (span.first, span.last, span.precision) == (*span.alternatives, "days")


def test_a_time_on_a_day_without_a_year_is_a_moment_whose_year_was_inferred() -> None:
    reading = read("5 mei a.s. om 14.00 uur")
    assert reading.starts_at == utc(2026, 5, 5, 12)
    assert reading.span is not None
    assert (reading.span.year_inferred, reading.is_tentative) == (True, True)


def test_the_label_cet_in_june_says_where_and_not_when() -> None:
    reading = read("5 juni 2023, 14:00 - 17:00 CET")
    assert (reading.starts_at, reading.ends_at) == (utc(2023, 6, 5, 12), utc(2023, 6, 5, 15))
    assert reading.warnings == (
        "it says CET, but clocks show CEST on 5 June 2023; taken as 14:00 in Europe/Amsterdam",
    )


def test_a_weekday_that_does_not_fit_is_told() -> None:
    assert "another day of the week" in read("maandag 9 juni 2026").warnings[0]


def test_what_repeats_has_no_single_date() -> None:
    for text in ("elke eerste dinsdag", "iedere maand op 9 juni", "every Monday", "dinsdagen om 20.00 uur"):
        span = span_of(text)
        assert (span.first, span.last, span.precision) == (None, None, "open"), text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "vandaag",
        "today at 14:00",
        "nog niet bekend",
        "31 februari 2026",
        "zaal 4, 14.00 uur",
        "we may come",
    ],
)
def test_a_text_without_a_date_is_never_taken_as_today(text: str) -> None:
    assert read_date_text(text, today=TODAY) is None


def test_without_a_day_to_count_from_no_year_is_made_up() -> None:
    span = span_of("29 mei", None)
    assert (span.first, span.last, span.precision) == (None, None, "open")
    assert read_date_text("medio mei", today=None) is None


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_a_day_with_its_year_is_that_day_whatever_day_it_is_read_on(day: date, today: date) -> None:
    months = "januari februari maart april mei juni juli augustus september oktober november december".split()
    reading = read(f"{day.day} {months[day.month - 1]} {day.year}", today)
    assert (reading.starts_at, reading.span) == (day, None)
    yearless = span_of(f"{day.day} {months[day.month - 1]}", today)
    assert yearless.first is not None
    assert yearless.first >= today
    assert (yearless.first.day, yearless.first.month) == (day.day, day.month)


@given(st.text(alphabet="0123456789 :.-/,junimeaovcEndtQuf?'", max_size=60))
def test_no_text_makes_reading_stop(text: str) -> None:
    found = read_date_text(text, today=TODAY)
    assert found is None or found.starts_at is not None or found.span is not None
