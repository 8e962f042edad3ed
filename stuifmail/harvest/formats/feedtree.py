"""The XML tree of a well-formed feed, with the names, texts and scopes as feedparser sees them."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from stuifmail.harvest.cleaning.links import is_plain_link

Raw: TypeAlias = dict[str, Any]

#: Namespaces by the name that feedparser gives them; "" for those of the feeds themselves.
_NAMESPACES = {
    "http://backend.userland.com/rss": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/atom/ns#": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
_TYPES = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "xhtml": "application/xhtml+xml"}
_XHTML = "application/xhtml+xml"
_HTML_TYPES = frozenset({"text/html", _XHTML})
_FIXER = re.compile("^([A-Za-z][A-Za-z0-9+-.]*://)(/*)(.*?)")
_AMPERSAND = re.compile("&([A-Za-z0-9_]+);")
#: Without one of these there is none of the next, which is much slower to look for.
_SCOPE_NAMES = (re.compile(rb"lang\s*="), re.compile(rb"base\s*="))
_SCOPED = re.compile(rb"""\s(?:xml:)?(?:lang|base)\s*=""")
_HIGH_CONTROLS = re.compile("[\x80-\x9f]")
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


class UnsureError(Exception):
    """Something that only feedparser knows how to take."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The address that relative links belong to, and the language; both inherited."""

    base: str = ""
    language: str | None = None


