"""Whom a change of an event concerns: who was told of it, and who registered. Pure."""

from collections.abc import Mapping, Sequence

from stuifmail.model.deliveries import Delivery
from stuifmail.model.people import Contact, Reader
from stuifmail.people.audience import choose_edition, find_listed, find_will
from stuifmail.people.respondents import Occasion


def select_concerned(
    selected: Sequence[Reader],
    told: Mapping[str, Delivery],
    contacts: Sequence[Contact],
    occasion: Occasion,
    suppressions: Mapping[str, str],
) -> tuple[Reader, ...]:
    """Answer those of an event who know of it, wherever they are now, each address once.

    Args:
        selected: who is invited or registered now; who is invited and was told nothing hears nothing.
        told: the last message about the event that somebody has, by address in lower case.
        contacts: each address once.
        occasion: who answered what.
        suppressions: reason by address, addresses in lower case.

    Returns:
        The selected in their order, then those who were told and are in no sheet or audience any more.
    """
    registered = {person.address.lower() for person in occasion.people if person.status == "registered"}
    kept = [each for each in selected if each.address.lower() in told or each.address.lower() in registered]
    found = {reader.address.lower() for reader in kept}
    by_address = {contact.address.lower(): contact for contact in contacts}
    statuses = {person.address.lower(): person.status for person in occasion.people}
    return (
        *kept,
        *(
            _owed(copy, by_address.get(address), statuses.get(address, ""), occasion, suppressions)
            for address, copy in told.items()
            if address not in found
        ),
    )


def _owed(
    copy: Delivery, contact: Contact | None, status: str, occasion: Occasion, suppressions: Mapping[str, str]
) -> Reader:
    """Somebody outside the audience, or in it no more, who has a message that is no longer true."""
    refused = find_will(contact, suppressions) if contact else find_listed(copy.address, suppressions)
    cancelled = "cancelled the registration" if status == "cancelled" and occasion.is_practical else ""
    return Reader(
        contact_id=contact.id if contact else copy.contact_id,
        address=copy.address,
        name=contact.name if contact else copy.name,
        edition=choose_edition(copy.edition, occasion.languages),
        suppressed=refused or cancelled,
        basis=f"got {copy.publication_id}",
    )
