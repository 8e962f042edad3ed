"""A problem at a place in a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong in a file, with its place and remedy.

    Args:
        file: path as the user knows it.
        line: from 1; 0 when the problem belongs to the file as a whole.
        column: from 1; 0 when unknown.
        key: dotted path in the document (`sources[3].feed`), a column name, or "".
        message: what is wrong.
        remedy: what to do.
    """

    file: str
    line: int = 0
    column: int = 0
    key: str = ""
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        head = f"{self.file}:{self.line}:{self.column}"
        return ": ".join(part for part in (head, self.key, self.message, self.remedy) if part)
