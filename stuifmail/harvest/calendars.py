"""iCalendar documents: bytes to calendar entries, through icalendar."""

import re
import warnings
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.clean import clean_html, clean_line, clean_text, clean_title, html_to_text
from stuifmail.harvest.icslines import Sifted, decode_calendar, sift_lines
from stuifmail.harvest.links import resolve_link
from stuifmail.harvest.remarks import remark_events
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.events import CalendarEntry, EventStatus
from stuifmail.model.times import MomentOrDay

_MARKUP = re.compile(r"</?(?:p|br|div|a|b|i|ul|li|span|strong|em)\b[^>]*>", re.IGNORECASE)
_STATUSES: dict[str, EventStatus] = {
    "TENTATIVE": "tentative",
    "CANCELLED": "cancelled",
    "CANCELED": "cancelled",
}


def parse_calendar(
    content: bytes, *, url: str, base: str | None = None, zone: str = "Europe/Amsterdam"
) -> ParsedDocument:
    """Answer the events of one or more VCALENDARs in document order.

    Args:
        content: the document's bytes.
        url: where it came from, for messages.
        base: address that relative links belong to.
        zone: IANA name of the zone in which floating times are taken.

    Raises:
        UnreadableDocument: no calendar was found in the bytes.

    Source: RFC 5545; broken lines cost themselves only, an impossible date its event's date.
    """
    text, misread = decode_calendar(content)
    if "BEGIN:VCALENDAR" not in text.upper():
        raise UnreadableDocument(
            "there is no calendar in this document", place=url, remedy="look for the address of the .ics file"
        )
    sifted = sift_lines(text)
    problems = [misread] if misread else []
    problems += sifted.problems
    raws, lines = _read_components(sifted), [line for line, _ in sifted.events]
    entries = [_read_event(raw, line, base, zone, problems) for raw, line in zip(raws, lines, strict=True)]
    early = [place for place, raw in enumerate(raws) if _ends_early(raw)]
    problems += remark_events(entries, lines, early)
    entries = [
        replace(entry, status="cancelled") if place in sifted.cancelled else entry
        for place, entry in enumerate(entries)
    ]
    if floating := sum(entry.floating for entry in entries):
        problems.append(f"{floating} of the events say no time zone; their times are taken as {zone}")
    return ParsedDocument(
        kind="calendar",
        title=clean_line(sifted.title.replace("\\,", ",").replace("\\;", ";")),
        events=tuple(entries),
        problems=tuple(problems),
    )


