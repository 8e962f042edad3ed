"""Which version of an item a block was made from: the one that was known when it was drafted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from stuifmail.harvest.differences import compare_entries
from stuifmail.model.items import Item, ItemVersion
from stuifmail.model.publications import Block
from stuifmail.model.reviews import Revision
from stuifmail.store import item_versions as version_table
from stuifmail.store.database import Connection


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
    if stand is None:
        return versions[-1]
    known = [version for version in versions if version.provenance.fetched_at <= stand.at]
    if not known:
        return versions[0]
    # Fetched in the very moment of drafting: then its own words tell which one it was.
    unsure = [version for version in known if version.provenance.fetched_at == stand.at]
    alike = [version for version in known if _is_told(version, stand.block)]
    return alike[-1] if unsure and len(known) > 1 and alike else known[-1]


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


def _is_told(version: ItemVersion, block: Block) -> bool:
    """Answer whether the block has the title of this version, and begins as its text does."""
    titles = {" ".join(title.split()) for title in block.title.values()}
    text = " ".join(version.entry.text.split())
    leads = [" ".join(lead.split()).rstrip("….")[:60] for lead in getattr(block, "text", {}).values()]
    told = not text or not leads or any(lead and lead in text for lead in leads)
    return version.entry.title in titles and told
