"""Which entries of two harvests are the same piece of news."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from stuifmail.harvest.cleaning.links import link_key
from stuifmail.model.items import Entry

#: What may tell one entry from another, the best first; "" where it is missing.
Ladder: TypeAlias = tuple[str, ...]


def item_ids(source_id: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Answer a short stable id for each entry of one document, in its order.

    The id comes from the source and the guid; without a guid from the link; without that from
    title and day; at last from the text. Where different entries share a guid (or link), all
    of them are salted with the next rung. Entries that are the same get the same id.
    """
    return _ids("item", source_id, [_entry_ladder(entry) for entry in entries])


def _entry_ladder(entry: Entry) -> Ladder:
    day = entry.published_at.date().isoformat() if entry.published_at else ""
    return (
        entry.guid or "",
        link_key(entry.link) if entry.link else "",
        f"{entry.title.casefold()}\n{day}" if entry.title else "",
        entry.text,
    )


def _ids(kind: str, source_id: str, ladders: Sequence[Ladder]) -> tuple[str, ...]:
    keys: list[Ladder] = [() for _ in ladders]
    _climb(ladders, keys, list(range(len(ladders))), 0)
    return tuple(_shorten(kind, source_id, key) for key in keys)


def _climb(ladders: Sequence[Ladder], keys: list[Ladder], places: list[int], rung: int) -> None:
    """Extend the keys of these places by this rung, and by the next one where it is not enough."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for place in places:
        groups[ladders[place][rung]].append(place)
    for value, group in groups.items():
        for place in group:
            keys[place] = (*keys[place], value)
        others = {ladders[place][rung + 1 :] for place in group}
        if rung + 1 < len(ladders[group[0]]) and (not value or _differ(others)):
            _climb(ladders, keys, group, rung + 1)


def _differ(rest: set[Ladder]) -> bool:
    """Answer whether these are different pieces: their next rung (link, title) is not the same."""
    return len({ladder[:-1] or ladder for ladder in rest}) > 1


def _shorten(kind: str, source_id: str, key: Ladder) -> str:
    text = "\x1f".join((kind, source_id, *key))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
