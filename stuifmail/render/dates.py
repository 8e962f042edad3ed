"""When something happens, in words: in the event's own zone, and saying so where that differs."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from stuifmail.model.times import MomentOrDay
from stuifmail.render.filters import clock, format_day, in_zone, locale_of
from stuifmail.render.labels import Labels

#: A month's whole name fits a date tile up to this many letters; longer ones are shortened.
_TILE_LETTERS = 5


def describe_when(
    starts_at: MomentOrDay,
    ends_at: MomentOrDay | None,
    zone: str,
    *,
    language: str,
    labels: Labels,
    home: str,
    year: int,
) -> str:
    """Answer day and time in words: "maandag 8 juni, 14.00–17.00 uur".

    Args:
        starts_at: aware, or a day for what lasts all day.
        ends_at: aware, or the first day after; None when unknown.
        zone: IANA name in which the event happens.
        home: the organisation's zone; the place is named where its clocks show another time.
        year: the year that goes without saying.
    """
    first, last = local_days(starts_at, ends_at, zone)
    day, last_day = (_day(each, language, year) for each in (first, last))
    if not isinstance(starts_at, datetime):
        return day if first == last else labels.day_range.format(start=day, end=last_day)
    start = in_zone(starts_at, zone)
    end = in_zone(ends_at, zone) if isinstance(ends_at, datetime) else None
    if first == last:
        text = labels.at_clock.format(day=day, clock=_clocks(start, end, language, labels))
    else:
        text = labels.day_range.format(
            start=labels.at_clock.format(day=day, clock=_clocks(start, None, language, labels)),
            end=labels.at_clock.format(day=last_day, clock=_clocks(end or start, None, language, labels)),
        )
    return text + _zone_note(start, zone, home, language, labels)


def describe_both_clocks(
    starts_at: datetime,
    ends_at: datetime | None,
    zone: str,
    *,
    language: str,
    labels: Labels,
    home: str,
    home_place: str,
    is_place_named: bool = False,
) -> str:
    """Answer day and time with the year, and what the clocks at home show where they differ.

    "dinsdag 18 november 2025, 15.00–18.00 uur in Nairobi, 13.00–16.00 uur in Nederland"

    Args:
        home_place: what home is called in running text.
        is_place_named: name the place also where the clocks agree: for those who read elsewhere.
    """
    start = in_zone(starts_at, zone)
    there = describe_when(starts_at, ends_at, zone, language=language, labels=labels, home=zone, year=0)
    at_home = starts_at.astimezone(ZoneInfo(home))
    if start.utcoffset() == at_home.utcoffset():
        return labels.facts.clock_in.format(clock=there, place=home_place) if is_place_named else there
    end = in_zone(ends_at, home) if ends_at else None
    clocks = _clocks(at_home, end if end and end.date() == at_home.date() else None, language, labels)
    if at_home.date() != start.date():
        clocks = labels.at_clock.format(day=format_day(at_home, "EEEE d MMMM", language), clock=clocks)
    say = labels.facts.clock_in.format
    return f"{say(clock=there, place=city_of(zone, language))}, {say(clock=clocks, place=home_place)}"


def describe_clocks(starts_at: datetime, ends_at: datetime | None, zone: str, language: str) -> str:
    """Answer the time as a table has it: "14.00–14.30"."""
    start, end = in_zone(starts_at, zone), in_zone(ends_at, zone) if ends_at else None
    text = clock(start, language)
    return f"{text}–{clock(end, language)}" if end and end > start else text


def city_of(zone: str, language: str) -> str:
    """Answer the city that a time zone is called after, in the language."""
    return str(get_timezone_location(ZoneInfo(zone), locale=locale_of(language), return_city=True))


def local_days(starts_at: MomentOrDay, ends_at: MomentOrDay | None, zone: str) -> tuple[date, date]:
    """Answer the first and the last civil day of an event in its own zone."""
    if isinstance(starts_at, datetime):
        first = in_zone(starts_at, zone).date()
        last = in_zone(ends_at, zone).date() if isinstance(ends_at, datetime) else first
    else:
        first = starts_at
        last = ends_at - timedelta(days=1) if ends_at and not isinstance(ends_at, datetime) else first
    return first, max(first, last)


def tile_month(day: date, language: str) -> str:
    """Answer the month as a date tile shows it: "juni", "sep"."""
    name = format_day(day, "LLLL", language)
    return name if len(name) <= _TILE_LETTERS else format_day(day, "LLL", language).rstrip(".")


def tile_days(first: date, last: date) -> str:
    """Answer the day as a date tile shows it: "8", or "18–20" within one month."""
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{first.day}–{last.day}" if same_month and first != last else str(first.day)


def _day(day: date, language: str, year: int) -> str:
    return format_day(day, "EEEE d MMMM" if day.year == year else "EEEE d MMMM y", language)


def _clocks(start: datetime, end: datetime | None, language: str, labels: Labels) -> str:
    if end is None or end <= start:
        return labels.clock.format(start=clock(start, language))
    return labels.clock_range.format(start=clock(start, language), end=clock(end, language))


def _zone_note(start: datetime, zone: str, home: str, language: str, labels: Labels) -> str:
    if start.utcoffset() == start.astimezone(ZoneInfo(home)).utcoffset():
        return ""
    return f" ({labels.time_in.format(city=city_of(zone, language))})"
