"""When the rows of an agenda sheet say that something is."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from stuifmail.harvest.dates.dutch_dates import DateReading, read_date_text
from stuifmail.harvest.dates.moments import read_day_or_moment
from stuifmail.harvest.formats.rows import place_of, read_bare_number
from stuifmail.model.times import MomentOrDay, is_backward

_OF_NUMBERS = re.compile(r"[\d\s:.,/+TZ-]+", re.ASCII)


def read_row_times(
    row: Mapping[str, Any], zone: str, now: datetime | None, problems: list[str]
) -> DateReading:
    """Answer when the event of a row is, with what is known where the row leaves something open.

    Args:
        row: with `line`, `starts` and `ends`.
        zone: IANA name of the zone in which its times are.
        now: when it is read, aware: a date without a year is the next one to come.
        problems: gets a sentence for each text that is no date, or is not believed.
    """
    today = now.astimezone(ZoneInfo(zone)).date() if now else None
    if not row["starts"]:
        problems.append(f"{place_of(row, 'starts')}: the start is empty")
        return DateReading()
    reading = _read(row, "starts", zone, today, problems)
    if not row["ends"]:
        return reading
    end = _read(row, "ends", zone, today, problems)
    ends_at, doubt = _fit(reading.starts_at, _last_of(end), zone)
    if doubt:
        problems.append(f"{place_of(row, 'ends')}: {doubt}; it has no end now")
    return replace(reading, ends_at=ends_at, is_tentative=reading.is_tentative or end.is_tentative)


def _fit(start: MomentOrDay | None, end: MomentOrDay | None, zone: str) -> tuple[MomentOrDay | None, str]:
    """Answer the end in the form of the start, a moment or a day, and what is wrong with it."""
    if start is None or end is None:
        return end, ""
    if isinstance(end, datetime) and not isinstance(start, datetime):
        end = end.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    elif isinstance(start, datetime) and not isinstance(end, datetime):
        is_same_day = end == start.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
        return None, "" if is_same_day else "the start has a time, and the end has none"
    return (None, "the end is before the start") if is_backward(start, end) else (end, "")


def _last_of(end: DateReading) -> MomentOrDay | None:
    """Answer the end that a cell says: of a range in it the last, of days the first day after."""
    if isinstance(end.starts_at, datetime):
        return end.ends_at or end.starts_at
    return end.ends_at or (end.starts_at + timedelta(days=1) if end.starts_at else None)


def _read(
    row: Mapping[str, Any], column: str, zone: str, today: date | None, problems: list[str]
) -> DateReading:
    text = str(row[column]).removesuffix(" 00:00:00")  # Excel's bare dates
    place = place_of(row, column)
    reading = None if _OF_NUMBERS.fullmatch(text) else read_date_text(text, today=today, zone=zone)
    if reading is None:
        # What a sheet's program writes, and dates in further languages, which leave nothing open.
        when = read_bare_number(row, text) or read_day_or_moment(text, zone)
        if when is None:
            problems.append(f"{place}: {text!r} is no date; write 2026-05-31 or 31 mei 2026 14:00")
        return DateReading(starts_at=when)
    if reading.ends_at is not None and _is_one_day(reading):
        reading = replace(reading, ends_at=None)
    problems += [f"{place}: {warning}" for warning in reading.warnings]
    if reading.span is not None and reading.span.first is None and reading.span.last is None:
        problems.append(f"{place}: {text!r} does not say one date; it stays off the agenda")
    return reading


def _is_one_day(reading: DateReading) -> bool:
    start, end = reading.starts_at, reading.ends_at
    if start is None or isinstance(start, datetime) or isinstance(end, datetime) or end is None:
        return False
    return end - start == timedelta(days=1)
