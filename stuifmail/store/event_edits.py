"""What editors made of events: kept beside what the source says, and merged with it when read."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from stuifmail.config.codec import from_data, to_data
from stuifmail.model.event_words import say_field
from stuifmail.model.events import CalendarEntry, Event, EventEdit, FieldConflict
from stuifmail.model.merges import merge_fields
from stuifmail.model.times import MomentOrDay, is_backward, is_moment
from stuifmail.store.batches import split_batches
from stuifmail.store.schema import event_edits

#: The fields that an editor may change, as they are named in CalendarEntry.
EDITABLE = ("summary", "location", "starts_at", "ends_at", "status", "url", "description")


def put_edit(connection: Connection, edit: EventEdit) -> None:
    """Store an edit in the place of an earlier one of the same field."""
    delete_edits(connection, edit.event_id, [edit.field])
    connection.execute(insert(event_edits), [_to_row(edit)])


def delete_edits(connection: Connection, event_id: str, fields: Collection[str]) -> None:
    """Forget the edits of these fields: what the source says counts again."""
    mine = event_edits.c.event_id == event_id
    connection.execute(delete(event_edits).where(mine, event_edits.c.field.in_(sorted(fields))))


def list_edits(
    connection: Connection, event_ids: Collection[str] | None = None
) -> dict[str, tuple[EventEdit, ...]]:
    """Answer the edits by event, of these events or of all; events without edits are absent."""
    query = select(event_edits).order_by(event_edits.c.event_id, event_edits.c.field)
    batches = [None] if event_ids is None else list(split_batches(sorted(event_ids)))
    found: defaultdict[str, list[EventEdit]] = defaultdict(list)
    for batch in batches:
        narrowed = query if batch is None else query.where(event_edits.c.event_id.in_(batch))
        for row in connection.execute(narrowed):
            found[row.event_id].append(_from_row(row))
    return {event_id: tuple(edits) for event_id, edits in found.items()}


def merge_edits(event: Event, edits: Sequence[EventEdit]) -> Event:
    """Answer an event as it counts: what the source says, the editors' own words over it.

    Args:
        event: as the source says it, in `entry`.
        edits: of this event.
    """
    if not edits:
        return event
    theirs = to_data(event.entry)
    base, ours = {each.field: each.base for each in edits}, {each.field: each.value for each in edits}
    merge = merge_fields(base, theirs, ours)
    entry = _with_own_start(from_data(CalendarEntry, merge.values), ours)
    entry = _with_sound_end(entry, event.entry, ours, merge.conflicts)
    conflicts = tuple(
        FieldConflict(
            field=field,
            base=_say(theirs, field, base[field]),
            ours=say_field(entry, field),
            theirs=say_field(event.entry, field),
        )
        for field in EDITABLE
        if field in merge.conflicts
    )
    return replace(event, entry=entry, harvested=event.entry, conflicts=conflicts)


def find_dissolved(entry: CalendarEntry, edits: Sequence[EventEdit]) -> frozenset[str]:
    """Answer the edited fields in which the source by now says what the editor says.

    Args:
        entry: what the source says.
    """
    ours = {each.field: each.value for each in edits}
    return merge_fields({}, to_data(entry), ours).dissolved


def _with_own_start(entry: CalendarEntry, ours: Mapping[str, Any]) -> CalendarEntry:
    """A start that an editor set is the only one: nothing vague and no rule beside it."""
    if ours.get("starts_at") is None:
        return entry
    return replace(entry, span=None, occurrences=(), rrule="")


def _with_sound_end(
    entry: CalendarEntry, theirs: CalendarEntry, ours: Mapping[str, Any], conflicts: Collection[str]
) -> CalendarEntry:
    """Where one of the two times is the editor's, and the source moved since, no event of a week comes of it.

    A start of ours keeps the length that the source gives; an end before the start is none of ours.
    """
    if "starts_at" in conflicts and "ends_at" not in ours:
        return replace(entry, ends_at=_end_after(entry.starts_at, theirs))
    if "ends_at" in conflicts and is_backward(entry.starts_at, entry.ends_at):
        return replace(entry, ends_at=theirs.ends_at)
    return entry


def _end_after(start: MomentOrDay | None, theirs: CalendarEntry) -> MomentOrDay | None:
    if start is None or theirs.starts_at is None or theirs.ends_at is None:
        return None
    if not is_moment(start) == is_moment(theirs.starts_at) == is_moment(theirs.ends_at):
        return None
    return start + (theirs.ends_at - theirs.starts_at)


def _say(theirs: Mapping[str, Any], field: str, value: object) -> str:
    return say_field(from_data(CalendarEntry, {**theirs, field: value, "span": None}), field)


def _to_row(edit: EventEdit) -> dict[str, Any]:
    return {
        "event_id": edit.event_id,
        "field": edit.field,
        "value": edit.value,
        "base": edit.base,
        "actor": edit.actor,
        "reason": edit.reason,
        "edited_at": edit.edited_at,
    }


def _from_row(row: Row[Any]) -> EventEdit:
    return EventEdit(
        event_id=row.event_id,
        field=row.field,
        value=row.value,
        base=row.base,
        actor=row.actor,
        reason=row.reason,
        edited_at=row.edited_at,
    )
