"""Which calendar entries of two harvests are the same event. Pure."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeAlias

from stuifmail.harvest.cleaning.links import link_key
from stuifmail.model.events import CalendarEntry, Event
from stuifmail.model.names import fold_name

Key: TypeAlias = tuple[object, ...] | None


def event_ids(source_id: str, events: Sequence[CalendarEntry]) -> tuple[str, ...]:
    """Answer a short stable id for each event of one calendar, in its order.

    The id comes from source and UID; without a UID, or where different events share one, from
    summary and start too.
    """
    keys = [_key(event) for event in events]
    differing = Counter(uid for uid, *_ in set(keys))
    return tuple(_shorten(source_id, key if not key[0] or differing[key[0]] > 1 else key[:1]) for key in keys)


def _key(event: CalendarEntry) -> tuple[str, ...]:
    start = event.starts_at.isoformat() if event.starts_at else ""
    return f"{event.uid}\n" if event.uid else "", f"{event.summary.casefold()}\n{start}"


def _shorten(source_id: str, key: tuple[str, ...]) -> str:
    text = "\x1f".join(("event", source_id, *key))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def pick_versions(entries: Sequence[CalendarEntry]) -> list[CalendarEntry]:
    """Answer the entries that count, where one event stands there more than once, in order.

    Of two with one UID and RECURRENCE-ID the highest SEQUENCE counts, then the latest change.
    Without a UID, or where neither title nor start is the same, they are events apart.
    """
    chosen: list[CalendarEntry] = []
    places: dict[tuple[str, str], list[int]] = {}
    for entry in entries:
        rivals = places.setdefault((entry.uid, entry.recurrence_id), []) if entry.uid else []
        place = next((place for place in rivals if _is_same(chosen[place], entry)), None)
        if place is None:
            rivals.append(len(chosen))
            chosen.append(entry)
        elif rank_version(entry) > rank_version(chosen[place]):
            chosen[place] = entry
    return chosen


def rank_version(entry: CalendarEntry) -> tuple[int, datetime]:
    """Answer by what the newer of two versions is found: SEQUENCE, then the moment of the change."""
    return entry.sequence, entry.modified_at or datetime.min.replace(tzinfo=UTC)


def _is_same(one: CalendarEntry, other: CalendarEntry) -> bool:
    is_other = one.summary.casefold() != other.summary.casefold() and one.starts_at != other.starts_at
    return not is_other or one.sequence != other.sequence


def fold_occurrences(entries: Sequence[CalendarEntry]) -> list[CalendarEntry]:
    """Answer one entry for each event: changed occurrences go into it, or, without it, together.

    Args:
        entries: as `pick_versions` answers them; the event itself has its changed occurrences
            already.
    """
    folded: list[CalendarEntry] = []
    parents = {entry.uid for entry in entries if entry.uid and not entry.recurrence_id}
    orphans: dict[str, int] = {}
    for entry in entries:
        if not (entry.uid and entry.recurrence_id):
            folded.append(entry)
        elif entry.uid in orphans:
            place = orphans[entry.uid]
            dates = (*folded[place].occurrences, *entry.occurrences)
            folded[place] = replace(
                folded[place], occurrences=tuple(sorted(dates, key=lambda each: each.recurrence_id))
            )
        elif entry.uid not in parents:
            orphans[entry.uid] = len(folded)
            folded.append(entry)
    return folded


def match_events(found: Sequence[Event], stored: Sequence[Event], today: date) -> list[Event]:
    """Answer the events of a document under the ids of the stored events that they are.

    An event is found by its UID. What is left on both sides is paired where one event only fits
    one other: by its address, by title and start, and without a UID by title and place, however
    far it moved.

    Args:
        found: as `make_events` answers them, in document order; of those with one id the first counts.
        stored: of the same source, as the source said them.
        today: stored events that are over are not looked for by title and place.
    """
    unique = {event.id: event for event in reversed(found)}
    missing = {event.id: event for event in stored if event.id not in unique}
    new = {event.id: event for event in unique.values()} if missing else {}
    for event in stored:
        new.pop(event.id, None)
    renamed: dict[str, str] = {}
    coming = {key: event for key, event in missing.items() if _is_coming(event, today)}
    for key_of, candidates in ((_url_key, missing), (_start_key, missing), (_place_key, coming)):
        renamed |= _pair(new, candidates, key_of)
        for new_id, old_id in renamed.items():
            new.pop(new_id, None)
            missing.pop(old_id, None)
            coming.pop(old_id, None)
    ordered = list(dict.fromkeys(event.id for event in found))
    return [replace(unique[each], id=renamed.get(each, each)) for each in ordered]


def _pair(
    new: dict[str, Event], candidates: dict[str, Event], key_of: Callable[[CalendarEntry], Key]
) -> dict[str, str]:
    """Answer by new id the stored id that has the same key, where both are alone in it."""
    ours, theirs = _by_key(candidates, key_of), _by_key(new, key_of)
    return {
        news[0]: ours[key][0]
        for key, news in theirs.items()
        if len(news) == 1 and len(ours.get(key, ())) == 1
    }


def _by_key(events: dict[str, Event], key_of: Callable[[CalendarEntry], Key]) -> dict[Key, list[str]]:
    groups: dict[Key, list[str]] = {}
    for event_id, event in events.items():
        if (key := key_of(event.entry)) is not None:
            groups.setdefault(key, []).append(event_id)
    return groups


def _url_key(entry: CalendarEntry) -> Key:
    return (link_key(entry.url),) if entry.url and not entry.uid else None


def _start_key(entry: CalendarEntry) -> Key:
    when = entry.starts_at or (entry.span.first if entry.span else None)
    return (fold_name(entry.summary), when) if entry.summary and when else None


def _place_key(entry: CalendarEntry) -> Key:
    if entry.uid or not entry.summary:
        return None
    return fold_name(entry.summary), fold_name(entry.location)


def _is_coming(event: Event, today: date) -> bool:
    start = event.entry.starts_at
    day = start.date() if isinstance(start, datetime) else start
    return event.removed_at is None and (day is None or day >= today)
