"""Items: member news as it was last seen, one row each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from stuifmail.config.codec import Encoded, encode, from_data
from stuifmail.model.items import Entry, Item, KnownItem, Provenance
from stuifmail.store.batches import split_batches
from stuifmail.store.schema import items

_NO_KEYS: Mapping[str, str] = {}


def list_known(connection: Connection, source_id: str) -> list[KnownItem]:
    """Answer what is stored of a source's items, the first seen first; for finding them again."""
    query = (
        select(*(items.c[name] for name in _KNOWN))
        .where(items.c.source_id == source_id)
        .order_by(items.c.first_seen_at, items.c.id)
    )
    found = [_to_known(row) for row in connection.execute(query)]
    killed = get_items(connection, [item.id for item in found if item.killed_at])
    return [
        replace(item, killed_text=killed[item.id].entry.text) if item.id in killed else item for item in found
    ]


def add_items(connection: Connection, found: Sequence[Item], link_keys: Mapping[str, str] = _NO_KEYS) -> None:
    """Store items that are not stored yet.

    Args:
        link_keys: by item id, the link as it is compared.
    """
    if found:
        connection.execute(insert(items), [_to_row(item, link_keys) for item in found])


def replace_items(
    connection: Connection, found: Sequence[Item], link_keys: Mapping[str, str] = _NO_KEYS
) -> None:
    """Store items in the place of what is stored of them; removed and killed stay as they are.

    Args:
        link_keys: by item id, the link as it is compared.
    """
    if not found:
        return
    rows = [_to_row(item, link_keys) for item in found]
    # SQLAlchemy keeps the columns' own names for itself, so these get a prefix.
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != "id"}
    statement = update(items).where(items.c.id == bindparam("new_id")).values(values)
    connection.execute(statement, [{f"new_{name}": value for name, value in row.items()} for row in rows])


def mark_removed(connection: Connection, ids: Sequence[str], *, at: datetime | None) -> None:
    """Note since when the source no longer has these items; None: it has them."""
    for batch in split_batches(ids):
        connection.execute(update(items).where(items.c.id.in_(batch)).values(removed_at=at))


def mark_killed(
    connection: Connection, item_id: str, *, at: datetime | None, by: str = "", reason: str = ""
) -> None:
    """Note that an editor never wants to see this item again; None: may be seen again.

    Args:
        by: the editor's role.
    """
    values = {"killed_at": at, "killed_by": by, "kill_reason": reason}
    connection.execute(update(items).where(items.c.id == item_id).values(values))


def get_kill(connection: Connection, item_id: str) -> tuple[str, str]:
    """Answer in which role an item was killed, and why; both "" when it was not."""
    query = select(items.c.killed_by, items.c.kill_reason).where(items.c.id == item_id)
    row = connection.execute(query).one_or_none()
    return (row.killed_by, row.kill_reason) if row else ("", "")


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


def encode_entries(found: Iterable[Item]) -> dict[str, Encoded]:
    """Answer each item's entry as it is stored, by item id; its hash is `KnownItem.entry_sha256`."""
    return {item.id: encode(item.entry) for item in found}


_KNOWN = (
    "id guid link link_key title published_at updated_at member_id language version "
    "first_seen_at entry_sha256 removed_at killed_at"
).split()


def _to_known(row: Row[Any]) -> KnownItem:
    values = dict(row._mapping)
    updated_at = values.pop("updated_at")
    return KnownItem(**values, dated_at=row.published_at or updated_at)


def _to_row(item: Item, link_keys: Mapping[str, str]) -> dict[str, Any]:
    entry = encode(item.entry)
    return {
        "id": item.id,
        "source_id": item.source_id,
        "member_id": item.member_id,
        "guid": item.entry.guid,
        "title": item.entry.title,
        "link": item.entry.link,
        "link_key": link_keys.get(item.id),
        "published_at": item.entry.published_at,
        "updated_at": item.entry.updated_at,
        "dated_at": item.dated_at,
        "language": item.language,
        "language_origin": item.language_origin,
        "entry": entry,
        "entry_sha256": entry.sha256,
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
        language_origin=row.language_origin,
        provenance=Provenance(
            source_id=row.source_id, url=row.url, fetched_at=row.fetched_at, sha256=row.sha256
        ),
        version=row.version,
        first_seen_at=row.first_seen_at,
        removed_at=row.removed_at,
        killed_at=row.killed_at,
    )
