"""Any fetched document: what it is, and what is in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from stuifmail.config.models import PageSelectors
from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.calendars.occurrences import window_around
from stuifmail.harvest.cleaning.clean import clean_line
from stuifmail.harvest.cleaning.links import resolve_link
from stuifmail.harvest.formats.feeds import parse_feed
from stuifmail.harvest.formats.jsonfeed import parse_json_feed
from stuifmail.harvest.formats.sheets import parse_sheet
from stuifmail.harvest.formats.wordpress import is_post_list, parse_posts
from stuifmail.model.documents import DocumentKind, ParsedDocument

_ROOT = re.compile(rb"<(?:[a-z][\w.-]*:)?(rss|rdf|feed|channel)[\s>:/]", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED_LINK = re.compile(
    r"<link\s[^>]{0,500}application/(?:rss|atom|feed)\+(?:xml|json)[^>]{0,500}>", re.IGNORECASE
)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_OTHERS: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"\x89PNG", b"GIF8", b"\xff\xd8\xff"), "a picture"),
    ((b"%PDF",), "a PDF"),
    ((b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf"), "a packed file; unpack it first"),
    ((b"\xd0\xcf\x11\xe0",), "an old Office file; save it as XLSX or CSV"),
    ((b"\x7fELF", b"MZ"), "a program"),
    ((b"SQLite format 3",), "a database"),
)
_HEAD_BYTES = 20_000
_MOST_PROBLEMS = 25
_LONGEST_PROBLEM = 500  # characters
_LOOK = "open the address in a browser and look what is there"


def parse_document(  # noqa: PLR0913 - each is a setting of its own
    content: bytes,
    *,
    url: str,
    content_type: str = "",
    base: str | None = None,
    kind: DocumentKind | None = None,
    holds: str = "news",
    columns: Mapping[str, str] | None = None,
    page: PageSelectors | None = None,
    zone: str = "Europe/Amsterdam",
    now: datetime | None = None,
    max_entries: int | None = None,
) -> ParsedDocument:
    """Answer what is in a document; a pure function of its bytes and settings.

    Args:
        content: the bytes, unpacked.
        url: address or file it came from; relative links and messages use it.
        content_type: the server's Content-Type, "" when unknown.
        base: address that relative links in a local file belong to.
        kind: what it should be, if known; the bytes win where they are clear.
        holds: of a sheet: "news", "submissions", "toolbox" or "events".
        columns: of a sheet: our column name: the sheet's, where they differ.
        page: of a page: where the news stands on it.
        zone: IANA name of the zone for times that name none.
        now: when it is read, aware: events that repeat get the occurrences around it, and dates
            without a year the next one to come. None: no occurrences, and no such dates.
        max_entries: so many entries are kept, of a feed with dates the newest; None for all.

    Raises:
        UnreadableDocument: empty, a web page, or no feed, calendar or sheet at all.
    """
    found = detect_kind(content, url=url, kind=kind)
    if found == "page" and page is None:
        raise _refuse_page(content, url)
    base = base or url
    try:
        if found == "calendar":
            # Here, as for pages: most processes read feeds only, and need not load what reads the rest.
            from stuifmail.harvest.calendars.icalendars import parse_calendar  # noqa: PLC0415

            document = parse_calendar(
                content, url=url, base=base, zone=zone, window=window_around(now) if now else None
            )
        elif found == "sheet":
            document = parse_sheet(
                content, url=url, holds=holds, columns=columns, base=base, zone=zone, now=now
            )
        elif found == "page" and page is not None:
            from stuifmail.harvest.formats.pages import parse_page  # noqa: PLC0415

            document = parse_page(
                content, url=url, selectors=page, content_type=content_type, base=base, zone=zone
            )
        elif (start := content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]) == b"{":
            document = parse_json_feed(content, url=url, base=base, max_entries=max_entries)
        elif start == b"[":
            document = parse_posts(content, url=url, base=base)
        else:
            document = parse_feed(
                content, url=url, content_type=content_type, base=base, max_entries=max_entries
            )
    except UnreadableDocument as error:
        raise _quote(error.message, error.place, error.remedy) from error
    except Exception as error:  # the parsers meet bytes that nobody foresaw: one document, not the run
        told = f"the {found} cannot be read ({type(error).__name__}: {str(error)[:120]})"
        raise _quote(told, url, _LOOK) from error
    document = _keep_most(document, max_entries)
    return replace(document, problems=shorten_problems(document.problems))


def _keep_most(document: ParsedDocument, most: int | None) -> ParsedDocument:
    """Answer the document with so many entries, for the kinds that do not count them while reading."""
    count = len(document.entries)
    if most is None or count <= most:
        return document
    told = f"the {document.kind} has {count} entries; only the first {most} were read"
    # What is left out was not taken away, so the document no longer tells what was.
    return replace(
        document, entries=document.entries[:most], problems=(told, *document.problems), is_whole=False
    )


def shorten_problems(problems: Sequence[str]) -> tuple[str, ...]:
    """Answer the problems, of very many only the first and how many more there are.

    They quote what the document says, so each is on one line, and none is endless.
    """
    told = tuple(_shorten(problem) for problem in problems[:_MOST_PROBLEMS])
    more = len(problems) - _MOST_PROBLEMS
    return (*told, f"and {more} more") if more > 0 else told


def _shorten(problem: str) -> str:
    line = clean_line(problem)
    return line if len(line) <= _LONGEST_PROBLEM else f"{line[: _LONGEST_PROBLEM - 1]}…"


def _quote(message: str, place: str, remedy: str) -> UnreadableDocument:
    """Answer the error with what it quotes of the document made fit to be shown and stored."""
    return UnreadableDocument(_shorten(message), place=place, remedy=_shorten(remedy))


def detect_kind(content: bytes, *, url: str, kind: DocumentKind | None = None) -> DocumentKind:
    """Answer what the bytes are; their beginning decides, then `kind`, then the name's ending.

    Raises:
        UnreadableDocument: empty, a web page that should be none, or nothing that can be read.
    """
    head = _readable_head(content)
    if not head.strip():
        raise UnreadableDocument("the document is empty", place=url, remedy="check the address or file")
    if kind == "page" and _looks_like_page(head):
        return "page"
    if b"BEGIN:VCALENDAR" in head.upper():
        return "calendar"
    if content.startswith(b"PK\x03\x04"):
        return "sheet"
    if _PAGE.match(head.lstrip()):
        raise _refuse_page(content, url)
    if _ROOT.search(head) or (_is_json(head) and kind != "sheet"):
        return "feed"
    if _PAGE.search(head):
        raise _refuse_page(content, url)
    if kind == "sheet" or guess_kind(url) == "sheet":
        return "sheet"
    if head.lstrip().startswith(b"<?xml"):
        return "feed"
    raise _refuse_other(content, url)


def _is_json(head: bytes) -> bool:
    start = head.lstrip()
    return start[:1] == b"{" or is_post_list(start)


def _looks_like_page(head: bytes) -> bool:
    """Answer whether this is HTML; a part of a page without head is, too, a feed is not."""
    if _PAGE.match(head.lstrip()):
        return True
    return head.lstrip()[:1] == b"<" and not _ROOT.search(head)


def guess_kind(url: str) -> DocumentKind:
    """Answer what the name's ending promises; "feed" when it promises nothing."""
    ending = PurePosixPath(urlsplit(url).path).suffix.lower()
    if ending in (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"):
        return "sheet"
    return "calendar" if ending in (".ics", ".ical", ".vcs") else "feed"


def _readable_head(content: bytes) -> bytes:
    """Answer the first bytes as ASCII reads them, also of UTF-16 and UTF-32."""
    head = content[:_HEAD_BYTES]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:4]:
        head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _refuse_other(content: bytes, url: str) -> UnreadableDocument:
    start = content[:1024].lstrip()
    what = next((name for marks, name in _OTHERS if start.startswith(marks)), "")
    is_address = url.startswith(("http://", "https://"))
    return UnreadableDocument(
        "this is no feed, calendar or sheet" + (f" but {what}" if what else ""),
        place=url,
        remedy=_LOOK if is_address else "name the file that the feed, calendar or sheet was saved in",
    )


def _refuse_page(content: bytes, url: str) -> UnreadableDocument:
    page = content[:200_000].decode("utf-8", "replace")
    tag = _FEED_LINK.search(page)
    href = _HREF.search(tag[0]) if tag else None
    link = resolve_link(unescape(href[1]), url) if href else None
    remedy = f"the page names this feed: {link}" if link else "look for the feed's address on it"
    return UnreadableDocument("this is a web page, not a feed", place=url, remedy=remedy)
