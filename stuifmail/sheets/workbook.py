"""XLSX workbooks: cached values only, no macros, no surprises."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from stuifmail.errors import InvalidSheet
from stuifmail.sheets.tables import Row, Span, Table

#: A workbook that unpacks to more than this is refused before it is unpacked.
_MOST_ROWS = 1_048_576  # of a sheet in Excel
MAX_UNPACKED_BYTES = 300_000_000

#: Signs of cells that need a slow, careful reading: formulas, merged cells.
_SPECIAL = re.compile(rb"<(?:\w+:)?(?:f|mergeCell)[\s>/]")

#: A formula whose saved result is a text, be it an empty one: some program did the sums.
_COMPUTED_TEXT = re.compile(rb'<(?:\w+:)?c\s[^>]*\bt="str"')

#: What openpyxl and what lies under it raise for damaged workbooks.
_DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    RuntimeError,
)

_SAVE_AS = "save it as an Excel workbook (.xlsx) or as CSV"


def read_workbook(content: bytes, file: str) -> Iterator[Table]:
    """Yield the sheets of an XLSX workbook, in its order.

    Raises:
        InvalidSheet: an old .xls, a workbook with macros or a password, another kind of file,
            damaged, or one that unpacks to too much.
    """
    try:
        _refuse_binary(content, file)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            sheets = _inspect_package(package, file)
        if any(_SPECIAL.search(sheet) for sheet in sheets):
            yield from _read_carefully(
                content, file, computed=any(_COMPUTED_TEXT.search(sheet) for sheet in sheets)
            )
        else:
            yield from _read_quickly(content, file)
    except InvalidSheet:
        raise
    except _DAMAGE as error:
        raise _refuse(
            file,
            f"the workbook is damaged ({error})",
            f"fetch it again, as it may have been cut off; or open it and {_SAVE_AS}",
        ) from error


def _refuse(file: str, message: str, remedy: str) -> InvalidSheet:
    return InvalidSheet(message, place=file, remedy=remedy)


def _refuse_binary(content: bytes, file: str) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _refuse(file, "the workbook has a password", f"take the password off and {_SAVE_AS}")
        raise _refuse(file, "this is an old Excel file (.xls)", f"open it and {_SAVE_AS}")


def _inspect_package(package: zipfile.ZipFile, file: str) -> list[bytes]:
    """Refuse what is no plain XLSX; answer the XML of its sheets."""
    names = package.namelist()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _refuse(file, "the workbook holds macros (.xlsm)", f"open it and {_SAVE_AS}, without macros")
    if "xl/workbook.xml" not in names:
        raise _refuse(file, "this is a packed file, but no Excel workbook", f"open it and {_SAVE_AS}")
    unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        raise _refuse(
            file,
            f"unpacked, the workbook is {unpacked // 10**6} MB; {MAX_UNPACKED_BYTES // 10**6} MB is the most",
            "remove pictures and sheets that are not needed, or save the sheet as CSV",
        )
    sheets = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    return [package.read(name) for name in sheets]


def _read_quickly(content: bytes, file: str) -> Iterator[Table]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write a size that cuts off columns
            yield Table(file=file, name=sheet.title, rows=_take_rows(sheet))
    finally:
        book.close()


def _read_carefully(content: bytes, file: str, *, computed: bool) -> Iterator[Table]:
    book = load_workbook(io.BytesIO(content), data_only=True)
    formulas = load_workbook(io.BytesIO(content), data_only=False)
    for sheet in book.worksheets:
        uncomputed = frozenset() if computed else _find_uncomputed(sheet, formulas[sheet.title])
        merged: tuple[Span, ...] = tuple(span.bounds for span in sheet.merged_cells.ranges)
        yield Table(file=file, name=sheet.title, rows=_take_rows(sheet), merged=merged, uncomputed=uncomputed)


def _find_uncomputed(values: Any, formulas: Any) -> frozenset[tuple[int, int]]:
    # A program saves the results of all formulas or of none; an empty one among results is "".
    cells = {(cell.row, cell.column) for row in formulas.iter_rows() for cell in row if cell.data_type == "f"}
    empty = {place for place in cells if values.cell(*place).value is None}
    return frozenset(cells) if empty == cells else frozenset()


def _take_rows(sheet: Any) -> list[Row]:
    # A row may say that its number is any; all rows before it would be made.
    last = min(sheet.max_row or _MOST_ROWS, _MOST_ROWS)
    rows = enumerate(sheet.iter_rows(max_row=last, values_only=True), start=1)
    texts = ((line, [cell_text(value) for value in values]) for line, values in rows)
    return [(line, cells) for line, cells in texts if any(cells)]


def cell_text(value: object) -> str:
    """Answer a cell as text: dates in ISO 8601, numbers as a person writes them."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()  # Excel has no days, only midnights
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(value, ".15g") if value % 1 else str(int(value))
    return "" if value is None else str(value).strip()
