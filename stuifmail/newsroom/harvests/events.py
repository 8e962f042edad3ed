"""What an editor does with events: list them, look at one whole, and put own words over its source's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from stuifmail.config.codec import to_data
from stuifmail.errors import StuifmailError
from stuifmail.model.event_words import say_field, say_span
from stuifmail.model.events import CalendarEntry, Event, EventChange, EventEdit, Occurrence
from stuifmail.model.times import MomentOrDay
from stuifmail.newsroom.harvests.amending import FIELDS, check_entry, field_named, read_value, value_in
from stuifmail.newsroom.house import House
from stuifmail.newsroom.listing import Row
from stuifmail.review.moves import require_role
from stuifmail.store import event_changes as change_table
from stuifmail.store import event_edits as edit_table
from stuifmail.store import events as event_table
from stuifmail.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendReport:
    """What amending an event did.

    Args:
        event: as it counts now.
        changed: by field, what it was and what it is now, as people read them.
        settled: fields whose conflict is settled by it.
    """

    event: Event
    changed: Mapping[str, tuple[str, str]]
    settled: tuple[str, ...]


def list_event_rows(house: House, *, changed_since: datetime | None = None) -> list[Row]:
    """Answer the stored events by their next date.

    Args:
        changed_since: only those that their source changed then or later; aware.
    """
    with house.store.begin() as connection:
        events = event_table.list_events(connection)
        edits = edit_table.list_edits(connection)
        changes = change_table.list_changes(connection, since=changed_since)
    by_event: dict[str, list[EventChange]] = {}
    for change in changes:
        by_event.setdefault(change.event_id, []).append(change)
    today = house.clock().astimezone(ZoneInfo(house.config.organisation.time_zone)).date()
    rows = [
        _row(event, today, edits.get(event.id, ()), by_event.get(event.id, []))
        for event in events
        if changed_since is None or event.id in by_event
    ]
    return sorted(rows, key=lambda row: (str(row["starts_at"] or "9"), str(row["id"])))


def describe_event(house: House, name: str) -> Row:
    """Answer one event whole: as it counts, as its source says it, edits, conflicts and changes.

    Args:
        name: enough of the beginning of its id.

    Raises:
        StuifmailError: there is none, or more than one.
    """
    with house.store.begin() as connection:
        event = find_event(connection, name)
        edits = edit_table.list_edits(connection, [event.id]).get(event.id, ())
        changes = change_table.list_changes(connection, [event.id])
    today = house.clock().astimezone(ZoneInfo(house.config.organisation.time_zone)).date()
    return {
        **_row(event, today, edits, changes),
        "removed_at": _iso(event.removed_at),
        "first_seen_at": _iso(event.first_seen_at),
        "said": {each: say_field(event.entry, FIELDS[each]) for each in FIELDS},
        "entry": to_data(event.entry),
        "harvested": to_data(event.harvested) if event.harvested else None,
        "edits": [_edit_row(event, edit) for edit in edits],
        "conflicts": [to_data(conflict) for conflict in event.conflicts],
        "provenance": to_data(event.provenance),
    }


def amend_event(
    house: House,
    name: str,
    values: Mapping[str, str],
    *,
    role: str,
    reason: str = "",
    undo: Sequence[str] = (),
    take: Sequence[str] = (),
) -> AmendReport:
    """Put an editor's own words over what the source says of an event, or take them back.

    They outlive harvests. Giving a value again that the source contradicts by now settles that.

    Args:
        name: enough of the beginning of its id.
        values: by field as people call it, see `amending.FIELDS`; times in the event's zone.
        role: who decides.
        undo: fields in which the source's word counts again.
        take: fields with a conflict, in which the source's word counts from now on.

    Raises:
        UnknownRole: the role may not edit.
        StuifmailError: there is no such event or field, or a value makes no sense.
    """
    require_role(house.config.review, role, "edit")
    with house.store.begin() as connection:
        before = find_event(connection, name)
        edits = {
            edit.field: edit for edit in edit_table.list_edits(connection, [before.id]).get(before.id, ())
        }
        own_conflicts = {conflict.field for conflict in before.conflicts}
        dropped = {_require(field_named(each), edits, before, "was not amended") for each in undo}
        dropped |= {_require(field_named(each), own_conflicts, before, "has no conflict") for each in take}
        theirs = before.harvested or before.entry
        zone = theirs.time_zone or house.config.organisation.time_zone
        given = {field_named(each): read_value(each, text, zone) for each, text in values.items()}
        edit_table.delete_edits(connection, before.id, {*dropped, *given})
        for field, value in given.items():
            if value != value_in(theirs, field):
                edit = _make_edit(before.id, field, value, theirs, role, reason, house.clock())
                edit_table.put_edit(connection, edit)
        after = event_table.get_events(connection, [before.id])[before.id]
        check_entry(theirs, after.entry, {*given, *dropped}, place=before.id)
        event_table.replace_events(connection, [after])
    left = {conflict.field for conflict in after.conflicts}
    return AmendReport(
        event=after,
        changed=_differences(before.entry, after.entry),
        settled=tuple(sorted(own_conflicts - left)),
    )


def find_event(connection: Connection, name: str) -> Event:
    """Answer the event whose id begins so, as it counts.

    Raises:
        StuifmailError: there is none, or more than one.
    """
    found = event_table.find_events(connection, name) if name else []
    if len(found) == 1 or name in found:
        event_id = name if name in found else found[0]
        return event_table.get_events(connection, [event_id])[event_id]
    if found:
        raise StuifmailError(
            f"several events begin so: {', '.join(found[:5])}", place=name, remedy="give more of the id"
        )
    raise StuifmailError(
        "there is no such event",
        place=name,
        remedy="see the ids with: stuifmail events, and ours with --ours",
    )


def _require(field: str, known: object, event: Event, trouble: str) -> str:
    if field not in known:  # type: ignore[operator]  # a mapping or set of fields
        said = field.removesuffix("_at")
        raise StuifmailError(
            f"{said} {trouble}", place=event.id, remedy=f"see what was: stuifmail event {event.id[:8]}"
        )
    return field


def _make_edit(
    event_id: str,
    field: str,
    value: str | None,
    theirs: CalendarEntry,
    role: str,
    reason: str,
    at: datetime,
) -> EventEdit:
    return EventEdit(
        event_id=event_id,
        field=field,
        value=value,
        base=value_in(theirs, field),
        actor=role,
        reason=reason.strip(),
        edited_at=at.astimezone(UTC),
    )


def _differences(before: CalendarEntry, after: CalendarEntry) -> dict[str, tuple[str, str]]:
    said = {name: (say_field(before, field), say_field(after, field)) for name, field in FIELDS.items()}
    return {name: pair for name, pair in said.items() if pair[0] != pair[1]}


def _row(event: Event, today: date, edits: Sequence[EventEdit], changes: Sequence[EventChange]) -> Row:
    coming = _next_dates(event, today)
    shown = coming[0] if coming else event.entry
    return {
        "id": event.id,
        "source": event.source_id,
        "member": event.member_id,
        "uid": event.entry.uid,
        "summary": event.entry.summary,
        "starts_at": _plain(shown.starts_at),
        "ends_at": _plain(shown.ends_at),
        "time_zone": event.entry.time_zone,
        "status": event.entry.status,
        "state": "removed" if event.removed_at else "ok",
        "open_date": say_span(event.entry.span),
        "more_dates_count": max(len(coming) - 1, 0),
        "edited": [edit.field.removesuffix("_at") for edit in edits],
        "conflicting": [conflict.field.removesuffix("_at") for conflict in event.conflicts],
        "version": event.version,
        "changes": [to_data(change) for change in changes],
    }


def _next_dates(event: Event, today: date) -> list[Occurrence]:
    """Answer the dates of a repeating event that are not over, in order."""
    coming = [each for each in event.entry.occurrences if each.status != "cancelled"]
    coming = [each for each in coming if _day(each.starts_at) >= today]
    return sorted(coming, key=lambda each: str(_plain(each.starts_at)))


def _day(when: MomentOrDay) -> date:
    return when.date() if isinstance(when, datetime) else when


def _plain(when: MomentOrDay | None) -> str | None:
    return _iso(when) if isinstance(when, datetime) else when.isoformat() if when else None


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _edit_row(event: Event, edit: EventEdit) -> Row:
    return {
        "field": edit.field.removesuffix("_at"),
        "said": say_field(event.entry, edit.field),
        "source_said": say_field(event.harvested or event.entry, edit.field),
        "actor": edit.actor,
        "reason": edit.reason,
        "edited_at": _iso(edit.edited_at),
    }
