"""The outbox and its ledger: what must go out, and every change of its state.

A row changes only through the functions here, and each change adds a line to the ledger
(`receipts`) in the same transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping

from stuifmail.errors import DispatchError
from stuifmail.model.deliveries import Delivery, DeliveryState
from stuifmail.store.schema import deliveries, receipts

#: What a person may make of a copy, by the state it is in.
_SETTLEMENTS = {
    DeliveryState.UNCERTAIN: (DeliveryState.ACCEPTED, DeliveryState.PLANNED),
    DeliveryState.REJECTED: (DeliveryState.PLANNED,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One change of one copy's state.

    Args:
        detail: the server's words, the transport asked, or who settled it and why.
        recorded_at: UTC.
    """

    delivery_id: str
    state: DeliveryState
    detail: str
    recorded_at: datetime


def insert_deliveries(connection: Connection, planned: Sequence[Delivery], *, at: datetime) -> int:
    """Add the rows that the outbox does not know yet; the others stay as they are.

    Args:
        connection: an open transaction.
        planned: rows in state planned or suppressed.
        at: now, aware.

    Returns:
        How many rows are new.
    """
    if not planned:
        return 0
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(deliveries).on_conflict_do_nothing().returning(deliveries.c.id)
    new = set(connection.execute(statement, [_to_row(row) for row in planned]).scalars())
    _append(connection, (row for row in planned if row.id in new), at)
    return len(new)


def claim_deliveries(
    connection: Connection, publication_id: str, *, by: str, at: datetime, limit: int, after: str = ""
) -> list[Delivery]:
    """Mark the next rows that are due as being attempted, and answer them.

    Commit before the transport is called: a row that was claimed is never claimed again
    without `settle_delivery` or the engine's recovery.

    Args:
        connection: an open transaction.
        publication_id: whose rows.
        by: the transport that will be asked; recovery needs it.
        at: now, aware; a row that has a `next_attempt_at` is due from that moment on.
        limit: at most so many rows.
        after: only rows with a greater id, so that one run tries each row once.

    Returns:
        The rows by id, in state attempting, this attempt counted; empty when nothing is due.
    """
    ids = _lock_due(connection, publication_id, at, limit, after)
    if not ids:
        return []
    statement = (
        update(deliveries)
        .where(deliveries.c.id.in_(ids))
        .values(
            state=DeliveryState.ATTEMPTING,
            attempts_count=deliveries.c.attempts_count + 1,
            next_attempt_at=None,
            detail=by,
        )
        .returning(deliveries)
    )
    claimed = sorted(map(_from_row, connection.execute(statement).mappings()), key=lambda row: row.id)
    _append(connection, claimed, at)
    return claimed


def record_deliveries(connection: Connection, changed: Sequence[Delivery], *, at: datetime) -> None:
    """Write down what became of these rows, and add it to the ledger.

    Args:
        connection: an open transaction.
        changed: the rows with their new state, attempts, next attempt and detail.
        at: now, aware.
    """
    if not changed:
        return
    statement = (
        update(deliveries)
        .where(deliveries.c.id == bindparam("row_id"))
        .values({name: bindparam(f"new_{name}") for name in _CHANGING})
    )
    connection.execute(statement, [_to_change(row) for row in changed])
    _append(connection, changed, at)


def release_deliveries(connection: Connection, publication_id: str, *, detail: str, at: datetime) -> int:
    """Let planned copies go out now that were to wait for a moment; answer how many.

    Args:
        connection: an open transaction.
        publication_id: whose rows.
        detail: who decided it and why; goes into the ledger.
        at: now, aware.
    """
    waiting = deliveries.c.next_attempt_at.is_not(None)
    values = {"next_attempt_at": None, "detail": detail}
    return _change_planned(connection, publication_id, waiting, values, at)


