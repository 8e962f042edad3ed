"""Dates that are still open, in words: what is known of them, and nothing more."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from stuifmail.model.events import DaySpan
from stuifmail.render.dates import tile_days, tile_month
from stuifmail.render.filters import format_day
from stuifmail.render.labels import Labels

_UNKNOWN = "?"


def describe_span(span: DaySpan, when: str, *, language: str, labels: Labels) -> str:
    """Answer what is known of a date in words: "14 of 15 november 2026", "begin 2027".

    That the year was inferred is for the caller to say.

    Args:
        when: day and time in words, for a span of one day; "" for the day alone.
    """
    first, last = span.first, span.last
    if first is None or last is None:
        return _describe_open(span, language, labels)
    if span.precision == "day":
        return _without_weekday(first, when, language)
    if span.precision == "days":
        choice = span.alternatives
        return (
            _join_choice(choice, language, labels) if choice else _join_range(first, last, language, labels)
        )
    if span.precision in ("month", "year"):
        return format_day(first, "LLLL y" if span.precision == "month" else "y", language)
    return _describe_part(first, last, language, labels)


def tile_of_span(span: DaySpan, language: str) -> tuple[str, str]:
    """Answer what a date tile shows: month and days, or the year and a question mark."""
    first, last = span.first or span.last, span.last or span.first
    if first is None or last is None:
        return _UNKNOWN, _UNKNOWN
    if span.precision in ("day", "days"):
        days = tile_days(first, last)
        return tile_month(first, language), days.replace("–", "/") if span.alternatives else days
    if (first.year, first.month) == (last.year, last.month):
        return tile_month(first, language), _UNKNOWN
    return str(first.year), _UNKNOWN


def _without_weekday(day: date, when: str, language: str) -> str:
    """Answer day and time without a weekday: in another year it would be another one."""
    plain = format_day(day, "d MMMM y", language)
    return when.replace(format_day(day, "EEEE d MMMM y", language), plain) if when else plain


def _describe_open(span: DaySpan, language: str, labels: Labels) -> str:
    if span.first is not None:
        return labels.from_day.format(when=format_day(span.first, "d MMMM y", language))
    if span.last is not None:
        return labels.by_day.format(when=format_day(span.last, "d MMMM y", language))
    return span.text


def _describe_part(first: date, last: date, language: str, labels: Labels) -> str:
    """Answer part of a month ("begin mei 2026"), of a year ("begin 2027"), or its months."""
    parts = (labels.beginning, labels.middle, labels.end)
    if (first.year, first.month) == (last.year, last.month):
        month = format_day(first, "LLLL y", language)
        length = monthrange(first.year, first.month)[1]
        days = {(1, 10): 0, (11, 20): 1, (21, length): 2}
        place = days.get((first.day, last.day))
        return month if place is None else parts[place].format(period=month)
    place = {(1, 3): 0, (5, 8): 1, (10, 12): 2}.get((first.month, last.month))
    if place is not None and first.year == last.year:
        return parts[place].format(period=first.year)
    start = format_day(first, "LLLL" if first.year == last.year else "LLLL y", language)
    return labels.day_range.format(start=start, end=format_day(last, "LLLL y", language))


def _join_range(first: date, last: date, language: str, labels: Labels) -> str:
    if first == last:
        return format_day(first, "d MMMM y", language)
    end = format_day(last, "d MMMM y", language)
    return labels.day_range.format(start=_short(first, last, language), end=end)


def _join_choice(days: Sequence[date], language: str, labels: Labels) -> str:
    *others, last = days
    first = ", ".join(_short(day, last, language) for day in others)
    return labels.choice.format(first=first, last=format_day(last, "d MMMM y", language))


def _short(day: date, before: date, language: str) -> str:
    """Answer a day without what the one after it says, too."""
    if (day.year, day.month) == (before.year, before.month):
        return str(day.day)
    return format_day(day, "d MMMM" if day.year == before.year else "d MMMM y", language)
