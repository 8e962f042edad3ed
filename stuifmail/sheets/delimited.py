"""CSV files: encodings, separators, quoted line ends."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from stuifmail.errors import InvalidSheet
from stuifmail.sheets.columns import HEADER_ROWS, Wanted
from stuifmail.sheets.tables import Row, Table

SEPARATORS = (",", ";", "\t")

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_delimited(content: bytes, file: str, wanted: Wanted) -> Table:
    """Answer the rows of a CSV file, in UTF-8, UTF-16 or windows-1252.

    The separator is the one of Excel's `sep=` line, else the one with which the header fits
    best: counting commas would be fooled by the first long title.

    Raises:
        InvalidSheet: not text, or a quote that is never closed.
    """
    text = decode_text(content, file)
    first, start = 1, 0
    separator = _declared_separator(text)
    if separator:
        first, start = 2, text.find("\n") + 1 or len(text)
    body = text[start:]
    if not body.strip(" \r\n" + "".join(SEPARATORS)):
        return Table(file=file, rows=[])
    separator = separator or max(SEPARATORS, key=lambda sign: _fitness(body, sign, wanted))
    try:
        rows = list(_read_rows(body, separator, first))
    except _BrokenRowError as broken:
        raise InvalidSheet(
            f"the row cannot be read ({broken})",
            place=f"{file}:{broken.line}",
            remedy='a quote (") is opened and not closed, or stands loose in a quoted cell; '
            "save the sheet as CSV again, or double the quotes inside the cell",
        ) from broken
    return Table(file=file, rows=rows, strict=True)


def decode_text(content: bytes, file: str) -> str:
    """Answer the file's text: by its byte order mark, else UTF-8, else windows-1252.

    Raises:
        InvalidSheet: the bytes are no text.
    """
    encodings = [name for mark, name in _BOMS if content.startswith(mark)] or _guess_encodings(content)
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InvalidSheet(
        "this is not a CSV or XLSX file", place=file, remedy="save the sheet as XLSX, or as CSV in UTF-8"
    )


def _guess_encodings(content: bytes) -> list[str]:
    # UTF-16 without a mark shows by its NULs: every second byte of western text.
    head = content[:2000]
    if head[1::2].count(0) > len(head) * 0.4:
        return ["utf-16-le"]
    if head[0::2].count(0) > len(head) * 0.4:
        return ["utf-16-be"]
    return ["utf-8", "cp1252"]


def _declared_separator(text: str) -> str:
    line = text[:20].splitlines()[0].strip().strip('"') if text else ""
    return line[4] if line.lower().startswith("sep=") and len(line) == 5 else ""


class _BrokenRowError(Exception):
    """A row that the csv module refuses."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(reason)


def _read_rows(text: str, separator: str, first: int) -> Iterator[Row]:
    # Rows may run over several lines: a row's line is the one on which it starts.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = first
    try:
        for raw in reader:
            cells = [cell.strip() for cell in raw]
            if any(cells):
                yield line, cells
            line = first + reader.line_num
    except csv.Error as error:
        raise _BrokenRowError(line, str(error)) from error


def _fitness(text: str, separator: str, wanted: Wanted) -> tuple[int, int]:
    try:
        rows = list(islice(_read_rows(text, separator, 1), HEADER_ROWS))
    except _BrokenRowError:
        rows = []
    return (
        max((wanted.count_matches(cells) for _, cells in rows), default=-1),
        max((len(cells) for _, cells in rows), default=-1),
    )
