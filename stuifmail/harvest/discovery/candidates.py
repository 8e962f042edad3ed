"""Addresses where a site may keep its feeds and calendars: what the page says, then what is usual."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from stuifmail.harvest.cleaning.clean import clean_line
from stuifmail.harvest.cleaning.links import link_key, resolve_link
from stuifmail.harvest.formats.pages import base_of, read_html

_FEED_TYPES = frozenset(
    ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"]
)
_REST = "wp/v2/posts"
_REST_HEADER = re.compile(r"""<([^<>\s]+)>\s*;\s*rel="?https://api\.w\.org/""")
_COMMENTS = re.compile(r"/comments?/|comments|reacties|kommentare|commentaires", re.IGNORECASE)
_FEED_LIKE = re.compile(
    r"\.(?:rss|atom|rdf)\?|/(?:rss|atom|feeds?)[/?.]|[?&](?:feed|format)=(?:rss2?|atom|feed)\b"
    r"|[?&]type=9818\b",
    re.IGNORECASE,
)
_CALENDAR_LIKE = re.compile(r"\.ics$|[?&]ical=1|outlook-ical|/ical/|[?&]format=ics", re.IGNORECASE)
_FEED_WORDS = re.compile(r"\b(?:rss|atom|rss-feed|nieuwsfeed|news ?feed|webfeed)\b", re.IGNORECASE)
_CALENDAR_WORDS = re.compile(r"\b(?:ical(?:endar)?|ics|webcal)\b", re.IGNORECASE)
_EVENTS = re.compile(r"tribe-events|the events calendar|/events?/|/agenda|/evenementen", re.IGNORECASE)
#: Where content systems keep their feeds, counting from the site's root or the page.
_USUAL = {
    "wordpress": ("feed/", "?feed=rss2"),
    "drupal": ("rss.xml",),
    "typo3": ("?type=9818", "feed.xml", "rss.xml"),
    "joomla": ("?format=feed&type=rss",),
}
_USUAL_ANYWHERE = ("feed/", "rss.xml", "feed.xml", "?type=9818", "atom.xml", "index.xml", "rss", "feed.json")
_USUAL_CALENDARS = ("?ical=1", "events/?ical=1", "agenda/?ical=1")
_GENERATORS = (
    ("wordpress", re.compile(rb"wp-content|wp-json|api\.w\.org|WordPress", re.IGNORECASE)),
    ("drupal", re.compile(rb"drupal", re.IGNORECASE)),
    ("typo3", re.compile(rb"typo3", re.IGNORECASE)),
    ("joomla", re.compile(rb"joomla", re.IGNORECASE)),
)
_MOST_LINKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """An address worth a look.

    Args:
        address: absolute.
        why: how it was found, in words.
        label: what the page calls it, "" when it does not say.
        is_comments: it is said to hold readers' comments, or a single piece's.
    """

    address: str
    why: str
    label: str = ""
    is_comments: bool = False


def find_named(content: bytes, *, url: str, content_type: str = "", header: str = "") -> list[Lead]:
    """Answer what a page names as its feeds and calendars, the likeliest first, each once.

    Args:
        content: the page's bytes.
        url: where it came from, after redirects.
        content_type: the server's Content-Type.
        header: the server's Link, where WordPress names its REST interface, too.

    Raises:
        UnreadableDocument: there is no page in the bytes.
    """
    root = read_html(content, content_type, url)
    base = base_of(root, url) or url
    rest = [*_rest_links(root), *_REST_HEADER.findall(header)]
    return _unique(
        [
            *_from_links(root, base),
            *(lead for href in rest if (lead := _rest_lead(href, base))),
            *_from_anchors(root, base),
        ]
    )


def find_usual(content: bytes, *, url: str) -> list[Lead]:
    """Answer where sites like this one usually keep feeds, the likeliest first.

    Args:
        content: the page's bytes, b"" when there is none; they betray the content system.
        url: where it came from.
    """
    system = next((name for name, marks in _GENERATORS if marks.search(content)), "")
    page, site = _folder(url), urljoin(url, "/")
    places = list(dict.fromkeys((page, site)))
    leads = [
        Lead(
            address=urljoin(place, path), why=f"where {system or 'many sites'} keep{'s' if system else ''} it"
        )
        for path in _USUAL.get(system, _USUAL_ANYWHERE)
        for place in places
    ]
    if system == "wordpress":
        leads += [Lead(address=urljoin(site, f"wp-json/{_REST}"), why="WordPress's REST interface")]
        leads = [_with_rest_settings(lead) for lead in leads]
    return _unique(leads)


def find_usual_calendars(content: bytes, *, url: str) -> list[Lead]:
    """Answer where event calendars usually keep their export; none for a page without events."""
    if not (_EVENTS.search(url) or _EVENTS.search(content[:200_000].decode("utf-8", "replace"))):
        return []
    page, site = _folder(url), urljoin(url, "/")
    places = [urljoin(page if path.startswith("?") else site, path) for path in _USUAL_CALENDARS]
    return _unique([Lead(address=place, why="where event calendars keep it") for place in places])


