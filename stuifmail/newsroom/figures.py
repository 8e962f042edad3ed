"""All figures of the newsroom, as their records say."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from stuifmail.config.models import Source
from stuifmail.figures.compare import with_previous
from stuifmail.figures.membership import count_members
from stuifmail.figures.participants import count_participants
from stuifmail.model.figures import Figure
from stuifmail.model.harvests import SheetCounts
from stuifmail.model.items import Provenance
from stuifmail.model.publications import Publication
from stuifmail.newsroom.house import House
from stuifmail.store import figures as figure_table
from stuifmail.store.database import Connection


def list_known_figures(
    house: House, connection: Connection, publication: Publication
) -> Mapping[str, Figure]:
    """Answer every figure by id, the ledger counted on the last day of the publication's period."""
    return list_figures_on(house, connection, publication.period_ends_at)


def list_figures_on(house: House, connection: Connection, moment: datetime) -> Mapping[str, Figure]:
    """Answer every figure by id: counted sheets beside their previous edition, and the ledger.

    Args:
        moment: on whose day, in the newsroom's zone, the ledger is counted.
    """
    config = house.config
    counted = figure_table.list_figures(connection)
    by_source = {
        source.id: [figure for figure in counted if figure.source_id == source.id]
        for source in config.sources
    }
    sheets = [figure for source in config.sources for figure in _compare(source, by_source, house)]
    ledger = count_members(
        config.members,
        on=moment.astimezone(ZoneInfo(config.organisation.time_zone)).date(),
        tiers=config.vocabularies.tiers,
        computed_at=moment,
    )
    return {figure.id: figure for figure in (*sheets, *ledger)}


def _compare(source: Source, by_source: Mapping[str, list[Figure]], house: House) -> tuple[Figure, ...]:
    figures = tuple(by_source[source.id])
    earlier = house.config.source(source.previous) if source.previous else None
    return with_previous(figures, by_source[earlier.id], earlier.label) if earlier else figures


def count_sheet(house: House, source: Source, content: bytes, provenance: Provenance) -> SheetCounts:
    """Count a participants sheet and store its figures; rows of people are not kept.

    Raises:
        InvalidSheet: the sheet lacks a column, or cannot be read.
    """
    result = count_participants(
        content,
        source=source,
        file=source.file or source.url or source.id,
        computed_at=provenance.fetched_at,
        members=house.config.members,
    )
    with house.store.begin() as connection:
        new, changed = figure_table.put_figures(connection, result.figures)
    return SheetCounts(
        rows_count=sum(figure.value for figure in result.figures if figure.id.endswith(".participants")),
        new_count=new,
        changed_count=changed,
        problems=result.problems,
    )
