"""Moments as people and machines write them, to UTC."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from stuifmail.model.times import is_usable

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan janeiro enero janvier januari january januar",
            "feb fev fév february februari februar",
            "mar maa mrt mär mars march maart",
            "apr abr avr april",
            "may mei mai mag maj",
            "jun juin juni june giu",
            "jul juil juli july lug",
            "aug ago août aout augustus august",
            "sep set september",
            "oct okt out ott october oktober",
            "nov november",
            "dec dez dic déc december dezember",
        ),
        start=1,
    )
    for name in names.split()
}
#: Labels for clock time in the Netherlands. Sites print one label all year round, so the
#: label says where, never which offset: 14:00 "CET" in June is 14:00 in Amsterdam.
_CENTRAL = frozenset({"CET", "CEST", "MET", "MEST", "MEZ", "MESZ"})
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_LONGEST = 100  # characters; no date needs more
_EPOCH = re.compile(r"^\s*\d{10}\s*$", re.ASCII)
_YEARS = (1970, 2100)
_CLOCK = (
    r"(?:(?:[T,\s]|om|\bat\b)*(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?(?:\s*(?:uur|u\b|h\b))?)?"
)
_ZONE = r"\s*(?P<zone>Z|[+-]\d\d:?\d\d|[+-]\d\d|[A-Z]{2,5})?\s*(?:\([^)]*\))?\s*$"
#: The forms that machines write, nearly always; reading these is several times as fast.
_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_MAIL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d\d) ([A-Z][a-z]{2}) ((?:19|20)\d\d) (\d\d):(\d\d):(\d\d) (GMT|[+-]\d{4})",
    re.ASCII,
)
_WEEKDAY = r"^\s*(?:[^\W\d_]{2,12}\.?,?\s+)?"
_FORMS = tuple(
    re.compile(form + _CLOCK + _ZONE, re.UNICODE)
    for form in (
        r"^\s*(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        _WEEKDAY
        + r"(?P<day>\d{1,2})(?:st|nd|rd|th|e|\.)?[\s-]+(?P<name>[^\W\d_]{3,9})\.?,?[\s-]+(?P<year>\d{4})",
        _WEEKDAY + r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        _WEEKDAY + r"(?P<name>[^\W\d_]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
    )
)


class _NoMonthError(ValueError):
    """A name that is no month in any language known here."""


def read_moment(text: str, zone: str = "UTC") -> datetime | None:
    """Answer the moment in UTC, or None when the text is no date this module knows.

    Day comes before month in dates of numbers only. A date without a time is midnight.

    Args:
        text: such as "Tue, 05 May 2026 10:00:00 +0200", "2026-05-05T10:00Z", "5 mei 2026 10:00".
        zone: IANA name of the zone that times without one are in.
    """
    with suppress(ValueError, OverflowError, KeyError):  # then the slow way knows what to do
        if moment := _read_usual(text):
            return moment
    found = _match(text)
    if found is None:
        return None
    try:
        moment = datetime.combine(_day_of(found), _clock_of(found))
        return _to_utc(moment, found["zone"] or "", zone)
    except (ValueError, OverflowError, KeyError):
        return None


def read_stamp(text: str) -> datetime | None:
    """Answer the moment in UTC that a machine wrote, also as seconds since 1970; None when unlikely.

    Args:
        text: as for `read_moment`, or ten digits. Years outside 1970 to 2100 are mistakes.
    """
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text), UTC)
    moment = read_moment(text)
    return moment if moment and is_likely(moment) else None


def is_likely(moment: datetime) -> bool:
    """Answer whether a feed may have this date: the web is younger than 1970."""
    return _YEARS[0] <= moment.year <= _YEARS[1]


def is_impossible(text: str) -> bool:
    """Answer whether the text has a form that is known, but a day or time that does not exist."""
    found = _match(text)
    if found is None:
        return False
    try:
        _day_of(found)
        if found["hour"] != "24":  # midnight at the end of the day (ISO 8601)
            _clock_of(found)
    except _NoMonthError:
        return False
    except ValueError:
        return True
    return False


def read_day_or_moment(text: str, zone: str) -> datetime | date | None:
    """Answer a UTC moment, a bare date when the text has no time, or None.

    Args:
        text, zone: as for `read_moment`.
    """
    found = _match(text)
    if found is None or found["hour"] or found["zone"]:
        return read_moment(text, zone)
    try:
        return _day_of(found)
    except ValueError:
        return None


def _read_usual(text: str) -> datetime | None:
    """Answer the moment in UTC when the text is in a usual form, None when it is not."""
    if _ISO.fullmatch(text):
        return datetime.fromisoformat(text).astimezone(UTC)
    if not (found := _MAIL.fullmatch(text)):
        return None
    day, name, year, hour, minute, second, label = found.groups()
    month = _MONTHS[name.lower()]
    moment = datetime(int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=UTC)
    return moment if label == "GMT" else _to_utc(moment, label, "UTC")


def _match(text: str) -> re.Match[str] | None:
    text = text[:_LONGEST]
    return next((found for form in _FORMS if (found := form.match(text))), None)


def _day_of(found: re.Match[str]) -> date:
    groups = found.groupdict()
    name = groups.get("name")
    month = _month(name) if name else int(groups["month"])
    day = date(int(groups["year"]), month, int(groups["day"]))
    if not is_usable(day):
        raise ValueError(f"the year {day.year} is at the edge of time")
    return day


def _month(name: str) -> int:
    name = name.lower()
    number = _MONTHS.get(name) or _MONTHS.get(name[:3])
    if number is None:
        raise _NoMonthError(name)
    return number


def _clock_of(found: re.Match[str]) -> time:
    if not found["hour"]:
        return time()
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found["minute"]), min(int(found["second"] or 0), 59))


def _to_utc(moment: datetime, label: str, zone: str) -> datetime:
    if label in _CENTRAL:
        return moment.replace(tzinfo=_AMSTERDAM).astimezone(UTC)
    if label in ("Z", "GMT", "UTC", "UT"):
        return moment.replace(tzinfo=UTC)
    if label[:1] in ("+", "-"):
        digits = label[1:].replace(":", "").ljust(4, "0")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return moment.replace(tzinfo=timezone(offset if label[0] == "+" else -offset)).astimezone(UTC)
    if label:
        raise ValueError(f"unknown zone label {label}")
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
