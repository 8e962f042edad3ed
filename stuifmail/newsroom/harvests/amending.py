"""Values that an editor types for the fields of an event. Pure."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from stuifmail.config.codec import to_data
from stuifmail.errors import StuifmailError
from stuifmail.model.events import CalendarEntry, EventStatus

#: The fields as people call them, and in CalendarEntry.
FIELDS = {
    "summary": "summary",
    "location": "location",
    "starts": "starts_at",
    "ends": "ends_at",
    "status": "status",
    "url": "url",
    "description": "description",
}
_TIMES = ("starts_at", "ends_at")
_LONGEST = {"summary": 500, "location": 500, "url": 2000, "description": 20_000}


def field_named(name: str) -> str:
    """Answer the field of CalendarEntry that people call so.

    Raises:
        StuifmailError: there is none.
    """
    if name not in FIELDS:
        raise StuifmailError(
            "an event has no such field that can be amended",
            place=name,
            remedy=f"there is {', '.join(FIELDS)}",
        )
    return FIELDS[name]


def read_value(name: str, text: str, zone: str) -> str | None:
    """Answer the value as it is stored: text, or a moment or day in ISO 8601; None to clear it.

    Args:
        name: of the field, as people call it.
        text: as it was typed; times as "2026-06-09 14:00", days as "2026-06-09".
        zone: IANA name of the event's zone.

    Raises:
        StuifmailError: the value makes no sense there; it names the field and what to type.
    """
    field, text = field_named(name), text.strip()
    if field in _TIMES:
        return _read_time(name, text, zone)
    if field == "status" and text not in get_args(EventStatus):
        raise _refuse(name, text, "there is no such status", f"write {', '.join(get_args(EventStatus))}")
    if field == "url":
        return _read_url(name, text)
    if field == "summary" and not text:
        raise _refuse(
            name, text, "an event needs a title", "write one, or take yours back with --undo summary"
        )
    if len(text) > _LONGEST.get(field, 500):
        raise _refuse(name, text, "this is too long", f"at most {_LONGEST[field]} characters")
    return text if field == "description" else " ".join(text.split())


def value_in(entry: CalendarEntry, field: str) -> str | None:
    """Answer what an entry says in this field, as it is stored."""
    value: str | None = to_data(entry)[field]
    return value


def check_entry(theirs: CalendarEntry, entry: CalendarEntry, touched: Collection[str], *, place: str) -> None:
    """Do nothing when the times of an amended entry make sense together.

    Args:
        theirs: what the source says.
        entry: as amended.
        touched: the fields that were amended just now; without times among them all is well.
        place: for the message.

    Raises:
        StuifmailError: it ends before it starts, or its dates come from a rule.
    """
    if not any(field in _TIMES for field in touched):
        return
    if theirs.rrule or theirs.occurrences:
        raise StuifmailError(
            "this event repeats, so its dates come from its calendar",
            place=place,
            remedy="amend its summary or description, or ask the member to move it",
        )
    start, end = entry.starts_at, entry.ends_at
    if end is None:
        return
    remedy = 'give both: starts="2026-06-09 14:00" ends="2026-06-09 17:00"; or no end: ends='
    if start is None or isinstance(start, datetime) != isinstance(end, datetime):
        raise StuifmailError(
            "start and end must both be days, or both have a time", place=place, remedy=remedy
        )
    if end <= start:
        raise StuifmailError("it would end before it starts", place=place, remedy=remedy)


def _read_time(name: str, text: str, zone: str) -> str | None:
    if not text and name == "ends":
        return None
    try:
        if len(text) == len("2026-06-09"):
            day = date.fromisoformat(text)
            return (day + timedelta(days=1) if name == "ends" else day).isoformat()
        typed = datetime.fromisoformat(text)
        moment = typed if typed.tzinfo else typed.replace(tzinfo=ZoneInfo(zone))
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _refuse(
            name, text, "this is no time", "write 2026-06-09 14:00, or 2026-06-09 for a day"
        ) from error
    if not typed.tzinfo and in_utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != typed:
        trouble = f"clocks in {zone} skip this time, for summer time begins"
        raise _refuse(name, text, trouble, "take a time before or after that hour")
    return in_utc.isoformat().replace("+00:00", "Z")


def _read_url(name: str, text: str) -> str | None:
    if not text:
        return None
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        is_web = False
    if not is_web or any(character.isspace() for character in text):
        raise _refuse(name, text, "this is no web address", "write it in full: https://…")
    return text


def _refuse(name: str, text: str, trouble: str, remedy: str) -> StuifmailError:
    return StuifmailError(trouble, place=f"{name}={text[:60]}", remedy=remedy)
