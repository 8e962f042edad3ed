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
    return {
        "from_address": delivery.from_address or organisation.email,
        "from_name": dict(delivery.from_name or organisation.name),
        "reply_to": press.contact if press else organisation.email,
        "list_id": f"press.{delivery.list_id.partition('.')[2]}" if press else delivery.list_id,
        "list_name": dict(newsletter.name if newsletter else organisation.name),
        "unsubscribe_url": delivery.unsubscribe_url,
        "help_url": f"mailto:{organisation.email}",
        "archive_url": delivery.public_url,
    }


def date_letterhead(described: Mapping[str, Any], sent_at: datetime) -> Letterhead:
    """Answer the letterhead of every copy.

    Args:
        described: what `describe_letterhead` answered, perhaps long ago.
        sent_at: the Date of every copy, aware.
    """
    return from_data(Letterhead, {**described, "sent_at": sent_at})
