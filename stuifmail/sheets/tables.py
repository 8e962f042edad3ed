"""What the file readers hand over: rows of cells, each with its line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from stuifmail.errors import InvalidSheet

#: Day zero of Excel, and of workbooks in the 1904 system.
EXCEL_FIRST = date(1899, 12, 30)
MAC_FIRST = date(1904, 1, 1)

#: Line in the file (from 1, as the user sees it), and the row's cells as stripped text.
Row: TypeAlias = tuple[int, Sequence[str]]

#: Cells (left, top, right, bottom; from 1) that are merged into one.
Span: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a CSV file or of one sheet of a workbook, empty rows left out.

    Args:
        file: as the user knows it.
        name: the sheet's name, "" for CSV.
        strict: more cells than the header has are an error: in a CSV file they mean that the
            cells have shifted; in a workbook they are notes in the margin.
        merged: merged cells.
        formulas: cells (line, column; from 1) with a formula; (0, 0) for one whose place is unknown.
        errors: likewise, cells that hold an error such as #N/A instead of a value.
        counts_from: the day that bare numbers for days count from; old Mac workbooks have their own.
        is_hidden: the workbook does not show it.
    """

    file: str
    name: str = ""
    rows: Sequence[Row]
    strict: bool = False
    merged: tuple[Span, ...] = ()
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    errors: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    counts_from: date = EXCEL_FIRST
    is_hidden: bool = False

    def place(self, line: int = 0) -> str:
        """Answer a place in this table as problems name it."""
        return f"{self.file}:{line}" if line else self.file

    def refuse(self, message: str, remedy: str, line: int = 0) -> InvalidSheet:
        """Answer the error that says what is wrong with this table, and where."""
        if self.name:
            message = f"sheet {self.name!r}: {message}"
        return InvalidSheet(message, place=self.place(line), remedy=remedy)
