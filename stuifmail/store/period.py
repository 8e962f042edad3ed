"""What editors did out of the ordinary within a period: own numbers, and embargoes."""

from datetime import datetime

from sqlalchemy import Connection, or_, select

from stuifmail.model.figures import Override
from stuifmail.model.reviews import EmbargoRecord
from stuifmail.store.figure_overrides import OwnNumber
from stuifmail.store.schema import embargoes, figure_overrides


def list_own_numbers(connection: Connection, start: datetime, end: datetime) -> list[OwnNumber]:
    """Answer the numbers that editors put in the place of counted ones from `start` until before `end`."""
    made = figure_overrides.c.made_at
    query = select(figure_overrides).where(made >= start, made < end).order_by(figure_overrides.c.id)
    return [
        OwnNumber(
            figure_id=row.figure_id,
            value=row.value,
            override=Override(counted=row.counted, actor=row.actor, reason=row.reason, made_at=row.made_at),
            ended_at=row.ended_at,
            ended_by=row.ended_by,
        )
        for row in connection.execute(query)
    ]


def list_embargoes(connection: Connection, start: datetime, end: datetime) -> list[EmbargoRecord]:
    """Answer the embargoes that were set, or were to end, within the period; the earliest end first."""
    within = [(column >= start) & (column < end) for column in (embargoes.c.set_at, embargoes.c.until_at)]
    query = select(embargoes).where(or_(*within)).order_by(embargoes.c.until_at, embargoes.c.facts_id)
    return [EmbargoRecord(**row._mapping) for row in connection.execute(query)]