def _from_links(root: Any, base: str) -> Iterator[Lead]:
    """Yield the page's `<link rel=alternate>`: feeds, calendars, and the trees of other languages."""
    for link in root.iter("link"):
        rel, kind = (link.get("rel") or "").lower().split(), (link.get("type") or "").split(";")[0].lower()
        address = resolve_link(_as_web(link.get("href")), base)
        if address is None or not {"alternate", "feed"} & set(rel):
            continue
        title = clean_line(link.get("title") or "")
        is_posts = kind == "application/json" and _REST in address and not address.rstrip("/")[-1:].isdigit()
        if kind.strip() in _FEED_TYPES or kind.strip() == "text/calendar" or "feed" in rel or is_posts:
            yield Lead(
                address=address,
                why="the page names it",
                label=title,
                is_comments=bool(_COMMENTS.search(f"{urlsplit(address).path} {title}")),
            )


def _rest_links(root: Any) -> Iterator[str]:
    """Yield where the page says WordPress's REST interface is."""
    for link in root.iter("link"):
        if "https://api.w.org/" in (link.get("rel") or ""):
            yield link.get("href") or ""


def _rest_lead(href: str, base: str) -> Lead | None:
    """Answer the posts of a REST interface."""
    address = resolve_link(href, base)
    if address is None:
        return None
    if "rest_route=" in urlsplit(address).query:
        address = address.replace("rest_route=/", f"rest_route=/{_REST}", 1)
    else:
        address = urljoin(address, _REST)
    return _with_rest_settings(Lead(address=address, why="WordPress's REST interface"))


def _with_rest_settings(lead: Lead) -> Lead:
    """Ask for enough posts, and for the picture and the names of the categories with them."""
    if _REST not in lead.address:
        return lead
    parts = urlsplit(lead.address)
    query = [*parse_qsl(parts.query), ("per_page", "20"), ("_embed", "wp:featuredmedia,wp:term")]
    address = urlunsplit(parts._replace(query=urlencode(query, safe="/:,")))
    return Lead(address=address, why=lead.why, label=lead.label)


def _from_anchors(root: Any, base: str) -> Iterator[Lead]:
    """Yield links in the page's text that look like feeds and calendars; few, and each once."""
    feeds, calendars = [], []
    for anchor in root.iter("a"):
        href = anchor.get("href") or ""
        address = resolve_link(_as_web(href), base)
        words = clean_line(str(anchor.text_content())[:200]) or clean_line(anchor.get("title") or "")
        if address is None:
            continue
        lead = Lead(
            address=address,
            why="a link on the page",
            label=words,
            is_comments=bool(_COMMENTS.search(urlsplit(address).path)),
        )
        if href.lower().startswith("webcal:") or _looks_like_calendar(address, words):
            calendars.append(lead)
        elif _looks_like_feed(address, words):
            feeds.append(lead)
    yield from _unique(feeds)[:_MOST_LINKS]
    yield from _unique(calendars)[:_MOST_LINKS]


def _looks_like_calendar(address: str, words: str) -> bool:
    return bool(_CALENDAR_LIKE.search(address) or _CALENDAR_WORDS.search(words))


def _looks_like_feed(address: str, words: str) -> bool:
    parts = urlsplit(address)
    return bool(_FEED_LIKE.search(f"{parts.path}?{parts.query}") or _FEED_WORDS.search(words))


def find_trees(content: bytes, *, url: str) -> list[Lead]:
    """Answer the feeds of the page's other languages: WordPress keeps one in each tree (/en/feed/)."""
    root = read_html(content, "", url)
    base = base_of(root, url) or url
    leads = [
        Lead(address=urljoin(_folder(address), "feed/"), why=f"the same in another language ({language})")
        for link in root.iter("link")
        if (language := (link.get("hreflang") or "").lower()) not in ("", "x-default")
        and (address := resolve_link(link.get("href"), base))
        and link_key(address) != link_key(url)
    ]
    return _unique(leads)


def _as_web(href: str | None) -> str:
    """Answer a webcal: address as the https: address that it means."""
    href = (href or "").strip()
    return "https" + href[6:] if href.lower().startswith("webcal:") else href


def _folder(url: str) -> str:
    parts = urlsplit(url)
    path = (
        parts.path if parts.path.endswith("/") or "." in parts.path.rsplit("/", 1)[-1] else f"{parts.path}/"
    )
    return urlunsplit(parts._replace(path=path, query="", fragment=""))


def _unique(leads: list[Lead]) -> list[Lead]:
    seen: dict[str, Lead] = {}
    for lead in leads:
        seen.setdefault(link_key(lead.address), lead)
    return sorted(seen.values(), key=lambda lead: lead.is_comments)