class FeedTree:
    """Reads single elements of one feed's tree."""

    def __init__(self, content: bytes, looks_like_html: Callable[[str], bool]) -> None:
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        self.root = etree.fromstring(content, parser)
        self.looks_like_html = looks_like_html
        self.is_scoped = any(name.search(content) for name in _SCOPE_NAMES) and bool(_SCOPED.search(content))
        self.names: dict[str | tuple[str, str | None], str] = {}
        self.version = self.find_version()

    def find_version(self) -> str:
        """Answer "rss", "atom10" or "atom"; feedparser tells more of them apart than matter here."""
        name = self.name(self.root)
        if name == "feed" and "xmlns" not in self.root.attrib:
            return "atom10" if "2005/Atom" in self.root.tag else "atom"
        if name in ("rss", "rdf_rdf"):
            atoms = [uri for uri in self.root.nsmap.values() if uri.lower() == "http://www.w3.org/2005/atom"]
            if name == "rss" or not atoms:
                return "rss"
        raise UnsureError

    def name(self, element: Any) -> str:
        """Answer the element's name as feedparser's handlers are called: "title", "dc_date"."""
        tag = element.tag
        if name := self.names.get(tag):  # of a namespace that is known; else the prefix counts, too
            return name
        prefix = element.prefix
        return self.names.get((tag, prefix)) or self.learn_name(tag, prefix)

    def learn_name(self, tag: str, prefix: str | None) -> str:
        """Answer what an element with this tag and prefix is called, and keep it in mind."""
        space, _, local = tag.rpartition("}")
        known = _NAMESPACES.get(space[1:].lower()) if space else ""
        start = prefix if known is None else known
        name = (f"{start}_{local}" if start else local).lower()
        self.names[(tag, prefix) if known is None else tag] = name
        return name

    def local(self, element: Any) -> str:
        """Answer the name without its namespace, in lower case."""
        return str(element.tag).rpartition("}")[2].lower()

    def scope(self, element: Any, outer: Scope) -> Scope:
        """Answer what is inherited within the element."""
        if not self.is_scoped or not element.attrib:
            return outer
        own = attributes_of(element)
        base = own.get("xml:base", own.get("base")) or ""
        language = own.get("xml:lang", own.get("lang"))
        if not base and language is None:
            return outer
        return Scope(
            base=_safe_base(outer.base, base) if base else outer.base,
            language=outer.language if language is None else language or None,
        )

    def text(self, element: Any) -> str:
        """Answer the text of an element that may hold nothing else."""
        if len(element):
            raise UnsureError
        return (element.text or "").strip()

    def mend(self, text: str) -> str:
        """Answer the text with UTF-8 that was taken for Latin-1 put right, as feedparser does."""
        if text.isascii():
            return text
        with suppress(UnicodeError):
            text = text.encode("iso-8859-1").decode("utf-8")
        return text.translate(_WINDOWS) if _HIGH_CONTROLS.search(text) else text

    def read_link(self, raw: Raw, element: Any, scope: Scope) -> None:
        """Keep a link as feedparser keeps it in its entry or feed."""
        attributes = attributes_of(element)
        attributes.setdefault("rel", "alternate")
        attributes.setdefault("type", "application/atom+xml" if attributes["rel"] == "self" else "text/html")
        name_href(attributes)
        raw.setdefault("links", []).append(attributes)
        if "href" in attributes:
            attributes["href"] = join_links(scope.base, attributes["href"])
            if len(element) or (attributes["rel"] == "alternate" and (element.text or "").strip()):
                raise UnsureError
            kind = attributes["type"].lower()
            if attributes["rel"] == "alternate" and _TYPES.get(kind, kind) in _HTML_TYPES:
                raw["link"] = attributes["href"]
            return
        text = self.text(element)
        link = self.mend(join_links(scope.base, text) if text else "")
        link = _AMPERSAND.sub(r"&\g<1>", link.replace("&amp;", "&"))
        raw["link"] = link
        if link:
            attributes["href"] = link

    def read_body(self, element: Any, scope: Scope, default: str) -> Raw:
        """Answer a title or body: its type, language, base and value."""
        kind = (element.get("type") or default).lower()
        kind = _TYPES.get(kind, kind)
        if kind not in ("text/plain", "text/html", _XHTML) or element.get("mode") == "base64":
            raise UnsureError
        text = self.inner(element) if kind == _XHTML else self.text(element)
        if kind == "text/plain" and not self.version.startswith("atom") and self.looks_like_html(text):
            kind = "text/html"
        language = scope.language.replace("_", "-") if scope.language else scope.language
        return {"type": kind, "language": language, "base": scope.base, "value": self.mend(text)}

    def inner(self, element: Any) -> str:
        """Answer XHTML as text, as feedparser writes it; in Atom without the <div> around it all."""
        children = list(element)
        if self.version == "atom10" and len(children) == 1 and not (element.text or "").strip():
            only = children[0]
            if self.local(only) == "div" and not (only.tail or "").strip():
                element = only
        return "".join(self.pieces(element)).strip()

    def pieces(self, element: Any) -> Iterator[str]:
        """Yield what is within an element as markup."""
        yield escape(element.text or "")
        for child in element:
            name = self.local(child)
            if name in ("svg", "math"):
                raise UnsureError
            attributes = "".join(f" {key}={quoteattr(value)}" for key, value in attributes_of(child).items())
            yield f"<{name}{attributes}>"
            yield from self.pieces(child)
            yield f"</{name}>{escape(child.tail or '')}"

    def is_harmless(self, element: Any, minded: frozenset[str]) -> bool:
        """Answer whether nothing within the element, which is not read, is something that would be."""
        return not len(element) or not any(
            self.name(each) in minded for each in element.iterdescendants(etree.Element)
        )

    def refuse(self, element: Any, *names: str) -> None:
        """Leave elements with these attributes to feedparser."""
        if any(name in element.attrib for name in names):
            raise UnsureError


def attributes_of(element: Any) -> dict[str, str]:
    """Answer the attributes by lower-case name, as feedparser calls them."""
    found = {}
    for key, value in element.attrib.items():
        space, _, local = key.rpartition("}")
        if space:
            prefix = _NAMESPACES.get(space[1:].lower(), "")
            local = f"{prefix}:{local}" if prefix else local
        name = local.lower()
        found[name] = value.lower() if name in ("rel", "type") else value
    return found


def name_href(attributes: dict[str, str]) -> None:
    """Call the address "href", whatever it is called."""
    href = attributes.get("url", attributes.get("uri", attributes.get("href")))
    if href:
        attributes.pop("url", None)
        attributes.pop("uri", None)
        attributes["href"] = href


def join_links(base: str, link: str) -> str:
    """Answer the link made absolute, "" when that cannot be done."""
    if is_plain_link(link, base):
        return link
    try:
        return urljoin(base, _FIXER.sub(r"\1\3", link))
    except ValueError:
        return ""


def _safe_base(outer: str, base: str) -> str:
    joined = join_links(outer, base)
    return joined if not outer or joined.startswith(("http:", "https:")) else outer