def postpone_deliveries(
    connection: Connection,
    publication_id: str,
    addresses: Iterable[str],
    *,
    until: datetime,
    detail: str,
    at: datetime,
) -> int:
    """Let copies that may go out earlier wait for a moment; answer how many.

    Args:
        connection: an open transaction.
        publication_id: whose planned and deferred rows.
        addresses: in lower case.
        until: aware.
        detail: why; goes into the ledger.
        at: now, aware.
    """
    wanted = and_(
        func.lower(deliveries.c.address).in_(list(addresses)),
        or_(deliveries.c.next_attempt_at.is_(None), deliveries.c.next_attempt_at < until),
    )
    values = {"next_attempt_at": until, "detail": detail}
    return sum(
        _change_planned(connection, publication_id, wanted, values, at, state=state)
        for state in (DeliveryState.PLANNED, DeliveryState.DEFERRED)
    )


def suppress_rest(connection: Connection, publication_id: str, *, detail: str, at: datetime) -> int:
    """Let no further copy go out, now or later; answer how many that were.

    A copy that a run has in hand stays as it is: count the copies after this call, not before.

    Args:
        connection: an open transaction.
        publication_id: whose planned and deferred rows.
        detail: who decided it and why; goes into the ledger.
        at: now, aware.
    """
    values = {"next_attempt_at": None, "detail": detail, "state": DeliveryState.SUPPRESSED}
    return sum(
        _change_planned(connection, publication_id, true(), values, at, state=state)
        for state in (DeliveryState.PLANNED, DeliveryState.DEFERRED)
    )


def _change_planned(
    connection: Connection,
    publication_id: str,
    condition: ColumnElement[bool],
    values: dict[str, Any],
    at: datetime,
    *,
    state: DeliveryState = DeliveryState.PLANNED,
) -> int:
    statement = (
        update(deliveries)
        .where(deliveries.c.publication_id == publication_id, deliveries.c.state == state, condition)
        .values(**values)
        .returning(deliveries)
    )
    changed = [_from_row(row) for row in connection.execute(statement).mappings()]
    _append(connection, changed, at)
    return len(changed)


def next_attempt_of(connection: Connection, publication_id: str) -> datetime | None:
    """Answer when the first copy that waits is due; None when none waits for a moment."""
    query = select(func.min(deliveries.c.next_attempt_at)).where(
        deliveries.c.publication_id == publication_id,
        deliveries.c.state.in_((DeliveryState.PLANNED, DeliveryState.DEFERRED)),
    )
    found: datetime | None = connection.execute(query).scalar()
    return found


def settle_delivery(
    connection: Connection,
    publication_id: str,
    address: str,
    *,
    state: DeliveryState,
    actor: str,
    reason: str,
    at: datetime,
) -> Delivery:
    """Let a person decide on a copy that nobody can vouch for, or that was refused.

    Args:
        connection: an open transaction.
        publication_id: which publication.
        address: whose copy.
        state: accepted (it arrived) or planned (send it again); for a refused copy only planned.
        actor: id of the role that decides.
        reason: why; goes into the ledger.
        at: now, aware.

    Returns:
        The row as it is now.

    Raises:
        DispatchError: no such copy, no reason, or a state that does not allow this.
    """
    row = _find(connection, publication_id, address)
    if state not in _SETTLEMENTS.get(row.state, ()):
        raise DispatchError(
            f"this copy is {row.state}, so it cannot be made {state}",
            place=f"{publication_id} {address}",
            remedy="only uncertain copies can be settled as accepted; uncertain or rejected ones sent again",
        )
    if not reason.strip():
        raise DispatchError(
            "a reason is missing", place=f"{publication_id} {address}", remedy="say how you know"
        )
    settled = replace(row, state=state, next_attempt_at=None, detail=f"{actor}: {reason}", attempts_count=0)
    record_deliveries(connection, [settled], at=at)
    return settled


