"""The newest of each breakdown."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from stuifmail.config.codec import from_data, to_data
from stuifmail.model.figures import Breakdown
from stuifmail.store.schema import breakdowns as table


def put_breakdowns(connection: Connection, source_id: str, breakdowns: Iterable[Breakdown]) -> None:
    """Store the breakdowns of a source in the place of all that it had."""
    connection.execute(delete(table).where(table.c.source_id == source_id))
    rows = [
        {
            "id": each.id,
            "source_id": each.source_id,
            "breakdown": to_data(each),
            "computed_at": each.computed_at,
        }
        for each in breakdowns
    ]
    if rows:
        connection.execute(insert(table), rows)


def list_breakdowns(connection: Connection) -> tuple[Breakdown, ...]:
    """Answer all breakdowns, by id."""
    rows = connection.execute(select(table.c.breakdown).order_by(table.c.id))
    return tuple(from_data(Breakdown, row.breakdown) for row in rows)