def _read_components(sifted: Sifted) -> list[Event]:
    """Answer icalendar's component of each event; where one spoils the whole, each by itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # icalendar warns of guesses about vendors' zone names
        try:
            found = _read_together(sifted)
        except Exception:  # noqa: BLE001  it raises many kinds of errors; each event gets its own chance
            found = []
        if len(found) == len(sifted.events):
            return found
        return [_read_alone(lines) for _, lines in sifted.events]


def _read_together(sifted: Sifted) -> list[Event]:
    lines = ["BEGIN:VCALENDAR", *(line for zone in sifted.zones for line in zone)]
    for _, block in sifted.events:
        lines.extend(block)
    lines.append("END:VCALENDAR")
    return list(cast(Any, Calendar.from_ical("\r\n".join(lines))).walk("VEVENT"))


def _read_alone(lines: tuple[str, ...]) -> Event:
    for kept in (lines, [line for line in lines if not line.startswith(("RRULE", "URL", "DURATION"))]):
        try:
            return cast(Event, Event.from_ical("\r\n".join(kept)))
        except Exception:  # noqa: BLE001, S112  the next try has fewer lines
            continue
    return Event()


def _read_event(raw: Event, line: int, base: str | None, zone: str, problems: list[str]) -> CalendarEntry:
    summary = clean_title(_text(raw, "SUMMARY"), is_html=True)
    name = f"line {line}, {summary or 'an event without a title'}"
    for key, trouble in cast(Any, raw).errors:
        problems.append(f"{name}: {key or 'a line'} cannot be read ({clean_line(str(trouble))[:80]})")
    start, end = _moment(raw, "DTSTART"), _end_of(raw)
    if "DTSTART" not in raw:
        problems.append(f"{name}: there is no start (DTSTART)")
    floating = isinstance(start, datetime) and start.tzinfo is None
    if unknown := _unknown_zone(raw, start):
        problems.append(f"{name}: the time zone {unknown} is unknown")
    return CalendarEntry(
        uid=clean_line(_text(raw, "UID")),
        recurrence_id=_raw_date(raw, "RECURRENCE-ID"),
        summary=summary,
        description=_description_of(raw),
        location=clean_line(_text(raw, "LOCATION")),
        url=resolve_link(_text(raw, "URL"), base),
        starts_at=_to_utc(start, zone),
        ends_at=_to_utc(end, zone),
        time_zone=_zone_of(start),
        floating=floating,
        status=_STATUSES.get(_text(raw, "STATUS").strip().upper(), "confirmed"),
        sequence=_sequence_of(raw),
        rrule=_rule_of(raw),
    )


def _text(raw: Event, key: str) -> str:
    value: Any = raw.get(key, "")
    if isinstance(value, list):  # the property stands there twice; the first one counts
        value = value[0]
    return str(value)


def _description_of(raw: Event) -> str:
    text = _text(raw, "DESCRIPTION")
    return html_to_text(clean_html(text, None)) if _MARKUP.search(text) else clean_text(text)


def _moment(raw: Event, key: str) -> MomentOrDay | None:
    value: Any = raw.get(key)
    if isinstance(value, list):
        value = value[0]
    try:
        when = value.dt
    except (AttributeError, ValueError):  # absent, or a line that icalendar could not read
        return None
    return when if isinstance(when, date) else None


def _end_of(raw: Event) -> MomentOrDay | None:
    end, start = _moment(raw, "DTEND"), _moment(raw, "DTSTART")
    if start is None or (end is not None and isinstance(end, datetime) != isinstance(start, datetime)):
        return None
    length = getattr(raw.get("DURATION"), "dt", None)
    if end is None and isinstance(length, timedelta) and length > timedelta():
        end = start + length
    if not isinstance(start, datetime) and (end is None or end <= start):
        return start + timedelta(days=1)  # a day lasts a day, also when the calendar ends it at once
    return end


def _ends_early(raw: Event) -> bool:
    end, start = _moment(raw, "DTEND"), _moment(raw, "DTSTART")
    if end is None or start is None or isinstance(end, datetime) != isinstance(start, datetime):
        return False
    try:
        return end < start
    except TypeError:  # one of the two has a zone
        return False


def _to_utc(when: MomentOrDay | None, zone: str) -> MomentOrDay | None:
    if not isinstance(when, datetime):
        return when
    try:
        return (when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError):  # years at the edge of time
        return None


def _zone_of(start: MomentOrDay | None) -> str:
    """Answer the IANA name of the event's zone, "" for UTC: exports in UTC do not say where."""
    if not isinstance(start, datetime) or start.tzinfo is None:
        return ""
    name = getattr(start.tzinfo, "key", None) or str(getattr(start.tzinfo, "_tzid", ""))
    name = WINDOWS_TO_OLSON.get(name, name)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ""
    return "" if name in ("", "UTC", "Etc/UTC") else name


def _unknown_zone(raw: Event, start: MomentOrDay | None) -> str:
    value: Any = raw.get("DTSTART")
    name = str(getattr(value, "params", {}).get("TZID", ""))
    return name if name and isinstance(start, datetime) and start.tzinfo is None else ""


def _raw_date(raw: Event, key: str) -> str:
    value: Any = raw.get(key)
    return clean_line(value.to_ical().decode("utf-8", "replace")) if hasattr(value, "to_ical") else ""


def _sequence_of(raw: Event) -> int:
    try:
        return max(int(_text(raw, "SEQUENCE") or 0), 0)
    except ValueError:
        return 0


def _rule_of(raw: Event) -> str:
    rules: Any = raw.get("RRULE")
    rule = rules[0] if isinstance(rules, list) and rules else rules
    return _as_ical(rule) if rule else ""


def _as_ical(rule: Any) -> str:
    try:
        return str(rule.to_ical().decode("utf-8", "replace"))
    except (AttributeError, ValueError):
        return ""
