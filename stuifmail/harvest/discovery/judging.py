"""What a fetched document would be worth as a source, in points and in words. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Literal, TypeAlias

from stuifmail.config.models import PageSelectors
from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.cleaning.links import link_key
from stuifmail.harvest.discovery.candidates import (
    Lead,
    find_named,
    find_trees,
    find_usual,
    find_usual_calendars,
)
from stuifmail.harvest.fetching.fetch import Fetched
from stuifmail.harvest.formats.documents import parse_document
from stuifmail.harvest.formats.pages import guess_selectors, read_html, title_of
from stuifmail.model.documents import DocumentKind, ParsedDocument
from stuifmail.model.items import Entry

Wanted: TypeAlias = Literal["", "feed", "calendar", "page"]

_OLD_DAYS = 180
_SHORT = 400  # characters; whole pieces of news are longer
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|lees (?:verder|meer)|read more|weiterlesen|lire la suite)\W*$", re.IGNORECASE
)
_FORMATS = (
    (re.compile(rb"BEGIN:VCALENDAR", re.IGNORECASE), "iCalendar"),
    (re.compile(rb"<(?:\w+:)?rdf", re.IGNORECASE), "RSS 1.0"),
    (re.compile(rb"<rss", re.IGNORECASE), "RSS"),
    (re.compile(rb"<(?:\w+:)?feed", re.IGNORECASE), "Atom"),
    (re.compile(rb"^\s*\["), "WordPress REST"),
    (re.compile(rb"^\s*\{"), "JSON Feed"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What could become a source.

    Args:
        address: to fetch it from; the address after redirects that are for good.
        kind: as in sources.yaml.
        format: RSS, Atom, JSON Feed, iCalendar …
        title: its own title, or what the page calls it.
        entries_count: entries or events in it.
        newest_at: date of the newest entry that is not in the future, or None.
        language: as it says, or None.
        why: how it was found.
        remarks: what speaks against it, one sentence each.
        score: the higher the better.
        page: of a page: the selectors that were guessed.
        links: what its entries lead to, for comparing.
    """

    address: str
    kind: DocumentKind
    format: str
    title: str = ""
    entries_count: int = 0
    newest_at: datetime | None = None
    language: str | None = None
    why: str = ""
    remarks: tuple[str, ...] = ()
    score: int = 0
    page: PageSelectors | None = None
    links: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What judging needs to know.

    Args:
        zone: IANA name of the zone for times that name none.
        now: the present moment, aware.
        wanted: only this kind; "" for all, and a page only where there is nothing else.
    """

    zone: str
    now: datetime
    wanted: Wanted = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """A fetched document that is to be judged; `lead` says how it was found."""

    lead: Lead
    fetched: Fetched
    is_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is in a document: something that could be a source, or where to look on."""

    candidate: Candidate | None = None
    named: tuple[Lead, ...] = ()
    usual: tuple[Lead, ...] = ()
    page: Candidate | None = None
    title: str = ""
    language: str = ""


def judge(setting: Setting, find: Find) -> Judged:
    """Answer what is in a fetched document; a pure function, done in a worker."""
    fetched = find.fetched
    content = fetched.content or b""
    try:
        document = parse_document(
            content, url=fetched.url, content_type=fetched.content_type, zone=setting.zone
        )
    except UnreadableDocument:
        return _judge_page(content, find, setting) if find.is_first else Judged()
    return Judged(candidate=weigh(document, find, setting, _format_of(content)))


def _judge_page(content: bytes, find: Find, setting: Setting) -> Judged:
    url, content_type = find.fetched.url, find.fetched.content_type
    try:
        root = read_html(content, content_type, url)
        named = find_named(content, url=url, content_type=content_type, header=find.fetched.link)
    except UnreadableDocument:
        return Judged(usual=tuple(find_usual(b"", url=url)))
    language = (root.get("lang") or "").split("-")[0].lower()
    trees = find_trees(content, url=url)[:3] if b"wp-content" in content else []
    return Judged(
        named=(*named, *find_usual_calendars(content, url=url), *trees),
        usual=tuple(find_usual(content, url=url)),
        page=_judge_selectors(content, find, setting),
        title=title_of(root),
        language=language,
    )


