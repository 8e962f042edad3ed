"""Addresses that get no mail, whatever a sheet says."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from stuifmail.store.schema import suppressions as table


def add_suppression(connection: Connection, address: str, *, reason: str, since: datetime) -> bool:
    """Put an address on the list; answer False when it stood there already, and stays as it was.

    Args:
        address: compared without capitals.
        reason: in words, for the people of the newsroom.
        since: aware, UTC.
    """
    row = insert(table).values(address=address.lower(), reason=reason, since=since)
    try:
        with connection.begin_nested():  # two runs may meet the same complaint at once
            connection.execute(row)
    except IntegrityError:
        return False
    return True


def remove_suppression(connection: Connection, address: str) -> bool:
    """Take an address off the list; answer whether it was on it."""
    return bool(connection.execute(delete(table).where(table.c.address == address.lower())).rowcount)


def find_suppression(connection: Connection, address: str) -> str | None:
    """Answer why this address gets no mail; None when it is not on the list."""
    found: str | None = connection.execute(
        select(table.c.reason).where(table.c.address == address.lower())
    ).scalar()
    return found


def all_suppressions(connection: Connection) -> dict[str, str]:
    """Answer each suppressed address, in lower case, with its reason."""
    rows = connection.execute(select(table.c.address, table.c.reason).order_by(table.c.address))
    return {row.address: row.reason for row in rows}
