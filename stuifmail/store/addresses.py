"""What editors decided about e-mail addresses that members hide from robots."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from stuifmail.store.schema import address_decisions as table


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressDecision:
    """One editor's word on one address.

    Args:
        is_confirmed: it is read rightly and may be printed; False: it may not.
        actor: the role that decided.
        decided_at: UTC.
    """

    address: str
    is_confirmed: bool
    actor: str
    decided_at: datetime


def put_decision(connection: Connection, decision: AddressDecision) -> None:
    """Store a decision in the place of an earlier one."""
    values = {
        "is_confirmed": decision.is_confirmed,
        "actor": decision.actor,
        "decided_at": decision.decided_at,
    }
    try:
        with connection.begin_nested():  # two editors may decide at once
            connection.execute(insert(table).values(address=decision.address, **values))
    except IntegrityError:
        connection.execute(update(table).where(table.c.address == decision.address).values(values))


def all_decisions(connection: Connection) -> dict[str, AddressDecision]:
    """Answer the decisions by address."""
    rows = connection.execute(select(table).order_by(table.c.address))
    return {row.address: AddressDecision(**row._mapping) for row in rows}


def confirmed_addresses(connection: Connection) -> frozenset[str]:
    """Answer the addresses that may be printed."""
    return frozenset(connection.execute(select(table.c.address).where(table.c.is_confirmed)).scalars())
