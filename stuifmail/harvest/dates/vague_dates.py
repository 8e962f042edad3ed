"""Times that a text names only roughly: "begin 2027", "medio mei", "uiterlijk maart 2027". Pure."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from stuifmail.harvest.dates import date_words as words
from stuifmail.model.events import DaySpan, Precision

#: First and last month of the beginning, the middle and the end of a year.
_YEAR_PARTS = ((1, 3), (5, 8), (10, 12))
#: First and last day of the beginning, the middle and the end of a month; 31 is its last day.
_MONTH_PARTS = ((1, 10), (11, 20), (21, 31))
#: A weekday tells the year only among the nearest ones.
_NEAREST_YEARS = 2


def infer_year(
    day: int, month: int, today: date | None, *, weekday: int | None = None, is_past: bool = False
) -> date | None:
    """Answer the next such day to come, today included, or the last one that was.

    A weekday may tell that the year after is meant. A 29 February waits for its year.

    Args:
        today: None: there is no answer.
    """
    if today is None:
        return None
    step = -1 if is_past else 1
    found = []
    for year in range(today.year, today.year + 9 * step, step):
        try:
            each = date(year, month, day)
        except ValueError:
            continue
        if each <= today if is_past else each >= today:
            found.append(each)
    fitting = [each for each in found[:_NEAREST_YEARS] if weekday is None or each.weekday() == weekday]
    return next(iter(fitting or found), None)


def read_vague(
    text: str, today: date | None, read_day: Callable[[str], tuple[date, bool] | None]
) -> DaySpan | None:
    """Answer the span that a text in lower case names, None when it names none.

    Args:
        today: from which years are inferred.
        read_day: answers the day that a text names, and whether its year was inferred.
    """
    if found := words.OPEN.search(text):
        inner = text[found.end() :]
        if (day := read_day(inner)) is not None:
            span = DaySpan(first=day[0], last=day[0], precision="day", year_inferred=day[1])
        elif (rough := _read_closed(inner, today)) is not None:
            span = rough
        else:
            return _read_closed(text, today)
        return _leave_open(span, found["before"] or "", found["after"] or "")
    return _read_closed(text, today)


def _leave_open(span: DaySpan, before: str, after: str) -> DaySpan:
    if before:
        last = span.first if before in words.EXCLUSIVE and span.first else span.last
        is_out = before in words.EXCLUSIVE and last is not None
        return replace(
            span, first=None, last=last - timedelta(days=1) if is_out and last else last, precision="open"
        )
    first = span.first
    if after in words.LATER and span.last is not None:
        first = span.last + timedelta(days=1)
    return replace(span, first=first, last=None, precision="open")


def _read_closed(text: str, today: date | None) -> DaySpan | None:
    for read in (_read_part, _read_quarter, _read_week, _read_season, _read_month, _read_year):
        if (span := read(text, today)) is not None:
            return span
    return None


def _read_part(text: str, today: date | None) -> DaySpan | None:
    found = words.PART.search(text)
    if found is None:
        return None
    part = words.PARTS[found["part"]]
    if found["only"]:
        first, last = _YEAR_PARTS[part]
        return _months(int(found["only"]), first, last, "part")
    month, (begin, end) = words.MONTHS[found["month"]], _MONTH_PARTS[part]
    return _in_year(found["year"], today, lambda year: _days(year, month, begin, end))


def _read_quarter(text: str, today: date | None) -> DaySpan | None:
    found = words.QUARTER.search(text)
    if found is None:
        return None
    place = int(found["short"] or 0) or words.ORDINALS[found["place"]]
    length = 3 if found["short"] or found["quarter"] else 6
    if place * length > 12:
        return None
    first = (place - 1) * length + 1
    return _in_year(found["year"], today, lambda year: _months(year, first, first + length - 1, "part"))


def _read_week(text: str, today: date | None) -> DaySpan | None:
    found = words.WEEK.search(text)
    if found is None or not 1 <= int(found["week"]) <= 53:
        return None
    number = int(found["week"])

    def week(year: int) -> DaySpan:
        monday = date.fromisocalendar(year, number, 1)
        return DaySpan(first=monday, last=monday + timedelta(days=6), precision="days")

    try:
        return _in_year(found["year"], today, week)
    except ValueError:  # the year has no week 53
        return None


def _read_season(text: str, today: date | None) -> DaySpan | None:
    found = words.SEASON.search(text)
    if found is None:
        return None
    first = words.SEASONS[found["season"]]
    return _in_year(found["year"], today, lambda year: _months(year, first, first + 2, "part"))


def _read_month(text: str, today: date | None) -> DaySpan | None:
    found = words.MONTH_YEAR.search(text)
    if found is not None:
        month = words.MONTHS[found["month"]]
        return _months(int(found["year"]), month, month, "month")
    found = words.MONTH_ONLY.fullmatch(text)
    if found is None:
        return None
    month = words.MONTHS[found["month"]]
    return _in_year(None, today, lambda year: _months(year, month, month, "month"))


def _read_year(text: str, today: date | None) -> DaySpan | None:  # noqa: ARG001  as its neighbours
    found = words.YEAR_ONLY.fullmatch(text)
    return _months(int(found["year"]), 1, 12, "year") if found else None


def _in_year(year: str | None, today: date | None, make: Callable[[int], DaySpan]) -> DaySpan | None:
    """Answer the span in the year that is named, else in the next in which it is not over."""
    if year:
        return make(int(year))
    if today is None:
        return None
    spans = (make(each) for each in (today.year, today.year + 1))
    coming = (span for span in spans if span.last is not None and span.last >= today)
    return next((replace(span, year_inferred=True) for span in coming), None)


def _days(year: int, month: int, first: int, last: int) -> DaySpan:
    end = min(last, monthrange(year, month)[1])
    return DaySpan(first=date(year, month, first), last=date(year, month, end), precision="part")


def _months(year: int, first: int, last: int, precision: Precision) -> DaySpan:
    """Answer whole months; those after the twelfth are in the next year."""
    end_year, end = (year, last) if last <= 12 else (year + 1, last - 12)
    return DaySpan(
        first=date(year, first, 1),
        last=date(end_year, end, monthrange(end_year, end)[1]),
        precision=precision,
    )
