"""What the harvester makes of a file, without storing anything."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from stuifmail.config.models import Source
from stuifmail.config.sheet_columns import BY_HOLDING
from stuifmail.errors import FetchFailed, InvalidSheet, UnreadableDocument
from stuifmail.harvest.fetching.fetch import FetchLimits, fetch_file
from stuifmail.harvest.formats.documents import detect_kind, guess_kind, parse_document
from stuifmail.model.documents import DocumentKind, ParsedDocument
from stuifmail.model.event_words import say_span
from stuifmail.model.events import CalendarEntry
from stuifmail.model.items import Entry
from stuifmail.model.times import MomentOrDay
from stuifmail.sheets import read_sheet

_MAX_BYTES = 50_000_000
DEFAULT_ZONE = "Europe/Amsterdam"  # for times that say none; they are shown as they were written


def describe_file(path: Path, source: Source | None = None, *, now: datetime | None = None) -> dict[str, Any]:
    """Answer what is in a feed, calendar, sheet or page, as plain data with stable keys.

    Args:
        path: the file.
        source: the source of sources.yaml that it belongs to, where known: for the columns of a
            sheet, the base of relative links, and the kind where the bytes leave it open.
        now: when it is read, aware, for the dates of events that repeat, and for days without a year.

    Returns:
        `file`, `kind` ("feed", "calendar", "sheet", "page"), `entries` (guid, title, link, published_at,
        updated_at, language), `events` (uid, summary, starts_at, ends_at, status, open_date,
        dates_count) and `problems`, in document order. Times are ISO 8601 in UTC; all-day events are
        dates, and times without a zone have no suffix. A file that cannot be read has empty lists
        and the problem. A participants sheet has `rows`, their number, besides.
    """
    file = str(path)
    kind: DocumentKind = source.kind if source else guess_kind(path.name)
    try:
        content = fetch_file(path, file, FetchLimits(max_bytes=_MAX_BYTES)).content or b""
        kind = detect_kind(content, url=file, kind=source.kind if source else None)
        if kind == "sheet":
            return _describe_sheet(content, file, source, now)
        base = source.base if source else None
        page = source.page if source else None
        document = parse_document(
            content, url=file, base=base, kind=kind, page=page, zone=DEFAULT_ZONE, now=now
        )
        return _describe(file, document)
    except (FetchFailed, UnreadableDocument) as error:
        return {"file": file, "kind": kind, "entries": [], "events": [], "problems": [_explain(error, file)]}


def _describe(file: str, document: ParsedDocument) -> dict[str, Any]:
    return {
        "file": file,
        "kind": document.kind,
        "entries": [_describe_entry(entry, document.language) for entry in document.entries],
        "events": [_describe_event(event) for event in document.events],
        "problems": list(document.problems),
    }


def _describe_sheet(content: bytes, file: str, source: Source | None, now: datetime | None) -> dict[str, Any]:
    """Describe a sheet as what its source holds, else as the kind whose needed columns it has."""
    columns = source.columns if source else {}
    holds = source.holds if source else _guess_holding(content, file)
    if holds != "participants":
        base = source.base if source else None
        document = parse_document(
            content,
            url=file,
            base=base,
            kind="sheet",
            holds=holds,
            columns=columns,
            zone=DEFAULT_ZONE,
            now=now,
        )
        return _describe(file, document)
    try:
        rows, problems = _count_rows(content, file, holds, columns), []
    except InvalidSheet as error:
        rows, problems = 0, [str(error)]
    return {"file": file, "kind": "sheet", "entries": [], "events": [], "problems": problems, "rows": rows}


def _guess_holding(content: bytes, file: str) -> str:
    for holds in ("events", "news", "participants"):
        try:
            _count_rows(content, file, holds, {})
        except InvalidSheet:
            continue
        return holds
    return "news"


def _count_rows(content: bytes, file: str, holds: str, columns: Mapping[str, str]) -> int:
    ours = BY_HOLDING[holds]
    required = [column.name for column in ours if column.is_required]
    optional = [column.name for column in ours]
    aliases = {column.name: column.aliases for column in ours}
    frame = read_sheet(
        content, file=file, required=required, optional=optional, mapping=columns, aliases=aliases
    )
    return len(frame)


def _describe_entry(entry: Entry, language: str | None) -> Mapping[str, Any]:
    return {
        "guid": entry.guid,
        "title": entry.title,
        "link": entry.link,
        "published_at": _show(entry.published_at),
        "updated_at": _show(entry.updated_at),
        "language": entry.language or language,
    }


def _describe_event(event: CalendarEntry) -> Mapping[str, Any]:
    return {
        "uid": event.uid,
        "summary": event.summary,
        "starts_at": _show(event.starts_at, floating=event.floating),
        "ends_at": _show(event.ends_at, floating=event.floating),
        "status": event.status,
        "open_date": say_span(event.span),
        "dates_count": len(event.occurrences),
    }


def _show(when: MomentOrDay | None, *, floating: bool = False) -> str | None:
    if isinstance(when, datetime):
        zone, suffix = (ZoneInfo(DEFAULT_ZONE), "") if floating else (UTC, "Z")
        return when.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S") + suffix
    return when.isoformat() if isinstance(when, date) else None


def _explain(error: FetchFailed | UnreadableDocument, file: str) -> str:
    place = f"{error.place}: " if error.place and error.place != file else ""
    return f"{place}{error.message}: {error.remedy}" if error.remedy else f"{place}{error.message}"
