"""Fetching what members published, and counting what their sheets hold."""

from collections.abc import Callable, Sequence
from functools import partial

from stuifmail.config.models import Source
from stuifmail.errors import StuifmailError
from stuifmail.harvest.harvest import harvest_sources
from stuifmail.model.harvests import HarvestReport, SourceReport
from stuifmail.newsroom.house import House
from stuifmail.newsroom.numbers.figures import count_sheet

OnSource = Callable[[SourceReport], None]


def choose_sources(house: House, source_ids: Sequence[str] | None) -> list[Source]:
    """Answer the sources with these ids, or all, in the order of sources.yaml.

    Raises:
        StuifmailError: there is no such source.
    """
    known = {source.id: source for source in house.config.sources}
    for source_id in source_ids or ():
        if source_id not in known:
            raise StuifmailError(
                "there is no such source", place=source_id, remedy="see them with: stuifmail sources"
            )
    wanted = set(known if source_ids is None else source_ids)
    return [source for source in house.config.sources if source.id in wanted]


def harvest_due(
    house: House,
    source_ids: Sequence[str] | None = None,
    *,
    on_report: OnSource | None = None,
    ask_all: bool = False,
) -> HarvestReport:
    """Ask the sources that are due and store what is new. The caller holds the lock "harvest".

    Args:
        source_ids: only these, and these in any case; else all that are due.
        on_report: called after each source.
        ask_all: ask also those for which it is not time yet, or that are gone for good.

    Raises:
        StuifmailError: there is no such source.
    """
    return harvest_sources(
        choose_sources(house, source_ids),
        config=house.config,
        root=house.root,
        store=house.store,
        clock=house.clock,
        take_participants=partial(count_sheet, house),
        on_report=on_report,
        ask_all=ask_all or source_ids is not None,
    )
