"""Embargoes: set, lifted, withdrawn; and what they lock until they end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from stuifmail.errors import EmbargoRefused, WrongState
from stuifmail.model.publications import Embargo, Publication
from stuifmail.model.reviews import Dossier, EmbargoRecord, Finding, PublicationState
from stuifmail.newsroom.house import House
from stuifmail.newsroom.our_events.ledger import realise
from stuifmail.newsroom.our_events.records import get_record
from stuifmail.review import acts
from stuifmail.review.embargo import (
    MARGIN,
    check_embargo,
    find_embargo_trouble,
    find_locking,
    is_over,
    is_refused,
    is_sealed,
    read_civil,
    say_end,
)
from stuifmail.review.moves import require_role
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import embargoes as embargo_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

#: Once it may have been read, an embargo can only end.
_CLOSED = (PublicationState.SENT, PublicationState.KILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbargoReport:
    """An embargo and the publications under it.

    Args:
        record: None when these facts never had one.
        publication_ids: all language versions.
    """

    facts_id: str
    record: EmbargoRecord | None
    publication_ids: tuple[str, ...]
    is_over: bool


def find_lock(
    house: House, connection: Connection, publication: Publication, at: datetime
) -> EmbargoRecord | None:
    """Answer the embargo on a publication's facts at a moment, None when there is none any more.

    It locks by its facts_id, by its event, by its event's figures, by the same numbers of its
    parts and of what it is a part of, and by a welcome to who joins there. For the release itself
    (`review.embargo.is_sealed`) it means two waves; all others may not go out.
    """
    records = embargo_table.list_open_embargoes(connection, until_after=at - MARGIN)
    secrets = {record.facts_id: _list_secrets(house, connection, record) for record in records}
    names = {record.facts_id: _list_new_names(house, connection, record) for record in records}
    return find_locking(records, publication, at, secrets, names)


def _list_new_names(house: House, connection: Connection, record: EmbargoRecord) -> frozenset[str]:
    """Answer who joined, or was announced to join, at the event of an embargo."""
    if house.config.event(record.event_id) is None:
        return frozenset()
    found = realise(house, get_record(house, connection, record.event_id))
    return frozenset({*found.announced, *found.realised})


def _list_secrets(house: House, connection: Connection, record: EmbargoRecord) -> frozenset[tuple[str, int]]:
    """Answer under which names of related events the numbers of a release can be read, and the numbers."""
    above = {event.id: event.part_of or "" for event in house.config.events}
    around = [each for each in above if record.event_id in _list_wholes(each, above)]
    related = {*around, *_list_wholes(record.event_id, above)} - {record.event_id}
    if not related:
        return frozenset()
    versions = publication_table.list_dossiers(connection, facts_id=record.facts_id)
    figures = {figure for dossier in versions for figure in _figures_of(dossier, record.event_id)}
    return frozenset((f"{event_id}.{metric}", value) for event_id in related for metric, value in figures)


def _figures_of(dossier: Dossier, event_id: str) -> Iterator[tuple[str, int]]:
    for figure in dossier.revision.publication.figures:
        if figure.id.startswith(f"{event_id}."):
            yield figure.id.removeprefix(f"{event_id}."), figure.value


def _list_wholes(event_id: str, above: Mapping[str, str]) -> set[str]:
    """Answer the event that an event is a part of, the one around that, and so on."""
    found: set[str] = set()
    while (event_id := above.get(event_id, "")) and event_id not in found:
        found.add(event_id)
    return found


def has_ended(house: House, connection: Connection, lock: EmbargoRecord) -> bool:
    """Answer whether an embargo that locked something when we looked has ended, or was lifted, since."""
    return is_over(embargo_table.find_embargo(connection, lock.facts_id) or lock, house.clock())


def check_locks(house: House, connection: Connection, publication: Publication) -> list[Finding]:
    """Answer the findings on embargoes, held against the planned moment of sending, or now if that passed."""
    sent_at = max(publication.send_at, house.clock())
    return find_embargo_trouble(
        publication,
        find_lock(house, connection, publication, sent_at),
        embargo_table.find_embargo(connection, publication.facts_id),
    )


def require_unlocked(house: House, connection: Connection, publication: Publication) -> EmbargoRecord | None:
    """Answer the embargo under which a publication goes out in two waves; None when it goes out freely.

    Raises:
        EmbargoRefused: it may not go out at all yet.
    """
    lock = find_lock(house, connection, publication, house.clock())
    if lock is not None and is_refused(publication, lock):
        raise EmbargoRefused(
            f"the facts are under embargo {say_end(lock)}, so nothing was sent",
            place=publication.id,
            remedy=f"dispatch again later; lifting it: stuifmail embargo {lock.facts_id} --lift",
        )
    return lock if lock is not None and is_sealed(publication, lock) else None


def set_embargo(
    house: House, connection: Connection, publications: Sequence[Publication], *, role: str
) -> EmbargoRecord:
    """Record the embargo that the language versions of one release were drafted with.

    Args:
        connection: the transaction in which they are drafted.
        publications: all versions, each with the same facts_id and embargo.
        role: who set it; the automaton for what a draft takes over.

    Raises:
        EmbargoRefused: they have not one embargo, or it is not whole, or it has ended.
    """
    first = publications[0]
    are_one = all((one.facts_id, one.embargo) == (first.facts_id, first.embargo) for one in publications)
    if first.embargo is None or not first.facts_id or not are_one:
        raise EmbargoRefused(
            "an embargo is set on all language versions of a press release together",
            place=first.facts_id or first.id,
            remedy="give them one facts_id and the same embargo",
        )
    languages = sorted({code for publication in publications for code in publication.languages})
    check_embargo(first.embargo, languages, at=house.clock(), place=first.facts_id)
    return _record(house, connection, first, first.embargo, role)


def _record(
    house: House, connection: Connection, publication: Publication, embargo: Embargo, role: str
) -> EmbargoRecord:
    record = EmbargoRecord(
        facts_id=publication.facts_id,
        event_id=publication.event_id,
        until_at=embargo.until.astimezone(UTC),
        time_zone=embargo.time_zone,
        reason=next(iter(embargo.reason.values())),
        set_by=role,
        set_at=house.clock(),
    )
    embargo_table.put_embargo(connection, record)
    return record


def show_embargo(house: House, name: str) -> EmbargoReport:
    """Answer the embargo of a release.

    Args:
        name: a publication's id, or what its versions have in common (facts_id).

    Raises:
        UnknownPublication: there is neither.
    """
    with house.store.begin() as connection:
        return _report(house, connection, _find_versions(connection, name))


def change_embargo(
    house: House, name: str, *, until: str, zone: str, reason: Mapping[str, str], role: str
) -> EmbargoReport:
    """Set or change the embargo of a release, in all its language versions; their approvals are void then.

    Args:
        until: civil time ("2026-06-10 00:01"); zone: IANA name.
        reason: why, by language.

    Raises:
        EmbargoRefused: it is not whole, or has ended; or it is no press release.
        WrongState: a version is being sent or was sent: the embargo can only be lifted or withdrawn.
        UnknownRole, UnknownPublication: as they say.
    """
    require_role(house.config.review, role, "edit")
    with house.store.begin() as connection:
        versions = _find_versions(connection, name)
        embargo = Embargo(until=read_civil(until, zone, place=name), time_zone=zone, reason=dict(reason))
        drafts = [_lock_unsent(connection, dossier) for dossier in versions]
        edited = [replace(dossier.revision.publication, embargo=embargo) for dossier in drafts]
        set_embargo(house, connection, edited, role=role)
        for dossier, publication in zip(drafts, edited, strict=True):
            _save(house, connection, dossier, publication, role, f"embargo {until} ({zone})")
        return _report(house, connection, versions)


def lift_embargo(house: House, name: str, *, reason: str, role: str) -> EmbargoReport:
    """End an embargo at once: the next dispatch sends the copies that waited, and publishes.

    Versions of which nothing left the house lose their embargo line, and need a new approval.

    Raises:
        EmbargoRefused: there is none, it is over, or a reason is missing.
        UnknownRole, UnknownPublication: as they say.
    """
    require_role(house.config.review, role, "send")
    with house.store.begin() as connection:
        versions = _find_versions(connection, name)
        record = _require_open(house, connection, versions, reason)
        now = house.clock()
        embargo_table.put_embargo(
            connection, replace(record, lifted_at=now, lifted_by=role, lift_reason=reason)
        )
        for dossier in versions:
            _lift(house, connection, dossier.id, role, reason)
        return _report(house, connection, versions)


def _lift(house: House, connection: Connection, publication_id: str, role: str, reason: str) -> None:
    dossier = publication_table.get_dossier(connection, publication_id, lock=True)
    acts.record_note(connection, dossier, actor=role, verb="lift", reason=reason, at=house.clock())
    if dossier.state in _CLOSED:
        return
    if publication_table.get_renderings(connection, publication_id):
        delivery_table.release_deliveries(
            connection, publication_id, detail=f"embargo lifted by {role}: {reason}", at=house.clock()
        )
    elif dossier.state != PublicationState.HELD:
        bare = replace(dossier.revision.publication, embargo=None)
        _save(house, connection, dossier, bare, role, "embargo lifted")


def mark_withdrawn(
    house: House, connection: Connection, name: str, *, reason: str, role: str
) -> tuple[Dossier, ...]:
    """Record that an embargo was withdrawn with its release, and answer the versions to take back.

    Raises:
        EmbargoRefused: there is none, it is over, or a reason is missing.
        UnknownPublication: as it says.
    """
    versions = _find_versions(connection, name)
    record = _require_open(house, connection, versions, reason)
    withdrawn = replace(record, withdrawn_at=house.clock(), withdrawn_by=role, withdraw_reason=reason)
    embargo_table.put_embargo(connection, withdrawn)
    return versions


def find_versions(connection: Connection, publication: Publication) -> tuple[Dossier, ...]:
    """Answer the language versions of a release, itself included, by id."""
    if not publication.facts_id:
        return (publication_table.get_dossier(connection, publication.id),)
    found = publication_table.list_dossiers(connection, facts_id=publication.facts_id)
    return tuple(sorted((one for one in found if _is_release(one)), key=lambda one: one.id))


def _find_versions(connection: Connection, name: str) -> tuple[Dossier, ...]:
    by_facts = publication_table.list_dossiers(connection, facts_id=name)
    if versions := [dossier for dossier in by_facts if _is_release(dossier)]:
        return tuple(sorted(versions, key=lambda dossier: dossier.id))
    dossier = publication_table.get_dossier(connection, name)
    if not _is_release(dossier) or not dossier.revision.publication.facts_id:
        raise EmbargoRefused(
            f"this is a {dossier.revision.publication.kind}, and only press releases have an embargo",
            place=name,
            remedy="name a press release; let other publications go out later: stuifmail send --at",
        )
    return find_versions(connection, dossier.revision.publication)


def _is_release(dossier: Dossier) -> bool:
    return dossier.revision.publication.kind == "release"


def _lock_unsent(connection: Connection, dossier: Dossier) -> Dossier:
    current = publication_table.get_dossier(connection, dossier.id, lock=True)
    if publication_table.get_renderings(connection, dossier.id) or current.state in _CLOSED:
        raise WrongState(
            "sending has begun, so its embargo can no longer change",
            place=dossier.id,
            remedy="lift it (--lift) or take the release back (--withdraw)",
        )
    return current


def _save(
    house: House, connection: Connection, dossier: Dossier, edited: Publication, role: str, note: str
) -> None:
    if edited == dossier.revision.publication:
        return
    base, now = dossier.revision.number, house.clock()
    acts.record_edit(connection, dossier, edited, base=base, role=role, note=note, at=now)


def _require_open(
    house: House, connection: Connection, versions: Sequence[Dossier], reason: str
) -> EmbargoRecord:
    facts_id = versions[0].revision.publication.facts_id
    record = embargo_table.find_embargo(connection, facts_id)
    if record is None or is_over(record, house.clock()) or record.withdrawn_at:
        what = "there is no embargo" if record is None else "the embargo has ended already"
        raise EmbargoRefused(what, place=facts_id, remedy=f"see: stuifmail embargo {facts_id}")
    if not reason.strip():
        raise EmbargoRefused("a reason is missing", place=facts_id, remedy="say why; it is kept")
    return record


def _report(house: House, connection: Connection, versions: Sequence[Dossier]) -> EmbargoReport:
    facts_id = versions[0].revision.publication.facts_id
    record = embargo_table.find_embargo(connection, facts_id)
    return EmbargoReport(
        facts_id=facts_id,
        record=record,
        publication_ids=tuple(dossier.id for dossier in versions),
        is_over=record is not None and is_over(record, house.clock()),
    )
