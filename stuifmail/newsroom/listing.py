"""What commands print as lists: plain rows with stable keys, documented in docs/commands.md."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from stuifmail.config.codec import to_data
from stuifmail.config.models import Source
from stuifmail.model.deliveries import DeliveryState
from stuifmail.model.items import Item
from stuifmail.model.marks import fill_texts
from stuifmail.model.reviews import Dossier, PublicationState
from stuifmail.newsroom.harvests.provenance import trace_blocks
from stuifmail.newsroom.house import House
from stuifmail.publish.archive import list_archive
from stuifmail.publish.storage import open_storage
from stuifmail.review.embargo import say_embargo
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import embargoes as embargo_table
from stuifmail.store import items as item_table
from stuifmail.store import publications as publication_table
from stuifmail.store import sources as source_table
from stuifmail.store.database import Connection

Row = dict[str, Any]


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def list_source_rows(house: House) -> list[Row]:
    """Answer each source with its last answer and the next check, in the order of sources.yaml."""
    with house.store.begin() as connection:
        states = source_table.get_states(connection)
    return [_source_row(source, states.get(source.id)) for source in house.config.sources]


def _source_row(source: Source, known: source_table.SourceState | None) -> Row:
    state = known or source_table.SourceState(id=source.id)
    return {
        "id": source.id,
        "member": source.member,
        "kind": source.kind,
        "holds": source.holds,
        "place": source.url or source.file,
        "state": _name_state(known),
        "entries": state.entries_count,
        "answer": state.answer,
        "checked_at": _iso(state.checked_at),
        "next_check_at": _iso(state.next_check_at),
        "next_check_why": state.next_check_why,
        "failing_since": _iso(state.failing_since),
        "failures": state.failures_count,
        "error": state.error,
        "moved_to": state.moved_to,
        "moved_since": _iso(state.moved_since),
        "retired_at": _iso(state.retired_at),
        "first_fetched_at": _iso(state.first_fetched_at),
        "fetched_at": _iso(state.fetched_at),
        "last_new_at": _iso(state.last_new_at),
    }


def _name_state(state: source_table.SourceState | None) -> str:
    if state is None:
        return "new"
    if state.retired_at:
        return "retired"
    if state.failing_since:
        return "failing"
    return "moved" if state.moved_to else "ok"


def state_of(item: Item) -> str:
    """Answer "killed", "removed" or "ok"."""
    return "killed" if item.killed_at else "removed" if item.removed_at else "ok"


def list_item_rows(house: House, *, since: datetime | None = None, state: str = "") -> list[Row]:
    """Answer the stored items, newest first; only those dated from `since` on, or in this state."""
    with house.store.begin() as connection:
        items = item_table.list_items(connection, dated_from=since)
    return [
        {
            "id": item.id,
            "source": item.source_id,
            "member": item.member_id,
            "kind": item.entry.kind,
            "title": item.entry.title,
            "link": item.entry.link,
            "dated_at": _iso(item.dated_at),
            "language": item.language,
            "version": item.version,
            "state": state_of(item),
            "guid": item.entry.guid,
            "fetched_at": _iso(item.provenance.fetched_at),
            "sha256": item.provenance.sha256,
        }
        for item in sorted(items, key=lambda item: (item.dated_at, item.id), reverse=True)
        if state in ("", state_of(item))
    ]


def list_draft_rows(house: House, states: Sequence[PublicationState] = ()) -> list[Row]:
    """Answer the publications, newest first."""
    with house.store.begin() as connection:
        dossiers = publication_table.list_dossiers(connection, states=states)
    return [_draft_row(dossier) for dossier in dossiers]


def _draft_row(dossier: Dossier) -> Row:
    publication, report = dossier.revision.publication, dossier.report
    return {
        "id": dossier.id,
        "state": str(dossier.state),
        "revision": dossier.revision.number,
        "author": dossier.revision.author,
        "subject": fill_texts(publication.subject, publication.figures),
        "send_at": _iso(publication.send_at),
        "due_at": _iso(dossier.due_at),
        "sent_at": _iso(dossier.sent_at),
        "approved_by": dossier.approval.role if dossier.approval else None,
        "findings": len(report.findings) if report else None,
        "blocking": len(report.blocking) if report else None,
        "readers": report.readers_count if report else None,
    }


def describe_draft(house: House, publication_id: str) -> Row:
    """Answer one publication whole: content, findings, approval, copies, origins and history."""
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id)
        history = publication_table.list_acts(connection, publication_id)
        counts = delivery_table.count_deliveries(connection, publication_id)
        origins = trace_blocks(connection, dossier.revision.publication)
        sisters = list_sisters(connection, dossier)
        embargo = embargo_table.find_embargo(connection, dossier.revision.publication.facts_id)
    return {
        **_draft_row(dossier),
        "embargo": say_embargo(embargo, house.clock()) if embargo else "",
        "held_from": dossier.held_from,
        "corrected_by": dossier.corrected_by,
        "killed_at": _iso(dossier.killed_at),
        "kill_reason": dossier.kill_reason,
        "sisters": [sister.id for sister in sisters],
        "content": to_data(dossier.revision.publication),
        "content_sha256": dossier.revision.content_sha256,
        "report": to_data(dossier.report) if dossier.report else None,
        "approval": to_data(dossier.approval) if dossier.approval else None,
        "deliveries": {str(state): count for state, count in counts.items()},
        "origins": {block: dict(origin) for block, origin in origins.items()},
        "history": [to_data(act) for act in history],
    }


def list_sisters(connection: Connection, dossier: Dossier) -> list[Dossier]:
    """Answer the other language versions of a press release, by id; none of anything else."""
    publication = dossier.revision.publication
    if publication.kind != "release" or not publication.facts_id:
        return []
    found = publication_table.list_dossiers(connection, facts_id=publication.facts_id)
    others = [one for one in found if one.id != dossier.id and one.revision.publication.kind == "release"]
    return sorted(others, key=lambda one: one.id)


def list_delivery_rows(house: House, publication_id: str, states: Sequence[DeliveryState] = ()) -> list[Row]:
    """Answer the copies of a publication by address."""
    with house.store.begin() as connection:
        publication_table.get_dossier(connection, publication_id)
        deliveries = delivery_table.list_deliveries(connection, publication_id, states=states)
    return [
        {
            "address": delivery.address,
            "name": delivery.name,
            "edition": delivery.edition,
            "state": str(delivery.state),
            "attempts": delivery.attempts_count,
            "detail": delivery.detail,
            "message_id": delivery.message_id,
        }
        for delivery in deliveries
    ]


def list_archive_rows(house: House) -> list[Row]:
    """Answer what the archive holds, by id."""
    storage = open_storage(house.config.archive, house.root, house.environment)
    return [to_data(entry) for entry in list_archive(storage)]
