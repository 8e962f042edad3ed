"""What events were before their sources changed them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from stuifmail.config.codec import from_data
from stuifmail.model.events import CalendarEntry, Event
from stuifmail.model.items import Change
from stuifmail.model.traces import EventVersion
from stuifmail.store.batches import split_batches
from stuifmail.store.schema import event_changes


def list_event_versions(
    connection: Connection, events: Collection[Event]
) -> dict[str, tuple[EventVersion, ...]]:
    """Answer all kept versions of these events by event, the first one first, today's last."""
    changes: dict[str, list[Row[Any]]] = {event.id: [] for event in events}
    query = select(event_changes).order_by(event_changes.c.version)
    for batch in split_batches(sorted(changes)):
        for row in connection.execute(query.where(event_changes.c.event_id.in_(batch))):
            changes[row.event_id].append(row)
    return {event.id: _to_versions(event, changes[event.id]) for event in events}


def _to_versions(event: Event, rows: Sequence[Row[Any]]) -> tuple[EventVersion, ...]:
    """Answer the versions: a change holds the one before it, and what the one after it changed."""
    since = [event.first_seen_at, *(row.recorded_at for row in rows)]
    changes = [(), *(tuple(from_data(Change, each) for each in row.changes) for row in rows)]
    former: list[EventVersion] = []
    for place, row in enumerate(rows):
        same = former[-1].provenance if former and former[-1].provenance.sha256 == row.sha256 else None
        former.append(
            EventVersion(
                number=row.version - 1,
                entry=from_data(CalendarEntry, row.entry),
                provenance=same or replace(event.provenance, fetched_at=since[place], sha256=row.sha256),
                since=since[place],
                changes=changes[place],
            )
        )
    entry = event.harvested or event.entry
    newest = EventVersion(
        number=event.version,
        entry=entry,
        provenance=event.provenance,
        since=since[-1],
        changes=changes[-1],
    )
    return (*former, newest)
