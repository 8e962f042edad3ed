"""What the properties of one event say, as icalendar gives them: moments, ends, zones, rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from stuifmail.harvest.cleaning.clean import clean_line
from stuifmail.model.times import MomentOrDay, is_usable

#: An event of icalendar: property by name, a list where it stands there more than once.
RawEvent: TypeAlias = Mapping[str, Any]

#: Zone names that are labels of one offset; sites print them all year round.
CENTRAL_EUROPE = frozenset({"CET", "CEST", "MET", "MEST", "MEZ", "MESZ"})
_AMSTERDAM = "Europe/Amsterdam"
_MOST_SEQUENCE = 2**31 - 1  # of an integer (RFC 5545, 3.3.8)
_WINTER_LABELS = frozenset({"CET", "MET", "MEZ"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """In which zones times are that do not say so themselves.

    Args:
        home: the newsroom's, for floating times.
        calendar: the one that the calendar says it is in, for times in UTC; "" for none.
    """

    home: str
    calendar: str = ""


def text_of(raw: RawEvent, key: str) -> str:
    """Answer the property's text, "" without it; of two the first one counts."""
    return str(_first(raw, key) or "")


def moment_of(raw: RawEvent, key: str) -> MomentOrDay | None:
    """Answer the moment or day as written, without a zone where it has none; None when unreadable.

    The first and the last year of all are placeholders for "always" and "never", and no dates.
    """
    try:
        when = _first(raw, key).dt
    except (AttributeError, ValueError):  # absent, or a line that icalendar could not read
        return None
    return when if isinstance(when, date) and is_usable(when) else None


def moments_of(raw: RawEvent, key: str) -> tuple[MomentOrDay, ...]:
    """Answer the moments and days of all lines of this name (EXDATE, RDATE); of periods their start."""
    lines = raw.get(key, [])
    return tuple(_moments(lines if isinstance(lines, list) else [lines]))


def _moments(lines: list[Any]) -> Iterator[MomentOrDay]:
    for line in lines:
        for value in _attribute(line, "dts", ()):
            when = value.dt[0] if isinstance(value.dt, tuple) else value.dt
            if isinstance(when, date) and is_usable(when):
                yield when


def start_of(raw: RawEvent, zones: Zones) -> MomentOrDay | None:
    """Answer the start in the event's own zone, or as a day; None when it cannot be read.

    A floating time is in the newsroom's zone. A time in UTC is in the calendar's zone, where it
    says one: only so does an event that repeats stay at its hour.
    """
    when = moment_of(raw, "DTSTART")
    if not isinstance(when, datetime):
        return when
    try:
        if when.tzinfo is None:
            return when.replace(tzinfo=ZoneInfo(_AMSTERDAM if label_of(raw) else zones.home))
        in_utc = when.utcoffset() == timedelta() and _name_of(when) in ("", "UTC", "Etc/UTC")
        return when.astimezone(ZoneInfo(zones.calendar)) if in_utc and zones.calendar else when
    except (ValueError, OverflowError):  # years at the edge of time
        return None


def end_of(raw: RawEvent) -> MomentOrDay | None:
    """Answer the end as written, or from the duration; a day without an end lasts that day."""
    end, start = moment_of(raw, "DTEND"), moment_of(raw, "DTSTART")
    if start is None or (end is not None and isinstance(end, datetime) != isinstance(start, datetime)):
        return None
    length = _attribute(_first(raw, "DURATION"), "dt", None)
    try:
        if end is None and isinstance(length, timedelta) and length > timedelta():
            end = start + length
            end = end if is_usable(end) else None
        if not isinstance(start, datetime) and (end is None or end <= start):
            return start + timedelta(days=1)  # a day lasts a day, also when the calendar ends it at once
    except OverflowError:  # the end of time
        return None
    return end


def ends_early(raw: RawEvent) -> bool:
    """Answer whether the calendar says that the event ends before it starts."""
    end, start = moment_of(raw, "DTEND"), moment_of(raw, "DTSTART")
    if end is None or start is None or isinstance(end, datetime) != isinstance(start, datetime):
        return False
    try:
        return end < start
    except TypeError:  # one of the two has a zone
        return False


