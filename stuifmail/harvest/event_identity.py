"""Which calendar entries of two harvests are the same event."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from stuifmail.model.events import CalendarEntry


def event_ids(source_id: str, events: Sequence[CalendarEntry]) -> tuple[str, ...]:
    """Answer a short stable id for each event of one calendar, in its order.

    The id comes from source, UID and RECURRENCE-ID; without a UID, or where different events
    share one, from summary and start too.
    """
    keys = [_key(event) for event in events]
    differing = Counter(uid for uid, *_ in set(keys))
    return tuple(_shorten(source_id, key if not key[0] or differing[key[0]] > 1 else key[:1]) for key in keys)


def _key(event: CalendarEntry) -> tuple[str, ...]:
    uid = f"{event.uid}\n{event.recurrence_id}" if event.uid else ""
    start = event.starts_at.isoformat() if event.starts_at else ""
    return uid, f"{event.summary.casefold()}\n{start}"


def _shorten(source_id: str, key: tuple[str, ...]) -> str:
    text = "\x1f".join(("event", source_id, *key))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
