"""iCalendar documents: bytes to calendar entries, through icalendar."""

import re
import warnings
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from icalendar import Calendar, Event, use_zoneinfo
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.calendars import icsvalues
from stuifmail.harvest.calendars.icslines import Sifted, decode_calendar, sift_lines
from stuifmail.harvest.calendars.icsvalues import Zones
from stuifmail.harvest.calendars.occurrences import Override, Series, Window, expand_series, keep_orphan
from stuifmail.harvest.calendars.recurrences import Budget
from stuifmail.harvest.cleaning.clean import clean_html, clean_line, clean_text, clean_title, html_to_text
from stuifmail.harvest.cleaning.links import resolve_link
from stuifmail.harvest.dates.dutch_dates import read_date_text
from stuifmail.harvest.formats.remarks import remark_events
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.events import CalendarEntry, DaySpan, EventStatus
from stuifmail.model.times import MomentOrDay, is_backward

_MARKUP = re.compile(r"</?(?:p|br|div|a|b|i|ul|li|span|strong|em)\b[^>]*>", re.IGNORECASE)
_STATUSES: dict[str, EventStatus] = {
    "TENTATIVE": "tentative",
    "CANCELLED": "cancelled",
    "CANCELED": "cancelled",
}
#: Lines without which an event that cannot be read may still be worth something.
_FRAGILE = ("RRULE", "RDATE", "EXDATE", "URL", "DURATION", "LAST-MODIFIED", "DTSTAMP")


#: A choice of days names the event's own day not later than so many days after its first one.
_MOST_DAYS_BEFORE = 14


def parse_calendar(
    content: bytes,
    *,
    url: str,
    base: str | None = None,
    zone: str = "Europe/Amsterdam",
    window: Window | None = None,
) -> ParsedDocument:
    """Answer the events of one or more VCALENDARs in document order.

    Args:
        content: the document's bytes.
        url: where it came from, for messages.
        base: address that relative links belong to.
        zone: IANA name of the zone in which floating times are taken.
        window: first and last day on which repeating events get their occurrences; None: none get any.

    Returns:
        One entry for each VEVENT; the event that repeats has its occurrences, changed ones
        included, which stand there as entries of their own, too.

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
    zones = Zones(home=zone, calendar=sifted.zone if icsvalues.is_zone(sifted.zone) else "")
    raws, lines = _read_components(sifted), [line for line, _ in sifted.events]
    entries = [_read_event(raw, line, base, zones, problems) for raw, line in zip(raws, lines, strict=True)]
    early = [place for place, raw in enumerate(raws) if icsvalues.ends_early(raw)]
    problems += remark_events(entries, lines, early)
    entries = [
        replace(entry, status="cancelled") if place in sifted.cancelled else entry
        for place, entry in enumerate(entries)
    ]
    if window:
        entries = _expand(entries, raws, lines, zones, window, problems)
    if floating := sum(entry.floating for entry in entries):
        problems.append(f"{floating} of the events say no time zone; their times are taken as {zone}")
    return ParsedDocument(
        kind="calendar",
        title=clean_line(sifted.title.replace("\\,", ",").replace("\\;", ";")),
        events=tuple(entries),
        problems=tuple(problems),
        is_whole=sifted.is_whole,
    )


def _read_components(sifted: Sifted) -> list[Event]:
    """Answer icalendar's component of each event; where one spoils the whole, each by itself."""
    cast(Any, use_zoneinfo)()  # forgets the zones that an earlier calendar defined: it keeps them for all
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
    for kept in (lines, [line for line in lines if not line.startswith(_FRAGILE)]):
        try:
            return cast(Event, Event.from_ical("\r\n".join(kept)))
        except Exception:  # noqa: BLE001, S112  the next try has fewer lines
            continue
    return Event()


def _read_event(raw: Event, line: int, base: str | None, zones: Zones, problems: list[str]) -> CalendarEntry:
    summary = clean_title(icsvalues.text_of(raw, "SUMMARY"), is_html=True)
    name = _name(line, summary)
    for key, trouble in cast(Any, raw).errors:
        problems.append(f"{name}: {key or 'a line'} cannot be read ({clean_line(str(trouble))[:80]})")
    written, start = icsvalues.moment_of(raw, "DTSTART"), icsvalues.start_of(raw, zones)
    if written is None and not any(key == "DTSTART" for key, _ in cast(Any, raw).errors):
        problems.append(f"{name}: there is no {'usable ' if 'DTSTART' in raw else ''}start (DTSTART)")
    is_bare = isinstance(written, datetime) and written.tzinfo is None
    if trouble := _doubt_zone(raw, start, is_bare=is_bare):
        problems.append(f"{name}: {trouble}")
    floating = is_bare and not icsvalues.label_of(raw)
    own_zone = "" if floating else icsvalues.zone_of(start, WINDOWS_TO_OLSON)
    starts_at = icsvalues.to_utc(start, zones.home)
    ends_at = icsvalues.to_utc(icsvalues.end_of(raw), own_zone or zones.home)
    description = _description_of(raw)
    status = _STATUSES.get(icsvalues.text_of(raw, "STATUS").strip().upper(), "confirmed")
    return CalendarEntry(
        uid=clean_line(icsvalues.text_of(raw, "UID")),
        recurrence_id=icsvalues.name_moment(raw, "RECURRENCE-ID"),
        summary=summary,
        description=description,
        location=clean_line(icsvalues.text_of(raw, "LOCATION")),
        url=resolve_link(icsvalues.text_of(raw, "URL"), base),
        starts_at=starts_at,
        ends_at=None if is_backward(starts_at, ends_at) else ends_at,
        time_zone=own_zone,
        floating=floating,
        status=status,
        sequence=icsvalues.sequence_of(raw),
        rrule=icsvalues.rule_of(raw),
        modified_at=icsvalues.modified_at(raw),
        span=_alternatives(written, f"{summary}. {description}") if status == "tentative" else None,
    )