def to_utc(when: MomentOrDay | None, zone: str) -> MomentOrDay | None:
    """Answer the moment in UTC, taken in this zone when it has none; days stay days."""
    if not isinstance(when, datetime):
        return when
    try:
        return (when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError):  # years at the edge of time
        return None


def zone_of(start: MomentOrDay | None, known: Mapping[str, str]) -> str:
    """Answer the IANA name of the event's zone, "" for UTC: exports in UTC do not say where.

    Args:
        start: as `moment_of` or `start_of` answers it.
        known: other names of zones, such as those of Windows.
    """
    if not isinstance(start, datetime) or start.tzinfo is None:
        return ""
    name = _name_of(start)
    name = known.get(name, name)
    if name in CENTRAL_EUROPE:
        return _AMSTERDAM
    return name if is_zone(name) and name not in ("UTC", "Etc/UTC") else ""


def is_zone(name: str) -> bool:
    """Answer whether there is a zone of this name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return bool(name)


def zone_name(raw: RawEvent) -> str:
    """Answer how the start's zone is called in the calendar (TZID), "" when it has none."""
    return str(_attribute(raw.get("DTSTART"), "params", {}).get("TZID", ""))


def label_of(raw: RawEvent) -> str:
    """Answer the label ("CET") that the start has instead of a zone's name, "" for none."""
    name = zone_name(raw)
    return name if name in CENTRAL_EUROPE else ""


def belie_label(label: str, moment: datetime) -> str:
    """Answer a sentence when clocks show another time than the label says on that day, else "".

    Args:
        label: "CET", "CEST", "MET" …
        moment: aware.

    Source: domain.md, 1.6: sites print one label all year round, so that it says where and never
    which offset: 14:00 "CET" in June is 14:00 in Amsterdam.
    """
    local = moment.astimezone(ZoneInfo(_AMSTERDAM))
    is_summer = bool(local.dst())
    if label not in CENTRAL_EUROPE or (label in _WINTER_LABELS) != is_summer:
        return ""
    right = "CEST" if is_summer else "CET"
    return (
        f"it says {label}, but clocks show {right} on {local.day} {local:%B %Y}; "
        f"taken as {local:%H:%M} in {_AMSTERDAM}"
    )


def name_moment(raw: RawEvent, key: str) -> str:
    """Answer the property's value as it was written, "" without it."""
    value: Any = raw.get(key)
    return clean_line(value.to_ical().decode("utf-8", "replace")) if hasattr(value, "to_ical") else ""


def sequence_of(raw: RawEvent) -> int:
    """Answer the SEQUENCE; 0 when it has none, or none that counts."""
    try:
        number = int(text_of(raw, "SEQUENCE") or 0)
    except ValueError:
        return 0
    return number if 0 <= number <= _MOST_SEQUENCE else 0


def modified_at(raw: RawEvent) -> datetime | None:
    """Answer when the event was changed last, UTC; None when it does not say."""
    for key in ("LAST-MODIFIED", "DTSTAMP"):
        when = to_utc(moment_of(raw, key), "UTC")
        if isinstance(when, datetime):
            return when
    return None


def rule_of(raw: RawEvent) -> str:
    """Answer the recurrence rule as text, "" without one that can be read; of two the first."""
    rule = _first(raw, "RRULE")
    try:
        return clean_line(rule.to_ical().decode("utf-8", "replace")) if rule else ""
    except (AttributeError, TypeError, ValueError):  # TypeError: from icalendar, on half a day in UNTIL
        return ""


def is_from_then_on(raw: RawEvent) -> bool:
    """Answer whether a changed occurrence changes all that follow (RFC 5545, 3.2.13)."""
    parameters = _attribute(raw.get("RECURRENCE-ID"), "params", {})
    return str(parameters.get("RANGE", "")).upper() == "THISANDFUTURE"


def _first(raw: RawEvent, key: str) -> Any:
    value = raw.get(key)
    return value[0] if isinstance(value, list) and value else value


def _attribute(value: Any, name: str, otherwise: Any) -> Any:
    """Answer the attribute of a property; a line that icalendar could not read has none."""
    try:
        return getattr(value, name, otherwise)
    except ValueError:
        return otherwise


def _name_of(moment: datetime) -> str:
    return str(getattr(moment.tzinfo, "key", None) or getattr(moment.tzinfo, "_tzid", ""))
