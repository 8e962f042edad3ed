"""What a source changed in an event, as a person reads it. Pure."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from stuifmail.harvest.cleaning.links import link_key
from stuifmail.model.event_words import say_field, say_moment, say_span
from stuifmail.model.events import CalendarEntry, ChangeKind, Occurrence
from stuifmail.model.items import Change

_MOVES = ("starts_at", "ends_at", "location", "rrule")
_READ = ("summary", "starts_at", "ends_at", "location", "status", "url", "rrule", "description")
_POSTPONED = re.compile(r"\b(?:postponed|uitgesteld)\b", re.IGNORECASE)


def compare_events(before: CalendarEntry, after: CalendarEntry, today: date) -> tuple[Change, ...]:
    """Answer field by field what is other than before; white space and spellings of links are nothing.

    Of an event that repeats, the dates that both harvests knew of and that are still to come are
    compared, one by one; that new ones come into sight as time goes on is no change.
    """
    changes = [
        Change(field=name, before=say_field(before, name), after=say_field(after, name))
        for name in _READ
        if _compared(before, name) != _compared(after, name)
    ]
    if not (before.starts_at or after.starts_at) and before.span != after.span:
        changes.append(Change(field="span", before=say_span(before.span), after=say_span(after.span)))
    return (*changes, *_compare_occurrences(before, after, today))


def judge_changes(before: CalendarEntry, after: CalendarEntry, changes: tuple[Change, ...]) -> ChangeKind:
    """Answer the gravest of what happened."""
    fields = {change.field for change in changes}
    if after.status == "cancelled" != before.status:
        return "cancelled"
    if _is_postponed(before, after):
        return "postponed"
    if before.status == "cancelled" != after.status:
        return "revived"
    dates = [change for change in changes if change.field == "occurrences"]
    if dates and all(change.after == "cancelled" for change in dates) and len(dates) == len(changes):
        return "cancelled"
    return "moved" if dates or "span" in fields or not fields.isdisjoint(_MOVES) else "edited"


def _is_postponed(before: CalendarEntry, after: CalendarEntry) -> bool:
    lost = before.starts_at is not None and after.starts_at is None and after.status == "tentative"
    return lost or bool(_POSTPONED.search(after.summary) and not _POSTPONED.search(before.summary))


def _compared(entry: CalendarEntry, name: str) -> object:
    value = getattr(entry, name)
    if name == "url":
        return link_key(value) if value else ""
    return " ".join(value.split()) if isinstance(value, str) else value


def _compare_occurrences(before: CalendarEntry, after: CalendarEntry, today: date) -> Iterator[Change]:
    old = {each.recurrence_id: each for each in before.occurrences}
    new = {each.recurrence_id: each for each in after.occurrences}
    if not old or not new or before.rrule != after.rrule or before.starts_at != after.starts_at:
        return  # another rule, or another first time: that is told as such
    first, last = max(min(old), min(new), today.isoformat()), min(max(old), max(new))
    for name in sorted(old.keys() | new.keys()):
        if first <= name <= last and (said := _say_both(old.get(name), new.get(name), after.time_zone)):
            yield Change(field="occurrences", before=said[0], after=said[1])


def _say_both(old: Occurrence | None, new: Occurrence | None, zone: str) -> tuple[str, str] | None:
    if old is not None and new is not None:
        if (old.starts_at, old.status, old.location) == (new.starts_at, new.status, new.location):
            return None
        return _say(old, zone), "cancelled" if new.status == "cancelled" else _say(new, zone)
    return (_say(old, zone), "cancelled") if old is not None else ("", _say(new, zone) if new else "")


def _say(occurrence: Occurrence, zone: str) -> str:
    parts = (say_moment(occurrence.starts_at, zone), occurrence.location)
    text = ", ".join(part for part in parts if part)
    return f"{text} (cancelled)" if occurrence.status == "cancelled" else text


def last_day_of(entry: CalendarEntry) -> date | None:
    """Answer the last day on which something of it may happen, roughly; None when that is open."""
    whens = [entry.starts_at, entry.ends_at] if not entry.occurrences else []
    whens += [each.starts_at for each in entry.occurrences]
    days = [when.date() if isinstance(when, datetime) else when for when in whens if when is not None]
    if days:
        return max(days)
    return entry.span.last if entry.span else None
