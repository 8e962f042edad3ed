"""Who withdrew since the audience was frozen: asked before each copy, also in the middle of a run."""

from collections.abc import Callable

from stuifmail.config.models import Audience
from stuifmail.model.deliveries import Delivery
from stuifmail.model.reviews import Dossier
from stuifmail.newsroom.house import House
from stuifmail.newsroom.people.audiences import Readership, gather_readers
from stuifmail.review.approval import hash_audience
from stuifmail.store import publications as publication_table
from stuifmail.store import suppressions as suppression_table
from stuifmail.store.database import Connection


def make_withdrawal_check(house: House, dossier: Dossier) -> Callable[[Delivery], str]:
    """Answer a function that tells why a planned copy is not to be sent after all, "" to send it.

    The sheets are read once, the suppression list before each copy. A row that is gone from its
    sheet says nothing: a sheet saved by halves would silence everybody.

    Raises:
        StuifmailError: audience or sheets are gone, so that nobody can tell.
    """
    with house.store.begin() as connection:
        readership = gather_readers(house, connection, dossier.revision.publication)
        rule_stands = _is_as_approved(connection, dossier, readership.audience)
    why = {
        name: reader.suppressed
        for reader in readership.readers
        for name in (reader.contact_id, reader.address)
    }

    def check(delivery: Delivery) -> str:
        with house.store.begin() as connection:
            listed = suppression_table.find_suppression(connection, delivery.address)
        if listed is not None:
            return f"on the suppression list: {listed}"
        names = (delivery.address, delivery.contact_id)
        return next(
            filter(None, (_why_not(name, why, readership, rule_stands=rule_stands) for name in names)), ""
        )

    return check


def _why_not(name: str, why: dict[str, str], readership: Readership, *, rule_stands: bool) -> str:
    """Why whoever has this address or id gets nothing now: as a reader, by own will, or as no reader."""
    if name in why:
        return why[name]
    if name in readership.silenced:
        return readership.silenced[name]
    return "left the audience" if rule_stands and name in readership.known else ""


def _is_as_approved(connection: Connection, dossier: Dossier, audience: Audience) -> bool:
    """Whether somebody who no longer matches the audience's rule changed, and not the rule."""
    if dossier.approval is None:
        return False
    approved = publication_table.get_approved_readers(connection, dossier.id)
    return hash_audience(audience, approved) == dossier.approval.audience_sha256
