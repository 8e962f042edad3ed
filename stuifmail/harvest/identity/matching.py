"""Finding an item again: an id is given once, at first sight, and found by what is stored of it.

What tells entries apart is the ladder guid, link, title with day. Each rung counts only where it
means one entry: a guid that all entries share, or a link to the front page, says nothing. So the
strongest agreement is looked for first, and a rung alone last.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeAlias

from stuifmail.harvest.cleaning.links import is_web_link, link_key
from stuifmail.model.items import Entry, KnownItem
from stuifmail.model.names import fold_name

#: A shorter title ("Vacature") is too common to find a piece by it when guid and link are others.
_TELLING_WORDS = 3
#: A shorter text ("Lees verder op onze website") may stand under many pieces.
_TELLING_TEXT = 8


class Marks(NamedTuple):
    """What an entry may be found by; "" where it is missing."""

    guid: str
    link: str
    title: str
    day: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A stored item that may be found again."""

    id: str
    marks: Marks
    killed: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Entries of one document that are one piece: their marks, text, id if new, and places."""

    marks: Marks
    text: str
    new_id: str
    places: list[int]

    def salt(self, count: int) -> str:
        """Answer another id than the new one, for when that is given to another piece."""
        parts = (self.new_id, *self.marks, self.text, str(count))
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


MayBe: TypeAlias = Callable[[Marks, _Known], bool]


def match_entries(
    entries: Sequence[Entry], known: Sequence[KnownItem], new_ids: Sequence[str]
) -> tuple[str, ...]:
    """Answer the id of each entry of one document: of the stored item that it is, else a new one.

    Args:
        entries: of the document, in its order.
        known: what is stored of the same source; of equals the first counts.
        new_ids: the id that each entry gets if it is new, see `item_ids`; it is salted where it
            is another item's.

    Returns:
        Ids in the order of the entries; entries that are one piece have the same.
    """
    if not known:
        return tuple(new_ids)
    pieces = _gather(entries, new_ids)
    stored = [
        _Known(item.id, marks_of_known(item), item.killed_at is not None, item.killed_text) for item in known
    ]
    stored.sort(key=lambda item: not item.killed)  # of equals the killed one: it never returns
    found = _match(pieces, stored)
    taken = {item.id for item in stored}
    ids = [""] * len(entries)
    for piece in pieces:
        item_id = found.get(piece.marks, {}).get(piece.new_id) or _salt(piece, taken)
        taken.add(item_id)
        for place in piece.places:
            ids[place] = item_id
    return tuple(ids)


def marks_of_entry(entry: Entry) -> Marks:
    """Answer what an entry may be found by."""
    key = link_key(entry.link) if entry.link else ""
    return _marks(entry.guid, key, entry.title, entry.published_at)


def marks_of_known(item: KnownItem) -> Marks:
    """Answer what a stored item may be found by."""
    key = item.link_key if item.link_key is not None else link_key(item.link) if item.link else ""
    return _marks(item.guid, key, item.title, item.published_at)


def _marks(guid: str | None, key: str, title: str, published_at: datetime | None) -> Marks:
    """Answer the marks; a day says nothing without a title."""
    day = published_at.date().isoformat() if published_at and title else ""
    return Marks(_guid_key(guid), _page_of(key), title.casefold(), day)


def _guid_key(guid: str | None) -> str:
    """Answer the guid as it is compared: an address may change its scheme or closing slash."""
    if not guid:
        return ""
    return link_key(guid) if is_web_link(guid) else guid


def _page_of(key: str) -> str:
    """Answer the link's key, "" for a site's front page: that is no piece of news."""
    return key if any(sign in key for sign in "/?#") else ""


def _gather(entries: Sequence[Entry], new_ids: Sequence[str]) -> list[_Piece]:
    """Answer the pieces; entries without guid and link are one only when their texts are, too."""
    pieces: dict[tuple[Marks, str], _Piece] = {}
    for place, (entry, new_id) in enumerate(zip(entries, new_ids, strict=True)):
        marks = marks_of_entry(entry)
        key = marks, "" if marks.guid or marks.link else new_id
        pieces.setdefault(key, _Piece(marks, entry.text, new_id, [])).places.append(place)
    return list(pieces.values())


_Found: TypeAlias = dict[Marks, dict[str, str]]


def _match(pieces: Sequence[_Piece], stored: Sequence[_Known]) -> _Found:
    """Answer the ids of the pieces that are stored, by marks and new id."""
    found: _Found = {}
    free = {item.id: item for item in stored}

    def take(piece: _Piece, item: _Known) -> None:
        found.setdefault(piece.marks, {})[piece.new_id] = item.id
        del free[item.id]

    _take_equals(pieces, free, take)
    rungs = _rungs(item.marks for item in free.values())
    rest = [piece for piece in pieces if piece.new_id not in found.get(piece.marks, {})]
    rest = [piece for piece in rest if not rungs.isdisjoint(_rungs([piece.marks]))]
    for fields, may_be in _PASSES:
        if not rest:
            break
        rest = _take_by(fields, may_be, (pieces, stored), rest, free, take)
    _take_killed(pieces, stored, found)
    return found


def _take_killed(pieces: Sequence[_Piece], stored: Sequence[_Known], found: _Found) -> None:
    """Find what an editor killed by its title and words, though guid, link and day are all others.

    It may be found besides its old self, when the source has both.
    """
    killed = {key: item.id for item in stored if item.killed and (key := _words_of(item.marks, item.text))}
    for piece in pieces if killed else ():
        if (item_id := killed.get(_words_of(piece.marks, piece.text))) is not None:
            found.setdefault(piece.marks, {}).setdefault(piece.new_id, item_id)


def _words_of(marks: Marks, text: str) -> tuple[str, ...]:
    """Answer title and text as words; nothing when they are too common to tell a piece by."""
    words = fold_name(text)
    return (fold_name(marks.title), words) if marks.title and len(words.split()) >= _TELLING_TEXT else ()


def _take_equals(
    pieces: Sequence[_Piece], free: Mapping[str, _Known], take: Callable[[_Piece, _Known], None]
) -> None:
    """Take what agrees in everything, first where the id does, too."""
    others = []
    for piece in pieces:
        item = free.get(piece.new_id)
        if not (any(piece.marks) or (item and item.marks == piece.marks)):
            item = free.get(piece.salt(0))  # nothing but its text tells which one it is
        if item and item.marks == piece.marks:
            take(piece, item)
        else:
            others.append(piece)
    equals: dict[Marks, list[_Known]] = {}
    for item in reversed(list(free.values())):
        equals.setdefault(item.marks, []).append(item)
    for piece in others:
        if any(piece.marks) and (items := equals.get(piece.marks)):
            take(piece, items.pop())


def _rungs(marks: Iterable[Marks]) -> set[tuple[int, str, str]]:
    """Answer what these could be found by at all."""
    return {
        rung
        for each in marks
        for rung in ((0, each.guid, ""), (1, each.link, ""), (2, each.title, each.day))
        if rung[1]
    }


def _take_by(
    fields: Sequence[str],
    may_be: MayBe,
    everything: tuple[Sequence[_Piece], Sequence[_Known]],
    rest: Sequence[_Piece],
    free: Mapping[str, _Known],
    take: Callable[[_Piece, _Known], None],
) -> list[_Piece]:
    """Take pieces that agree in these fields with one item, and are alone in it; answer the others."""
    counts = Counter(key for piece in everything[0] if (key := _key(piece.marks, fields)))
    items: dict[tuple[str, ...], list[_Known]] = {}
    for item in everything[1]:
        if key := _key(item.marks, fields):
            items.setdefault(key, []).append(item)
    left = []
    for piece in rest:
        key = _key(piece.marks, fields)
        same = items.get(key, []) if key and counts[key] == 1 else []
        one = same[0] if len({item.marks for item in same}) == 1 else None
        if one and one.id in free and may_be(piece.marks, one):
            take(piece, one)
        else:
            left.append(piece)
    return left


def _key(marks: Marks, fields: Sequence[str]) -> tuple[str, ...]:
    """Answer these fields of the marks; nothing where one that must be there is missing."""
    key = tuple(getattr(marks, name) for name in fields)
    return key if all(value or name == "day" for name, value in zip(fields, key, strict=True)) else ()


def _always(_marks: Marks, _known: _Known) -> bool:
    return True


def _contradict(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _same_guid(marks: Marks, known: _Known) -> bool:
    """A guid with another link, another title and another day is used for another piece by now."""
    rest = zip(marks[1:], known.marks[1:], strict=True)
    return not all(_contradict(one, other) for one, other in rest)


def _same_page(marks: Marks, known: _Known) -> bool:
    """Another guid on the same page is the same piece on the same day; else the page lists many."""
    return (
        not _contradict(marks.guid, known.marks.guid)
        or bool(marks.day and marks.day == known.marks.day)
        or marks[2:] == known.marks[2:]
        or known.killed
    )


def _no_other_guid(marks: Marks, known: _Known) -> bool:
    return not _contradict(marks.guid, known.marks.guid)


def _same_title(marks: Marks, known: _Known) -> bool:
    """Where guid or link are others, only a telling title of the same day says that it is the same."""
    if not (_contradict(marks.guid, known.marks.guid) or _contradict(marks.link, known.marks.link)):
        return True
    return bool(marks.day) and (known.killed or len(fold_name(marks.title).split()) >= _TELLING_WORDS)


_PASSES: tuple[tuple[tuple[str, ...], MayBe], ...] = (
    (("guid", "link", "title"), _always),
    (("guid", "title", "day"), _always),
    (("link", "title", "day"), _always),
    (("guid", "link"), _always),
    (("guid", "title"), _always),
    (("link", "title"), _no_other_guid),
    (("guid",), _same_guid),
    (("link",), _same_page),
    (("title", "day"), _same_title),
)


def _salt(piece: _Piece, taken: set[str]) -> str:
    """Answer the piece's new id, another one where that is given to another piece already."""
    item_id, count = piece.new_id, 0
    while item_id in taken:
        item_id, count = piece.salt(count), count + 1
    return item_id
