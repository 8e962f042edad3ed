"""Storing what was harvested: new rows, rows edited upstream, and rows to leave alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Row, Table, bindparam, insert, select, update

from stuifmail.model.events import Event
from stuifmail.model.items import Item
from stuifmail.store.batches import split_batches

Harvested = TypeVar("Harvested", Item, Event)
Values: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PutCounts:
    """What storing a batch did.

    Args:
        new_count: stored for the first time.
        changed_count: edited upstream; their version went up by one.
        unchanged_count: as they were.
    """

    new_count: int = 0
    changed_count: int = 0
    unchanged_count: int = 0


def put_harvested(
    connection: Connection,
    table: Table,
    found: Sequence[Harvested],
    to_row: Callable[[Harvested], Values],
    compared: Sequence[str],
) -> PutCounts:
    """Store items or events; answer what was new and what was edited upstream.

    An edited one keeps the moment when it was first seen, and its version goes up by one. Of
    two with the same id the first counts.

    Args:
        table: items or events.
        to_row: its columns' values.
        compared: the columns of which one must be another for it to count as edited.
    """
    unique = {value.id: value for value in reversed(found)}
    stored = _read_stored(connection, table, list(unique), compared)
    new, changed = [], []
    for key, value in unique.items():
        row = to_row(value)
        if key not in stored:
            new.append(row)
        elif any(row[name] != getattr(stored[key], name) for name in compared):
            changed.append(to_row(_follow(value, stored[key])))
    if new:
        connection.execute(insert(table), new)
    if changed:
        _update_rows(connection, table, changed)
    return PutCounts(
        new_count=len(new),
        changed_count=len(changed),
        unchanged_count=len(unique) - len(new) - len(changed),
    )


def _follow(value: Harvested, stored: Row[Any]) -> Harvested:
    return replace(value, version=stored.version + 1, first_seen_at=stored.first_seen_at)


def _read_stored(
    connection: Connection, table: Table, ids: Sequence[str], compared: Sequence[str]
) -> dict[str, Row[Any]]:
    columns = [table.c[name] for name in ("id", "version", "first_seen_at", *compared)]
    return {
        row.id: row
        for batch in split_batches(ids)
        for row in connection.execute(select(*columns).where(table.c.id.in_(batch)))
    }


def _update_rows(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Update all columns of these rows; names get a prefix, since SQLAlchemy reserves the columns'."""
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != "id"}
    statement = update(table).where(table.c.id == bindparam("new_id")).values(values)
    connection.execute(statement, [{f"new_{name}": value for name, value in row.items()} for row in rows])
