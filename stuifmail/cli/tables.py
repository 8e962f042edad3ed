"""Tables of plain text that fit a terminal: what does not fit is wrapped, never cut off. Pure."""

import re
import textwrap
from collections.abc import Sequence

_GAP = "  "
#: What stands, in a table that is being laid out, for spaces and hyphens where no line ends.
_TIES = {" ": "\N{NO-BREAK SPACE}", "-": "\N{NON-BREAKING HYPHEN}"}
#: Where a line may be broken.
_BREAKS = re.compile(r" +|(?<=[a-z0-9]-)(?=[a-z0-9])", re.IGNORECASE)


def lay_out(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Answer the lines of a table, its head first.

    Args:
        head: one heading for each column.
        rows: texts; each has one for each column.
        width: of the terminal, in characters.
    """
    cells = [[make_plain(cell) for cell in row] for row in (head, *rows)]
    widths = fit_widths(list(zip(*cells, strict=True)), width)
    return [untie(line) for row in cells for line in _lay_out_row(row, widths)]


def tie(text: str) -> str:
    """Answer the text so that a table keeps it on one line, such as a day and its time."""
    return text.replace(" ", _TIES[" "]).replace("-", _TIES["-"])


def untie(text: str) -> str:
    """Answer the text with plain spaces and hyphens: the reverse of `tie`."""
    return text.replace(_TIES[" "], " ").replace(_TIES["-"], "-")


def make_plain(text: str) -> str:
    """Answer the text on one line, without characters that would steer the terminal."""
    shown = "".join(c if c.isprintable() or c == _TIES[" "] else " " for c in text)
    return re.sub(" +", " ", shown).strip(" ")


def _lay_out_row(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [textwrap.wrap(cell, room) or [""] for cell, room in zip(row, widths, strict=True)]
    height = max(map(len, wrapped))
    filled = [lines + [""] * (height - len(lines)) for lines in wrapped]
    return [
        _GAP.join(part.ljust(room) for part, room in zip(line, widths, strict=True)).rstrip()
        for line in zip(*filled, strict=True)
    ]


def fit_widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """Answer a width for each column, in order: as wide as its text while there is room.

    A column that must give way keeps its longest word whole, as long as there is room for that.
    """
    room = max(width - len(_GAP) * (len(columns) - 1), len(columns))
    natural = [max(1, *map(len, column)) for column in columns]
    if sum(natural) <= room:
        return natural
    words = [max(1, *(len(word) for cell in column for word in _BREAKS.split(cell))) for column in columns]
    if sum(words) > room:
        return _share(words, room)
    extra = _share([whole - word for whole, word in zip(natural, words, strict=True)], room - sum(words))
    return [word + more for word, more in zip(words, extra, strict=True)]


def _share(wishes: Sequence[int], room: int) -> list[int]:
    """Answer what each gets of the room: small wishes whole, large ones equal parts of the rest."""
    given = [0] * len(wishes)
    for place, index in enumerate(sorted(range(len(wishes)), key=lambda index: wishes[index])):
        given[index] = min(wishes[index], room // (len(wishes) - place))
        room -= given[index]
    return given
