"""Parsed calendar entries to events of the newsroom."""

from stuifmail.config.models import NewsroomConfig, Source
from stuifmail.harvest.calendars.event_identity import event_ids, fold_occurrences, pick_versions
from stuifmail.harvest.identity.normalise import MemberNames, find_member, report_unknown_member
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.events import Event
from stuifmail.model.items import Provenance


def make_events(
    document: ParsedDocument, source: Source, config: NewsroomConfig, provenance: Provenance
) -> tuple[list[Event], list[str]]:
    """Answer the document's calendar entries as events, and what is wrong with their members.

    Args:
        document: what was parsed.
        source: where it came from; its member holds unless a sheet's row names another.
        provenance: of the document; events not yet known are first seen when it was fetched.

    Returns:
        Events in document order, each once with its changed occurrences; and problems.
    """
    names, problems = MemberNames(config.members), []
    found = []
    entries = fold_occurrences(pick_versions(document.events))
    ids = event_ids(source.id, entries)
    for event_id, entry in zip(ids, entries, strict=True):
        member_id = find_member(entry.member, source, names)
        if member_id is None:
            problems.append(report_unknown_member(entry.member, entry.summary))
        found.append(
            Event(
                id=event_id,
                source_id=source.id,
                member_id=member_id or "",
                entry=entry,
                provenance=provenance,
                first_seen_at=provenance.fetched_at,
            )
        )
    return found, problems
