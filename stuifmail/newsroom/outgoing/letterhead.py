"""Who a publication comes from, as its headers say."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from stuifmail.config.codec import from_data
from stuifmail.dispatch.messages import Letterhead
from stuifmail.model.publications import Publication
from stuifmail.newsroom.house import House


def describe_letterhead(house: House, publication: Publication) -> dict[str, Any]:
    """Answer sender, list and addresses as sources.yaml has them now; the date is still open.

    They are approved with the letter, and kept with it once sending begins: a changed setting
    neither slips into an approved letter nor parts its copies in two kinds.
    """
    organisation, delivery = house.config.organisation, house.config.delivery
    newsletter = house.config.newsletter(publication.series_id)
    press = house.config.press if publication.kind == "release" else None
    is_mailing = publication.series_id == "mailings"
    own_list = "press" if press else "mailings" if is_mailing else ""
    ours = dict(house.config.mailings.name if is_mailing else organisation.name)
    return {
        "from_address": delivery.from_address or organisation.email,
        "from_name": dict(delivery.from_name or organisation.name),
        "reply_to": press.contact if press else _find_contact(house, publication),
        "list_id": f"{own_list}.{delivery.list_id.partition('.')[2]}" if own_list else delivery.list_id,
        "list_name": dict(newsletter.name) if newsletter else ours,
        "unsubscribe_url": delivery.unsubscribe_url,
        "help_url": f"mailto:{organisation.email}",
        "archive_url": delivery.public_url,
    }


def _find_contact(house: House, publication: Publication) -> str:
    """Answer who gets replies: of a message around an event or moment its own contact, else we all."""
    event = house.config.event(publication.event_id) if publication.event_id else None
    contact = event.registration.contact if event else None
    moments = house.config.moments if publication.mailing == "moment_brief" else ()
    for moment in moments:
        if publication.id.startswith(f"{moment.id}-") and moment.contacts:
            contact = moment.contacts[0]
    return contact or house.config.organisation.email


def date_letterhead(described: Mapping[str, Any], sent_at: datetime) -> Letterhead:
    """Answer the letterhead of every copy.

    Args:
        described: what `describe_letterhead` answered, perhaps long ago.
        sent_at: the Date of every copy, aware.
    """
    return from_data(Letterhead, {**described, "sent_at": sent_at})
