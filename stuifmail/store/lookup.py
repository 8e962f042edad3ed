"""Finding records by the beginning of their id, as people type it."""

from sqlalchemy import Connection, select

from stuifmail.store.schema import events, items


def find_ids(connection: Connection, prefix: str, *, limit: int = 5) -> tuple[list[str], list[str]]:
    """Answer the ids of items, and those of events, that begin so; by id, at most so many of each."""
    item_ids, event_ids = (
        list(
            connection.scalars(
                select(table.c.id)
                .where(table.c.id.startswith(prefix, autoescape=True))
                .order_by(table.c.id)
                .limit(limit)
            )
        )
        for table in (items, events)
    )
    return item_ids, event_ids
