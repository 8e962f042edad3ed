"""Items: member news as it was last seen, one row each."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from stuifmail.config.codec import from_data, sha256_of, to_data
from stuifmail.model.items import Entry, Item, Provenance
from stuifmail.store.batches import split_batches
from stuifmail.store.puts import PutCounts, put_harvested
from stuifmail.store.schema import items


def put_items(connection: Connection, found: Sequence[Item]) -> PutCounts:
    """Store items: new ones are added, those edited upstream updated, the rest left alone.

    An item counts as edited when its entry, member or language is another than stored. It keeps
    the moment when it was first seen. Of two with the same id the first counts.
    """
    return put_harvested(connection, items, found, _to_row, ("entry_sha256", "member_id", "language"))


def list_items(
    connection: Connection,
    *,
    dated_from: datetime | None = None,
    dated_before: datetime | None = None,
    source_ids: Collection[str] | None = None,
    limit: int | None = None,
) -> list[Item]:
    """Answer items, the newest first, those of one moment by id.

    Args:
        dated_from: aware; only items dated then or later.
        dated_before: aware; only items dated earlier.
        source_ids: only of these sources.
        limit: at most so many.
    """
    query = select(items).order_by(items.c.dated_at.desc(), items.c.id).limit(limit)
    if dated_from is not None:
        query = query.where(items.c.dated_at >= dated_from)
    if dated_before is not None:
        query = query.where(items.c.dated_at < dated_before)
    if source_ids is not None:
        query = query.where(items.c.source_id.in_(sorted(source_ids)))
    return [_from_row(row) for row in connection.execute(query)]


def get_items(connection: Connection, ids: Collection[str]) -> dict[str, Item]:
    """Answer the items with these ids, by id; unknown ids are absent."""
    return {
        row.id: _from_row(row)
        for batch in split_batches(sorted(ids))
        for row in connection.execute(select(items).where(items.c.id.in_(batch)))
    }


def count_items(connection: Connection, source_id: str | None = None) -> int:
    """Answer how many items are stored, of one source or of all."""
    query = select(func.count()).select_from(items)
    if source_id is not None:
        query = query.where(items.c.source_id == source_id)
    return connection.execute(query).scalar_one()


def _to_row(item: Item) -> dict[str, Any]:
    entry = to_data(item.entry)
    return {
        "id": item.id,
        "source_id": item.source_id,
        "member_id": item.member_id,
        "guid": item.entry.guid,
        "title": item.entry.title,
        "link": item.entry.link,
        "published_at": item.entry.published_at,
        "updated_at": item.entry.updated_at,
        "dated_at": item.dated_at,
        "language": item.language,
        "entry": entry,
        "entry_sha256": sha256_of(entry),
        "version": item.version,
        "first_seen_at": item.first_seen_at,
        "url": item.provenance.url,
        "fetched_at": item.provenance.fetched_at,
        "sha256": item.provenance.sha256,
    }


def _from_row(row: Row[Any]) -> Item:
    return Item(
        id=row.id,
        source_id=row.source_id,
        member_id=row.member_id,
        entry=from_data(Entry, row.entry),
        language=row.language,
        provenance=Provenance(
            source_id=row.source_id, url=row.url, fetched_at=row.fetched_at, sha256=row.sha256
        ),
        version=row.version,
        first_seen_at=row.first_seen_at,
    )
