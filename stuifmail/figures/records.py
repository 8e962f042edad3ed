"""Figures of an event that no participants sheet gives: from its programme and the ledger."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from stuifmail.config.codec import sha256_of, to_data
from stuifmail.config.events import OwnEvent
from stuifmail.config.models import Member
from stuifmail.figures.membership import LEDGER
from stuifmail.figures.metrics import EVENT_METRICS
from stuifmail.model.figures import Figure
from stuifmail.model.records import ProgrammeRow, Realisation

#: What the source of these figures is called.
PROGRAMME = "programme"
STATED = "sources.yaml"


def count_presentations(
    event_id: str, rows: Sequence[ProgrammeRow], *, computed_at: datetime
) -> tuple[Figure, ...]:
    """Count the presentations that were given; nothing before anybody noted what took place.

    It counts presentations and not speakers: two may share one, and one may give two.
    """
    told = [row for row in rows if row.kind == "presentation" and row.delivered is not None]
    if not told:
        return ()
    given = sum(bool(row.delivered) for row in told)
    digest = sha256_of([to_data(row) for row in rows])
    return (_figure(event_id, "presentations", given, PROGRAMME, digest, computed_at),)


def count_joined(
    realisation: Realisation, joined: Sequence[Member], *, is_over: bool, computed_at: datetime
) -> tuple[Figure, ...]:
    """Count who had been announced to join at an event, and afterwards who did."""
    event_id = realisation.event_id
    announced = sha256_of(sorted(realisation.announced))
    figures = [_figure(event_id, "announced", len(realisation.announced), LEDGER, announced, computed_at)]
    if is_over:
        digest = sha256_of(sorted(member.id for member in joined))
        figures.append(_figure(event_id, "new_members", len(joined), LEDGER, digest, computed_at))
    return tuple(figures)


def count_active(event_id: str, active: Collection[Member], *, computed_at: datetime) -> Figure:
    """Count the members on the event's day: of how many the member organisations are a part."""
    digest = sha256_of(sorted(member.id for member in active))
    return _figure(event_id, "active_members", len(active), LEDGER, digest, computed_at)


def state_figures(event: OwnEvent, *, computed_at: datetime) -> Iterator[Figure]:
    """Yield the numbers of which no sheet is left, as sources.yaml states them."""
    for stated in event.figures:
        metric = EVENT_METRICS.get(stated.metric)
        yield Figure(
            id=f"{event.id}.{stated.metric}",
            value=stated.value,
            unit=metric.unit(stated.value) if metric else {},
            definition=stated.definition,
            source_id=STATED,
            source_sha256=sha256_of(stated.model_dump(mode="json")),
            computed_at=computed_at,
        )


def _figure(
    event_id: str, name: str, value: int, source_id: str, digest: str, computed_at: datetime
) -> Figure:
    metric = EVENT_METRICS[name]
    return Figure(
        id=f"{event_id}.{name}",
        value=value,
        unit=metric.unit(value),
        definition=metric.definition,
        source_id=source_id,
        source_sha256=digest,
        computed_at=computed_at,
    )
