"""Which version of an item a block was made from: the one that was known when it was drafted."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from stuifmail.harvest.identity.differences import compare_entries
from stuifmail.model.blocks import title_of
from stuifmail.model.items import Item, ItemVersion
from stuifmail.model.publications import Block
from stuifmail.model.reviews import Revision
from stuifmail.model.traces import EventVersion
from stuifmail.store import item_versions as version_table
from stuifmail.store.database import Connection

V = TypeVar("V", ItemVersion, EventVersion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How a block came into a publication.

    Args:
        block: as it stood there first.
        at: when, UTC.
        author: who saved it so.
        edited_by: roles that changed its words since, in order, each once.
    """

    block: Block
    at: datetime
    author: str
    edited_by: tuple[str, ...] = ()


def record_of(block: Block) -> str:
    """Answer the id of the item or event that a block was made from, "" for none."""
    return getattr(block, "item_id", "") or getattr(block, "event_id", "")


def records_of(block: Block) -> tuple[str, ...]:
    """Answer the id of the item or event that a block was made from, then those that tell the same."""
    own = record_of(block)
    return (own, *getattr(block, "also", ())) if own else ()


def find_stands(revisions: Sequence[Revision]) -> dict[str, Stand]:
    """Answer, by block id, how each block of a publication came into it.

    A block that was made from another item or event since counts as new from then on.
    """
    stands: dict[str, Stand] = {}
    last: dict[str, Block] = {}
    for revision in revisions:
        for block in revision.publication.blocks():
            stand, before = stands.get(block.id), last.get(block.id)
            if stand is None or before is None or record_of(before) != record_of(block):
                stands[block.id] = Stand(block=block, at=revision.saved_at, author=revision.author)
            elif _words(before) != _words(block):
                edited_by = dict.fromkeys((*stand.edited_by, revision.author))
                stands[block.id] = replace(stand, edited_by=tuple(edited_by))
            last[block.id] = block
    return stands


def list_item_versions(connection: Connection, items: Collection[Item]) -> dict[str, tuple[ItemVersion, ...]]:
    """Answer all kept versions of these items by item, the first one first, today's last."""
    earlier = version_table.list_versions(connection, [item.id for item in items])
    return {item.id: _with_changes([*earlier.get(item.id, []), _today(item)]) for item in items}


def pick_version(versions: Sequence[ItemVersion], stand: Stand | None) -> ItemVersion:
    """Answer the version that a block was made from, the newest where nobody can tell.

    Args:
        versions: of its item, the first one first; at least one.
        stand: how the block came into its publication.
    """
    return _pick(versions, [version.provenance.fetched_at for version in versions], stand, _tells_item)


def pick_event_version(versions: Sequence[EventVersion], stand: Stand | None) -> EventVersion:
    """Answer the version that a date of the agenda was made from. See `pick_version`."""
    return _pick(versions, [version.since for version in versions], stand, _tells_event)


def _pick(
    versions: Sequence[V],
    since: Sequence[datetime],
    stand: Stand | None,
    tells: Callable[[Block, V], bool],
) -> V:
    if stand is None:
        return versions[-1]
    known = [version for version, moment in zip(versions, since, strict=True) if moment <= stand.at]
    if not known:
        return versions[0]
    # Fetched in the very moment of drafting: then the block's own words tell which one it was.
    alike = [version for version in known if tells(stand.block, version)] if stand.at in since else []
    return alike[-1] if alike else known[-1]


def _today(item: Item) -> ItemVersion:
    return ItemVersion(
        number=item.version, entry=item.entry, language=item.language, provenance=item.provenance
    )


def _with_changes(versions: Sequence[ItemVersion]) -> tuple[ItemVersion, ...]:
    changed = [
        replace(after, changes=compare_entries(before.entry, after.entry))
        for before, after in pairwise(versions)
    ]
    return (versions[0], *changed)


def _words(block: Block) -> Mapping[str, object]:
    return {name: dict(getattr(block, name, {})) for name in ("title", "text", "note")}


def _tells_item(block: Block, version: ItemVersion) -> bool:
    """Answer whether the block has the title of this version, and begins as its text does."""
    text = " ".join(version.entry.text.split())
    leads = [" ".join(lead.split()).rstrip("….")[:60] for lead in getattr(block, "text", {}).values()]
    told = not text or not leads or any(lead and lead in text for lead in leads)
    return _has_title(block, version.entry.title) and told


def _tells_event(block: Block, version: EventVersion) -> bool:
    return _has_title(block, version.entry.summary) and (
        getattr(block, "starts_at", None) == version.entry.starts_at
    )


def _has_title(block: Block, title: str) -> bool:
    return title in {" ".join(each.split()) for each in title_of(block).values()}
