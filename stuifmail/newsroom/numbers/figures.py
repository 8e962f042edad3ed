"""All figures of the newsroom, as their records say, editors' own numbers over them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stuifmail.config.models import OwnEvent, Source
from stuifmail.figures.compare import Edition, metric_of, with_editions
from stuifmail.figures.membership import active_members, count_members
from stuifmail.figures.metrics import EVENT_METRICS
from stuifmail.figures.participants import count_participants
from stuifmail.figures.records import count_active, count_joined, count_presentations, state_figures
from stuifmail.model.figures import Breakdown, Figure
from stuifmail.model.harvests import SheetCounts
from stuifmail.model.items import Provenance
from stuifmail.model.publications import Publication
from stuifmail.model.records import EventRecord
from stuifmail.newsroom.house import House
from stuifmail.newsroom.our_events.ledger import joined_at, realise
from stuifmail.newsroom.our_events.records import days_of, list_records
from stuifmail.store import breakdowns as breakdown_table
from stuifmail.store import figure_overrides as override_table
from stuifmail.store import figures as figure_table
from stuifmail.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """An editor's own number whose figure has been counted anew, and otherwise.

    Args:
        then: what was counted when the editor wrote it.
        now: what is counted; None when it is counted no more.
    """

    figure_id: str
    value: int
    then: int
    now: int | None


def list_known_figures(
    house: House, connection: Connection, publication: Publication
) -> Mapping[str, Figure]:
    """Answer every figure by id, the ledger counted on the last day of the publication's period."""
    return list_figures_on(house, connection, publication.period_ends_at)


def list_figures_on(house: House, connection: Connection, moment: datetime) -> Mapping[str, Figure]:
    """Answer every figure by id: sheets, programmes and the ledger, beside earlier editions.

    Where an editor has put a number of their own, that is the value, of earlier editions too.

    Args:
        moment: on whose day, in the newsroom's zone, the ledger is counted.
    """
    figures = dict(_list_counted(house, connection, moment))
    for own in override_table.list_standing(connection).values():
        if own.figure_id in figures:
            figures[own.figure_id] = _overridden(figures[own.figure_id], own)
    for event in house.config.events:
        ours = [figure for name, figure in figures.items() if _event_of(name) == event.id]
        editions = [_edition(earlier, figures) for earlier in _earlier(event, house)]
        figures |= {figure.id: figure for figure in with_editions(ours, editions, is_first=_is_first(event))}
    return figures


def list_breakdowns(house: House, connection: Connection) -> Mapping[str, Breakdown]:
    """Answer every breakdown by id, of the sheets that sources.yaml still has."""
    sources = {source.id for source in house.config.sources}
    return {
        each.id: each for each in breakdown_table.list_breakdowns(connection) if each.source_id in sources
    }


def list_drifts(house: House, connection: Connection, moment: datetime) -> Mapping[str, Drift]:
    """Answer, by figure, which numbers of editors stand over what has changed since."""
    standing = override_table.list_standing(connection).values()
    if not standing:
        return {}
    counted = {figure.id: figure.value for figure in _list_counted(house, connection, moment).values()}
    return {
        own.figure_id: Drift(figure_id=own.figure_id, value=own.value, then=own.override.counted, now=now)
        for own in standing
        if (now := counted.get(own.figure_id)) != own.override.counted
    }


def _list_counted(house: House, connection: Connection, moment: datetime) -> Mapping[str, Figure]:
    """Answer every figure as it was counted, without editors' numbers and earlier editions."""
    config = house.config
    day = moment.astimezone(ZoneInfo(config.organisation.time_zone)).date()
    sources = {source.id for source in config.sources}
    found = [figure for figure in figure_table.list_figures(connection) if figure.source_id in sources]
    by_id = {
        figure.id: figure for event in config.events for figure in state_figures(event, computed_at=moment)
    }
    by_id |= {figure.id: figure for figure in found}
    for record in list_records(house, connection).values() if config.events else ():
        by_id |= {figure.id: figure for figure in _count_record(house, record, by_id, day, moment)}
    ledger = count_members(config.members, on=day, tiers=config.vocabularies.tiers, computed_at=moment)
    return by_id | {figure.id: figure for figure in ledger}


def _count_record(
    house: House, record: EventRecord, known: Mapping[str, Figure], day: date, moment: datetime
) -> Iterator[Figure]:
    yield from count_presentations(record.id, record.programme, computed_at=moment)
    days = days_of(record.facts)
    if days and f"{record.id}.member_organisations" in known:
        active = active_members(house.config.members, days[1])
        yield count_active(record.id, active, computed_at=moment)
    prospects = (prospect.event for prospect in house.config.prospects)
    if days and (record.facts.kind == "signing" or record.id in prospects):
        is_over = day >= days[1]
        joined = joined_at(house, record)
        yield from count_joined(realise(house, record), joined, is_over=is_over, computed_at=moment)


def _overridden(figure: Figure, own: override_table.OwnNumber) -> Figure:
    metric = EVENT_METRICS.get(metric_of(figure))
    unit = metric.unit(own.value) if metric and not figure.id.startswith("members.") else figure.unit
    return replace(figure, value=own.value, unit=unit, override=own.override)


def _event_of(figure_id: str) -> str:
    return figure_id.rpartition(".")[0]


def _edition(event: OwnEvent, figures: Mapping[str, Figure]) -> Edition:
    ours = {metric_of(each): each for name, each in figures.items() if _event_of(name) == event.id}
    return Edition(label=event.label or event.id, figures=ours)


def _is_first(event: OwnEvent) -> bool:
    """Answer whether it begins a row of editions; a part of another event is an edition of nothing."""
    return bool(event.label) and not event.previous and not event.part_of


def _earlier(event: OwnEvent, house: House) -> Iterator[OwnEvent]:
    """Yield the earlier editions of an event, the last one first."""
    seen = {event.id}
    before = house.config.event(event.previous) if event.previous else None
    while before is not None and before.id not in seen:
        yield before
        seen.add(before.id)
        before = house.config.event(before.previous) if before.previous else None


def count_sheet(house: House, source: Source, content: bytes, provenance: Provenance) -> SheetCounts:
    """Count a participants sheet and store its figures; rows of people are not kept.

    Raises:
        InvalidSheet: the sheet lacks a column, or cannot be read.
    """
    with house.store.begin() as connection:
        on = _day_of(house, connection, source.about or "")
    result = count_participants(
        content,
        source=source,
        file=source.file or source.url or source.id,
        computed_at=provenance.fetched_at,
        members=house.config.members,
        on=on,
    )
    with house.store.begin() as connection:
        new, changed = figure_table.put_figures(connection, result.figures)
        figure_table.drop_figures(connection, source.id, keep={figure.id for figure in result.figures})
        breakdown_table.put_breakdowns(connection, source.id, result.breakdowns)
    counts = {metric_of(figure): figure.value for figure in result.figures}
    return SheetCounts(
        rows_count=counts.get("participants", counts.get("registered", 0)),
        new_count=new,
        changed_count=changed,
        problems=result.problems,
    )


def _day_of(house: House, connection: Connection, event_id: str) -> date | None:
    """Answer the last day of an event, None while nobody knows it."""
    event = house.config.event(event_id)
    if event is None:
        return None
    record = list_records(house, connection).get(event_id)
    days = days_of(record.facts) if record else None
    return days[1] if days else None
