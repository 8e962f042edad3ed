"""Events: what is on members' calendars as it was last seen, one row each."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, func, select

from stuifmail.config.codec import from_data, sha256_of, to_data
from stuifmail.model.events import CalendarEntry, Event
from stuifmail.model.items import Provenance
from stuifmail.store.batches import split_batches
from stuifmail.store.puts import PutCounts, put_harvested
from stuifmail.store.schema import events

_ZONE = "Europe/Amsterdam"  # for events that do not say where they are; the day is for selecting only


def put_events(connection: Connection, found: Sequence[Event]) -> PutCounts:
    """Store events: new ones are added, those edited upstream updated, the rest left alone.

    An event counts as edited when its entry or member is another than stored. It keeps the
    moment when it was first seen. Of two with the same id the first counts.
    """
    return put_harvested(connection, events, found, _to_row, ("entry_sha256", "member_id"))


def list_events(
    connection: Connection,
    *,
    starts_from: date | None = None,
    starts_before: date | None = None,
    source_ids: Collection[str] | None = None,
) -> list[Event]:
    """Answer events in the order of their start, those without a readable date last.

    A repeating event stands on the day of its first occurrence.

    Args:
        starts_from: only events that start on this day or later, in their own zone.
        starts_before: only events that start before this day.
        source_ids: only of these sources.
    """
    query = select(events).order_by(events.c.starts_on.is_(None), events.c.starts_on, events.c.id)
    if starts_from is not None:
        query = query.where(events.c.starts_on >= starts_from.isoformat())
    if starts_before is not None:
        query = query.where(events.c.starts_on < starts_before.isoformat())
    if source_ids is not None:
        query = query.where(events.c.source_id.in_(sorted(source_ids)))
    return [_from_row(row) for row in connection.execute(query)]


def get_events(connection: Connection, ids: Collection[str]) -> dict[str, Event]:
    """Answer the events with these ids, by id; unknown ids are absent."""
    return {
        row.id: _from_row(row)
        for batch in split_batches(sorted(ids))
        for row in connection.execute(select(events).where(events.c.id.in_(batch)))
    }


def count_events(connection: Connection, source_id: str | None = None) -> int:
    """Answer how many events are stored, of one source or of all."""
    query = select(func.count()).select_from(events)
    if source_id is not None:
        query = query.where(events.c.source_id == source_id)
    return connection.execute(query).scalar_one()


def _day_of(entry: CalendarEntry) -> str | None:
    start = entry.starts_at
    if isinstance(start, datetime):
        start = start.astimezone(ZoneInfo(entry.time_zone or _ZONE)).date()
    return start.isoformat() if start else None


def _to_row(event: Event) -> dict[str, Any]:
    entry = to_data(event.entry)
    return {
        "id": event.id,
        "source_id": event.source_id,
        "member_id": event.member_id,
        "uid": event.entry.uid,
        "summary": event.entry.summary,
        "starts_on": _day_of(event.entry),
        "status": event.entry.status,
        "entry": entry,
        "entry_sha256": sha256_of(entry),
        "version": event.version,
        "first_seen_at": event.first_seen_at,
        "url": event.provenance.url,
        "fetched_at": event.provenance.fetched_at,
        "sha256": event.provenance.sha256,
    }


def _from_row(row: Row[Any]) -> Event:
    return Event(
        id=row.id,
        source_id=row.source_id,
        member_id=row.member_id,
        entry=from_data(CalendarEntry, row.entry),
        provenance=Provenance(
            source_id=row.source_id, url=row.url, fetched_at=row.fetched_at, sha256=row.sha256
        ),
        version=row.version,
        first_seen_at=row.first_seen_at,
    )
