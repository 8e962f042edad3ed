"""Web pages without a feed: bytes to entries, by the CSS selectors of sources.yaml."""

import codecs
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from cssselect import SelectorError
from lxml import etree
from lxml import html as lxml_html
from lxml.cssselect import CSSSelector

from stuifmail.config.models import PageSelectors
from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.cleaning.clean import clean_body, clean_language, clean_line, first_image
from stuifmail.harvest.cleaning.links import is_pixel, pick_base, resolve_link, tidy_link
from stuifmail.harvest.dates.moments import is_likely, read_day_or_moment
from stuifmail.harvest.formats.remarks import remark_entries
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.items import Entry

#: More of a page is not read; its news stands before that.
MOST_BYTES = 5_000_000
MOST_ENTRIES = 2_000

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_HEAD_BYTES = 4_096
_READABLE = etree.XPath(".//text()[not(parent::script or parent::style)]")
_TINY = re.compile(r"[01](?:px)?$")
_PICTURES = ("src", "data-src", "data-lazy-src", "data-original", "srcset", "data-srcset")
#: The pieces of a list of news, as content systems mark them; the likeliest first.
_USUAL_ENTRIES = (
    "article",
    "[class*=news-item], [class*=news_item], [class*=nieuws-item], [class*=nieuwsitem]",
    "li[class*=news], li[class*=nieuws], div[class*=teaser], li[class*=teaser]",
    ".views-row",
    ".card",
    "main li, [role=main] li",
)


