"""The timeline of messages around events and moments: what is due when, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from stuifmail.config.events import MomentOfYear
from stuifmail.config.mailing_kinds import KINDS
from stuifmail.config.timeline import (
    PlannedMessage,
    civil_days,
    plan_messages,
    plan_moment,
    say_late,
)
from stuifmail.errors import UnknownEvent
from stuifmail.model.blocks import ActionBlock
from stuifmail.model.records import EventRecord
from stuifmail.model.reviews import Dossier, PublicationState
from stuifmail.model.told import facts_in, say_same
from stuifmail.newsroom.house import House
from stuifmail.newsroom.our_events.facts_told import UPDATES, find_told
from stuifmail.newsroom.our_events.records import list_records
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

MessageState: TypeAlias = Literal[
    "planned", "due", "drafted", "sent", "skipped", "too late", "waits for a date"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One message of the timeline.

    Args:
        about: id of the event, or of the moment of the year.
        due_at: aware; None while there is no date, or for an update.
        shifted: why it is due on another day than the rule names, "" when it is not.
        drafted_from: the day on which drafting starts, None where there is none.
        why: why it is skipped, waits or comes too late, "" otherwise.
        publication_id: of its draft, also before there is one.
        publication_state: of its draft, "" while there is none.
    """

    about: str
    kind: str
    due_at: datetime | None
    shifted: str
    drafted_from: date | None
    state: MessageState
    why: str
    publication_id: str
    publication_state: str = ""


def list_timeline(house: House, about: str | None = None) -> list[TimelineRow]:
    """Answer the messages of one event or moment, or of all, by when they are due.

    Raises:
        UnknownEvent: there is neither an event nor a moment with this id.
    """
    with house.store.begin() as connection:
        return make_timeline(house, connection, about)


def make_timeline(house: House, connection: Connection, about: str | None = None) -> list[TimelineRow]:
    """The same within a transaction."""
    records = list_records(house, connection)
    moments = {moment.id: moment for moment in house.config.moments}
    if about is not None and about not in records and about not in moments:
        known = ", ".join([*records, *moments]) or "none yet"
        raise UnknownEvent(
            "there is no such event or moment", place=about, remedy=f"sources.yaml has {known}"
        )
    drafts = _list_drafts(connection)
    rows = [
        row
        for record in records.values()
        if about in (None, record.id)
        for row in _rows_of_event(house, connection, record, drafts)
    ]
    rows += [
        _row_of_moment(house, moment, drafts) for moment in moments.values() if about in (None, moment.id)
    ]
    return sorted(rows, key=_order)


def _list_drafts(connection: Connection) -> dict[str, Dossier]:
    found = publication_table.list_dossiers(connection, series_id="mailings")
    return {dossier.id: dossier for dossier in found}


def _rows_of_event(
    house: House, connection: Connection, record: EventRecord, drafts: Mapping[str, Dossier]
) -> list[TimelineRow]:
    """Answer an event's rows; none for one to which nobody is invited."""
    if not record.audience_id:
        return []
    planned = plan_event(house, record)
    rows = [_row(house, record.id, each, _late(house, record, each, planned), drafts) for each in planned]
    return [_without_twin(row, record, drafts) for row in rows] + _rows_of_updates(
        house, connection, record, drafts
    )


def plan_event(house: House, record: EventRecord) -> tuple[PlannedMessage, ...]:
    """Answer an event's messages in the order in which they are due."""
    event = house.config.event(record.id)
    organisation = house.config.organisation
    return plan_messages(
        record.facts,
        house=house.config.mailings,
        own=event.messages if event else {},
        zone=organisation.time_zone,
        country=organisation.country,
        is_meeting=any(record.id in group.events for group in house.config.groups),
    )


def _late(
    house: House, record: EventRecord, message: PlannedMessage, others: Sequence[PlannedMessage]
) -> str:
    days = civil_days(record.facts)
    if days is None:
        return ""
    return say_late(message, others, days[1] if message.kind.keep_days else days[0], house.clock())


def publication_id_of(about: str, kind: str) -> str:
    """Answer the id of a message's draft: "workshop-2026-uitnodiging"."""
    return f"{about}-{KINDS[kind].slug}"


def _row(
    house: House, about: str, message: PlannedMessage, late: str, drafts: Mapping[str, Dossier]
) -> TimelineRow:
    publication_id = publication_id_of(about, message.kind.id)
    dossier = drafts.get(publication_id)
    starts = (
        message.due_at.date() - timedelta(days=house.config.mailings.draft_days) if message.due_at else None
    )
    state, why = _judge(house, message, late, starts, dossier)
    return TimelineRow(
        about=about,
        kind=message.kind.id,
        due_at=message.due_at,
        shifted=message.shifted,
        drafted_from=starts,
        state=state,
        why=why,
        publication_id=publication_id,
        publication_state=str(dossier.state) if dossier else "",
    )


