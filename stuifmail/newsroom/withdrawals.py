"""Who withdrew since the audience was frozen: asked before each copy, also in the middle of a run."""

from collections.abc import Callable

from stuifmail.config.models import Audience
from stuifmail.model.deliveries import Delivery
from stuifmail.model.people import Contact
from stuifmail.model.reviews import Dossier
from stuifmail.newsroom.examining import find_audience, list_contacts
from stuifmail.newsroom.house import House
from stuifmail.people.audience import is_candidate, why_suppressed
from stuifmail.review.approval import hash_audience
from stuifmail.store import publications as publication_table
from stuifmail.store import suppressions as suppression_table


def make_withdrawal_check(house: House, dossier: Dossier) -> Callable[[Delivery], str]:
    """Answer a function that tells why a planned copy is not to be sent after all, "" to send it.

    The contacts sheet is read once, the suppression list before each copy. A row that is gone
    from the sheet says nothing: a sheet saved by halves would silence everybody.

    Raises:
        StuifmailError: audience or contacts sheet are gone, so that nobody can tell.
    """
    audience = find_audience(house, dossier.revision.publication)
    rule_stands = _is_as_approved(house, dossier, audience)
    reasons: dict[str, str] = {}
    for contact in list_contacts(house)[0]:
        if reason := _why_not(contact, audience, rule_stands=rule_stands):
            reasons |= {contact.address: reason, contact.id: reason}

    def check(delivery: Delivery) -> str:
        with house.store.begin() as connection:
            listed = suppression_table.find_suppression(connection, delivery.address)
        if listed is not None:
            return f"on the suppression list: {listed}"
        return reasons.get(delivery.address) or reasons.get(delivery.contact_id) or ""

    return check


def _why_not(contact: Contact, audience: Audience, *, rule_stands: bool) -> str:
    if reason := why_suppressed(contact, audience, {}):
        return reason
    return "left the audience" if rule_stands and not is_candidate(contact, audience) else ""


def _is_as_approved(house: House, dossier: Dossier, audience: Audience) -> bool:
    """Whether somebody who no longer matches the audience's rule changed, and not the rule."""
    if dossier.approval is None:
        return False
    with house.store.begin() as connection:
        approved = publication_table.get_approved_readers(connection, dossier.id)
    return hash_audience(audience, approved) == dossier.approval.audience_sha256
