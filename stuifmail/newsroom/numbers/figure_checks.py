"""What the checks say of a publication's figures, beside whether they are those of the record."""

from stuifmail.figures.membership import LEDGER
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Finding
from stuifmail.newsroom.house import House
from stuifmail.newsroom.numbers.figures import list_drifts
from stuifmail.review.conflicts import check_conflicts, check_internal, check_overrides
from stuifmail.review.numbers import check_numbers
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection


def check_figures(house: House, connection: Connection, publication: Publication) -> list[Finding]:
    """Answer the findings on typed numbers, and on figures that others show otherwise."""
    drifts = list_drifts(house, connection, publication.period_ends_at).values()
    others = publication_table.list_dossiers(connection) if publication.figures else ()
    return [
        *check_numbers(publication),
        *check_internal(publication),
        *check_conflicts(publication, others, ledger=LEDGER),
        *check_overrides([(each.figure_id, each.value, each.then, each.now) for each in drifts], publication),
    ]
