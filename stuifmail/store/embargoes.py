"""Embargoes: which facts are locked until when; who set, lifted and withdrew them."""

from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from stuifmail.model.reviews import EmbargoRecord
from stuifmail.store.schema import embargoes


def put_embargo(connection: Connection, record: EmbargoRecord) -> None:
    """Store an embargo in the place of an earlier one of the same facts."""
    values = {column.name: getattr(record, column.name) for column in embargoes.columns}
    changed = connection.execute(
        update(embargoes).where(embargoes.c.facts_id == record.facts_id).values(**values)
    )
    if not changed.rowcount:
        connection.execute(insert(embargoes).values(**values))


def find_embargo(connection: Connection, facts_id: str) -> EmbargoRecord | None:
    """Answer the embargo of these facts, over or not; None when they never had one."""
    if not facts_id:
        return None
    row = connection.execute(select(embargoes).where(embargoes.c.facts_id == facts_id)).one_or_none()
    return _to_record(row) if row else None


def list_open_embargoes(connection: Connection, *, until_after: datetime) -> list[EmbargoRecord]:
    """Answer the embargoes that nobody lifted and that end after a moment, earliest end first."""
    query = (
        select(embargoes)
        .where(embargoes.c.lifted_at.is_(None), embargoes.c.until_at > until_after)
        .order_by(embargoes.c.until_at, embargoes.c.facts_id)
    )
    return [_to_record(row) for row in connection.execute(query)]


def _to_record(row: Row[tuple[object, ...]]) -> EmbargoRecord:
    return EmbargoRecord(**row._mapping)