def parse_page(
    content: bytes,
    *,
    url: str,
    selectors: PageSelectors,
    content_type: str = "",
    base: str | None = None,
    zone: str = "Europe/Amsterdam",
) -> ParsedDocument:
    """Answer the pieces of news on a page, in the order of the page.

    Args:
        content: the page's bytes.
        url: where it came from; relative links belong to it unless the page says otherwise.
        selectors: where the news stands.
        content_type: the server's Content-Type, "" when unknown.
        base: address that relative links in a local file belong to.
        zone: IANA name of the zone for times that name none.

    Raises:
        UnreadableDocument: there is no page in the bytes, a selector is none, or nothing on the
            page matches `entry`.
    """
    root = read_html(content, content_type, url)
    found = _outermost(_select(root, selectors.entry, "entry", url))
    if not found:
        raise UnreadableDocument(
            f"nothing on the page matches {selectors.entry!r} (page: entry)",
            place=url,
            remedy="the page was changed, perhaps: look at it in a browser, and correct page: entry: "
            "in sources.yaml",
        )
    reader = _Reader(selectors=selectors, url=url, base=base_of(root, base or url), zone=zone)
    entries = tuple(reader.read(node) for node in found[:MOST_ENTRIES])
    return ParsedDocument(
        kind="page",
        title=title_of(root),
        language=clean_language(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")),
        entries=entries,
        problems=tuple(_remark(found, entries, reader)),
    )


def read_html(content: bytes, content_type: str, url: str) -> Any:
    """Answer the root element of a page, whatever its charset and faults.

    Raises:
        UnreadableDocument: there is no element in it at all.
    """
    text = _decode(content[:MOST_BYTES], content_type)
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = lxml_html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(
            "there is nothing on the page", place=url, remedy="open the address in a browser and look"
        ) from error
    return root


def base_of(root: Any, url: str) -> str | None:
    """Answer the address that the page's relative links belong to."""
    href = next((each.get("href") for each in root.iter("base") if each.get("href")), None)
    return pick_base([resolve_link(href, url), url])


def title_of(root: Any) -> str:
    """Answer the page's own title, "" when it has none."""
    return next((clean_line(_words(each)) for each in root.iter("title")), "")


def guess_selectors(content: bytes, *, url: str, content_type: str = "") -> PageSelectors | None:
    """Answer selectors that find news on a page of a usual make; None when none of them does.

    Pieces need a title and a link, and there must be three at least; dated ones are preferred.
    """
    best: tuple[int, PageSelectors] | None = None
    for entry in _USUAL_ENTRIES:
        selectors = PageSelectors(entry=entry)
        try:
            entries = parse_page(content, url=url, selectors=selectors, content_type=content_type).entries
        except UnreadableDocument:
            continue
        links = {each.link for each in entries if each.title and each.link}
        dated = sum(each.published_at is not None for each in entries)
        if len(links) >= 3 and (best is None or len(links) + 10 * dated > best[0]):
            best = len(links) + 10 * dated, selectors
    return best[1] if best else None


class _Reader:
    """Reads single pieces of one page."""

    def __init__(self, *, selectors: PageSelectors, url: str, base: str | None, zone: str) -> None:
        self.selectors, self.url, self.base, self.zone = selectors, url, base, zone

    def read(self, node: Any) -> Entry:
        """Answer the piece as an entry."""
        said = self.selectors
        markup = "".join(map(_markup, _outermost(_select(node, said.text, "text", self.url, below=True))))
        body = clean_body(markup, self.base)
        return Entry(
            title=clean_line(_words(_first(self._find(node, "title")))),
            link=self._link(node),
            published_at=self._moment(node),
            language=self._language(node),
            text=body.text,
            html=body.html,
            image_url=self._picture(node) or first_image(body.html),
            links=body.links,
            address_candidates=body.address_candidates,
        )

    def raw_link(self, node: Any) -> str:
        """Answer the link as it is written, "" when there is none."""
        return next((href for each in self._find(node, "link") if (href := each.get("href"))), "")

    def raw_date(self, node: Any) -> str:
        """Answer the date as it is written, "" when there is none."""
        found = _first(self._find(node, "date"))
        if found is None:
            return ""
        return clean_line(found.get("datetime") or found.get("content") or _words(found))

    def _find(self, node: Any, name: str) -> list[Any]:
        return _select(node, str(getattr(self.selectors, name)), name, self.url)

    def _link(self, node: Any) -> str | None:
        return resolve_link(self.raw_link(node), self.base)

    def _moment(self, node: Any) -> datetime | None:
        when = read_day_or_moment(self.raw_date(node), self.zone)
        if isinstance(when, date) and not isinstance(when, datetime):
            when = datetime.combine(when, time(), ZoneInfo(self.zone)).astimezone(UTC)
        return when if when and is_likely(when) else None

    def _language(self, node: Any) -> str | None:
        spoken = next((lang for each in (node, *_find_language(node)) if (lang := each.get("lang"))), None)
        return clean_language(spoken)

    def _picture(self, node: Any) -> str | None:
        for image in self._find(node, "image"):
            if any(_TINY.match((image.get(side) or "").strip()) for side in ("width", "height")):
                continue  # there to count readers, not to be seen
            for name in _PICTURES:
                source = (image.get(name) or "").split(",")[0].strip().split(" ")[0]
                if (link := tidy_link(source, self.base)) and not is_pixel(link):
                    return link
        return None


def _find_language(node: Any) -> Iterator[Any]:
    """Yield the nearest element around the piece that says its language, the page itself aside."""
    yield from (each for each in node.iterancestors() if each.get("lang") and each.getparent() is not None)


def _select(node: Any, selector: str, name: str, url: str, *, below: bool = False) -> list[Any]:
    """Answer what matches the selector within the node, in document order.

    Args:
        below: never the node itself.
    """
    if not selector.strip():
        return []
    try:
        found = _compile(selector)(node)
    except (SelectorError, etree.XPathError, ValueError, RecursionError) as error:
        raise UnreadableDocument(
            f"{selector!r} is no CSS selector (page: {name}): {error}",
            place=url,
            remedy="correct it in sources.yaml; stuifmail check tells the line",
        ) from error
    return [each for each in found if not (below and each is node)]


@lru_cache(maxsize=512)
def _compile(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def _first(found: Iterable[Any]) -> Any:
    return next(iter(found), None)


def _outermost(found: list[Any]) -> list[Any]:
    """Answer the elements that do not lie in another one of them."""
    chosen = set(found)
    return [each for each in found if not any(above in chosen for above in each.iterancestors())]


def _words(node: Any) -> str:
    """Answer the text of an element without scripts and styles, which nobody reads."""
    return "" if node is None else "".join(map(str, _READABLE(node)))


def _markup(node: Any) -> str:
    return str(etree.tostring(node, encoding="unicode", method="html", with_tail=False))


def _remark(found: list[Any], entries: tuple[Entry, ...], reader: _Reader) -> Iterator[str]:
    if len(found) > MOST_ENTRIES:
        yield f"the page has {len(found)} pieces; the first {MOST_ENTRIES} were read"
    both = list(enumerate(zip(found, entries, strict=False)))
    links = {place: reader.raw_link(node) for place, (node, entry) in both if entry.link is None}
    dates = {place: reader.raw_date(node) for place, (node, entry) in both if entry.published_at is None}
    yield from remark_entries(
        entries,
        refused_links={place: link for place, link in links.items() if link},
        unreadable_dates={place: text for place, text in dates.items() if text},
    )
    for name in ("title", "link", "date", "text"):
        selector = str(getattr(reader.selectors, name))
        if selector and not any(_select(node, selector, name, reader.url) for node in found[:MOST_ENTRIES]):
            yield f"in none of the {len(entries)} pieces does anything match {selector!r} (page: {name})"


def _decode(content: bytes, content_type: str) -> str:
    """Answer the page's text: bytes that are UTF-8 are, whatever server and page say."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return content[len(mark) :].decode(codec, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    said = _CHARSET.search(content_type) or _CHARSET.search(content[:_HEAD_BYTES].decode("latin-1"))
    # Browsers take Latin-1 for windows-1252 too, which has more letters.
    name = (said[1] if said else "windows-1252").lower().replace("iso-8859-1", "windows-1252")
    try:
        return content.decode("utf-8" if len(content) >= MOST_BYTES else name, "replace")
    except LookupError:
        return content.decode("windows-1252", "replace")
