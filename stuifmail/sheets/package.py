"""What stands in the XML of a workbook, before its cells are read: parts, formulas, size.

Everything is found in one pass each over the bytes: the XML of a large sheet is fifty megabytes,
and a tree of it would take more time and memory than all its cells.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.parsers import expat

from stuifmail.sheets.tables import Span

#: With more cells than these up to the last one, a reader that makes room for all of them is not used.
MAX_CELLS = 25_000_000

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"'](\d+)")
_WIDE_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{2,})\d")
#: A cell that begins with a formula; the attributes say where it is.
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*)?>\s*<(?:\w+:)?f[\s>/]")
_ERROR_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\bt\s*=\s*[\"']e[\"'][^>]*>")
_ERROR_TYPE = re.compile(rb"t\s*=\s*[\"']e[\"']")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,4})(\d+)")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)")
_SINCE_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
_NARROW = 26


def find_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Answer the name of each worksheet's part in the package, by the sheet's name."""
    targets = {
        each.get("Id", ""): each.get("Target", "") for each in _read(package, "xl/_rels/workbook.xml.rels")
    }
    found = {}
    for each in _read(package, "xl/workbook.xml").iter():
        if each.tag.rpartition("}")[2] == "sheet":
            relation = next((value for key, value in each.items() if key.rpartition("}")[2] == "id"), "")
            target = targets.get(relation, "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            found[each.get("name", "")] = posixpath.normpath(whole)
    return found


def counts_from_1904(package: zipfile.ZipFile) -> bool:
    """Answer whether the workbook counts its days from 1904, as Excel on a Mac did by default."""
    return _SINCE_1904.search(package.read("xl/workbook.xml")) is not None


def _read(package: zipfile.ZipFile, name: str) -> ET.Element:
    xml = package.read(name)
    if b"<!DOCTYPE" in xml:  # no office program writes one, and entities can grow without end
        raise ValueError(f"{name} declares a document type")
    return ET.fromstring(xml)  # noqa: S314 - without a document type there are no entities to grow


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Answer the XML of a part.

    Raises:
        ExpatError: it is not well formed: a fast reader would leave out rows without a word.
    """
    xml = package.read(name)
    expat.ParserCreate().Parse(xml, True)
    return xml


def count_area(xml: bytes) -> tuple[int, int]:
    """Answer the last row that is named and a bound on the columns; 0 rows where none is named."""
    last = max((int(number) for number in _ROW.findall(xml)), default=0)
    wide = max((column_number(name.decode()) for name in set(_WIDE_COLUMN.findall(xml))), default=_NARROW)
    return last, wide


def find_formulas(xml: bytes) -> Iterator[tuple[int, int]]:
    """Yield line and column (from 1) of each formula; (0, 0) for one that does not say where it is."""
    if b"<f" not in xml and b":f" not in xml:  # much faster than the pattern
        return
    for found in _FORMULA_CELL.finditer(xml):
        place = _PLACE.search(found[1] or b"")
        yield (int(place[2]), column_number(place[1].decode())) if place else (0, 0)


def find_errors(xml: bytes) -> Iterator[tuple[int, int]]:
    """Yield line and column (from 1) of each cell that holds an error, such as #N/A."""
    for found in _ERROR_CELL.finditer(xml) if _ERROR_TYPE.search(xml) else ():
        place = _PLACE.search(found[0])
        yield (int(place[2]), column_number(place[1].decode())) if place else (0, 0)


def find_merged(xml: bytes) -> Iterator[Span]:
    """Yield the merged cells: left, top, right, bottom, from 1."""
    found = _MERGED.findall(xml) if b"mergeCell" in xml else []
    for left, top, right, bottom in found:
        yield column_number(left.decode()), int(top), column_number(right.decode()), int(bottom)


def column_number(name: str) -> int:
    """Answer the number of a column: 1 for A, 28 for AB."""
    number = 0
    for sign in name.upper():
        number = 26 * number + ord(sign) - ord("A") + 1
    return number


def cell_name(line: int, column: int) -> str:
    """Answer what a spreadsheet program calls a cell: B7 for line 7 and column 2."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{line}"
