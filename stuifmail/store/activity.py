"""What is stored of each member's news and events."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from stuifmail.model.health import FirstItem, MemberActivity
from stuifmail.store.schema import events, items


def get_activities(connection: Connection, now: datetime) -> dict[str, MemberActivity]:
    """Answer what is stored of each member by its id; members of whom nothing is are absent.

    Args:
        now: aware; dates after it do not count as newest.
    """
    query = (
        select(items.c.member_id, func.count())
        .where(items.c.killed_at.is_(None), items.c.member_id != "")
        .group_by(items.c.member_id)
    )
    counts = {row[0]: row[1] for row in connection.execute(query)}
    firsts, newest = _get_firsts(connection), _get_newest(connection, now)
    for member_id, came_in_at in _get_newest_events(connection).items():
        newest[member_id] = max(newest.get(member_id, came_in_at), came_in_at)
    return {
        member_id: MemberActivity(
            member_id=member_id,
            items_count=counts.get(member_id, 0),
            newest_at=newest.get(member_id),
            first=firsts.get(member_id),
        )
        for member_id in sorted({*counts, *newest} - {""})
    }


def _get_newest_events(connection: Connection) -> dict[str, datetime]:
    """Answer when an event of each member came in last: who fills in a calendar is not silent."""
    query = select(
        events.c.member_id, func.max(events.c.first_seen_at, type_=events.c.first_seen_at.type)
    ).group_by(events.c.member_id)
    return {row[0]: row[1] for row in connection.execute(query)}


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
