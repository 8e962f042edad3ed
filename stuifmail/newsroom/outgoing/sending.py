"""Dispatch of what is approved and due; archive and web version of what was sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stuifmail.dispatch.engine import Halted, dispatch, report_dispatch
from stuifmail.dispatch.messages import MessageBuilder
from stuifmail.dispatch.plan import plan_deliveries
from stuifmail.dispatch.transports import open_transport
from stuifmail.errors import EmbargoRefused, StuifmailError
from stuifmail.model.deliveries import Delivery, DeliveryState, DispatchReport, Receipt
from stuifmail.model.publications import Rendering
from stuifmail.model.reviews import Dossier, EmbargoRecord, PublicationState
from stuifmail.newsroom.house import House
from stuifmail.newsroom.outgoing.correcting import stop_first_version
from stuifmail.newsroom.outgoing.embargoes import find_lock, has_ended, require_unlocked
from stuifmail.newsroom.outgoing.letterhead import date_letterhead, describe_letterhead
from stuifmail.newsroom.outgoing.press_feeds import publish_feeds
from stuifmail.newsroom.outgoing.publishing import (
    is_public,
    keep_archive,
    mark_corrected,
    publish_after_embargo,
    publish_pages,
)
from stuifmail.newsroom.people.audiences import gather_readers
from stuifmail.newsroom.people.withdrawals import make_withdrawal_check
from stuifmail.newsroom.reviews.examining import Examination, hold_to_approval
from stuifmail.review import acts
from stuifmail.review.embargo import end_of
from stuifmail.review.moves import require_role
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection
from stuifmail.store.locks import hold_lock

#: Called after each copy: how many are done in this run, and how many there are.
OnCopy = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReport:
    """What one dispatch run did for one publication.

    Args:
        state: the publication's state after the run.
        dispatched: copies by state and those nobody can vouch for; None when none was tried.
        archive: where the archived copy lies, "" until it is sent.
        error: why it did not go out, or not all of it; "" when all went well.
        waits_until: end of the embargo for which the other copies and the web page wait, or, with an
            error, all of it; else None.
    """

    publication_id: str
    state: str
    dispatched: DispatchReport | None = None
    archive: str = ""
    error: str = ""
    waits_until: datetime | None = None


def dispatch_due(
    house: House, publication_id: str | None = None, *, on_copy: OnCopy | None = None
) -> list[SendReport]:
    """Send what is queued and due; go on with what an earlier run left unfinished.

    Args:
        publication_id: only this one, if it is queued and due.
        on_copy: called after each copy.

    Returns:
        One report for each queued publication that is due, earliest first. A publication
        that fails is reported with its error and does not stop the others.

    Raises:
        UnknownPublication: there is none with this id.
        Busy: another run dispatches.
    """
    if publication_id is not None:
        with house.store.begin() as connection:
            publication_table.get_dossier(connection, publication_id)
    with hold_lock(house.store, "dispatch"):
        due = [dossier for dossier in _list_due(house) if publication_id in (None, dossier.id)]
        return [_send_safely(house, dossier, on_copy) for dossier in due]


def _list_due(house: House) -> list[Dossier]:
    with house.store.begin() as connection:
        queued = publication_table.list_dossiers(connection, states=[PublicationState.QUEUED])
    now = house.clock()
    due = [
        (dossier.due_at, dossier)
        for dossier in queued
        if dossier.due_at is not None and dossier.due_at <= now
    ]
    return [dossier for _, dossier in sorted(due, key=lambda pair: pair[0])]


def _send_safely(house: House, dossier: Dossier, on_copy: OnCopy | None) -> SendReport:
    try:
        return _send(house, dossier, on_copy)
    except StuifmailError as error:
        with house.store.begin() as connection:
            state = publication_table.get_dossier(connection, dossier.id).state
            counts = delivery_table.count_deliveries(connection, dossier.id)
            waits_until = _find_end(house, connection, dossier) if isinstance(error, EmbargoRefused) else None
        report = DispatchReport(publication_id=dossier.id, counts=counts) if counts else None
        return SendReport(
            publication_id=dossier.id,
            state=state,
            dispatched=report,
            error=str(error),
            waits_until=waits_until,
        )


def _find_end(house: House, connection: Connection, dossier: Dossier) -> datetime | None:
    """Answer when the embargo ends under which nothing of this may go out; None when it is over."""
    lock = find_lock(house, connection, dossier.revision.publication, house.clock())
    return end_of(lock) if lock else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outgoing:
    """What is being sent: the same from the first copy to the last, however many runs it takes.

    Args:
        lock: the embargo that keeps pages and most copies back; None when everything may go.
    """

    dossier: Dossier
    editions: Mapping[str, Rendering]
    builder: MessageBuilder
    lock: EmbargoRecord | None = None


def _send(house: House, dossier: Dossier, on_copy: OnCopy | None) -> SendReport:
    outgoing = _begin_sending(house, dossier.id)
    report = report_dispatch(house.store, dossier.id)
    if not report.finished:
        report = _deliver(house, outgoing, on_copy)
    if outgoing.lock is not None and _is_open_now(house, outgoing.lock):
        # It ended, or was lifted, in the middle: the pages first, then all that waited.
        return _send(house, dossier, on_copy)
    if not report.finished or outgoing.lock is not None:
        return _report_waiting(house, outgoing, report)
    return _close(house, outgoing, report)


def _is_open_now(house: House, lock: EmbargoRecord) -> bool:
    with house.store.begin() as connection:
        return has_ended(house, connection, lock)


def _report_waiting(house: House, outgoing: _Outgoing, report: DispatchReport) -> SendReport:
    with house.store.begin() as connection:
        state = publication_table.get_dossier(connection, outgoing.dossier.id).state
    return SendReport(
        publication_id=outgoing.dossier.id,
        state=state,
        dispatched=report,
        waits_until=end_of(outgoing.lock) if outgoing.lock else None,
    )


def _close(house: House, outgoing: _Outgoing, report: DispatchReport) -> SendReport:
    """Archive what was sent, then close it; what it corrects is marked before that.

    In this order, so that a run that breaks off in between is simply done again.
    """
    dossier = outgoing.dossier
    place = keep_archive(house, dossier, outgoing.editions)
    if dossier.revision.publication.corrects:
        mark_corrected(house, dossier)
    with house.store.begin() as connection:
        current = publication_table.get_dossier(connection, dossier.id, lock=True)
        if current.state == PublicationState.QUEUED:
            accepted = report.counts.get(DeliveryState.ACCEPTED, 0)
            acts.record_sent(connection, current, at=house.clock(), reason=f"{accepted} copies accepted")
            _record_at_original(house, connection, current)
            _record_end(house, connection, current)
            publish_feeds(house, connection)
        state = publication_table.get_dossier(connection, dossier.id).state
    return SendReport(publication_id=dossier.id, state=state, dispatched=report, archive=place)


def _record_at_original(house: House, connection: Connection, notice: Dossier) -> None:
    """Note at what was corrected or taken back that its readers know."""
    publication = notice.revision.publication
    if not publication.corrects:
        return
    original = publication_table.get_dossier(connection, publication.corrects, lock=True)
    if publication.kind == "correction":
        acts.record_correction(connection, original, by=notice.id, at=house.clock())
    elif original.state == PublicationState.SENT:
        acts.record_taken_back(connection, original, notice_id=notice.id, at=house.clock())


def _record_end(house: House, connection: Connection, dossier: Dossier) -> None:
    """Close for good what was taken back while it was being sent, if its readers know already."""
    told = publication_table.list_dossiers(connection, states=[PublicationState.SENT], corrects=dossier.id)
    notice = next((one for one in told if one.revision.publication.kind == "kill"), None)
    if notice is not None:
        current = publication_table.get_dossier(connection, dossier.id)
        acts.record_taken_back(connection, current, notice_id=notice.id, at=house.clock())


def _begin_sending(house: House, publication_id: str) -> _Outgoing:
    """Freeze letter, headers and audience before the first copy; later runs go on with the same.

    In one transaction, so that no edit slips in between the last look and the freezing.
    """
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id, lock=True)
        lock = (
            None if dossier.killed_at else require_unlocked(house, connection, dossier.revision.publication)
        )
        if editions := publication_table.get_renderings(connection, publication_id):
            letterhead = publication_table.get_letterhead(connection, publication_id)
            if dossier.revision.publication.embargo and lock is None and _may_appear(dossier):
                publish_after_embargo(house, connection, dossier, editions)
            if lock is not None:
                _postpone_distrusted(house, connection, dossier, end_of(lock))
            return _pack(house, dossier, editions, letterhead, lock)
        examined, refusal = hold_to_approval(house, connection, dossier)
        if refusal is None:
            return _freeze(house, connection, examined, lock)
    raise refusal


def _postpone_distrusted(house: House, connection: Connection, dossier: Dossier, until: datetime) -> None:
    """Let a desk that lost our trust since the first copies left wait like all others."""
    readers = gather_readers(house, connection, dossier.revision.publication).readers
    delivery_table.postpone_deliveries(
        connection,
        dossier.id,
        [reader.address.lower() for reader in readers if not reader.is_trusted],
        until=until,
        detail="no longer trusted before the end of an embargo",
        at=house.clock(),
    )


def _may_appear(dossier: Dossier) -> bool:
    """Whether a page that waited may appear: not while somebody holds it, nor once it was taken back."""
    return dossier.killed_at is None and dossier.state == PublicationState.QUEUED


def _freeze(
    house: House, connection: Connection, examined: Examination, lock: EmbargoRecord | None
) -> _Outgoing:
    """Keep what was approved; the pages and pictures to which the copies link come first."""
    dossier, editions = examined.dossier, examined.renderings
    publication = dossier.revision.publication
    letterhead = describe_letterhead(house, publication)
    outgoing = _pack(house, dossier, editions, letterhead, lock)
    stop_first_version(house, connection, dossier)
    if is_public(house, connection, dossier):
        publish_pages(house, connection, dossier, editions)
    publication_table.freeze_renderings(connection, dossier.id, editions.values(), letterhead)
    planned = plan_deliveries(
        dossier.id,
        examined.readers,
        domain=house.config.delivery.list_id.split(".", 1)[-1],
        embargo_end=end_of(lock) if lock else None,
    )
    delivery_table.insert_deliveries(connection, planned, at=house.clock())
    return outgoing


def _pack(
    house: House,
    dossier: Dossier,
    editions: Mapping[str, Rendering],
    letterhead: Mapping[str, Any] | None,
    lock: EmbargoRecord | None,
) -> _Outgoing:
    described = letterhead or describe_letterhead(house, dossier.revision.publication)
    dated = date_letterhead(described, dossier.due_at or house.clock())
    builder = MessageBuilder(dated, editions, house.secret())
    return _Outgoing(dossier=dossier, editions=editions, builder=builder, lock=lock)


def _deliver(house: House, outgoing: _Outgoing, on_copy: OnCopy | None) -> DispatchReport:
    publication_id = outgoing.dossier.id
    with house.store.begin() as connection:
        counts = delivery_table.count_deliveries(connection, publication_id)
    total = sum(count for state, count in counts.items() if not state.is_final)
    done = 0

    def count_copy(_delivery: Delivery, _receipt: Receipt) -> None:
        nonlocal done
        done += 1
        if on_copy is not None:
            on_copy(done, total)

    with open_transport(house.config.delivery, house.root, house.environment) as transport:
        return dispatch(
            publication_id,
            store=house.store,
            transport=transport,
            build=outgoing.builder.build,
            clock=house.clock,
            max_attempts=house.config.delivery.max_attempts,
            should_skip=_make_skip(house, outgoing.dossier, outgoing.lock),
            on_result=count_copy,
        )


def _make_skip(house: House, dossier: Dossier, lock: EmbargoRecord | None) -> Callable[[Delivery], str]:
    """Answer what is asked before each copy: may it still go out, and does its reader still want it?"""
    if dossier.killed_at:
        reason = f"taken back: {dossier.kill_reason}"
        with house.store.begin() as connection:
            delivery_table.suppress_rest(connection, dossier.id, detail=reason, at=house.clock())
        return lambda _delivery: reason
    why_not = make_withdrawal_check(house, dossier)

    def check(delivery: Delivery) -> str:
        with house.store.begin() as connection:
            if not publication_table.may_go_out(connection, dossier.id):
                raise Halted("somebody held it or took it back")
            if lock is not None and has_ended(house, connection, lock):
                raise Halted("the embargo ended, and the web page comes before the copies that waited")
        return why_not(delivery)

    return check


def settle(
    house: House, publication_id: str, address: str, *, role: str, arrived: bool, reason: str
) -> Delivery:
    """Let a person decide on a copy that nobody can vouch for, or that was refused.

    The publication goes back into the queue: the next dispatch sends what is to be sent
    again, and brings the archive's counts and history up to date.

    Args:
        arrived: True: it is known to have arrived; False: send it again.
        reason: how the role knows; it is kept in the ledger.

    Raises:
        UnknownRole, UnknownPublication: as they say.
        DispatchError: the copy's state does not allow it, or there is no such copy.
    """
    require_role(house.config.review, role, "send")
    state = DeliveryState.ACCEPTED if arrived else DeliveryState.PLANNED
    told = "arrived at one reader" if arrived else "again to one reader"
    with hold_lock(house.store, "dispatch"), house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id, lock=True)
        settled = delivery_table.settle_delivery(
            connection, publication_id, address, state=state, actor=role, reason=reason, at=house.clock()
        )
        acts.record_reopen(connection, dossier, role=role, reason=f"{told}: {reason}", at=house.clock())
    return settled
