"""Which desks have, or will have, the same news in another language: never both to one desk."""

from collections.abc import Callable, Sequence

from stuifmail.model.deliveries import DeliveryState
from stuifmail.model.people import PressDesk
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Dossier, PublicationState
from stuifmail.people.press import name_of
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

_NO_COPY = (DeliveryState.SUPPRESSED, DeliveryState.REJECTED)
_UNDER_WAY = (PublicationState.APPROVED, PublicationState.QUEUED)


def find_told(
    connection: Connection, publication: Publication, desks: Sequence[PressDesk]
) -> Callable[[PressDesk], str]:
    """Answer a function that tells which other language version a desk has or will have, "" for none.

    A desk is the same by its address, or by outlet and desk together.
    """
    has: dict[str, str] = {}
    for sister in _list_sisters(connection, publication):
        for address in _list_addresses(connection, sister):
            has.setdefault(address, sister.id)
    by_name = {name_of(desk): has[desk.address] for desk in desks if desk.address in has}

    def tell(desk: PressDesk) -> str:
        sister = has.get(desk.address) or by_name.get(name_of(desk), "")
        return f"gets this news in {sister}, and no desk gets two languages" if sister else ""

    return tell


def _list_sisters(connection: Connection, publication: Publication) -> list[Dossier]:
    if not publication.facts_id:
        return []
    return [
        dossier
        for dossier in publication_table.list_dossiers(connection, facts_id=publication.facts_id)
        if dossier.id != publication.id
        and not dossier.revision.publication.corrects
        and set(dossier.revision.publication.languages).isdisjoint(publication.languages)
    ]


def _list_addresses(connection: Connection, sister: Dossier) -> set[str]:
    """Who has a copy in the outbox, also of a version that is held; before that, who was approved."""
    copies = delivery_table.list_deliveries(connection, sister.id)
    if copies:
        return {copy.address for copy in copies if copy.state not in _NO_COPY}
    if sister.state not in _UNDER_WAY:
        return set()
    approved = publication_table.get_approved_readers(connection, sister.id)
    return {reader.address for reader in approved if not reader.suppressed}
