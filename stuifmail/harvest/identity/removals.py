"""Which stored items a source took away: they are missing where they should still stand.

A feed shows its newest entries only, so an item that is missing may just have fallen off its end;
and a broken feed misses nearly everything. Both are no removal.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from stuifmail.model.documents import ParsedDocument
from stuifmail.model.items import Entry, KnownItem

#: At most this share of what should be there may be missing, for us to believe the document;
#: less when something is wrong with it.
_BELIEVED, _BELIEVED_WITH_PROBLEMS = 0.5, 0.2
#: So few may always be missing, as long as more are there.
_FEW = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What is missing from a document.

    Args:
        ids: of items that the source took away, in the order in which they were first seen.
        problem: why what is missing was not believed, "" when it was.
    """

    ids: tuple[str, ...] = ()
    problem: str = ""


def find_missing(document: ParsedDocument, known: Sequence[KnownItem], found: Collection[str]) -> Missing:
    """Answer which items are missing from a document though they should be in it.

    Args:
        document: as parsed; without entries it says nothing.
        known: what is stored of its source.
        found: the ids of the items that it holds.

    Returns:
        Items not marked as removed yet. None when more is missing than can be believed.
    """
    start = _start_of(document)
    if not document.entries or not (document.is_whole or start):
        return Missing()
    expected = [item for item in known if document.is_whole or _is_newer(item, start)]
    missing = [item for item in expected if item.id not in found]
    fresh = tuple(item.id for item in missing if not (item.removed_at or item.killed_at))
    living = sum(item.id in found or item.id in fresh for item in expected)
    if not fresh or _is_believed(document, len(fresh), living):
        return Missing(ids=fresh)
    return Missing(
        problem=f"{len(fresh)} of {living} pieces are missing at once; they were not marked as removed, "
        "since the document may be broken: look at it"
    )


def _is_believed(document: ParsedDocument, missing: int, living: int) -> bool:
    if document.is_whole and not document.problems:
        return True
    if missing <= _FEW < living - missing:
        return True
    return missing <= living * (_BELIEVED_WITH_PROBLEMS if document.problems else _BELIEVED)


def _is_newer(item: KnownItem, start: datetime | None) -> bool:
    return item.dated_at is not None and start is not None and item.dated_at > start


def _start_of(document: ParsedDocument) -> datetime | None:
    """Answer from when on the document lists all there is; None when that cannot be told.

    Entries stand newest first, but for pieces that a site pins to the top; or oldest first.
    """
    dates = [moment for entry in document.entries if (moment := _date_of(entry))]
    if not dates:
        return None
    if 2 * _run(dates[::-1]) > len(dates):  # seen from its end, the list climbs
        return dates[-1]
    if 2 * _run(dates) > len(dates):
        return dates[0]
    return None


def _run(dates: Sequence[datetime]) -> int:
    """Answer how many dates from the first one on never go down."""
    count = 1
    for one, other in pairwise(dates):
        if other < one:
            break
        count += 1
    return count


def _date_of(entry: Entry) -> datetime | None:
    return entry.published_at or entry.updated_at
