"""RSS 0.9x to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0: bytes to entries, through feedparser."""

import io
import re
from calendar import timegm
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from time import struct_time
from typing import Any

import feedparser

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.cleaning.clean import (
    MOST_CHARACTERS,
    clean_body,
    clean_language,
    clean_line,
    clean_plain_body,
    clean_plain_title,
    clean_title,
    first_image,
)
from stuifmail.harvest.cleaning.links import is_pixel, is_web_link, pick_base, resolve_link, tidy_link
from stuifmail.harvest.cleaning.noise import is_category
from stuifmail.harvest.dates.moments import is_impossible, is_likely, read_stamp
from stuifmail.harvest.formats.charsets import (
    choose_charset,
    declared_charset,
    drop_declaration,
    is_utf8,
    to_utf8,
)
from stuifmail.harvest.formats.forgiving import forgive
from stuifmail.harvest.formats.pace import read_pace
from stuifmail.harvest.formats.quickfeeds import QuickFeed, read_quickly
from stuifmail.harvest.formats.remarks import name_entry, remark_entries, sum_up
from stuifmail.harvest.formats.xml_guard import refuse_bombs, refuse_depth
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.items import Entry

_CUT_OFF = ("no element found", "unclosed token", "unclosed CDATA section")  # as expat says it
_END = re.compile(rb"</\s*(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_DATES = ("published", "created", "updated")  # as feedparser calls them
_MOST_DATED = 20_000  # entries; beyond these the dates are not looked at
_LONGEST_DATE = 100  # characters that are kept in mind
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_NUMBERS = re.compile(r"\d+")


forgive(feedparser.mixin._FeedParserMixin)  # noqa: SLF001  no other door


def parse_feed(
    content: bytes,
    *,
    url: str,
    content_type: str = "",
    base: str | None = None,
    max_entries: int | None = None,
) -> ParsedDocument:
    """Answer the entries of an XML feed in document order.

    Args:
        content: the document's bytes.
        url: where it came from, for messages.
        content_type: the server's Content-Type, "" when unknown.
        base: address that relative links belong to when the feed does not say.
        max_entries: so many are kept, the newest where the feed has dates; None for all.

    Raises:
        UnreadableDocument: no feed was found in the bytes, or one that is made to overwhelm.
    """
    refuse_bombs(content, url)
    stripped = content.lstrip()
    early = len(content) - len(stripped) if stripped.startswith(b"<?xml") else 0
    content = content[early:]  # white space before the declaration, which strict XML refuses
    charset = choose_charset(content, content_type)
    parsed = _read_well_formed(content, charset) or _read_anything(content, charset, url)
    if not parsed.version and not parsed.entries:
        raise UnreadableDocument(
            _explain_no_feed(parsed), place=url, remedy="open the address in a browser and look what is there"
        )
    head = parsed.feed
    base = pick_base([*_self_links(head), _get(head, "link"), base])
    is_atom = parsed.version.startswith("atom")
    raws, left = _keep_first(parsed.entries, max_entries)
    entries = tuple(_read_entry(raw, base, is_atom=is_atom) for raw in raws)
    return ParsedDocument(
        kind="feed",
        title=_title_of(head, is_atom=is_atom),
        language=clean_language(_get(head, "language")),
        entries=entries,
        problems=(
            *_early_problem(early),
            *_problems(parsed, content, charset),
            *left,
            *_cut_problems(raws, entries),
            *_remark_entries(raws, entries),
        ),
        check_after_s=read_pace(
            ttl=_get(head, "ttl"),
            period=_get(head, "sy_updateperiod"),
            count=_get(head, "sy_updatefrequency"),
        ),
    )


def _read_well_formed(content: bytes, charset: str) -> QuickFeed | None:
    """Answer what the quick reader makes of it; None when the bytes are not for it."""
    known = None if charset else to_utf8(content)
    return read_quickly(known, _looks_like_html) if known else None


def _looks_like_html(text: str) -> bool:
    if "</" not in text and "&" not in text:
        return False
    return bool(feedparser.mixin._FeedParserMixin.looks_like_html(text))  # noqa: SLF001  its own guess


def _read_anything(content: bytes, charset: str, url: str) -> Any:
    refuse_depth(content, url)
    try:
        return _run_feedparser(content, charset)
    except ValueError:  # its charset or its namespaces have names that cannot be
        content = drop_declaration(content)
        # What stands before the first tag makes feedparser read it as tag soup.
        return _run_feedparser(b"& " + content, "utf-8" if is_utf8(content) else "windows-1252")


def _run_feedparser(content: bytes, charset: str) -> Any:
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    # A stream, never the bare bytes: feedparser takes those for a file name first. Its own
    # sanitiser and link resolver stay off: nh3 does both better, in a tenth of the time.
    return feedparser.parse(
        io.BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _keep_first(raws: Sequence[Any], most: int | None) -> tuple[Sequence[Any], tuple[str, ...]]:
    """Answer the entries to read, the first or newest of very many, and what to say about it."""
    if most is None or len(raws) <= most:
        return raws, ()
    told = f"the feed has {len(raws)} entries; only the {most} newest were read"
    dates = [_moment_of(raw, "published") or _moment_of(raw, "updated") for raw in raws[:_MOST_DATED]]
    if len(raws) > _MOST_DATED or None in dates:
        return raws[:most], (told.replace("newest", "first"),)
    order = sorted(range(len(raws)), key=lambda place: dates[place] or _NEVER, reverse=True)
    return [raws[place] for place in sorted(order[:most])], (told,)


def _cut_problems(raws: Sequence[Any], entries: Sequence[Entry]) -> Iterator[str]:
    cut = [
        name_entry(place + 1, entry.title)
        for place, (raw, entry) in enumerate(zip(raws, entries, strict=True))
        if len(_body_of(raw)[0]) > MOST_CHARACTERS
    ]
    if cut:
        yield sum_up(f"entries longer than {MOST_CHARACTERS:,} characters were cut off", cut)


def _get(raw: Any, key: str) -> Any:
    # FeedParserDict's own lookup answers missing keys with other keys' values.
    return dict.get(raw, key)


def _read_entry(raw: Any, base: str | None, *, is_atom: bool) -> Entry:
    link = _link_of(raw, base)
    markup, is_html, own_base = _body_of(raw)
    here = pick_base([own_base, base, link])
    body = clean_body(markup, here) if is_html else clean_plain_body(markup)
    published, updated = _dates_of(raw, is_atom=is_atom)
    return Entry(
        guid=_guid_of(raw),
        title=_title_of(raw, is_atom=is_atom),
        link=link,
        published_at=published,
        updated_at=updated,
        language=_entry_language(raw),
        text=body.text,
        html=body.html,
        image_url=_picture_of(raw, body.html, here),
        categories=tuple(_categories_of(raw)),
        links=body.links,
        translations=tuple(_translations_of(raw, base, link)),
        address_candidates=body.address_candidates,
    )


def _remark_entries(raws: Sequence[Any], entries: Sequence[Entry]) -> Iterator[str]:
    """Yield what is wrong with the entries, next to what the feed says there."""
    both = list(enumerate(zip(raws, entries, strict=True)))
    links = {place: _raw_link(raw) for place, (raw, entry) in both if entry.link is None}
    dates = {place: _unreadable_date(raw) for place, (raw, _) in both}
    yield from remark_entries(
        entries,
        refused_links={place: link for place, link in links.items() if link},
        unreadable_dates={place: text for place, text in dates.items() if text},
    )


def _raw_link(raw: Any) -> str:
    """Answer the link as the feed says it, "" when only a guid was taken for one."""
    link = str(_get(raw, "link") or "")
    return "" if _get(raw, "guidislink") and link == _get(raw, "id") else link


def _unreadable_date(raw: Any) -> str:
    texts = {key: str(_get(raw, key) or "").strip() for key in _DATES}
    return next((text for key, text in texts.items() if text and _moment_of(raw, key) is None), "")


def _guid_of(raw: Any) -> str | None:
    guid = clean_line(str(_get(raw, "id") or ""))
    return guid or None


def _title_of(raw: Any, *, is_atom: bool) -> str:
    detail = _get(raw, "title_detail") or {}
    title = _get(raw, "title") or _get(raw, "itunes_title") or ""
    is_html = _get(detail, "type") != "text/plain"
    # RSS cannot say what its titles are; feedparser's guess is "plain" at the first rare tag.
    return clean_title(str(title), is_html=is_html) if is_html or is_atom else clean_plain_title(str(title))


def _link_of(raw: Any, base: str | None) -> str | None:
    link = _original_link(raw) or _get(raw, "link")
    if not link:
        others = (
            each
            for each in _get(raw, "links") or ()
            if _get(each, "rel") not in ("enclosure", "self", "edit")
        )
        link = next((href for each in others if (href := _get(each, "href"))), None)
    is_guid = _get(raw, "guidislink") and link == _get(raw, "id")
    if is_guid and not is_web_link(link):  # a guid that only claims to be a link
        return None
    return resolve_link(link, base)


def _original_link(raw: Any) -> str | None:
    """Answer where the piece really is, when the feed's own link goes round by a counting proxy."""
    original = str(_get(raw, "feedburner_origlink") or "").strip()
    return original if is_web_link(original) else None


def _translations_of(raw: Any, base: str | None, link: str | None) -> Iterator[tuple[str, str]]:
    """Yield language and address of the same piece in other languages (rel=alternate, hreflang)."""
    seen = {link}
    for each in _get(raw, "links") or ():
        language = clean_language(_get(each, "hreflang"))
        if not language or _get(each, "rel") != "alternate":
            continue
        address = tidy_link(_get(each, "href"), base)
        if address and address not in seen:
            seen.add(address)
            yield language, address


def _body_of(raw: Any) -> tuple[str, bool, str | None]:
    """Answer the fullest body: its markup, whether it is HTML, and its own xml:base."""
    best = _get(raw, "summary_detail")
    if contents := _get(raw, "content"):
        bodies = (*contents, best) if best is not None else contents
        best = max(bodies, key=lambda body: len(_get(body, "value") or ""))
    if best is None:
        return str(_get(raw, "summary") or ""), True, None
    return str(_get(best, "value") or ""), _get(best, "type") != "text/plain", _get(best, "base")


def _dates_of(raw: Any, *, is_atom: bool) -> tuple[datetime | None, datetime | None]:
    published = _moment_of(raw, "published") or _moment_of(raw, "created")
    updated = _moment_of(raw, "updated")
    # In RSS, feedparser files dc:date under "updated"; there it is the date of publication.
    if not is_atom and (published is None or published == updated):
        return updated or published, None
    return published, updated


def _moment_of(raw: Any, key: str) -> datetime | None:
    text = str(_get(raw, key) or "")
    if not text:
        return None
    return _recall_date(text) if len(text) <= _LONGEST_DATE else _read_date(text)


@lru_cache(maxsize=256)
def _recall_date(text: str) -> datetime | None:
    """Read a date once: it is asked for several times, for the entry and for the remarks."""
    return _read_date(text)


def _read_date(text: str) -> datetime | None:
    if moment := read_stamp(text):
        return moment
    if is_impossible(text):
        return None
    parsed: struct_time | None = feedparser.datetimes._parse_date(text)  # noqa: SLF001  its many odd forms
    if parsed is None:
        return None
    try:
        moment = datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if is_likely(moment) and _says_year(text, moment.year) else None


def _says_year(text: str, year: int) -> bool:
    """Answer whether the text names this year: feedparser finds a date in "25:00" too.

    A neighbouring year is right when the zone moves the moment past New Year.
    """
    years = (str(year), str(year - 1), str(year + 1))
    return any(each in text for each in years) or f"{year % 100:02}" in _NUMBERS.findall(text)


def _entry_language(raw: Any) -> str | None:
    detail = _get(raw, "title_detail") or {}
    return clean_language(_get(raw, "language")) or clean_language(_get(detail, "language"))


def _picture_of(raw: Any, html: str, base: str | None) -> str | None:
    return next(
        (
            link
            for found in _pictures(raw)
            if (link := tidy_link(_get(found, "href") or _get(found, "url"), base)) and not is_pixel(link)
        ),
        None,
    ) or first_image(html)


def _pictures(raw: Any) -> Iterator[Any]:
    for enclosure in _get(raw, "links") or ():
        if _get(enclosure, "rel") == "enclosure" and str(_get(enclosure, "type") or "").startswith("image/"):
            yield enclosure
    for media in _get(raw, "media_content") or ():
        if media.get("medium") == "image" or str(media.get("type", "")).startswith("image/"):
            yield media
    yield from _get(raw, "media_thumbnail") or ()
    if (image := _get(raw, "image")) is not None:
        yield image


def _categories_of(raw: Any) -> Iterator[str]:
    seen = set()
    for tag in _get(raw, "tags") or ():
        name = clean_line(str(_get(tag, "label") or _get(tag, "term") or ""))
        if name and name not in seen and is_category(name):
            seen.add(name)
            yield name


def _self_links(head: Any) -> Iterable[str]:
    return (_get(each, "href") for each in _get(head, "links") or () if _get(each, "rel") == "self")


def _early_problem(early: int) -> Iterator[str]:
    if early:
        yield "white space stands before <?xml: strict readers will refuse the feed; remove it"


def _problems(parsed: Any, content: bytes, charset: str) -> Iterator[str]:
    declared = declared_charset(content)
    if charset and declared and declared != charset:
        yield f"the feed says it is in {declared} but is in {charset}; read as {charset}"
    error: Any = getattr(parsed, "bozo_exception", None)
    if isinstance(error, feedparser.CharacterEncodingOverride):
        real = parsed.get("encoding")
        if declared:
            yield f"the feed says it is in {declared} but is in {real}; read as {real}"
        else:
            yield f"the feed does not say its charset and is not in UTF-8; read as {real}"
    elif isinstance(error, feedparser.CharacterEncodingUnknown):
        yield "nobody can tell in which charset the feed is; some characters may be wrong"
    elif hasattr(error, "getLineNumber"):
        yield _explain_broken(error)
        if error.getMessage() not in _CUT_OFF and not _END.search(content[-500:]):
            yield "besides, the feed stops in the middle; its last entry may be incomplete"


def _explain_broken(error: Any) -> str:
    message = str(error.getMessage())
    place = f"line {error.getLineNumber()}, column {(error.getColumnNumber() or 0) + 1}"
    if message in _CUT_OFF:
        return f"the feed stops in the middle ({place}); what came before was kept"
    return f"the feed's XML is broken at {place} ({message}); read as well as possible"


def _explain_no_feed(parsed: Any) -> str:
    error: Any = getattr(parsed, "bozo_exception", None)
    reason = f": {_explain_broken(error)}" if hasattr(error, "getLineNumber") else ""
    return f"there is no RSS or Atom feed in this document{reason}"