def _judge_selectors(content: bytes, find: Find, setting: Setting) -> Candidate | None:
    url, content_type = find.fetched.url, find.fetched.content_type
    selectors = guess_selectors(content, url=url, content_type=content_type)
    if selectors is None:
        return None
    document = parse_document(
        content, url=url, content_type=content_type, kind="page", page=selectors, zone=setting.zone
    )
    return replace(weigh(document, find, setting, "web page"), page=selectors)


def weigh(document: ParsedDocument, find: Find, setting: Setting, said_format: str) -> Candidate:
    """Answer a document as a candidate, with what speaks for and against it."""
    entries, events = document.entries, document.events
    dates = [at for each in entries if (at := each.published_at or each.updated_at) and at <= setting.now]
    newest = max(dates, default=None)
    against = [
        *_weigh_kind(document, find.lead, said_format),
        *(_weigh_dates(entries, newest, setting.now) if entries else []),
        *_weigh_texts(entries),
        *([(-5, document.problems[0])] if document.problems else []),
    ]
    language = document.language or next((each.language for each in entries if each.language), None)
    return Candidate(
        address=find.fetched.moved_to or find.lead.address,
        kind=document.kind,
        format=said_format,
        title=document.title or find.lead.label,
        entries_count=len(entries) + len(events),
        newest_at=newest,
        language=language,
        why=find.lead.why,
        remarks=tuple(remark for _, remark in against if remark),
        score=100 + min(len(entries) + len(events), 20) + sum(points for points, _ in against),
        links=frozenset(link_key(each.link) for each in entries if each.link),
    )


def _weigh_kind(document: ParsedDocument, lead: Lead, said_format: str) -> list[tuple[int, str]]:
    against = []
    if lead.is_comments:
        against.append((-80, "readers' comments, no news"))
    if not document.entries and not document.events:
        against.append((-40, "there is nothing in it"))
    points = {"iCalendar": -40, "web page": -70, "WordPress REST": -5}.get(said_format, 0)
    return [*against, (points, "")]


def _weigh_dates(entries: Sequence[Entry], newest: datetime | None, now: datetime) -> list[tuple[int, str]]:
    undated = sum(not (each.published_at or each.updated_at) for each in entries)
    against = []
    if undated:
        against.append((-20, f"{undated} of {len(entries)} entries have no date"))
    if newest and now - newest > timedelta(days=_OLD_DAYS):
        against.append((-30, f"nothing new for {(now - newest).days} days"))
    return against


def _weigh_texts(entries: Sequence[Entry]) -> list[tuple[int, str]]:
    texts = [each.text for each in entries]
    if texts and not any(texts):
        return [(-20, "titles only, no text")]
    cut = sum(bool(_CUT.search(text[-80:])) for text in texts)
    if texts and (cut * 2 > len(texts) or median(map(len, texts)) < _SHORT):
        return [(-15, "excerpts only")]
    return []


def rank(found: Sequence[Candidate], *, title: str = "", language: str = "") -> tuple[Candidate, ...]:
    """Answer the candidates, the best first; each address once, and of the same news the best.

    Args:
        found: in the order in which they were found, which decides between equals.
        title, language: of the page where they were found, for those that do not say.
    """
    kept: dict[str, Candidate] = {}
    for each in sorted(found, key=lambda each: -each.score):
        if link_key(each.address) in kept:
            continue
        twin = next((old for old in kept.values() if each.links and each.links == old.links), None)
        remarks, score = list(each.remarks), each.score
        if twin is not None:
            remarks, score = [f"the same news as {twin.address}", *remarks], score - 50
        said = (each.language or "").split("-")[0]
        if language and said and said != language:
            remarks, score = [*remarks, f"in {said}, while the page is in {language}"], score - 10
        kept[link_key(each.address)] = replace(
            each, remarks=tuple(remarks), score=score, title=each.title or title
        )
    return tuple(sorted(kept.values(), key=lambda each: -each.score))


def is_news(candidate: Candidate) -> bool:
    """Answer whether this would bring news of its own."""
    return candidate.kind == "feed" and candidate.entries_count > 0 and candidate.score > 40


def _format_of(content: bytes) -> str:
    head = content[:20_000].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    return next((name for mark, name in _FORMATS if mark.search(head)), "sheet")
