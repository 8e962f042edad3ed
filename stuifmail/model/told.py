"""What readers were told of an event, held against what its record says now. Pure."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stuifmail.model.publications import Publication
from stuifmail.model.records import EventFacts

#: Facts that stand in calendars: when one of them changes, SEQUENCE goes up.
_IN_CALENDARS = frozenset({"status", "when", "where", "online_url"})


def facts_in(publication: Publication) -> EventFacts | None:
    """Answer what a publication tells of its event: its calendar part, else its first details."""
    if publication.calendar is not None:
        return publication.calendar.facts
    found = (getattr(block, "facts", None) for block in publication.blocks())
    return next((facts for facts in found if facts is not None), None)


def find_changed_facts(told: EventFacts, now: EventFacts) -> tuple[str, ...]:
    """Answer the facts that readers have to hear of anew, in the order in which they are told.

    What was not known before and is known now is no change: the next message tells it. Neither is
    a date that became sure and stayed on the day that was named.
    """
    tests = {
        "status": _status_changed(told, now),
        "when": _when_changed(told, now),
        "where": _where(told) != _where(now) and bool(told.venue.line),
        "online_url": told.venue.online_url not in ("", now.venue.online_url),
        "deadline": told.registration.closes_on not in (None, now.registration.closes_on),
        "places": is_full(told) != is_full(now),
    }
    return tuple(name for name, changed in tests.items() if changed)


def is_full(facts: EventFacts) -> bool:
    """Answer whether all places are taken."""
    count, capacity = facts.registration.registered_count, facts.registration.capacity
    return count is not None and capacity is not None and count >= capacity


def number_facts(now: EventFacts, told: EventFacts | None, highest: int) -> EventFacts:
    """Answer the record's facts as they are told next, with their SEQUENCE.

    It is never lower than that of the calendar entry they come from: a reader's calendar that
    knows that entry would pass over ours.

    Args:
        now: `sequence` is the calendar entry's, 0 where there is none.
        told: what readers were last told; None: nothing yet.
        highest: the highest SEQUENCE in anything that was sent.
    """
    changed = told is not None and _IN_CALENDARS.intersection(find_changed_facts(told, now))
    return replace(now, sequence=max(now.sequence, highest + 1 if changed else highest))


def say_same(bound: EventFacts, now: EventFacts) -> bool:
    """Answer whether facts in a draft are still those of the record; SEQUENCE and counts aside."""
    return _without_counts(bound) == _without_counts(now)


def _without_counts(facts: EventFacts) -> EventFacts:
    registration = replace(facts.registration, registered_count=None)
    return replace(facts, sequence=0, registration=registration)


def _status_changed(told: EventFacts, now: EventFacts) -> bool:
    return told.status != now.status and (told.status, now.status) != ("tentative", "confirmed")


def _when_changed(told: EventFacts, now: EventFacts) -> bool:
    if told.starts_at is None and told.span is None:
        return False
    if told.span is not None and now.starts_at is not None:
        day = _day(now)
        first, last = told.span.first, told.span.last
        return day is None or (first is not None and day < first) or (last is not None and day > last)
    if now.starts_at is None and now.span is None:
        return False  # there is no date any more: that is the status's to tell
    return (told.starts_at, told.ends_at, told.span) != (now.starts_at, now.ends_at, now.span)


def _day(facts: EventFacts) -> date | None:
    start = facts.starts_at
    if isinstance(start, datetime):
        return start.astimezone(ZoneInfo(facts.time_zone)).date()
    return start


def _where(facts: EventFacts) -> tuple[str, str]:
    return facts.venue.line, facts.attendance
