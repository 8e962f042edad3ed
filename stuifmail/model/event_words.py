"""Values of events as a person at the command line reads them. Pure."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from stuifmail.model.events import CalendarEntry, DaySpan
from stuifmail.model.times import MomentOrDay

_LONGEST = 240


def say_moment(when: MomentOrDay | None, zone: str) -> str:
    """Answer "Mon 8 June 2026 14:00" in the event's own zone, without the time for a day; "" for None.

    Args:
        zone: IANA name; "" when the event does not say, then in UTC and saying so.
    """
    if when is None:
        return ""
    if not isinstance(when, datetime):
        return _say_day(when)
    try:
        local = when.astimezone(ZoneInfo(zone) if zone else UTC)
    except OverflowError:  # the edge of time
        local = when
    return f"{_say_day(local.date())} {local:%H:%M}" + ("" if zone else " UTC")


def say_end(when: MomentOrDay | None, zone: str) -> str:
    """Answer an end likewise; of days the last one, not the first day after."""
    if isinstance(when, date) and not isinstance(when, datetime):
        return _say_day(when - timedelta(days=1))
    return say_moment(when, zone)


def say_span(span: DaySpan | None) -> str:
    """Answer the words from which a span was read, or its days; "" for None."""
    if span is None:
        return ""
    if span.text:
        return span.text
    return " - ".join(_say_day(day) if day else "…" for day in (span.first, span.last))


def say_field(entry: CalendarEntry, field: str) -> str:
    """Answer the value of one field of an event, long texts cut.

    Args:
        field: its name in CalendarEntry.
    """
    match field:
        case "starts_at":
            return say_moment(entry.starts_at, entry.time_zone) or say_span(entry.span)
        case "ends_at":
            return say_end(entry.ends_at, entry.time_zone)
        case _:
            return shorten(str(getattr(entry, field) or ""))


def shorten(text: str) -> str:
    """Answer the text on one line, its beginning where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"


def _say_day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%B} {day.year}"
