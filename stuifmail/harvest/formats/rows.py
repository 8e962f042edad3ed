"""Single cells of sheets that people fill in: places, links, dates, and yes or no."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from stuifmail.harvest.cleaning.links import resolve_link
from stuifmail.harvest.dates.moments import read_day_or_moment
from stuifmail.model.times import MomentOrDay

#: A row by our column names, with `line`, with `headers`: what the sheet calls our columns, and with
#: `counts_from`: the day that bare numbers for days count from.
Row: TypeAlias = Mapping[str, Any]

_YES = frozenset("yes y ja j true waar x v 1 ✓ ✔ beantwoord answered opgelost solved".split())
_NO = frozenset(["", "no", "n", "nee", "false", "onwaar", "0", "-", "open", "nog niet", "not yet"])
#: Days as Excel counts them, where a sheet was saved without their format.
_EXCEL_FIRST = date(1899, 12, 30)
_EXCEL_DAYS = range(30_000, 75_000)  # 1982 to 2105


def place_of(row: Row, column: str) -> str:
    """Answer where a cell stands, as people find it: "row 7, column Verloopt op"."""
    return f"row {row['line']}, column {row.get('headers', {}).get(column, column)}"


def read_link(row: Row, column: str, base: str | None, problems: list[str]) -> str | None:
    """Answer the address in a cell; what is none is a problem."""
    written = row[column]
    link = resolve_link(written, base)
    if link is None and written:
        problems.append(f"{place_of(row, column)}: {written!r} is no web address; write https://…")
    return link


def read_when(row: Row, column: str, zone: str, problems: list[str]) -> MomentOrDay | None:
    """Answer the moment or bare day in a cell; what is none is a problem."""
    text = str(row[column]).removesuffix(" 00:00:00")  # Excel's bare dates
    when = read_bare_number(row, text) or (read_day_or_moment(text, zone) if text else None)
    if when is None and text:
        problems.append(
            f"{place_of(row, column)}: {text!r} is no date; write 2026-05-31 or 31 mei 2026 14:00"
        )
    return when


def read_bare_number(row: Row, text: str) -> date | None:
    """Answer the day that a number means where a workbook lost the form of the cell; None for others."""
    if not text.isdecimal() or int(text) not in _EXCEL_DAYS:
        return None
    first: date = row.get("counts_from", _EXCEL_FIRST)
    return first + timedelta(days=int(text))


def read_row_moment(
    row: Row, column: str, zone: str, problems: list[str], *, last: bool = False
) -> datetime | None:
    """Answer the moment in a cell, in UTC; of a bare day its first moment, or its last."""
    when = read_when(row, column, zone, problems)
    if isinstance(when, date) and not isinstance(when, datetime):
        return start_of(when, zone) if not last else end_of(when, zone)
    return when


def start_of(day: date, zone: str) -> datetime:
    """Answer the day's first moment in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def end_of(day: date, zone: str) -> datetime:
    """Answer the day's last second in UTC."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)


def read_yes(row: Row, column: str, problems: list[str]) -> bool:
    """Answer whether a cell says yes, in Dutch or English; anything but yes and no is a yes, and told."""
    said = " ".join(str(row[column]).split())
    first = said.casefold().replace(",", " ").replace(".", " ").split(" ")[0] if said else ""
    if said.casefold() in _NO or first in ("nee", "no"):
        return False
    if first not in _YES:
        problems.append(
            f"{place_of(row, column)}: {said[:40]!r} is neither yes nor no; taken as yes; write ja or nee"
        )
    return True
