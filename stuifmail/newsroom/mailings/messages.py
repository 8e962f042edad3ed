"""Drafting messages around events: by hand, unattended when they are due, and one for each change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from stuifmail.compose.mailings.composing import SERIES, compose_mailing
from stuifmail.compose.mailings.material import MailingMaterial
from stuifmail.config.mailing_kinds import KINDS
from stuifmail.config.timeline import next_working_moment
from stuifmail.errors import StuifmailError, UnknownEvent
from stuifmail.model.publications import Publication
from stuifmail.model.records import EventRecord
from stuifmail.model.reviews import Dossier, PublicationState
from stuifmail.model.told import facts_in, say_same
from stuifmail.newsroom.house import House
from stuifmail.newsroom.mailings.mailing_material import Plan, find_lack, gather_event, gather_moment
from stuifmail.newsroom.mailings.timelines import (
    TimelineRow,
    find_declined,
    is_over,
    make_timeline,
    next_update_id,
    publication_id_of,
)
from stuifmail.newsroom.our_events.facts_told import UPDATES, find_told, has_left
from stuifmail.newsroom.our_events.records import list_records
from stuifmail.review.acts import AUTOMATON, record_draft, record_edit
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection
from stuifmail.store.locks import hold_lock


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingReport:
    """What drafting one message came to.

    Args:
        created: False when it had been drafted before, or could not be drafted.
        renewed: a draft that nobody edited was brought up to date.
        state: of the draft; "" when there is none.
        why: why there is no draft, or what happened to one that was there; "" otherwise.
    """

    publication_id: str
    about: str
    kind: str
    created: bool
    state: str = ""
    send_at: datetime | None = None
    renewed: bool = False
    why: str = ""

    @property
    def is_new(self) -> bool:
        """Whether there is something new for an editor to look at."""
        return self.created or self.renewed


def draft_mailing(house: House, about: str, kind: str) -> MailingReport:
    """Draft one message by hand, unless it has been drafted before.

    Args:
        about: id of an event, or of a moment of the year.
        kind: of message; hyphens and underscores are the same.

    Raises:
        UnknownEvent: there is no such event or moment.
        StuifmailError: there is no such kind, or the message cannot do without something.
        Busy: another run drafts.
    """
    name = kind.replace("-", "_").lower()
    if name not in KINDS:
        known = ", ".join(KINDS)
        raise StuifmailError("there is no such message", place=kind, remedy=f"there are {known}")
    with hold_lock(house.store, "draft"), house.store.begin() as connection:
        if name in UPDATES:
            return _draft_update(house, connection, _require_record(house, connection, about))
        material = _gather(house, connection, about, name)
        dossier = publication_table.find_dossier(connection, material.publication_id)
        if dossier is not None:
            return _report(dossier.revision.publication, about, created=False, state=dossier.state)
        why, remedy = find_lack(material)
        if why:
            raise StuifmailError(why, place=about, remedy=remedy)
        return _draft(house, connection, material, about)


def draft_due_mailings(house: House) -> list[MailingReport]:
    """Draft every message that is due and was not drafted before, and an update for each event that changed.

    Nothing is sent. Asked again, it changes nothing: a draft that editors have is theirs.

    Returns:
        A report for each message that is due; one that lacks something says what.

    Raises:
        Busy: another run drafts.
    """
    with hold_lock(house.store, "draft"), house.store.begin() as connection:
        due = [row for row in make_timeline(house, connection) if row.state == "due"]
        reports = [_draft_row(house, connection, row) for row in due if row.kind not in UPDATES]
        updates = [
            _draft_update(house, connection, record)
            for record in list_records(house, connection).values()
            if record.audience_id and not is_over(house, record)
        ]
    return [*reports, *(each for each in updates if each.publication_id)]


def _draft_row(house: House, connection: Connection, row: TimelineRow) -> MailingReport:
    """Draft one message; what stands in its way is reported and stops no other."""
    try:
        material = _gather(house, connection, row.about, row.kind, due_at=row.due_at)
    except StuifmailError as error:
        why = str(error)
    else:
        why, _ = find_lack(material)
        if not why:
            return _draft(house, connection, material, row.about)
    return MailingReport(
        publication_id=row.publication_id, about=row.about, kind=row.kind, created=False, why=why
    )


def _require_record(house: House, connection: Connection, about: str) -> EventRecord:
    records = list_records(house, connection)
    if about not in records:
        known = ", ".join([*records, *(moment.id for moment in house.config.moments)]) or "none yet"
        raise UnknownEvent(
            "there is no such event or moment", place=about, remedy=f"sources.yaml has {known}"
        )
    return records[about]


def _gather(
    house: House, connection: Connection, about: str, kind: str, *, due_at: datetime | None = None
) -> MailingMaterial:
    moment = next((each for each in house.config.moments if each.id == about), None)
    if (kind == "moment_brief") != (moment is not None):
        remedy = "a moment of the year has a moment_brief only, and an event has none"
        raise StuifmailError(f"there is no {kind} about this", place=about, remedy=remedy)
    plan = Plan(
        kind=KINDS[kind],
        publication_id=publication_id_of(about, kind),
        send_at=_send_at(house, connection, about, kind, due_at),
    )
    if moment is not None:
        return gather_moment(house, connection, moment, plan)
    record = _require_record(house, connection, about)
    if not record.audience_id:
        raise StuifmailError(
            "nobody is invited to this event", place=about, remedy="add audience: to it in sources.yaml"
        )
    return gather_event(house, connection, record, plan)


def _send_at(
    house: House, connection: Connection, about: str, kind: str, due_at: datetime | None
) -> datetime:
    """Answer when a message is to leave: when it is due, or on the next working day after that."""
    rows = [] if due_at else [row for row in make_timeline(house, connection, about) if row.kind == kind]
    planned = due_at or next((row.due_at for row in rows), None)
    now, organisation = house.clock(), house.config.organisation
    if planned is not None and planned > now:
        return planned
    return next_working_moment(
        now, house=house.config.mailings, zone=organisation.time_zone, country=organisation.country
    )


def _draft(house: House, connection: Connection, material: MailingMaterial, about: str) -> MailingReport:
    publication = compose_mailing(material)
    record_draft(connection, publication, at=house.clock())
    return _report(publication, about, created=True, state=PublicationState.DRAFT)


def _report(
    publication: Publication, about: str, *, created: bool, state: str, why: str = ""
) -> MailingReport:
    return MailingReport(
        publication_id=publication.id,
        about=about,
        kind=publication.mailing,
        created=created,
        state=str(state),
        send_at=publication.send_at,
        why=why,
    )


def _draft_update(house: House, connection: Connection, record: EventRecord) -> MailingReport:
    """Draft the one message that says what became other, or bring the one that waits up to date."""
    dossiers = publication_table.list_dossiers(connection, series_id=SERIES, event_id=record.id)
    updates = {each.id: each for each in dossiers if each.revision.publication.mailing in UPDATES}
    open_one = next((each for each in updates.values() if _is_open(connection, each)), None)
    if why := _why_no_update(connection, record, updates):
        report = MailingReport(publication_id="", about=record.id, kind="change", created=False, why=why)
        return report if open_one is None else replace(report, publication_id=open_one.id)
    publication_id = open_one.id if open_one else next_update_id(record.id, updates)
    material = _gather_update(house, connection, record, publication_id)
    if open_one is None:
        return _draft(house, connection, material, record.id)
    return _renew(house, connection, open_one, material, record.id)


def _why_no_update(connection: Connection, record: EventRecord, updates: Mapping[str, Dossier]) -> str:
    told = find_told(connection, record.id)
    if told.facts is None:
        return "readers were told nothing yet"
    if not told.changes(record.facts):
        return "readers have been told what the record says"
    declined = find_declined(updates.values(), record)
    return f"{declined.id} said this and was taken back" if declined else ""


def _is_open(connection: Connection, dossier: Dossier) -> bool:
    return dossier.killed_at is None and not has_left(connection, dossier)


def _gather_update(
    house: House, connection: Connection, record: EventRecord, publication_id: str
) -> MailingMaterial:
    kind = KINDS["cancellation" if record.facts.status == "cancelled" else "change"]
    plan = Plan(kind=kind, publication_id=publication_id, send_at=house.clock())
    return gather_event(house, connection, record, plan)


def _renew(
    house: House, connection: Connection, dossier: Dossier, material: MailingMaterial, about: str
) -> MailingReport:
    """Bring an update that nobody edited up to date as a new revision; an edited one is its editor's."""
    publication, facts = dossier.revision.publication, facts_in(dossier.revision.publication)
    is_current = facts is not None and material.facts is not None and say_same(facts, material.facts)
    if is_current and publication.mailing == material.kind.id:
        return _report(publication, about, created=False, state=dossier.state)
    if _is_edited(connection, dossier) or dossier.state == PublicationState.HELD:
        why = "the event changed again, and an editor works on this: open and save it"
        return _report(publication, about, created=False, state=dossier.state, why=why)
    anew = replace(compose_mailing(material), number=publication.number)
    record_edit(
        connection,
        dossier,
        anew,
        base=dossier.revision.number,
        role=AUTOMATON,
        note="the event changed again",
        at=house.clock(),
    )
    report = _report(anew, about, created=False, state=PublicationState.DRAFT)
    return replace(report, renewed=True, why="brought up to date: the event changed again")


def _is_edited(connection: Connection, dossier: Dossier) -> bool:
    revisions = publication_table.list_revisions(connection, dossier.id)
    return any(revision.author != AUTOMATON for revision in revisions)
