"""The same event has the same id on every harvest."""

from dataclasses import replace
from datetime import UTC, datetime

from stuifmail.harvest.calendars.event_identity import event_ids
from stuifmail.model.events import CalendarEntry


def test_an_event_that_moves_stays_the_same_event() -> None:
    event = CalendarEntry(uid="w-1", summary="Werkdag", starts_at=datetime(2026, 6, 8, 12, tzinfo=UTC))
    moved = replace(event, starts_at=datetime(2026, 6, 9, 12, tzinfo=UTC), summary="Werkdag verplaatst")
    assert event_ids("agenda", [event]) == event_ids("agenda", [moved])


def test_events_without_or_with_a_shared_uid_are_told_apart_by_title_and_start() -> None:
    first = CalendarEntry(summary="Werkdag", starts_at=datetime(2026, 6, 8, 12, tzinfo=UTC))
    second = replace(first, starts_at=datetime(2026, 6, 9, 12, tzinfo=UTC))
    assert len(set(event_ids("agenda", [first, second]))) == 2
    assert len(set(event_ids("agenda", [replace(first, uid="x"), replace(second, uid="x")]))) == 2
