"""Who was told of an event before: whoever has, or may have, an earlier message about it."""

from stuifmail.model.deliveries import Delivery, DeliveryState
from stuifmail.model.publications import Publication
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

#: Copies that arrived, or may have: an attempt that a crash cut off is in doubt, too.
_HAD = (DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN, DeliveryState.ATTEMPTING)


def list_told(connection: Connection, publication: Publication) -> dict[str, Delivery]:
    """Answer the last copy of an earlier message about the publication's event, by address in lower case.

    Messages to the press are none: a desk hears by its own ways.
    """
    found: dict[str, Delivery] = {}
    dossiers = publication_table.list_dossiers(connection, event_id=publication.event_id)
    for dossier in sorted(dossiers, key=lambda each: (each.revision.publication.send_at, each.id)):
        if dossier.id == publication.id or dossier.revision.publication.kind != "mailing":
            continue
        for copy in delivery_table.list_deliveries(connection, dossier.id, states=_HAD):
            found[copy.address.lower()] = copy
    return found
