"""What is stored of each member's news."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from stuifmail.model.health import FirstItem, MemberActivity
from stuifmail.store.schema import items


def get_activities(connection: Connection, now: datetime) -> dict[str, MemberActivity]:
    """Answer what is stored of each member by its id; members without news are absent.

    Args:
        now: aware; dates after it do not count as newest.
    """
    firsts = _get_firsts(connection)
    query = (
        select(items.c.member_id, func.count().label("count"))
        .where(items.c.killed_at.is_(None), items.c.member_id != "")
        .group_by(items.c.member_id)
    )
    newest = _get_newest(connection, now)
    return {
        row.member_id: MemberActivity(
            member_id=row.member_id,
            items_count=row._mapping["count"],
            newest_at=newest.get(row.member_id),
            first=firsts.get(row.member_id),
        )
        for row in connection.execute(query)
    }


def _get_newest(connection: Connection, now: datetime) -> dict[str, datetime]:
    query = (
        select(items.c.member_id, func.max(items.c.dated_at, type_=items.c.dated_at.type))
        .where(items.c.killed_at.is_(None), items.c.dated_at <= now)
        .group_by(items.c.member_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _get_firsts(connection: Connection) -> dict[str, FirstItem]:
    """Answer the piece of each member that came in first; of those of one harvest the oldest."""
    place = func.row_number().over(
        partition_by=items.c.member_id, order_by=(items.c.first_seen_at, items.c.dated_at, items.c.id)
    )
    numbered = (
        select(
            items.c.id,
            items.c.member_id,
            items.c.title,
            items.c.link,
            items.c.first_seen_at,
            place.label("place"),
        )
        .where(items.c.killed_at.is_(None))
        .subquery()
    )
    rows = connection.execute(select(numbered).where(numbered.c.place == 1))
    return {row.member_id: _first(row) for row in rows}


def _first(row: Row[Any]) -> FirstItem:
    return FirstItem(
        member_id=row.member_id,
        item_id=row.id,
        title=row.title,
        link=row.link,
        first_seen_at=row.first_seen_at,
    )
