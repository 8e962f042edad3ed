"""Where each block of a publication came from."""

from collections.abc import Mapping
from typing import Any

from stuifmail.config.codec import to_data
from stuifmail.model.events import Event
from stuifmail.model.items import Item
from stuifmail.model.publications import Publication
from stuifmail.store import events as event_table
from stuifmail.store import items as item_table
from stuifmail.store.database import Connection


def trace_blocks(connection: Connection, publication: Publication) -> dict[str, Mapping[str, Any]]:
    """Answer, by block id, what each harvested block was made from.

    Returns:
        For each block: source_id, url, fetched_at, sha256 of the bytes, title, raw guid or uid,
        the original's link and its version. Blocks that an editor wrote are absent.
    """
    blocks = list(publication.blocks())
    item_ids = {item_id for block in blocks if (item_id := getattr(block, "item_id", ""))}
    event_ids = {event_id for block in blocks if (event_id := getattr(block, "event_id", ""))}
    items = item_table.get_items(connection, item_ids)
    events = event_table.get_events(connection, event_ids)
    figures = {figure.id: figure for figure in publication.figures}
    origins: dict[str, Mapping[str, Any]] = {}
    for block in blocks:
        if item := items.get(getattr(block, "item_id", "")):
            origins[block.id] = _origin(item, item.entry.title, item.entry.guid, item.entry.link)
        elif event := events.get(getattr(block, "event_id", "")):
            origins[block.id] = _origin(event, event.entry.summary, event.entry.uid, event.entry.url)
        elif found := [figures[name] for name in getattr(block, "figures", ()) if name in figures]:
            origins[block.id] = {
                "source_id": found[0].source_id,
                "sha256": found[0].source_sha256,
                "fetched_at": found[0].computed_at.isoformat(),
                "figures": [to_data(figure) for figure in found],
            }
    return origins


def _origin(record: Item | Event, title: str, raw_id: str | None, link: str | None) -> Mapping[str, Any]:
    own = {"title": title, "raw_id": raw_id, "link": link, "version": record.version}
    return {**to_data(record.provenance), **own}
