"""Editors' own numbers: who put which one in the place of what was counted, and why; kept for good."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from stuifmail.model.figures import Override
from stuifmail.store.schema import figure_overrides as table


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNumber:
    """An editor's own number.

    Args:
        ended_at: UTC; None while it stands.
    """

    figure_id: str
    value: int
    override: Override
    ended_at: datetime | None = None
    ended_by: str = ""


def put_override(connection: Connection, figure_id: str, value: int, override: Override) -> None:
    """Store an editor's number; an earlier one of the same figure ends by it."""
    end_override(connection, figure_id, actor=override.actor, at=override.made_at)
    connection.execute(
        insert(table).values(
            figure_id=figure_id,
            value=value,
            counted=override.counted,
            actor=override.actor,
            reason=override.reason,
            made_at=override.made_at,
        )
    )


def end_override(connection: Connection, figure_id: str, *, actor: str, at: datetime) -> bool:
    """End an editor's number: what is counted counts again; False when there was none."""
    standing = (table.c.figure_id == figure_id) & table.c.ended_at.is_(None)
    return bool(
        connection.execute(update(table).where(standing).values(ended_at=at, ended_by=actor)).rowcount
    )


def list_standing(connection: Connection) -> dict[str, OwnNumber]:
    """Answer the numbers that stand, by figure."""
    rows = connection.execute(select(table).where(table.c.ended_at.is_(None)).order_by(table.c.id))
    return {row.figure_id: _from_row(row) for row in rows}


def list_history(connection: Connection, figure_id: str) -> tuple[OwnNumber, ...]:
    """Answer all numbers that editors gave a figure, the oldest first."""
    rows = connection.execute(select(table).where(table.c.figure_id == figure_id).order_by(table.c.id))
    return tuple(_from_row(row) for row in rows)


def _from_row(row: Row[tuple[object, ...]]) -> OwnNumber:
    return OwnNumber(
        figure_id=row.figure_id,
        value=row.value,
        override=Override(counted=row.counted, actor=row.actor, reason=row.reason, made_at=row.made_at),
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )
