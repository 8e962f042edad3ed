"""Corrections and kill notices: drafted for exactly those who got what was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from stuifmail.compose.corrections import (
    Mistake,
    NoticeMaterial,
    bind_figures,
    compose_correction,
    compose_kill,
    find_mistakes,
    name_notice,
)
from stuifmail.errors import WrongState
from stuifmail.model.deliveries import DeliveryState
from stuifmail.model.figures import Figure
from stuifmail.model.publications import CalendarPart, Publication
from stuifmail.model.reviews import Dossier, Finding, PublicationState
from stuifmail.model.texts import LocalText
from stuifmail.newsroom.house import House
from stuifmail.newsroom.numbers.figures import list_known_figures
from stuifmail.newsroom.our_events.facts_told import find_told
from stuifmail.newsroom.our_events.records import list_records
from stuifmail.newsroom.outgoing.publishing import read_correction_phrases
from stuifmail.render.filters import in_zone, medium_date, number
from stuifmail.review import acts
from stuifmail.review.corrections import check_correction
from stuifmail.review.moves import require_role
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

_HAD = (DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN, DeliveryState.ATTEMPTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionReport:
    """A correction that was drafted.

    Args:
        id: of the correction.
        sentences: its first text by language; those without have to be written by the editor.
        readers_count: how many got what it corrects.
        has_calendar: it puts the readers' calendars right, too.
        held_count: copies of what it corrects that had not gone out yet; they are held.
    """

    id: str
    corrects: str
    sentences: LocalText
    readers_count: int
    has_calendar: bool
    held_count: int = 0


def draft_correction(
    house: House,
    publication_id: str,
    *,
    wrong: Sequence[tuple[str, str]] = (),
    right: Sequence[tuple[str, str]] = (),
    reason: str,
    role: str,
) -> CorrectionReport:
    """Draft a correction of something that was sent, or is being sent: what did not go out yet is held.

    Args:
        wrong: language and words as they were sent; left out: the figures that differ from their
            records now are taken.
        right: language and words as they should be; a number that is the record's is bound to it.
        reason: how we know; for the history and the editor, never sent.

    Raises:
        UnknownRole, UnknownPublication: as they say.
        WrongState: nobody has it yet; or nothing was said to be wrong and no figure differs.
        InvalidTemplate, InvalidDocument: the words of corrections cannot be read.
    """
    require_role(house.config.review, role, "edit")
    with house.store.begin() as connection:
        original = publication_table.get_dossier(connection, publication_id, lock=True)
        had = delivery_table.list_deliveries(connection, publication_id, states=_HAD)
        _require_read(original, len(had), reason)
        publication = original.revision.publication
        figures = list_known_figures(house, connection, publication)
        mistakes = _list_mistakes(publication, figures, wrong, right)
        calendar = _correct_calendar(house, connection, publication)
        material = _gather(house, connection, original, "correctie", why=reason)
        drafted = compose_correction(replace(material, figures=figures, mistakes=mistakes, calendar=calendar))
        _store(house, connection, drafted, original, role, reason)
        held_count = _hold_rest(house, connection, original, drafted.id, role)
    first = next(drafted.blocks())
    return CorrectionReport(
        id=drafted.id,
        corrects=publication_id,
        sentences=getattr(first, "text", {}) if first.id == "correction" else {},
        readers_count=len(had),
        has_calendar=calendar is not None,
        held_count=held_count,
    )


def stop_first_version(house: House, connection: Connection, notice: Dossier) -> None:
    """Let nobody get what a correction that goes out now corrects, who has not got it yet.

    Its readers are fixed at this moment: a copy after it would never be put right.
    """
    publication = notice.revision.publication
    if publication.kind != "correction":
        return
    told, now = f"corrected in {notice.id} before it went out", house.clock()
    if delivery_table.suppress_rest(connection, publication.corrects, detail=told, at=now):
        original = publication_table.get_dossier(connection, publication.corrects, lock=True)
        reason = f"{notice.id} goes out: no further copies of what is wrong"
        acts.record_note(connection, original, actor=acts.AUTOMATON, verb="correct", reason=reason, at=now)


def _hold_rest(house: House, connection: Connection, original: Dossier, by: str, role: str) -> int:
    """Hold what is corrected while copies of it are still to go out; answer how many."""
    counts = delivery_table.count_deliveries(connection, original.id)
    rest = counts.get(DeliveryState.PLANNED, 0) + counts.get(DeliveryState.DEFERRED, 0)
    if rest and original.state == PublicationState.QUEUED:
        reason = f"{by} corrects it, and not everybody has it yet"
        acts.record_hold(connection, original, role=role, reason=reason, at=house.clock())
    return rest


def draft_kill_notice(
    house: House, connection: Connection, original: Dossier, *, role: str, why: str, instead: LocalText
) -> Publication:
    """Draft the notice that takes back a publication that somebody got.

    Raises:
        InvalidTemplate, InvalidDocument: its words cannot be read.
    """
    material = _gather(house, connection, original, "ingetrokken", why=why)
    drafted = compose_kill(replace(material, instead=dict(instead)))
    _store(house, connection, drafted, original, role, why)
    return drafted


def check_notice(house: House, publication: Publication) -> list[Finding]:
    """Answer the findings on a correction or kill notice; none on anything else."""
    if publication.kind not in ("correction", "kill"):
        return []
    phrases = {code: read_correction_phrases(house, code) for code in publication.languages}
    kind = "correction" if publication.kind == "correction" else "kill"
    labels = {code: getattr(found, kind).label for code, found in phrases.items()}
    euphemisms = {code: found.euphemisms for code, found in phrases.items()}
    return check_correction(publication, labels, euphemisms)


def _require_read(original: Dossier, readers_count: int, reason: str) -> None:
    if not readers_count:
        raise WrongState(
            "nobody has it yet, so there is nothing to correct",
            place=original.id,
            remedy=f"change it before it goes out: stuifmail edit {original.id} --as ROLE",
        )
    if not reason.strip():
        raise WrongState("a reason is missing", place=original.id, remedy="say how you know with --reason")


def _list_mistakes(
    publication: Publication,
    figures: Mapping[str, Figure],
    wrong: Sequence[tuple[str, str]],
    right: Sequence[tuple[str, str]],
) -> tuple[Mistake, ...]:
    if not wrong and not right:
        return _require_some(find_mistakes(publication, figures, number), publication)
    said, meant = dict(wrong), dict(right)
    if set(said) != set(meant):
        raise WrongState(
            "wrong and right words do not go in pairs",
            place=publication.id,
            remedy="give --wrong and --right for the same languages",
        )
    if unknown := set(said) - set(publication.languages):
        raise WrongState(
            f"it was not sent in {', '.join(sorted(unknown))}",
            place=publication.id,
            remedy=f"its languages are {', '.join(publication.languages)}",
        )
    bound = {code: bind_figures(words, publication, figures) for code, words in meant.items()}
    return (Mistake(wrong=said, right=bound),)


def _require_some(mistakes: tuple[Mistake, ...], publication: Publication) -> tuple[Mistake, ...]:
    if not mistakes:
        raise WrongState(
            "all its figures still are what their records say",
            place=publication.id,
            remedy="say what was wrong: --wrong TEXT --right TEXT",
        )
    return mistakes


def _correct_calendar(house: House, connection: Connection, publication: Publication) -> CalendarPart | None:
    """The calendar part as the record has it now, with the next SEQUENCE; None when it was right."""
    told = publication.calendar
    record = list_records(house, connection).get(told.facts.event_id) if told else None
    if told is None or record is None:
        return None
    if _when_and_where(record.facts) == _when_and_where(told.facts):
        return None
    highest = max(told.facts.sequence, find_told(connection, record.id).highest)
    sequence = max(record.facts.sequence, highest + 1)
    return replace(told, facts=replace(record.facts, uid=told.facts.uid, sequence=sequence))


def _when_and_where(facts: object) -> tuple[object, ...]:
    names = ("status", "starts_at", "ends_at", "span", "time_zone", "attendance", "venue")
    return tuple(getattr(facts, name) for name in names)


def _gather(
    house: House, connection: Connection, original: Dossier, ending: str, *, why: str
) -> NoticeMaterial:
    publication = original.revision.publication
    editions = publication_table.get_renderings(connection, original.id)
    taken = [one.id for one in publication_table.list_dossiers(connection, corrects=original.id)]
    sent_at: datetime = original.sent_at or original.due_at or publication.send_at
    day = in_zone(sent_at, house.config.organisation.time_zone).date()
    return NoticeMaterial(
        id=name_notice(original.id, ending, taken),
        original=publication,
        subjects={code: edition.subject for code, edition in editions.items()},
        days={code: medium_date(day, code) for code in publication.languages},
        phrases={code: read_correction_phrases(house, code) for code in publication.languages},
        send_at=house.clock(),
        why=why,
    )


def _store(
    house: House, connection: Connection, drafted: Publication, original: Dossier, role: str, reason: str
) -> None:
    acts.record_draft(connection, drafted, role=role, reason=reason, at=house.clock())
    told = f"drafted {drafted.id}: {reason}"
    acts.record_note(connection, original, actor=role, verb=drafted.kind, reason=told, at=house.clock())
