"""What a document's events do to what is stored of its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from stuifmail.config.models import Source
from stuifmail.harvest.calendars.event_differences import compare_events, judge_changes, last_day_of
from stuifmail.harvest.calendars.event_identity import match_events
from stuifmail.harvest.formats.remarks import sum_up
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.events import CalendarEntry, ChangeKind, Event, EventChange, EventEdit
from stuifmail.model.harvests import StoredCounts
from stuifmail.model.items import Change
from stuifmail.store.database import Connection
from stuifmail.store.event_changes import add_changes
from stuifmail.store.event_edits import delete_edits, find_dissolved, list_edits, merge_edits
from stuifmail.store.events import add_events, list_events, replace_events


@dataclass(slots=True, kw_only=True)
class _Plan:
    """What is to be stored.

    Args:
        new: stored for the first time.
        other: in the place of what is stored, whether readers see a difference or not.
        changes: what readers see, with the event before it.
        stale: titles of older versions than the stored ones.
        removed_count: of the changes, events that the source took away.
    """

    new: list[Event] = field(default_factory=list)
    other: list[Event] = field(default_factory=list)
    changes: list[tuple[EventChange, Event]] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    removed_count: int = 0


def store_events(
    connection: Connection, source: Source, document: ParsedDocument, events: Sequence[Event], *, at: datetime
) -> StoredCounts:
    """Store the events of one document: new ones are added, changed ones follow with what changed.

    Editors' own words stay over what the source says; an edit that the source has taken over by
    now is forgotten. An older SEQUENCE than the stored one is a stale copy and changes nothing.
    An event that a complete calendar should still have is marked as removed; the mark goes when
    it is back.

    Args:
        connection: an open transaction.
        source: where the document came from.
        document: as parsed.
        events: its events as `make_events` answers them.
        at: when the document came, aware.
    """
    if not events and document.kind != "calendar" and not document.is_whole:
        return StoredCounts()
    stored = {event.id: _as_harvested(event) for event in list_events(connection, source_ids=[source.id])}
    found = match_events(events, list(stored.values()), at.date())
    plan = _plan(found, stored, document, at)
    edits = list_edits(connection, [event.id for event in plan.other])
    add_events(connection, plan.new)
    replace_events(connection, [merge_edits(event, edits.get(event.id, ())) for event in plan.other])
    add_changes(connection, plan.changes)
    _dissolve(connection, plan.other, edits)
    stale = sum_up("older versions than were known are left out", plan.stale) if plan.stale else ""
    return StoredCounts(
        new_count=len(plan.new),
        changed_count=len(plan.changes) - plan.removed_count,
        removed_count=plan.removed_count,
        problems=(stale,) if stale else (),
    )


def _as_harvested(event: Event) -> Event:
    return replace(event, entry=event.harvested or event.entry, harvested=None, conflicts=())


def _plan(
    found: Sequence[Event], stored: Mapping[str, Event], document: ParsedDocument, at: datetime
) -> _Plan:
    plan = _Plan()
    for event in found:
        before = stored.get(event.id)
        if before is None:
            plan.new.append(event)
        elif event.entry.sequence < before.entry.sequence and event.entry.uid == before.entry.uid:
            plan.stale.append(f'"{event.entry.summary}"')
            if before.removed_at is not None:
                _note(plan, before, replace(before, removed_at=None), "returned", (), at)
        else:
            _follow(plan, event, before, at)
    for event in find_missing(document, found, stored, at.date()):
        _note(plan, event, replace(event, removed_at=at), "removed", (), at)
        plan.removed_count += 1
    return plan


def _follow(plan: _Plan, event: Event, before: Event, at: datetime) -> None:
    """Plan what becomes of a stored event that the document still has."""
    event = replace(event, entry=_keep_year(event.entry, before.entry))
    after = replace(event, version=before.version, first_seen_at=before.first_seen_at)
    changes = compare_events(before.entry, event.entry, at.date())
    if before.removed_at is not None:
        _note(plan, before, after, "returned", changes, at)
    elif changes:
        _note(plan, before, after, judge_changes(before.entry, event.entry, changes), changes, at)
    elif (before.entry, before.member_id) != (event.entry, event.member_id):
        plan.other.append(replace(after, provenance=before.provenance))


def _keep_year(entry: CalendarEntry, before: CalendarEntry) -> CalendarEntry:
    """Answer the entry in the year that its date was first read in: "29 mei" is not 2027 from June on."""
    span, known = entry.span, before.span
    if span is None or known is None or not (span.year_inferred and span.text == known.text):
        return entry
    return replace(entry, span=known, starts_at=before.starts_at, ends_at=before.ends_at)


def _note(
    plan: _Plan, before: Event, after: Event, kind: ChangeKind, changes: tuple[Change, ...], at: datetime
) -> None:
    version = before.version + 1
    change = EventChange(event_id=before.id, version=version, kind=kind, recorded_at=at, changes=changes)
    plan.other.append(replace(after, version=version))
    plan.changes.append((change, before))


def find_missing(
    document: ParsedDocument, found: Sequence[Event], stored: Mapping[str, Event], today: date
) -> list[Event]:
    """Answer the stored events that a document should still have, and does not.

    A calendar that shows the next ten events loses its last one when one comes in between: what
    is later than all it shows counts as missing only when nothing new came in. A document that
    is a part, or empty, says nothing.
    """
    if not found or not document.is_whole:
        return []
    present = {event.id for event in found}
    horizon = max((day for event in found if (day := last_day_of(event.entry))), default=None)
    has_new = any(event.id not in stored for event in found)
    return [
        event
        for event in stored.values()
        if event.id not in present
        and event.removed_at is None
        and (day := last_day_of(event.entry)) is not None
        and day >= today
        and (not has_new or (horizon is not None and day <= horizon))
    ]


def _dissolve(
    connection: Connection, events: Sequence[Event], edits: Mapping[str, tuple[EventEdit, ...]]
) -> None:
    for event in events:
        if fields := find_dissolved(event.entry, edits.get(event.id, ())):
            delete_edits(connection, event.id, fields)
