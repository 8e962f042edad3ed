"""The newest value of each figure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select, update

from stuifmail.config.codec import from_data, to_data
from stuifmail.model.figures import Figure
from stuifmail.store.schema import figures as table


def put_figures(connection: Connection, figures: Iterable[Figure]) -> tuple[int, int]:
    """Store figures and answer how many were new, and how many changed.

    A figure that only was computed again stays as it is, with its first time.
    """
    new = changed = 0
    for figure in figures:
        stored = next(iter(get_figures(connection, [figure.id])), None)
        values = {"source_id": figure.source_id, "figure": to_data(figure), "computed_at": figure.computed_at}
        if stored is None:
            connection.execute(insert(table).values(id=figure.id, **values))
            new += 1
        elif replace(stored, computed_at=figure.computed_at) != figure:
            connection.execute(update(table).where(table.c.id == figure.id).values(**values))
            changed += 1
    return new, changed


def drop_figures(connection: Connection, source_id: str, *, keep: Collection[str]) -> int:
    """Forget the figures that a source no longer gives, and answer how many these were.

    Args:
        keep: ids of those that it still gives.
    """
    gone = (table.c.source_id == source_id) & table.c.id.not_in(sorted(keep))
    return connection.execute(delete(table).where(gone)).rowcount


def get_figures(connection: Connection, ids: Sequence[str]) -> tuple[Figure, ...]:
    """Answer the figures with these ids, in the order asked for; unknown ids are left out."""
    rows = connection.execute(select(table.c.id, table.c.figure).where(table.c.id.in_(ids)))
    found = {row.id: from_data(Figure, row.figure) for row in rows}
    return tuple(found[name] for name in ids if name in found)


def list_figures(connection: Connection) -> tuple[Figure, ...]:
    """Answer all figures, by id."""
    rows = connection.execute(select(table.c.figure).order_by(table.c.id))
    return tuple(from_data(Figure, row.figure) for row in rows)
