"""Sheets with submissions, toolbox entries, news or events: rows to entries."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from stuifmail.config.sheet_columns import BY_HOLDING
from stuifmail.errors import InvalidSheet, UnreadableDocument
from stuifmail.harvest.calendars.event_rows import read_row_times
from stuifmail.harvest.cleaning.clean import clean_line, clean_text
from stuifmail.harvest.formats.entry_rows import EntrySetting, read_entry_row
from stuifmail.harvest.formats.remarks import remark_repeated
from stuifmail.harvest.formats.rows import Row, place_of, read_link
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.events import CalendarEntry, EventStatus
from stuifmail.sheets import read_sheet

_KINDS = {"news": "news", "submissions": "news", "toolbox": "toolbox"}
_STATUSES: dict[str, EventStatus] = {
    "tentative": "tentative", "voorlopig": "tentative", "onder voorbehoud": "tentative",
    "cancelled": "cancelled", "canceled": "cancelled", "geannuleerd": "cancelled", "afgelast": "cancelled",
}  # fmt: skip

T = TypeVar("T")


def parse_sheet(
    content: bytes,
    *,
    url: str,
    holds: str = "news",
    columns: Mapping[str, str] | None = None,
    base: str | None = None,
    zone: str = "Europe/Amsterdam",
    now: datetime | None = None,
) -> ParsedDocument:
    """Answer the rows of a CSV or XLSX sheet as entries or events, in the order of the sheet.

    Args:
        content: the document's bytes.
        url: the file or address, for messages.
        holds: "news", "submissions", "toolbox" or "events".
        columns: our column name: the sheet's, where they differ.
        base: address that relative links belong to.
        zone: IANA name of the zone in which dates and times are written.
        now: when it is read, aware, for events on a day without a year; None: these have no date.

    Raises:
        UnreadableDocument: no sheet, or columns are missing or doubled.
    """
    problems: list[str] = []
    ours = BY_HOLDING[holds]
    required = [column.name for column in ours if column.is_required]
    try:
        frame = read_sheet(
            content,
            file=url,
            required=required,
            optional=[column.name for column in ours],
            mapping=columns or {},
            aliases={column.name: column.aliases for column in ours},
        )
    except InvalidSheet as error:
        raise UnreadableDocument(error.message, place=error.place, remedy=error.remedy) from error
    about = {"headers": frame.attrs["headers"], "counts_from": frame.attrs["counts_from"]}
    rows: list[Row] = [
        {**{str(name): cell for name, cell in row.items()}, **about} for row in frame.to_dict("records")
    ]
    if holds == "events":
        events = _read_rows(rows, lambda row: _read_event(row, base, zone, now, problems))
        return ParsedDocument(kind="sheet", events=events, problems=tuple(problems), is_whole=True)
    setting = EntrySetting(
        kind=_KINDS.get(holds, "news"), base=base, zone=zone, now=now, is_submissions=holds == "submissions"
    )
    entries = _read_rows(rows, lambda row: read_entry_row(row, setting, problems))
    return ParsedDocument(
        kind="sheet",
        entries=entries,
        problems=(*problems, *remark_repeated(entries, "id")),
        is_whole=True,
    )


def _read_rows(rows: Sequence[Row], read: Callable[[Row], T | None]) -> tuple[T, ...]:
    """Answer what the rows hold; those that hold nothing are left out."""
    return tuple(value for row in rows if (value := read(row)) is not None)


def _read_event(
    row: Row, base: str | None, zone: str, now: datetime | None, problems: list[str]
) -> CalendarEntry | None:
    if not clean_line(row["title"]):
        problems.append(f"{place_of(row, 'title')}: the title is empty; left out")
        return None
    own_zone = _zone(row, zone, problems)
    when = read_row_times(row, own_zone, now, problems)
    status = clean_line(row["status"]).lower()
    return CalendarEntry(
        uid=clean_line(row["id"]),
        summary=clean_line(row["title"]),
        description=clean_text(row["text"]),
        location=clean_line(row["place"]),
        url=read_link(row, "link", base, problems),
        starts_at=when.starts_at,
        ends_at=when.ends_at,
        time_zone=own_zone,
        status=_STATUSES.get(status, "tentative" if when.is_tentative else "confirmed"),
        span=when.span,
        member=clean_line(row["member"]),
    )


def _zone(row: Row, zone: str, problems: list[str]) -> str:
    name: str = row["time_zone"].strip()
    if not name:
        return zone
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        problems.append(f"{place_of(row, 'time_zone')}: there is no zone {name!r}; taken as {zone}")
        return zone
    return name
