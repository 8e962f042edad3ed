"""One number by parts, without giving away what few people did.

A row for fewer than five people tells of persons. Such rows become "other"; while "other" itself
would be fewer than five, the smallest row left goes into it too, because whoever knows the total
could otherwise subtract the rest. What is left of one row says nothing and is no breakdown.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from stuifmail.model.figures import BreakdownRow
from stuifmail.model.texts import LocalText

#: The fewest people that a row may tell of.
SMALLEST_CELL = 5
OTHER = "other"
_OTHER_LABEL = {"nl": "overig", "en": "other"}


def count_parts(
    keys: Iterable[str], label_of: Callable[[str], LocalText]
) -> tuple[tuple[BreakdownRow, ...], int]:
    """Answer the rows, the largest first and "other" last, and how many parts were merged into it.

    Args:
        keys: one for each person.
        label_of: the words for a key.

    Returns:
        No rows when fewer than two would be left.
    """
    counted = sorted(Counter(keys).items(), key=lambda part: (-part[1], part[0]))
    shown = [part for part in counted if part[1] >= SMALLEST_CELL]
    merged = counted[len(shown) :]
    while merged and shown and sum(value for _, value in merged) < SMALLEST_CELL:
        merged.append(shown.pop())
    rows = [BreakdownRow(key=key, label=dict(label_of(key)), value=value) for key, value in shown]
    if merged:
        rest = sum(value for _, value in merged)
        rows.append(BreakdownRow(key=OTHER, label=dict(_OTHER_LABEL), value=rest))
    return (tuple(rows), len(merged)) if len(rows) > 1 else ((), 0)
