"""Hold while somebody looks, let go on, or take back: also in the middle of sending."""

from dataclasses import dataclass

from stuifmail.errors import EmbargoRefused, WrongState
from stuifmail.model.deliveries import DeliveryState
from stuifmail.model.reviews import Dossier, PublicationState
from stuifmail.model.texts import LocalText
from stuifmail.newsroom.house import House
from stuifmail.newsroom.outgoing.correcting import draft_kill_notice
from stuifmail.newsroom.outgoing.embargoes import mark_withdrawn
from stuifmail.newsroom.outgoing.press_feeds import publish_feeds
from stuifmail.newsroom.outgoing.publishing import is_public, mark_origins, publish_pages
from stuifmail.review import acts
from stuifmail.review.moves import require_role
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

#: A reader whose copy is in one of these states has it, or may have it.
_READ = (DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN, DeliveryState.ATTEMPTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldReport:
    """What holding, resuming or taking back came to.

    Args:
        stopped_count: copies that now get out no more.
        notice_id: the kill notice that was drafted, "" where nobody had it.
    """

    publication_id: str
    state: str
    stopped_count: int = 0
    notice_id: str = ""


def hold(house: House, publication_id: str, *, reason: str, role: str) -> HoldReport:
    """Let nothing more of a publication go out until somebody resumes it.

    While it is being sent, the copy on the wire is finished and the others wait.

    Raises:
        UnknownRole, UnknownPublication: as they say.
        WrongState: it is held already, was sent, or was taken back; or a reason is missing.
    """
    require_role(house.config.review, role, "edit")
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id, lock=True)
        why = _require_reason(reason, publication_id)
        acts.record_hold(connection, dossier, role=role, reason=why, at=house.clock())
    return HoldReport(publication_id=publication_id, state=PublicationState.HELD)


def resume(house: House, publication_id: str, *, role: str) -> HoldReport:
    """Let a held publication go on in the state in which it was held.

    Raises:
        UnknownRole, UnknownPublication, WrongState: as they say.
    """
    require_role(house.config.review, role, "edit")
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, publication_id, lock=True)
        if dossier.held_from == PublicationState.QUEUED:
            require_role(house.config.review, role, "send")
        acts.record_resume(connection, dossier, role=role, reason="", at=house.clock())
        state = publication_table.get_dossier(connection, publication_id).state
    return HoldReport(publication_id=publication_id, state=state)


def withdraw(
    house: House, publication_id: str, *, reason: str, role: str, instead: LocalText | None = None
) -> HoldReport:
    """Take a publication back: no further copies, and a kill notice to those who have it.

    Where nobody has it yet, it is never sent. Else its web page is replaced at once, and a notice
    to exactly its readers is drafted, to be approved like anything else.

    Args:
        reason: why; kept in the history, never sent.
        instead: by language, what readers are told in its place; mostly nothing.

    Raises:
        UnknownRole, UnknownPublication: as they say.
        WrongState: it was taken back before, or a reason is missing.
    """
    require_role(house.config.review, role, "send")
    with house.store.begin() as connection:
        report = _withdraw(house, connection, publication_id, reason, role, instead or {})
    _replace_page(house, publication_id)
    return report


def withdraw_embargoed(
    house: House, name: str, *, reason: str, role: str, instead: LocalText | None = None
) -> tuple[HoldReport, ...]:
    """Take back a release under embargo, in all its language versions; its pages never appear.

    Args:
        name: a publication's id, or what its versions have in common.

    Raises:
        EmbargoRefused: there is no embargo, or it is over: the publication itself can be withdrawn.
        UnknownRole, UnknownPublication, WrongState: as they say.
    """
    require_role(house.config.review, role, "send")
    with house.store.begin() as connection:
        versions = mark_withdrawn(house, connection, name, reason=reason, role=role)
        open_ones = [dossier for dossier in versions if dossier.killed_at is None]
        if not open_ones:
            raise EmbargoRefused("all its versions were taken back before", place=name)
        return tuple(
            _withdraw(house, connection, dossier.id, reason, role, instead or {}) for dossier in open_ones
        )


def _withdraw(
    house: House, connection: Connection, publication_id: str, reason: str, role: str, instead: LocalText
) -> HoldReport:
    dossier = publication_table.get_dossier(connection, publication_id, lock=True)
    why = _require_reason(reason, publication_id)
    if dossier.killed_at is not None:
        raise WrongState(
            "it was taken back before", place=publication_id, remedy=f"see: stuifmail show {publication_id}"
        )
    now = house.clock()
    # First this, then the look at who has it: what a run claims in between it may not send.
    stopped = delivery_table.suppress_rest(
        connection, publication_id, detail=f"taken back by {role}: {why}", at=now
    )
    counts = delivery_table.count_deliveries(connection, publication_id)
    is_read = any(state in counts for state in _READ)
    acts.record_withdrawal(connection, dossier, role=role, reason=why, is_read=is_read, at=now)
    notice = None
    if is_read:
        notice = draft_kill_notice(house, connection, dossier, role=role, why=why, instead=instead)
    return HoldReport(
        publication_id=publication_id,
        state=publication_table.get_dossier(connection, publication_id).state,
        stopped_count=stopped,
        notice_id=notice.id if notice else "",
    )


def _replace_page(house: House, publication_id: str) -> None:
    with house.store.begin() as connection:
        dossier: Dossier = publication_table.get_dossier(connection, publication_id)
        editions = publication_table.get_renderings(connection, publication_id)
        if editions and is_public(house, connection, dossier):
            publish_pages(house, connection, dossier, editions)
            mark_origins(house, connection, dossier)
            publish_feeds(house, connection)


def _require_reason(reason: str, publication_id: str) -> str:
    if not reason.strip():
        raise WrongState("a reason is missing", place=publication_id, remedy="say why with --reason")
    return reason.strip()
