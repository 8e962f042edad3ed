"""Where each block of a publication came from."""

from collections.abc import Mapping, Sequence
from typing import Any

from stuifmail.config.codec import to_data
from stuifmail.model.items import ItemVersion
from stuifmail.model.publications import Publication
from stuifmail.model.traces import EventVersion
from stuifmail.newsroom.harvests.versions import (
    Stand,
    find_stands,
    list_item_versions,
    pick_event_version,
    pick_version,
)
from stuifmail.store import events as event_table
from stuifmail.store import items as item_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection
from stuifmail.store.event_versions import list_event_versions


def trace_blocks(connection: Connection, publication: Publication) -> dict[str, Mapping[str, Any]]:
    """Answer, by block id, what each harvested block was made from.

    What a source edited after the block was drafted does not count: the block tells the version
    from before.

    Returns:
        For each block: source_id, url, fetched_at, sha256 of the bytes, title, raw guid or uid,
        the original's link and its version. Blocks that an editor wrote are absent.
    """
    blocks = list(publication.blocks())
    item_ids = {item_id for block in blocks if (item_id := getattr(block, "item_id", ""))}
    event_ids = {event_id for block in blocks if (event_id := getattr(block, "event_id", ""))}
    items = item_table.get_items(connection, item_ids)
    versions = list_item_versions(connection, items.values())
    events = event_table.get_events(connection, event_ids)
    event_versions = list_event_versions(connection, events.values())
    stands = _find_stands(connection, publication, [*versions.values(), *event_versions.values()])
    figures = {figure.id: figure for figure in publication.figures}
    origins: dict[str, Mapping[str, Any]] = {}
    for block in blocks:
        if found := versions.get(getattr(block, "item_id", "")):
            origins[block.id] = _item_origin(pick_version(found, stands.get(block.id)))
        elif dates := event_versions.get(getattr(block, "event_id", "")):
            origins[block.id] = _event_origin(pick_event_version(dates, stands.get(block.id)))
        elif shown := [figures[name] for name in getattr(block, "figures", ()) if name in figures]:
            origins[block.id] = {
                "source_id": shown[0].source_id,
                "sha256": shown[0].source_sha256,
                "fetched_at": shown[0].computed_at.isoformat(),
                "figures": [to_data(figure) for figure in shown],
            }
    return origins


def _find_stands(
    connection: Connection, publication: Publication, versions: Sequence[tuple[object, ...]]
) -> Mapping[str, Stand]:
    """Answer how the blocks came in, where that matters: old revisions are long to read."""
    if all(len(found) == 1 for found in versions):
        return {}
    return find_stands(publication_table.list_revisions(connection, publication.id))


def _item_origin(version: ItemVersion) -> Mapping[str, Any]:
    entry = version.entry
    own = {"title": entry.title, "raw_id": entry.guid, "link": entry.link, "version": version.number}
    return {**to_data(version.provenance), **own}


def _event_origin(version: EventVersion) -> Mapping[str, Any]:
    entry = version.entry
    own = {"title": entry.summary, "raw_id": entry.uid, "link": entry.url, "version": version.number}
    return {**to_data(version.provenance), **own}
