"""Finding the header and the columns that are needed."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from stuifmail.errors import InvalidSheet
from stuifmail.sheets.tables import Row, Table

#: Above the header there may be a title and some notes, but not more rows than these.
HEADER_ROWS = 20

_SPACE = re.compile(r"[\s_\u200b\ufeff]+")


def fold_header(text: str) -> str:
    """Answer a header's text as it is compared: no capitals, single spaces, `_` as a space."""
    return _SPACE.sub(" ", text).strip().casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The columns that are asked for.

    Args:
        headers: the sheet's header by our column name, in the order of the result.
        needed: our names that must be there.
        folded: as `headers`, in the form that is compared.
        others: other headers by which a column is known, by our name, in the form that is compared.
    """

    headers: Mapping[str, str]
    needed: frozenset[str]
    folded: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, name: str, found: Collection[str]) -> str | None:
        """Answer which of these headers, in the form that is compared, is this column; None: no one."""
        return next((each for each in (self.folded[name], *self.others.get(name, ())) if each in found), None)

    def count_matches(self, cells: Sequence[str]) -> int:
        """Answer how many of the columns these cells would name, if they were the header."""
        found = {fold_header(cell) for cell in cells}
        return sum(self.find(name, found) is not None for name in self.folded)

    def is_header(self, cells: Sequence[str]) -> bool:
        """Answer whether these cells name every column that is needed."""
        found = {fold_header(cell) for cell in cells}
        return all(self.find(name, found) is not None for name in self.needed)


def plan_columns(
    required: Sequence[str],
    optional: Sequence[str],
    mapping: Mapping[str, str],
    file: str,
    aliases: Mapping[str, Sequence[str]] | None = None,
) -> Wanted:
    """Answer which headers to look for; a column that the mapping names must be there, so called.

    Raises:
        InvalidSheet: the mapping names a column that we do not know.
    """
    names = [*required, *(name for name in optional if name not in required)]
    for unknown in (name for name in mapping if name not in names):
        close = get_close_matches(unknown, names, 1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise InvalidSheet(
            f"columns: we have no column {unknown!r}",
            place=file,
            remedy=f"{hint}correct columns: in sources.yaml; our columns are {', '.join(names)}",
        )
    headers = {name: mapping.get(name, name) for name in names}
    folded = {name: fold_header(header) for name, header in headers.items()}
    taken = set(folded.values())
    others = {
        name: tuple(other for alias in known if (other := fold_header(alias)) not in taken)
        for name, known in (aliases or {}).items()
        if name in folded and name not in mapping
    }
    return Wanted(headers=headers, needed=frozenset((*required, *mapping)), folded=folded, others=others)


def find_header(rows: Sequence[Row], wanted: Wanted) -> int:
    """Answer the index of the header: the first that is complete, else the likeliest row."""
    head = rows[:HEADER_ROWS]
    complete = (index for index, (_, cells) in enumerate(head) if wanted.is_header(cells))
    likeliest = max(range(len(head)), key=lambda index: (wanted.count_matches(head[index][1]), -index))
    return next(complete, likeliest)


def locate_columns(table: Table, header: int, wanted: Wanted) -> dict[str, int]:
    """Answer the position (from 0) of each column found, by our name.

    Raises:
        InvalidSheet: columns are missing or doubled; all of them are named.
    """
    line, cells = table.rows[header]
    positions: dict[str, int] = {}
    for position, cell in enumerate(cells):
        positions.setdefault(fold_header(cell), position)
    found = {name: said for name in wanted.folded if (said := wanted.find(name, positions)) is not None}
    _refuse_doubled(table, line, cells, found)
    missing = [name for name in wanted.headers if name in wanted.needed and name not in found]
    if missing:
        raise _missing(table, line, [cell for cell in cells if cell], missing, wanted)
    return {name: positions[said] for name, said in found.items()}


def _refuse_doubled(table: Table, line: int, cells: Sequence[str], found: Mapping[str, str]) -> None:
    times = Counter(fold_header(cell) for cell in cells)
    shown = {fold_header(cell): cell for cell in reversed(cells)}
    doubled = sorted({shown[header] for header in found.values() if times[header] > 1})
    if doubled:
        names = " and ".join(f'"{name}"' for name in doubled)
        verb = "are" if len(doubled) > 1 else "is"
        raise table.refuse(
            f"the column {names} {verb} there more than once",
            "remove or rename all but one, so that it is clear which one counts",
            line,
        )


def _missing(table: Table, line: int, found: list[str], missing: list[str], wanted: Wanted) -> InvalidSheet:
    def show(name: str) -> str:
        header = wanted.headers[name]
        return f'"{header}"' if header == name else f'"{header}" (for {name})'

    by_fold = {fold_header(cell): cell for cell in found}
    free = by_fold.keys() - set(wanted.folded.values())  # what is a column of ours is no misspelt one
    guesses = {
        name: by_fold[close]
        for name in missing
        for close in get_close_matches(wanted.folded[name], sorted(free), 1)
    }
    asked = "".join(f'did you mean "{cell}" for {name}? ' for name, cell in guesses.items())
    example = next((f", such as {name}: {cell}" for name, cell in guesses.items()), "")
    words = "columns" if len(missing) > 1 else "column"
    there = ", ".join(f'"{cell}"' for cell in found[:30]) or "none"
    return table.refuse(
        f"missing {words}: {', '.join(show(name) for name in missing)}; found: {there}{_say_doubled(found)}",
        f"{asked}add the {words} to the sheet, or say under columns: in sources.yaml "
        f"what the sheet calls {'them' if len(missing) > 1 else 'it'}{example}",
        line,
    )


def _say_doubled(found: Sequence[str]) -> str:
    """Answer which headers are there more than once, "" when none is."""
    times = Counter(fold_header(cell) for cell in found)
    doubled = list(dict.fromkeys(folded for cell in found if times[folded := fold_header(cell)] > 1))
    names = ", ".join(f'"{name}"' for name in doubled[:5])
    return f"; there more than once: {names}" if doubled else ""
