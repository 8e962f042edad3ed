"""Events: what is on members' calendars as it was last seen, one row each."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from stuifmail.config.codec import from_data, sha256_of, to_data
from stuifmail.model.events import CalendarEntry, Event, Occurrence
from stuifmail.model.items import Provenance
from stuifmail.model.times import MomentOrDay
from stuifmail.store.batches import split_batches
from stuifmail.store.event_edits import list_edits, merge_edits
from stuifmail.store.schema import events

_ZONE = "Europe/Amsterdam"  # for events that do not say where they are; the day is for selecting only
_NEVER_OVER = "9999-12-31"  # of what has no last day


def add_events(connection: Connection, found: Sequence[Event]) -> None:
    """Store events that are not stored yet."""
    if found:
        connection.execute(insert(events), [_to_row(event) for event in found])


def replace_events(connection: Connection, found: Sequence[Event]) -> None:
    """Store events in the place of what is stored of them.

    What the source says is stored; what counts, with the editors' own words, is for selecting only.
    """
    if not found:
        return
    rows = [_to_row(event) for event in found]
    # SQLAlchemy keeps the columns' own names for itself, so these get a prefix.
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != "id"}
    statement = update(events).where(events.c.id == bindparam("new_id")).values(values)
    connection.execute(statement, [{f"new_{name}": value for name, value in row.items()} for row in rows])


def list_events(
    connection: Connection,
    *,
    starts_from: date | None = None,
    starts_before: date | None = None,
    source_ids: Collection[str] | None = None,
) -> list[Event]:
    """Answer events in the order of their start, those without a readable date last.

    Each is as it counts: what the source says, the editors' own words over it. A repeating event
    stands on the day of its first stored occurrence, one whose date is open on the first day
    that it may be. Those that their source took away are among them.

    Args:
        starts_from: only events of which something may still happen on this day or later, in
            their own zone.
        starts_before: only events that start before this day.
        source_ids: only of these sources.
    """
    query = select(events).order_by(events.c.starts_on.is_(None), events.c.starts_on, events.c.id)
    if starts_from is not None:
        last = func.coalesce(events.c.ends_on, events.c.starts_on)
        query = query.where(last >= starts_from.isoformat())
    if starts_before is not None:
        query = query.where(events.c.starts_on < starts_before.isoformat())
    if source_ids is not None:
        query = query.where(events.c.source_id.in_(sorted(source_ids)))
    edits = list_edits(connection)
    return [merge_edits(_from_row(row), edits.get(row.id, ())) for row in connection.execute(query)]


def get_events(connection: Connection, ids: Collection[str]) -> dict[str, Event]:
    """Answer the events with these ids as they count, by id; unknown ids are absent."""
    edits = list_edits(connection, ids)
    return {
        row.id: merge_edits(_from_row(row), edits.get(row.id, ()))
        for batch in split_batches(sorted(ids))
        for row in connection.execute(select(events).where(events.c.id.in_(batch)))
    }


def find_events(connection: Connection, beginning: str, limit: int = 10) -> list[str]:
    """Answer the ids that begin so, in order, at most so many."""
    query = select(events.c.id).where(events.c.id.startswith(beginning, autoescape=True))
    return list(connection.execute(query.order_by(events.c.id).limit(limit)).scalars())


def count_events(connection: Connection, source_id: str | None = None) -> int:
    """Answer how many events are stored, of one source or of all."""
    query = select(func.count()).select_from(events)
    if source_id is not None:
        query = query.where(events.c.source_id == source_id)
    return connection.execute(query).scalar_one()


def _days_of(entry: CalendarEntry) -> tuple[str | None, str | None]:
    """Answer the first and the last day on which something of it may happen; None when unknown."""
    if entry.occurrences:
        days = [day for each in entry.occurrences for day in _civil_days(each, entry.time_zone)]
        return min(days).isoformat(), max(days).isoformat()
    if entry.starts_at is not None:
        first, last = _civil_days(entry, entry.time_zone)
        return first.isoformat(), last.isoformat()
    span = entry.span
    if span is None or (span.first is None and span.last is None):
        return None, None
    return (
        span.first.isoformat() if span.first else None,
        span.last.isoformat() if span.last else _NEVER_OVER,
    )


def _civil_days(what: CalendarEntry | Occurrence, zone: str) -> tuple[date, date]:
    first, end = _civil_day(what.starts_at, zone), _civil_day(what.ends_at, zone)
    if end is not None and not isinstance(what.ends_at, datetime):
        end -= timedelta(days=1)  # an all-day event ends on the first day after
    if first is None:
        raise ValueError("an event without a start has no days")
    return first, max(first, end or first)


def _civil_day(when: MomentOrDay | None, zone: str) -> date | None:
    if not isinstance(when, datetime):
        return when
    try:
        return when.astimezone(ZoneInfo(zone or _ZONE)).date()
    except OverflowError:  # the edge of time
        return when.date()


def _to_row(event: Event) -> dict[str, Any]:
    """Answer the columns' values: the source's own entry, and for selecting what counts."""
    entry = to_data(event.harvested or event.entry)
    starts_on, ends_on = _days_of(event.entry)
    return {
        "id": event.id,
        "source_id": event.source_id,
        "member_id": event.member_id,
        "uid": event.entry.uid,
        "summary": event.entry.summary,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "status": event.entry.status,
        "sequence": event.entry.sequence,
        "entry": entry,
        "entry_sha256": sha256_of(entry),
        "version": event.version,
        "first_seen_at": event.first_seen_at,
        "removed_at": event.removed_at,
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
        removed_at=row.removed_at,
    )
