"""What items said before their sources edited them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from stuifmail.config.codec import from_data, to_data
from stuifmail.model.items import Entry, Item, ItemVersion, Provenance
from stuifmail.store.batches import split_batches
from stuifmail.store.schema import item_versions, items


def add_versions(connection: Connection, earlier: Sequence[Item]) -> None:
    """Keep items as they are, before another version takes their place."""
    rows = [
        {
            "item_id": item.id,
            "number": item.version,
            "entry": to_data(item.entry),
            "language": item.language,
            "url": item.provenance.url,
            "fetched_at": item.provenance.fetched_at,
            "sha256": item.provenance.sha256,
        }
        for item in earlier
    ]
    if rows:
        connection.execute(insert(item_versions), rows)


def list_versions(connection: Connection, ids: Sequence[str]) -> dict[str, list[ItemVersion]]:
    """Answer by item its earlier versions, the first one first; items never edited are absent."""
    found: dict[str, list[ItemVersion]] = {}
    query = select(item_versions, items.c.source_id).join(items, items.c.id == item_versions.c.item_id)
    for batch in split_batches(ids):
        chosen = query.where(item_versions.c.item_id.in_(batch)).order_by(item_versions.c.number)
        for row in connection.execute(chosen):
            found.setdefault(row.item_id, []).append(_from_row(row))
    return found


def _from_row(row: Row[Any]) -> ItemVersion:
    return ItemVersion(
        number=row.number,
        entry=from_data(Entry, row.entry),
        language=row.language,
        provenance=Provenance(
            source_id=row.source_id, url=row.url, fetched_at=row.fetched_at, sha256=row.sha256
        ),
    )
