"""Storing the items of one document: new ones, edited ones, those taken away and those back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from stuifmail.config.models import Source
from stuifmail.harvest.cleaning.links import link_key
from stuifmail.harvest.identity.differences import is_edit
from stuifmail.harvest.identity.matching import match_entries
from stuifmail.harvest.identity.removals import find_missing
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.harvests import StoredCounts
from stuifmail.model.items import Item, KnownItem
from stuifmail.store.database import Connection
from stuifmail.store.item_versions import add_versions
from stuifmail.store.items import (
    add_items,
    encode_entries,
    get_items,
    list_known,
    mark_removed,
    replace_items,
)


def store_items(
    connection: Connection,
    source: Source,
    document: ParsedDocument,
    items: Sequence[Item],
    *,
    at: datetime,
    last_sha256: str | None = None,
    is_first: bool = False,
) -> StoredCounts:
    """Store what a document holds: new items are added, edited ones become a new version.

    The version before is kept. What readers do not see (white space, a link's spelling) makes no
    version, nor does what we read in the same bytes by now. An item missing though it should be there is
    marked as removed; the mark goes when it is back. One that an editor killed stays killed.

    Args:
        connection: an open transaction.
        source: where the document came from.
        document: as parsed.
        items: its entries as `make_items` answers them, in its order.
        at: when the document came, aware.
        last_sha256: hash of the document that was read before this one.
        is_first: the source was never harvested before, so nothing of it is stored.
    """
    known = [] if is_first else list_known(connection, source.id)
    found = identify_items(items, known)
    stored = {item.id: item for item in known}
    keys = {item.id: link_key(item.entry.link) for item in found.values() if item.entry.link}
    new = [item for item in found.values() if item.id not in stored]
    add_items(connection, new, keys)
    may_edit = not any(item.provenance.sha256 == last_sha256 for item in items[:1])
    edited = _replace_edited(connection, found, stored, keys, may_edit=may_edit)
    back = [item_id for item_id in found if (known_item := stored.get(item_id)) and known_item.removed_at]
    missing = find_missing(document, known, found.keys())
    mark_removed(connection, back, at=None)
    mark_removed(connection, missing.ids, at=at)
    living = {item_id for item_id in {*edited, *back} if not stored[item_id].killed_at}
    return StoredCounts(
        new_count=len(new),
        changed_count=len(living),
        removed_count=len(missing.ids),
        problems=(missing.problem,) if missing.problem else (),
    )


def identify_items(items: Sequence[Item], known: Sequence[KnownItem]) -> dict[str, Item]:
    """Answer the items by the id under which they are stored, or will be; of equals the first."""
    ids = match_entries([item.entry for item in items], known, [item.id for item in items])
    found: dict[str, Item] = {}
    for item_id, item in zip(ids, items, strict=True):
        found.setdefault(item_id, item if item.id == item_id else replace(item, id=item_id))
    return found


@dataclass(frozen=True, slots=True)
class _Edits:
    """What takes the place of stored items: as a new version, or as the same one read better."""

    earlier: list[Item]
    newer: list[Item]
    better: list[Item]


def _replace_edited(
    connection: Connection,
    found: Mapping[str, Item],
    stored: Mapping[str, KnownItem],
    keys: Mapping[str, str],
    *,
    may_edit: bool,
) -> list[str]:
    """Store what is other than before; answer the ids of items that have a new version."""
    seen = [item for item in found.values() if item.id in stored]
    encoded = encode_entries(seen)
    others = [
        item for item in seen if _differs(item, stored[item.id], encoded[item.id].sha256, keys.get(item.id))
    ]
    before = get_items(connection, [item.id for item in others])
    edits = _sort(others, before, may_edit=may_edit)
    add_versions(connection, edits.earlier)
    replace_items(connection, [*edits.newer, *edits.better], keys)
    return [item.id for item in edits.newer]


def _differs(item: Item, known: KnownItem, sha256: str, key: str | None) -> bool:
    own = sha256, item.member_id, item.language, key
    return own != (known.entry_sha256, known.member_id, known.language, known.link_key)


def _sort(items: Sequence[Item], before: Mapping[str, Item], *, may_edit: bool) -> _Edits:
    edits = _Edits([], [], [])
    for item in items:
        old = before[item.id]
        kept = replace(item, version=old.version, first_seen_at=old.first_seen_at)
        if may_edit and is_edit(old.entry, item.entry):
            edits.earlier.append(old)
            edits.newer.append(replace(kept, version=old.version + 1))
        else:
            edits.better.append(replace(kept, provenance=old.provenance))
    return edits
