"""What sources changed in events; only ever added to."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from stuifmail.config.codec import from_data, to_data
from stuifmail.model.events import Event, EventChange
from stuifmail.model.items import Change
from stuifmail.store.batches import split_batches
from stuifmail.store.schema import event_changes


def add_changes(connection: Connection, changes: Sequence[tuple[EventChange, Event]]) -> None:
    """Store changes.

    Args:
        changes: each with the event as it was before; the document in which it stood so is kept, too.
    """
    rows = [
        {
            "event_id": change.event_id,
            "version": change.version,
            "kind": change.kind,
            "entry": to_data(before.harvested or before.entry),
            "changes": [to_data(each) for each in change.changes],
            "sha256": before.provenance.sha256,
            "recorded_at": change.recorded_at,
        }
        for change, before in changes
    ]
    if rows:
        connection.execute(insert(event_changes), rows)


def list_changes(
    connection: Connection, event_ids: Collection[str] | None = None, *, since: datetime | None = None
) -> list[EventChange]:
    """Answer changes in the order in which they were recorded.

    Args:
        event_ids: only of these events.
        since: only those recorded then or later, aware.
    """
    query = select(event_changes).order_by(
        event_changes.c.recorded_at, event_changes.c.event_id, event_changes.c.version
    )
    if since is not None:
        query = query.where(event_changes.c.recorded_at >= since)
    if event_ids is None:
        return [_from_row(row) for row in connection.execute(query)]
    return [
        _from_row(row)
        for batch in split_batches(sorted(event_ids))
        for row in connection.execute(query.where(event_changes.c.event_id.in_(batch)))
    ]


def _from_row(row: Row[Any]) -> EventChange:
    return EventChange(
        event_id=row.event_id,
        version=row.version,
        kind=row.kind,
        recorded_at=row.recorded_at,
        changes=tuple(from_data(Change, each) for each in row.changes),
    )
