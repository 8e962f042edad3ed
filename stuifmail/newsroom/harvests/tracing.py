"""From a sent paragraph back to the bytes fetched, and from an item to every reader it reached."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from stuifmail.errors import StoreError, StuifmailError
from stuifmail.model.blocks import figure_ids_of, title_of
from stuifmail.model.events import Event
from stuifmail.model.figures import Figure
from stuifmail.model.items import Item, ItemVersion
from stuifmail.model.publications import Block, Publication
from stuifmail.model.reviews import Dossier
from stuifmail.model.traces import (
    Appearance,
    BlockTrace,
    DocumentTrace,
    EventVersion,
    FigureTrace,
    IssueTrace,
    Keeping,
    RecordTrace,
    Trace,
    VersionTrace,
    documents_of,
)
from stuifmail.newsroom.harvests.provenance import trace_blocks
from stuifmail.newsroom.harvests.versions import Stand, find_stands, list_item_versions, record_of, records_of
from stuifmail.newsroom.house import House
from stuifmail.publish.archive import read_provenance
from stuifmail.publish.storage import open_storage
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import events as event_table
from stuifmail.store import items as item_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection
from stuifmail.store.documents import get_document
from stuifmail.store.event_versions import list_event_versions
from stuifmail.store.lookup import find_ids


def trace(house: House, name: str) -> Trace:
    """Answer where an issue's blocks came from, or what became of an item or event.

    Args:
        name: a publication's id, or enough of the beginning of an item's or event's.

    Raises:
        StuifmailError: there is nothing of this name, or more than one.
        StorageError: the archive cannot be read.
    """
    with house.store.begin() as connection:
        dossier = publication_table.find_dossier(connection, name)
        if dossier is not None:
            return _trace_issue(house, connection, dossier)
        item_ids, event_ids = find_ids(connection, name)
        if item := _only(name, item_ids, [*item_ids, *event_ids]):
            return trace_item(connection, item_table.get_items(connection, [item])[item])
        event = _only(name, event_ids, event_ids)
        return _trace_event(connection, event_table.get_events(connection, [event])[event])


def find_item(connection: Connection, name: str) -> Item:
    """Answer the item whose id begins so.

    Raises:
        StuifmailError: there is none, or more than one.
    """
    item_ids, _ = find_ids(connection, name)
    if not item_ids:
        raise StuifmailError(
            "there is no item of this name", place=name, remedy="see their ids with: stuifmail items"
        )
    item_id = _only(name, item_ids, item_ids)
    return item_table.get_items(connection, [item_id])[item_id]


def _only(name: str, wanted: list[str], found: list[str]) -> str:
    """Answer the one that is wanted, "" when only others were found."""
    if name in wanted:
        return name
    if len(found) > 1:
        raise StuifmailError(
            f"this is the beginning of several ids ({', '.join(found)})",
            place=name,
            remedy="type more of it",
        )
    if not found:
        raise StuifmailError(
            "there is no publication, item or event of this name",
            place=name or "trace",
            remedy="see the ids with: stuifmail drafts, stuifmail items --json, stuifmail events --json",
        )
    return wanted[0] if wanted else ""


def read_bytes(house: House, trace: Trace, sha256: str) -> bytes:
    """Answer the bytes of one document of a trace.

    Args:
        sha256: enough of the beginning of its hash.

    Raises:
        StuifmailError: none or several of its documents begin so, or the bytes are not at hand.
    """
    found = [document for document in documents_of(trace) if document.sha256.startswith(sha256.lower())]
    if len(found) != 1:
        what = "several documents of this trace begin so" if found else "no document of this trace begins so"
        names = ", ".join(document.sha256[:12] for document in found or documents_of(trace)) or "none"
        raise StuifmailError(what, place=sha256, remedy=f"choose from {names}")
    with house.store.begin() as connection:
        content = get_document(connection, found[0].sha256)
    if content is None:
        raise StuifmailError(
            "the bytes of this document are not kept",
            place=found[0].sha256,
            remedy="sheets that name people are never kept; of the others, those that nothing refers to go",
        )
    return content


def trace_item(connection: Connection, item: Item) -> RecordTrace:
    """Answer every version of an item, and every publication that it stands in."""
    (versions,) = list_item_versions(connection, [item]).values()
    killed_by, kill_reason = item_table.get_kill(connection, item.id)
    return RecordTrace(
        id=item.id,
        kind="item",
        source_id=item.source_id,
        member_id=item.member_id,
        title=item.entry.title,
        link=item.entry.link,
        first_seen_at=item.first_seen_at,
        removed_at=item.removed_at,
        killed_at=item.killed_at,
        killed_by=killed_by,
        kill_reason=kill_reason,
        versions=_trace_versions(connection, versions),
        appearances=_find_appearances(connection, item.id),
    )


def _trace_event(connection: Connection, event: Event) -> RecordTrace:
    (versions,) = list_event_versions(connection, [event]).values()
    return RecordTrace(
        id=event.id,
        kind="event",
        source_id=event.source_id,
        member_id=event.member_id,
        title=event.entry.summary,
        link=event.entry.url,
        first_seen_at=event.first_seen_at,
        removed_at=event.removed_at,
        versions=_trace_versions(connection, versions),
        appearances=_find_appearances(connection, event.id),
    )


def _trace_versions(
    connection: Connection, versions: Iterable[ItemVersion | EventVersion]
) -> tuple[VersionTrace, ...]:
    return tuple(
        VersionTrace(
            number=version.number,
            document=_look(connection, **_values(version.provenance)),
            changes=version.changes,
        )
        for version in versions
    )


def _values(provenance: Any) -> dict[str, Any]:
    names = ("source_id", "url", "fetched_at", "sha256")
    return {name: getattr(provenance, name) for name in names}


def _find_appearances(connection: Connection, record_id: str) -> tuple[Appearance, ...]:
    """Answer the blocks that were made from a record, those of sent publications first, in order."""
    found = [
        appearance
        for dossier in publication_table.list_dossiers(connection)
        for appearance in _appearances_in(connection, dossier, record_id)
    ]
    late = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(found, key=lambda one: (one.sent_at or late, one.publication_id)))


def _appearances_in(connection: Connection, dossier: Dossier, record_id: str) -> Iterator[Appearance]:
    publication = dossier.revision.publication
    blocks = [pair for pair in _blocks(publication) if record_id in records_of(pair[1])]
    if not blocks:
        return
    origins = trace_blocks(connection, publication)
    accepted = delivery_table.count_accepted(connection, dossier.id)
    for section_id, block in blocks:
        own = record_of(block) == record_id
        yield Appearance(
            publication_id=dossier.id,
            state=str(dossier.state),
            sent_at=dossier.sent_at,
            section_id=section_id,
            block_id=block.id,
            title=_title(block),
            version=origins.get(block.id, {}).get("version") if own else None,
            through="" if own else record_of(block),
            accepted=accepted,
            members=tuple(getattr(block, "members", ())),
        )


def _trace_issue(house: House, connection: Connection, dossier: Dossier) -> IssueTrace:
    publication = dossier.revision.publication
    archived = _read_archived(house, dossier)
    origins = {**trace_blocks(connection, publication), **(archived or {})}
    stands = find_stands(publication_table.list_revisions(connection, dossier.id))
    newest = _newest_versions(connection, publication)
    figures = {figure.id: figure for figure in publication.figures}
    private = {source.id for source in house.config.sources if source.holds == "participants"}
    return IssueTrace(
        publication_id=dossier.id,
        state=str(dossier.state),
        revision=dossier.revision.number,
        sent_at=dossier.sent_at,
        from_archive=archived is not None,
        accepted=delivery_table.count_accepted(connection, dossier.id),
        blocks=tuple(
            replace(
                _trace_block(connection, section_id, block, origins.get(block.id, {}), stands[block.id]),
                newest_version=newest.get(record_of(block)),
                figures=_trace_figures(connection, block, figures, private),
            )
            for section_id, block in _blocks(publication)
        ),
    )


def _read_archived(house: House, dossier: Dossier) -> dict[str, Any] | None:
    """Answer the origins that were archived with the letter; None before it is archived."""
    if dossier.sent_at is None:
        return None
    return read_provenance(open_storage(house.config.archive, house.root, house.environment), dossier.id)


def _trace_block(
    connection: Connection, section_id: str, block: Block, origin: Mapping[str, Any], stand: Stand
) -> BlockTrace:
    record_id = record_of(block)
    document = None
    if record_id and origin:
        document = _look(
            connection,
            source_id=origin["source_id"],
            url=origin["url"],
            fetched_at=datetime.fromisoformat(origin["fetched_at"]),
            sha256=origin["sha256"],
        )
    return BlockTrace(
        section_id=section_id,
        block_id=block.id,
        title=_title(block),
        record_id=record_id,
        original_title=origin.get("title", ""),
        link=origin.get("link"),
        version=origin.get("version"),
        members=tuple(getattr(block, "members", ())),
        also=tuple(getattr(block, "also", ())),
        author=stand.author,
        edited_by=stand.edited_by,
        document=document,
    )


def _newest_versions(connection: Connection, publication: Publication) -> dict[str, int]:
    ids = {record_id for block in publication.blocks() if (record_id := record_of(block))}
    items = item_table.get_items(connection, ids)
    events = event_table.get_events(connection, ids)
    newest = {item.id: item.version for item in items.values()}
    return newest | {event.id: event.version for event in events.values()}


def _trace_figures(
    connection: Connection, block: Block, figures: Mapping[str, Figure], private: Collection[str]
) -> tuple[FigureTrace, ...]:
    """Answer the figures that a block shows or names, each once, with the sheet behind it."""
    found = [figures[name] for name in dict.fromkeys(figure_ids_of(block)) if name in figures]
    return tuple(
        FigureTrace(
            figure=figure,
            document=_look(
                connection,
                source_id=figure.source_id,
                url="",
                fetched_at=figure.computed_at,
                sha256=figure.source_sha256,
                private=figure.source_id in private,
            ),
        )
        for figure in found
    )


def _look(
    connection: Connection,
    *,
    source_id: str,
    url: str,
    fetched_at: datetime | None,
    sha256: str,
    private: bool = False,
) -> DocumentTrace:
    """Answer a document, with whether its bytes are at hand and true to their hash."""
    keeping: Keeping = "private" if private else "gone"
    count = None
    try:
        content = get_document(connection, sha256)
    except StoreError:
        keeping = "damaged"
    else:
        if content is not None:
            keeping, count = "kept", len(content)
    return DocumentTrace(
        source_id=source_id,
        url=url,
        fetched_at=fetched_at,
        sha256=sha256,
        keeping=keeping,
        bytes_count=count,
    )


def _blocks(publication: Publication) -> Iterator[tuple[str, Block]]:
    for section in publication.sections:
        for block in section.blocks:
            yield section.id, block


def _title(block: Block) -> str:
    return next(iter(title_of(block).values()), "")