def count_deliveries(connection: Connection, publication_id: str) -> dict[DeliveryState, int]:
    """Answer how many copies are in each state; states without copies are left out."""
    statement = (
        select(deliveries.c.state, func.count())
        .where(deliveries.c.publication_id == publication_id)
        .group_by(deliveries.c.state)
    )
    counts = {DeliveryState(state): count for state, count in connection.execute(statement)}
    return {state: counts[state] for state in DeliveryState if state in counts}


def count_accepted(connection: Connection, publication_id: str) -> dict[str, int]:
    """Answer by edition how many copies the next server accepted; editions without are left out."""
    statement = (
        select(deliveries.c.edition, func.count())
        .where(deliveries.c.publication_id == publication_id, deliveries.c.state == DeliveryState.ACCEPTED)
        .group_by(deliveries.c.edition)
        .order_by(deliveries.c.edition)
    )
    return {edition: int(count) for edition, count in connection.execute(statement)}


def list_deliveries(
    connection: Connection, publication_id: str, *, states: Iterable[DeliveryState] = ()
) -> list[Delivery]:
    """Answer the publication's copies by address; only those in `states` when any are given."""
    statement: Select[Any] = select(deliveries).where(deliveries.c.publication_id == publication_id)
    if wanted := tuple(states):
        statement = statement.where(deliveries.c.state.in_(wanted))
    rows = connection.execute(statement.order_by(deliveries.c.address, deliveries.c.id)).mappings()
    return [_from_row(row) for row in rows]


def list_receipts(connection: Connection, publication_id: str) -> list[LedgerLine]:
    """Answer the publication's whole ledger, oldest line first."""
    statement = (
        select(receipts.c.delivery_id, receipts.c.state, receipts.c.detail, receipts.c.recorded_at)
        .join(deliveries, deliveries.c.id == receipts.c.delivery_id)
        .where(deliveries.c.publication_id == publication_id)
        .order_by(receipts.c.id)
    )
    rows = connection.execute(statement).mappings()
    return [LedgerLine(**{**row, "state": DeliveryState(row["state"])}) for row in rows]


#: The columns that change after a row was planned.
_CHANGING = ("state", "attempts_count", "next_attempt_at", "detail")


def _lock_due(connection: Connection, publication_id: str, at: datetime, limit: int, after: str) -> list[str]:
    """Answer the ids that are due; PostgreSQL passes over rows that another run is claiming."""
    due = or_(
        and_(
            deliveries.c.state == DeliveryState.PLANNED,
            or_(deliveries.c.next_attempt_at.is_(None), deliveries.c.next_attempt_at <= at),
        ),
        and_(deliveries.c.state == DeliveryState.DEFERRED, deliveries.c.next_attempt_at <= at),
    )
    wanted = (
        select(deliveries.c.id)
        .where(deliveries.c.publication_id == publication_id, deliveries.c.id > after, due)
        .order_by(deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(connection.execute(wanted).scalars())


def _find(connection: Connection, publication_id: str, address: str) -> Delivery:
    statement = (
        select(deliveries)
        .where(deliveries.c.publication_id == publication_id, deliveries.c.address == address)
        .with_for_update()
    )
    row = connection.execute(statement).mappings().one_or_none()
    if row is None:
        raise DispatchError(
            "there is no copy for this address",
            place=f"{publication_id} {address}",
            remedy="list the publication's copies to see its addresses",
        )
    return _from_row(row)


def _append(connection: Connection, changed: Iterable[Delivery], at: datetime) -> None:
    lines = [
        {"delivery_id": row.id, "state": row.state, "detail": row.detail, "recorded_at": at}
        for row in changed
    ]
    if lines:
        connection.execute(insert(receipts), lines)


def _to_row(row: Delivery) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in deliveries.columns}


def _to_change(row: Delivery) -> dict[str, Any]:
    return {"row_id": row.id} | {f"new_{name}": getattr(row, name) for name in _CHANGING}


def _from_row(row: RowMapping) -> Delivery:
    return Delivery(**{**row, "state": DeliveryState(row["state"])})