def _judge(
    house: House, message: PlannedMessage, late: str, starts: date | None, dossier: Dossier | None
) -> tuple[MessageState, str]:
    if dossier is not None:
        return _judge_draft(dossier)
    if message.skipped:
        return "skipped", message.skipped
    if message.waits or message.due_at is None or starts is None:
        return "waits for a date", message.waits
    if late:
        return "too late", late
    today = house.clock().astimezone(message.due_at.tzinfo).date()
    return ("due", "") if today >= starts else ("planned", "")


def _judge_draft(dossier: Dossier) -> tuple[MessageState, str]:
    if dossier.state == PublicationState.SENT:
        return "sent", ""
    if dossier.killed_at is not None:
        return "skipped", f"taken back: {dossier.kill_reason}"
    return "drafted", ""


def _without_twin(row: TimelineRow, record: EventRecord, drafts: Mapping[str, Dossier]) -> TimelineRow:
    """Answer a report mail as skipped where the results linked to the report already."""
    results = drafts.get(publication_id_of(record.id, "results"))
    if row.kind != "report" or row.state not in ("planned", "due") or results is None:
        return row
    links = [block.link for block in results.revision.publication.blocks() if isinstance(block, ActionBlock)]
    if results.killed_at is not None or record.report_url not in links:
        return row
    return TimelineRow(
        about=row.about,
        kind=row.kind,
        due_at=row.due_at,
        shifted=row.shifted,
        drafted_from=row.drafted_from,
        state="skipped",
        why="the results link to the report",
        publication_id=row.publication_id,
    )


def _rows_of_updates(
    house: House, connection: Connection, record: EventRecord, drafts: Mapping[str, Dossier]
) -> list[TimelineRow]:
    """Answer a row for each update that there was, and for one that is due."""
    ours = [each for each in drafts.values() if each.revision.publication.event_id == record.id]
    updates = [each for each in ours if each.revision.publication.mailing in UPDATES]
    rows = [_row_of_update(record.id, dossier) for dossier in updates]
    changed = find_told(connection, record.id).changes(record.facts)
    is_settled = any(row.state == "drafted" for row in rows) or find_declined(updates, record) is not None
    if changed and not is_over(house, record) and not is_settled:
        kind = "cancellation" if record.facts.status == "cancelled" else "change"
        rows.append(
            TimelineRow(
                about=record.id,
                kind=kind,
                due_at=house.clock(),
                shifted="",
                drafted_from=None,
                state="due",
                why=f"changed: {', '.join(changed)}",
                publication_id=next_update_id(record.id, drafts),
            )
        )
    return rows


def find_declined(updates: Iterable[Dossier], record: EventRecord) -> Dossier | None:
    """Answer the update that an editor took back, when the record still says what it said."""
    return next(
        (
            dossier
            for dossier in updates
            if dossier.killed_at is not None
            and (facts := facts_in(dossier.revision.publication)) is not None
            and say_same(facts, record.facts)
        ),
        None,
    )


def _row_of_update(about: str, dossier: Dossier) -> TimelineRow:
    publication = dossier.revision.publication
    state, why = _judge_draft(dossier)
    return TimelineRow(
        about=about,
        kind=publication.mailing,
        due_at=dossier.due_at or publication.send_at,
        shifted="",
        drafted_from=None,
        state=state,
        why=why,
        publication_id=dossier.id,
        publication_state=str(dossier.state),
    )


def next_update_id(about: str, drafts: Mapping[str, Dossier]) -> str:
    """Answer the id of an event's next update: "workshop-2026-wijziging-1"."""
    stem = publication_id_of(about, "change")
    number = 1
    while f"{stem}-{number}" in drafts:
        number += 1
    return f"{stem}-{number}"


def is_over(house: House, record: EventRecord) -> bool:
    """Answer whether the event is over, so that nobody has to hear of changes any more."""
    days = civil_days(record.facts)
    today = house.clock().astimezone(ZoneInfo(record.facts.time_zone)).date()
    return days is not None and today > days[1]


def _row_of_moment(house: House, moment: MomentOfYear, drafts: Mapping[str, Dossier]) -> TimelineRow:
    organisation, rule = house.config.organisation, house.config.mailings.messages.get("moment_brief")
    message = plan_moment(
        moment.on,
        moment.days,
        house=house.config.mailings,
        zone=organisation.time_zone,
        country=organisation.country,
        is_skipped=bool(rule and rule.skip),
    )
    late = say_late(message, (), moment.on, house.clock())
    return _row(house, moment.id, message, late, drafts)


def _order(row: TimelineRow) -> tuple[bool, float, str, int]:
    place = list(KINDS).index(row.kind)
    return row.due_at is None, row.due_at.timestamp() if row.due_at else 0.0, row.about, place
