"""Sheets with submissions, toolbox entries, news or events: rows to entries."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from stuifmail.config.sheet_columns import BY_HOLDING
from stuifmail.errors import InvalidSheet, UnreadableDocument
from stuifmail.harvest.clean import (
    clean_html,
    clean_language,
    clean_line,
    clean_text,
    html_to_text,
    text_to_html,
)
from stuifmail.harvest.dates import read_day_or_moment
from stuifmail.harvest.event_rows import read_row_times
from stuifmail.harvest.links import resolve_link
from stuifmail.harvest.remarks import remark_repeated
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.events import CalendarEntry, EventStatus
from stuifmail.model.items import Entry
from stuifmail.model.times import MomentOrDay
from stuifmail.sheets import read_sheet

_KINDS = {"news": "news", "submissions": "news", "toolbox": "toolbox"}
_STATUSES: dict[str, EventStatus] = {
    "tentative": "tentative", "voorlopig": "tentative", "onder voorbehoud": "tentative",
    "cancelled": "cancelled", "canceled": "cancelled", "geannuleerd": "cancelled", "afgelast": "cancelled",
}  # fmt: skip

Row: TypeAlias = Mapping[str, Any]
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
            content, file=url, required=required, optional=[c.name for c in ours], mapping=columns or {}
        )
    except InvalidSheet as error:
        raise UnreadableDocument(error.message, place=error.place, remedy=error.remedy) from error
    rows: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]  # columns are text
    if holds == "events":
        events = _read_rows(rows, problems, lambda row: _read_event(row, base, zone, now, problems))
        return ParsedDocument(kind="sheet", events=events, problems=tuple(problems), is_whole=True)
    kind = _KINDS.get(holds, "news")
    entries = _read_rows(rows, problems, lambda row: _read_entry(row, kind, base, zone, problems))
    return ParsedDocument(
        kind="sheet",
        entries=entries,
        problems=(*problems, *remark_repeated(entries, "id")),
        is_whole=True,
    )


def _read_rows(rows: list[dict[str, Any]], problems: list[str], read: Callable[[Row], T]) -> tuple[T, ...]:
    """Answer what the rows hold; a row without a title is reported and left out."""
    values = []
    for row in rows:
        if clean_line(row["title"]):
            values.append(read(row))
        else:
            problems.append(f"line {row['line']}: the title is empty; left out")
    return tuple(values)


def _read_entry(row: Row, kind: str, base: str | None, zone: str, problems: list[str]) -> Entry:
    markup = row["text"]
    is_html = "</" in markup or "<br" in markup.lower()
    html = clean_html(markup, base) if is_html else text_to_html(markup)
    return Entry(
        guid=clean_line(row["id"]) or None,
        title=clean_line(row["title"]),
        link=_link(row, "link", base, problems),
        published_at=_moment(row, "published", zone, problems),
        updated_at=_moment(row, "updated", zone, problems),
        language=clean_language(row["language"]),
        text=html_to_text(html) if is_html else clean_text(markup),
        html=html,
        image_url=_link(row, "image", base, problems),
        categories=tuple(part for each in row["categories"].split(",") if (part := clean_line(each))),
        member=clean_line(row["member"]),
        kind=clean_line(row["kind"]).lower().replace(" ", "_").replace("-", "_") or kind,
        expires_at=_moment(row, "expires", zone, problems, last=True),
    )


def _read_event(
    row: Row, base: str | None, zone: str, now: datetime | None, problems: list[str]
) -> CalendarEntry:
    own_zone = _zone(row, zone, problems)
    when = read_row_times(row, own_zone, now, problems)
    status = clean_line(row["status"]).lower()
    return CalendarEntry(
        uid=clean_line(row["id"]),
        summary=clean_line(row["title"]),
        description=clean_text(row["text"]),
        location=clean_line(row["place"]),
        url=_link(row, "link", base, problems),
        starts_at=when.starts_at,
        ends_at=when.ends_at,
        time_zone=own_zone,
        status=_STATUSES.get(status, "tentative" if when.is_tentative else "confirmed"),
        span=when.span,
        member=clean_line(row["member"]),
    )


def _link(row: Row, column: str, base: str | None, problems: list[str]) -> str | None:
    link = resolve_link(row[column], base)
    if link is None and row[column]:
        problems.append(f"line {row['line']}, {column}: {row[column]!r} is no web address; write https://…")
    return link


def _when(row: Row, column: str, zone: str, problems: list[str]) -> MomentOrDay | None:
    text = row[column]
    when = read_day_or_moment(text.removesuffix(" 00:00:00"), zone) if text else None  # Excel's bare dates
    if when is None and text:
        problems.append(
            f"line {row['line']}, {column}: {text!r} is no date; write 2026-05-31 or 31 mei 2026 14:00"
        )
    return when


def _moment(row: Row, column: str, zone: str, problems: list[str], *, last: bool = False) -> datetime | None:
    """Answer the moment; of a bare day its first moment, or its last."""
    when = _when(row, column, zone, problems)
    if isinstance(when, date) and not isinstance(when, datetime):
        clock = time(23, 59, 59) if last else time()
        return datetime.combine(when, clock, ZoneInfo(zone)).astimezone(UTC)
    return when


def _zone(row: Row, zone: str, problems: list[str]) -> str:
    name: str = row["time_zone"].strip()
    if not name:
        return zone
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        problems.append(f"line {row['line']}, time_zone: there is no zone {name!r}; taken as {zone}")
        return zone
    return name
