"""Dispatch of what is approved and due; archive and web version of what was sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from stuifmail.dispatch.engine import dispatch
from stuifmail.dispatch.messages import Letterhead, MessageBuilder
from stuifmail.dispatch.plan import plan_deliveries
from stuifmail.dispatch.transports import open_transport
from stuifmail.errors import StuifmailError
from stuifmail.model.deliveries import Delivery, DeliveryState, DispatchReport, Receipt
from stuifmail.model.publications import Rendering
from stuifmail.model.reviews import Dossier, PublicationState
from stuifmail.newsroom.house import House
from stuifmail.newsroom.provenance import trace_blocks
from stuifmail.newsroom.reviewing import gather_readers, verify_approval
from stuifmail.publish.archive import ArchiveRecord, archive_publication
from stuifmail.publish.site import write_web_version
from stuifmail.publish.storage import open_storage
from stuifmail.review import acts
from stuifmail.review.moves import require_role
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store import suppressions as suppression_table
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
    """

    publication_id: str
    state: str
    dispatched: DispatchReport | None = None
    archive: str = ""
    error: str = ""


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
        Busy: another run dispatches.
    """
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
        report = DispatchReport(publication_id=dossier.id, counts=counts) if counts else None
        return SendReport(publication_id=dossier.id, state=state, dispatched=report, error=str(error))


def _send(house: House, dossier: Dossier, on_copy: OnCopy | None) -> SendReport:
    editions = _begin_sending(house, dossier)
    report = _deliver(house, dossier, editions, on_copy)
    if not report.finished:
        return SendReport(publication_id=dossier.id, state=PublicationState.QUEUED, dispatched=report)
    place = _keep(house, dossier, editions)
    with house.store.begin() as connection:
        accepted = report.counts.get(DeliveryState.ACCEPTED, 0)
        acts.record_sent(connection, dossier, at=house.clock(), reason=f"{accepted} copies accepted")
    return SendReport(
        publication_id=dossier.id, state=PublicationState.SENT, dispatched=report, archive=place
    )


def _begin_sending(house: House, dossier: Dossier) -> Mapping[str, Rendering]:
    """Freeze letter and audience before the first copy; later runs go on with the same."""
    with house.store.begin() as connection:
        if frozen := publication_table.get_renderings(connection, dossier.id):
            return frozen
    examined = verify_approval(house, dossier.id)
    domain = house.config.delivery.list_id.split(".", 1)[-1]
    planned = plan_deliveries(dossier.id, examined.readers, domain=domain)
    with house.store.begin() as connection:
        publication_table.freeze_renderings(connection, dossier.id, examined.renderings.values())
        delivery_table.insert_deliveries(connection, planned, at=house.clock())
    return examined.renderings


def _deliver(
    house: House, dossier: Dossier, editions: Mapping[str, Rendering], on_copy: OnCopy | None
) -> DispatchReport:
    builder = MessageBuilder(_letterhead(house, dossier), editions, house.secret())
    with house.store.begin() as connection:
        counts = delivery_table.count_deliveries(connection, dossier.id)
        total = sum(count for state, count in counts.items() if not state.is_final)
    done = 0

    def count_copy(_delivery: Delivery, _receipt: Receipt) -> None:
        nonlocal done
        done += 1
        if on_copy is not None:
            on_copy(done, total)

    with open_transport(house.config.delivery, house.root, house.environment) as transport:
        return dispatch(
            dossier.id,
            store=house.store,
            transport=transport,
            build=builder.build,
            clock=house.clock,
            max_attempts=house.config.delivery.max_attempts,
            should_skip=_withdrawal_check(house, dossier),
            on_result=count_copy,
        )


def _letterhead(house: House, dossier: Dossier) -> Letterhead:
    organisation, delivery = house.config.organisation, house.config.delivery
    newsletter = house.config.newsletter(dossier.revision.publication.series_id)
    return Letterhead(
        from_address=delivery.from_address or organisation.email,
        from_name=delivery.from_name or organisation.name,
        reply_to=organisation.email,
        list_id=delivery.list_id,
        list_name=newsletter.name if newsletter else organisation.name,
        unsubscribe_url=delivery.unsubscribe_url,
        help_url=f"mailto:{organisation.email}",
        archive_url=delivery.public_url,
        sent_at=dossier.due_at or house.clock(),
    )


def _withdrawal_check(house: House, dossier: Dossier) -> Callable[[Delivery], str]:
    """Answer a check that catches readers who withdrew after the plan was made, also mid-run."""
    with house.store.begin() as connection:
        _, readers, _ = gather_readers(house, connection, dossier.revision.publication)
    by_sheet = {reader.address: reader.suppressed for reader in readers if reader.suppressed}

    def check(delivery: Delivery) -> str:
        with house.store.begin() as connection:
            by_list = suppression_table.all_suppressions(connection)
        return by_list.get(delivery.address, "") or by_sheet.get(delivery.address, "")

    return check


def _keep(house: House, dossier: Dossier, editions: Mapping[str, Rendering]) -> str:
    """Archive what was sent, once, and lay out its web version."""
    storage = open_storage(house.config.archive, house.root, house.environment)
    with house.store.begin() as connection:
        record = _archive_record(house, connection, dossier, editions)
    place = archive_publication(storage, record)
    write_web_version(
        house.outputs / "site", dossier.revision.publication, editions, house.root, house.config
    )
    return place


def _archive_record(
    house: House, connection: Connection, dossier: Dossier, editions: Mapping[str, Rendering]
) -> ArchiveRecord:
    counts = delivery_table.count_deliveries(connection, dossier.id)
    return ArchiveRecord(
        dossier=dossier,
        renderings=dict(editions),
        deliveries={str(state): count for state, count in counts.items()},
        history=tuple(publication_table.list_acts(connection, dossier.id)),
        provenance=trace_blocks(connection, dossier.revision.publication),
        sent_at=dossier.due_at or house.clock(),
        stuifmail_version=version("stuifmail"),
        root=house.root,
    )


def settle(
    house: House, publication_id: str, address: str, *, role: str, arrived: bool, reason: str
) -> Delivery:
    """Let a person decide on a copy that nobody can vouch for, or that was refused.

    Args:
        arrived: True: it is known to have arrived; False: send it again.
        reason: how the role knows; it is kept in the ledger.

    Raises:
        UnknownRole, UnknownPublication: as they say.
        DispatchError: the copy's state does not allow it, or there is no such copy.
    """
    require_role(house.config.review, role, "send")
    state = DeliveryState.ACCEPTED if arrived else DeliveryState.PLANNED
    with hold_lock(house.store, "dispatch"), house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id)
        settled = delivery_table.settle_delivery(
            connection, publication_id, address, state=state, actor=role, reason=reason, at=house.clock()
        )
        if not arrived:
            acts.record_resume(
                connection, dossier, role=role, reason=f"again to one reader: {reason}", at=house.clock()
            )
    return settled


def planned_moment(dossier: Dossier) -> datetime:
    """Answer when a publication goes, or is planned to go, out."""
    return dossier.due_at or dossier.revision.publication.send_at
