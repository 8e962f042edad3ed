"""XLSX workbooks: plain cells only, no macros, no surprises."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from xml.parsers.expat import ExpatError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from stuifmail.errors import InvalidSheet
from stuifmail.sheets.package import (
    MAX_CELLS,
    count_area,
    counts_from_1904,
    find_errors,
    find_formulas,
    find_merged,
    find_parts,
    read_part,
)
from stuifmail.sheets.tables import EXCEL_FIRST, MAC_FIRST, Row, Table

#: A workbook that unpacks to more than this is refused before it is unpacked.
MAX_UNPACKED_BYTES = 300_000_000
_MOST_ROWS = 1_048_576  # of a sheet in Excel

#: What the reader and what lies under it raise for damaged workbooks.
_DAMAGE = (
    CalamineError,
    ExpatError,
    InvalidFileException,
    SyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    RuntimeError,
)

_MIDNIGHT = time()
_TYPES = "[Content_Types].xml"
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
            _inspect_package(package, file)
            yield from _read_sheets(content, package, file)
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


def _inspect_package(package: zipfile.ZipFile, file: str) -> None:
    """Refuse what is no plain XLSX."""
    names = package.namelist()
    if _has_macros(package, names):
        raise _refuse(file, "the workbook holds macros (.xlsm)", f"open it and {_SAVE_AS}, without macros")
    if "xl/workbook.xml" not in names:
        raise _refuse(file, f"this is {_name_package(names)}", f"open it and {_SAVE_AS}")
    unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        raise _refuse(
            file,
            f"unpacked, the workbook is {unpacked // 10**6} MB; {MAX_UNPACKED_BYTES // 10**6} MB is the most",
            "remove pictures and sheets that are not needed, or save the sheet as CSV",
        )


def _has_macros(package: zipfile.ZipFile, names: Sequence[str]) -> bool:
    """Answer whether it holds macros of today or of long ago, or says that it may, whatever its name."""
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        return True
    return _TYPES in names and b"macroEnabled" in package.read(_TYPES)


def _name_package(names: Sequence[str]) -> str:
    if "content.xml" in names:
        return "an OpenDocument file (.ods)"
    if "xl/workbook.bin" in names:
        return "a binary Excel workbook (.xlsb)"
    return "a packed file, but no Excel workbook"


def _read_sheets(content: bytes, package: zipfile.ZipFile, file: str) -> Iterator[Table]:
    parts = find_parts(package)
    counts_from = MAC_FIRST if counts_from_1904(package) else EXCEL_FIRST
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for about in book.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet or about.name not in parts:
                continue
            xml = read_part(package, parts[about.name])
            yield Table(
                file=file,
                name=about.name,
                rows=_take_rows(_read_cells(book, about.name, xml, content)),
                merged=tuple(find_merged(xml)),
                formulas=frozenset(find_formulas(xml)),
                counts_from=counts_from,
                errors=frozenset(find_errors(xml)),
                is_hidden=about.visible is not SheetVisibleEnum.Visible,
            )


def _read_cells(book: CalamineWorkbook, name: str, xml: bytes, content: bytes) -> Iterable[Sequence[object]]:
    rows, columns = count_area(xml)
    if rows * columns <= MAX_CELLS:
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return _read_sparse(content, name)


def _read_sparse(content: bytes, name: str) -> Iterator[Sequence[object]]:
    """Yield the rows of a sheet with a cell far away; slower, but it makes no room for what is between."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet: Any = book[name]
        sheet.reset_dimensions()  # some programs write a size that cuts off columns
        yield from sheet.iter_rows(max_row=_MOST_ROWS, values_only=True)
    finally:
        book.close()


def _take_rows(values: Iterable[Sequence[object]]) -> list[Row]:
    texts = (
        # Nearly all cells are text: a million calls less.
        (line, [value.strip() if type(value) is str else cell_text(value) for value in row])
        for line, row in enumerate(values, start=1)
    )
    return [(line, cells) for line, cells in texts if any(cells)]


def cell_text(value: object) -> str:
    """Answer a cell as text: dates in ISO 8601, numbers as a person writes them."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(value, ".15g") if value % 1 else str(int(value))
    if isinstance(value, datetime):  # Excel has no days, only midnights
        return value.isoformat() if value.time() != _MIDNIGHT else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value).strip()
