"""Foreign markup and text to safe HTML, to text for reading, and to titles on one line."""

import html
import re
from functools import lru_cache

import nh3

from stuifmail.harvest.links import is_web_link

#: What member news may keep of its markup; everything else loses its tags and keeps its text.
TAGS = frozenset(
    {
        "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl", "dt",
        "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li",
        "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "u", "ul",
    }
)  # fmt: skip
_DROPPED = {"script", "style", "title", "noscript", "template", "object", "svg", "math", "iframe", "textarea"}
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "td": {"colspan"}, "th": {"colspan"}}

_PARAGRAPHS = frozenset(
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre",
        "figure", "figcaption", "hr", "caption",
    }
)  # fmt: skip
_LINES = frozenset(["br", "tr", "dt", "dd"])

# Quotes are minded: the sanitiser leaves < and > bare within attribute values.
_TAG = re.compile(r"""<(/?)([a-z0-9]+)(?:"[^"]*"|[^">])*>""")
_IMAGE = re.compile(r"""<img(?:\s+[a-z]+="[^"]*")*\s*/?>""")
_ATTRIBUTE = re.compile(r"""([a-z]+)="([^"]*)\"""")
_HIDDEN = re.compile(
    r"""<span\s[^>]{0,300}?display\s{0,3}:\s{0,3}none[^>]{0,300}>[^<]{0,300}</span>""", re.IGNORECASE
)
_MARKUP = re.compile(r"</?[a-zA-Z!]|&#?\w+;")

_OPENING = re.compile(r"<(?!!--)/?([a-zA-Z][a-zA-Z0-9]*)?")
_CLOSING = re.compile(r"</([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset({"br", "hr", "img", "wbr"})
_KNOWN = TAGS | _DROPPED | {"acronym", "big", "center", "font", "mark", "strike", "time", "tt", "var"}

_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[a-z0-9]{1,8})*$")

# Control characters, and those that turn the reading direction: they can hide or reorder text.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"[\s\u00a0]+")
_SPACES = re.compile(r"[ \t\u00a0]+")
_LINE_ENDS = re.compile(r" ?\n ?")
_GAPS = re.compile(r"\n{3,}")


def clean_line(text: str) -> str:
    """Answer the text on one line: white space collapsed, control and direction characters gone."""
    return _SPACE.sub(" ", _drop_unwanted(text)).strip()


def clean_text(text: str) -> str:
    """Answer plain text for reading: paragraphs parted by one blank line, no stray white space."""
    text = _drop_unwanted(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _LINE_ENDS.sub("\n", _SPACES.sub(" ", text))
    return _GAPS.sub("\n\n", text).strip()


def clean_title(title: str, *, is_html: bool) -> str:
    """Answer a title as plain text on one line.

    Args:
        title: as the feed means it, after the XML was read.
        is_html: the title may hold markup or entities; they are decoded exactly once.
    """
    if is_html and _MARKUP.search(title):
        title = html_to_text(clean_html(title, None))
    return clean_line(title)


def clean_plain_title(title: str) -> str:
    """Answer a title as plain text on one line, where nobody says whether it holds markup.

    Only what must be markup counts as such: tags of HTML that are closed or need no closing,
    and entities. So "a < b", "x <y> z" and "the <b> tag" stay as they are.
    """
    if not _MARKUP.search(title):
        return clean_line(title)
    ends = {name.lower() for name in _CLOSING.findall(title)}

    def keep(tag: re.Match[str]) -> str:
        name = (tag[1] or "").lower()
        return tag[0] if name in _VOID or (name in _KNOWN and name in ends) else f"&lt;{tag[0][1:]}"

    return clean_title(_OPENING.sub(keep, title), is_html=True)


def clean_language(tag: str | None) -> str | None:
    """Answer a language tag in lower case with hyphens; None when it is none.

    Source: BCP 47, its usual part.
    """
    tag = (tag or "").strip().lower().replace("_", "-")
    return tag if _LANGUAGE.match(tag) else None


def clean_html(markup: str, base: str | None) -> str:
    """Answer the markup without anything that can act, with absolute links.

    Args:
        markup: HTML from elsewhere; may be broken or hostile.
        base: absolute address that relative links belong to; without one they are dropped.

    Returns:
        Well-formed HTML of the tags in TAGS; only http, https and mailto links are left.
    """
    if "<" not in markup and "&" not in markup:
        return html.escape(_drop_unwanted(markup), quote=False)
    if "display" in markup:  # spam protection of some content systems: hidden words in addresses
        markup = _HIDDEN.sub("", markup)
    return _cleaner(base).clean(_drop_unwanted(markup)).strip()


def text_to_html(text: str) -> str:
    """Answer plain text as HTML paragraphs."""
    paragraphs = (
        html.escape(part, quote=False).replace("\n", "<br>") for part in clean_text(text).split("\n\n")
    )
    return "\n".join(f"<p>{part}</p>" for part in paragraphs if part)


def html_to_text(markup: str) -> str:
    """Answer sanitised HTML as text for reading.

    Args:
        markup: what `clean_html` gave; its tags are regular, so they need no second parser.

    Returns:
        Paragraphs parted by blank lines, list items on lines with a dash.
    """
    if "<" not in markup:
        return clean_text(html.unescape(_SPACE.sub(" ", markup)))
    return clean_text(html.unescape(_TAG.sub(_space_for_tag, _SPACE.sub(" ", markup))))


def first_image(markup: str) -> str | None:
    """Answer the address of the first picture in sanitised HTML that is no counting pixel."""
    for found in _IMAGE.finditer(markup):
        attributes = dict(_ATTRIBUTE.findall(found[0]))
        source = html.unescape(attributes.get("src", ""))
        if not {attributes.get("width"), attributes.get("height")} & {"0", "1"} and is_web_link(source):
            return source
    return None


def _drop_unwanted(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATES.sub("\ufffd", _UNWANTED.sub("", text))


def _space_for_tag(tag: re.Match[str]) -> str:
    closing, name = tag[1], tag[2]
    if name in _PARAGRAPHS:
        return "\n\n"
    if name in _LINES:
        return "\n"
    if name == "li":
        return "" if closing else "\n- "
    return " " if name in ("td", "th") and closing else ""


@lru_cache(maxsize=256)
def _cleaner(base: str | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        url_relative=("rewrite_with_base", base) if base else "deny",
    )
