"""Reading a sheet: from bytes to a data frame of clean text."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stuifmail.errors import InvalidSheet
from stuifmail.sheets.choosing import choose_worksheet
from stuifmail.sheets.columns import Wanted, find_header, locate_columns, plan_columns
from stuifmail.sheets.delimited import read_delimited
from stuifmail.sheets.package import cell_name
from stuifmail.sheets.tables import Row, Span, Table

if TYPE_CHECKING:
    import pandas as pd

#: The largest file and the most rows that are read.
MAX_BYTES = 50_000_000
MAX_ROWS = 250_000
_OFFICE_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # packed, or old and binary


def read_sheet(
    content: bytes,
    *,
    file: str,
    required: Sequence[str],
    optional: Sequence[str] = (),
    mapping: Mapping[str, str] | None = None,
    aliases: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Answer the rows of a CSV or XLSX sheet, under our own column names.

    The header may stand below a title and some notes; of a workbook the one sheet that has the
    needed columns is read. Headers match whatever their capitals and spaces.

    Args:
        content: the file's bytes: CSV (UTF-8, UTF-16, windows-1252; comma, semicolon, tab) or
            XLSX. What it is shows in the bytes, not in the name.
        file: the file or address, as the user knows it.
        required: our columns that must be there.
        optional: our columns that may be there.
        mapping: the sheet's header by our name, where they differ; each one must be there.
        aliases: other headers by our name, that count where the mapping says nothing.

    Returns:
        A frame with the required and optional columns in this order, every cell stripped text
        ("" where empty or where an optional column is missing), and the integer column `line`:
        the row's line in the file, from 1. Empty rows and other columns are left out. Its
        `attrs["headers"]` are the headers as the sheet writes them, by our name; `attrs["counts_from"]`
        is the day that bare numbers for days count from; `attrs["notes"]`
        says what the sheet has that was not read and that its maker may wonder about.

    Raises:
        InvalidSheet: no sheet, too large, columns missing or doubled, cells that have shifted
            or are merged, formulas in columns that are read, several sheets that would do.
            Place is `file:line`.
    """
    wanted = plan_columns(required, optional, mapping or {}, file, aliases)
    _refuse_other_documents(content, file)
    table = _choose_table(content, file, wanted)
    if not table.rows:
        raise table.refuse("the sheet is empty", "it needs at least a row with the names of its columns")
    header = find_header(table.rows, wanted)
    _refuse_merged_header(table, header, wanted)
    positions = locate_columns(table, header, wanted)
    rows = table.rows[header + 1 :]
    _refuse_cells(table, header, positions)
    frame = _build_frame(rows, positions, wanted)
    frame.attrs["counts_from"] = table.counts_from
    frame.attrs["notes"] = _tell_formulas(table, header, positions)
    frame.attrs["headers"] = {name: table.rows[header][1][at].strip() for name, at in positions.items()}
    return frame


def _refuse_other_documents(content: bytes, file: str) -> None:
    head = content[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if len(content) > MAX_BYTES:
        raise InvalidSheet(
            f"the file is {len(content) // 1_000_000} MB; {MAX_BYTES // 1_000_000} MB is the most",
            place=file,
            remedy="split it, or remove what is not needed",
        )
    if not content.strip():
        raise InvalidSheet(
            "the file is empty", place=file, remedy="check the export, or fetch the file again"
        )
    if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"%pdf", b"{\\rtf")):
        raise InvalidSheet(
            "this is a web page or another document, not a sheet",
            place=file,
            remedy="use the address of the CSV or XLSX file itself; a login page may have come instead",
        )


def _choose_table(content: bytes, file: str, wanted: Wanted) -> Table:
    if not content.startswith(_OFFICE_FILES):
        return read_delimited(content, file, wanted)
    from stuifmail.sheets.workbook import read_workbook  # noqa: PLC0415 - most processes read no workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of features that openpyxl cannot keep
        return choose_worksheet(read_workbook(content, file), file, wanted)


def _refuse_merged_header(table: Table, header: int, wanted: Wanted) -> None:
    """Refuse merged names of columns before a column is missed: the merging may have cost its name."""
    line, cells = table.rows[header]
    spans = [span for span in table.merged if span[1] <= line <= span[3]]
    if spans and wanted.count_matches(cells):
        raise _merged(table, min(spans), line)


def _merged(table: Table, span: Span, line: int) -> InvalidSheet:
    left, top, right, bottom = span
    return table.refuse(
        f"cells are merged: {cell_name(top, left)} to {cell_name(bottom, right)}",
        "split them, so that each row has its own value",
        line,
    )


def _refuse_cells(table: Table, header: int, positions: Mapping[str, int]) -> None:
    """Refuse what would be read wrongly without anybody noticing."""
    line, cells = table.rows[header]
    columns = {position + 1 for position in positions.values()}
    for span in sorted(table.merged, key=lambda span: span[1]):
        left, top, right, bottom = span
        if bottom >= line and (top <= line or columns & set(range(left, right + 1))):
            raise _merged(table, span, max(top, line))
    for row, column in sorted(table.formulas):
        if row == 0 or (row >= line and column in columns):
            named = f" in column {cells[column - 1]!r}" if 0 < column <= len(cells) else ""
            raise table.refuse(
                f"a formula stands in {cell_name(row, column) if row else 'a cell'}{named}",
                "copy the column and paste it as values, so that the numbers are there to be read",
                row,
            )
    for row, column in sorted(table.errors):
        if row == 0 or (row >= line and column in columns):
            raise table.refuse(
                f"an error such as #N/A stands in {cell_name(row, column) if row else 'a cell'}",
                "write there what it should be, or empty it",
                row,
            )
    rows = table.rows[header + 1 :]
    if len(rows) > MAX_ROWS:
        raise table.refuse(f"the sheet has {len(rows)} rows; {MAX_ROWS} is the most", "split it")
    if table.strict:
        _refuse_shifted(table, rows, len(cells))


def _tell_formulas(table: Table, header: int, positions: Mapping[str, int]) -> tuple[str, ...]:
    """Answer what was not read because a formula stands in it: columns nobody asked for."""
    line, _ = table.rows[header]
    columns = {position + 1 for position in positions.values()}
    others = sorted(place for place in table.formulas if place[0] >= line and place[1] not in columns)
    if not others:
        return ()
    count = "1 formula" if len(others) == 1 else f"{len(others)} formulas"
    return (
        f"{table.place(others[0][0])}: {count} in columns that are not read, from {cell_name(*others[0])} on",
    )


def _refuse_shifted(table: Table, rows: Sequence[Row], width: int) -> None:
    shifted = [line for line, cells in rows if len(cells) > width and any(cells[width:])]
    if shifted:
        lines = ", ".join(map(str, shifted[:5])) + (" and others" if len(shifted) > 5 else "")
        raise table.refuse(
            f"more cells than the header has, on line {lines}",
            'put cells that hold the separator between quotes ("), or save the sheet as XLSX',
            shifted[0],
        )


def _build_frame(rows: Sequence[Row], positions: Mapping[str, int], wanted: Wanted) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  some forty megabytes; most documents are no sheets

    columns: dict[str, list[str]] = {}
    for name in wanted.headers:
        at = positions.get(name)
        columns[name] = [cells[at] if at is not None and at < len(cells) else "" for _, cells in rows]
    frame = pd.DataFrame(columns, columns=list(columns), dtype=object)
    frame["line"] = pd.Series([line for line, _ in rows], dtype="int64")
    return frame