def _name(line: int, summary: str) -> str:
    return f"line {line}, {summary or 'an event without a title'}"


def _doubt_zone(raw: Event, start: object, *, is_bare: bool) -> str:
    """Answer what is wrong with the zone that the start names, "" for nothing."""
    if label := icsvalues.label_of(raw):
        return icsvalues.belie_label(label, start) if isinstance(start, datetime) else ""
    unknown = icsvalues.zone_name(raw) if is_bare else ""
    return f"the time zone {unknown} is unknown" if unknown else ""


def _alternatives(start: MomentOrDay | None, text: str) -> DaySpan | None:
    """Answer the days to choose from that a tentative event's text names, its own day among them."""
    day = start.date() if isinstance(start, datetime) else start
    if day is None or day.year <= 1:  # before that there is no day to read from
        return None
    reading = read_date_text(text, today=day - timedelta(days=_MOST_DAYS_BEFORE))
    span = reading.span if reading else None
    if span is None or day not in span.alternatives:
        return None
    return replace(span, year_inferred=False, text="")  # the event's own day tells the year


def _description_of(raw: Event) -> str:
    text = icsvalues.text_of(raw, "DESCRIPTION")
    return html_to_text(clean_html(text, None)) if _MARKUP.search(text) else clean_text(text)


def _expand(
    entries: list[CalendarEntry],
    raws: Sequence[Event],
    lines: Sequence[int],
    zones: Zones,
    window: Window,
    problems: list[str],
) -> list[CalendarEntry]:
    """Answer the entries, those that repeat with their occurrences; rules without sense are told."""
    changed: defaultdict[str, list[Override]] = defaultdict(list)
    for raw, entry in zip(raws, entries, strict=True):
        planned = icsvalues.moment_of(raw, "RECURRENCE-ID")
        if entry.recurrence_id and planned is not None:
            lasts = icsvalues.is_from_then_on(raw)
            start = icsvalues.start_of(raw, zones)
            changed[entry.uid].append(
                Override(planned=planned, start=start, is_from_then_on=lasts, entry=entry)
            )
    parents = {entry.uid for entry in entries if not entry.recurrence_id}
    orphans = {id(each.entry): each for uid in changed if uid not in parents for each in changed[uid]}
    found, budget = [], Budget()
    for raw, line, entry in zip(raws, lines, entries, strict=True):
        if id(entry) in orphans:
            found.append(keep_orphan(orphans[id(entry)]))
            continue
        overrides = changed[entry.uid] if entry.uid and not entry.recurrence_id else []
        found.append(_repeat(entry, raw, line, tuple(overrides), zones, (window, budget), problems))
    return found


def _repeat(
    entry: CalendarEntry,
    raw: Event,
    line: int,
    overrides: tuple[Override, ...],
    zones: Zones,
    bounds: tuple[Window, Budget],
    problems: list[str],
) -> CalendarEntry:
    start, more = icsvalues.start_of(raw, zones), icsvalues.moments_of(raw, "RDATE")
    if start is None or entry.recurrence_id or not (entry.rrule or more or overrides):
        return entry
    series = Series(
        start=start,
        length=_length(entry),
        rule=entry.rrule,
        more=more,
        excluded=icsvalues.moments_of(raw, "EXDATE"),
        overrides=overrides,
    )
    try:
        return replace(entry, occurrences=expand_series(series, entry, *bounds))
    except (ValueError, OverflowError) as error:
        problems.append(f"{_name(line, entry.summary)}: it is taken to happen once, for its rule: {error}")
        return replace(entry, rrule="")


def _length(entry: CalendarEntry) -> Any:
    start, end = entry.starts_at, entry.ends_at
    if start is None or end is None or isinstance(start, datetime) != isinstance(end, datetime):
        return None
    return cast(Any, end) - cast(Any, start)
