"""What health wants to know of a document: noted when it is read, looked at later. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from stuifmail.model.items import Item

#: Clocks of servers go wrong by hours, and dates without a time by half a day.
_FUTURE = timedelta(days=1)
#: Fewer entries with one id prove nothing.
_FEW = 3
#: Facts that are troubles when they are true or more than nought.
TROUBLES = ("future_count", "one_guid", "undated", "empty")


def describe_facts(items: Sequence[Item], *, events_count: int, now: datetime) -> dict[str, Any]:
    """Answer the facts of a document, as they are stored with its source.

    Args:
        items: all of the document, in its order.
        events_count: how many events it holds.
        now: when it was fetched, aware.

    Returns:
        `newest_at` (ISO 8601 in UTC, or None; dates in the future do not count), `future_count`,
        `one_guid` (all entries share one), `undated` (none has a date) and `empty`.
    """
    dates = [when for item in items if (when := item.entry.published_at or item.entry.updated_at)]
    past = [when for when in dates if when <= now + _FUTURE]
    guids = {item.entry.guid for item in items}
    return {
        "newest_at": max(past).astimezone(UTC).isoformat() if past else None,
        "future_count": len(dates) - len(past),
        "one_guid": len(items) >= _FEW and len(guids) == 1 and None not in guids,
        "undated": bool(items) and not dates,
        "empty": not items and not events_count,
    }


def note_since(facts: Mapping[str, Any], since: Mapping[str, str], now: datetime) -> dict[str, str]:
    """Answer since when each trouble among the facts is there.

    Args:
        facts: of the document that was just read.
        since: what was noted before; a trouble that was there already keeps its moment.
        now: aware.
    """
    moment = now.astimezone(UTC).isoformat()
    return {name: since.get(name, moment) for name in TROUBLES if facts.get(name)}
