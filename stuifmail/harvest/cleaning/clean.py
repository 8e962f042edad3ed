"""Foreign markup and text to safe HTML, to text for reading, and to titles on one line."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import nh3

from stuifmail.harvest.cleaning.addresses import MOST_CANDIDATES, reveal_in_markup, reveal_in_text
from stuifmail.harvest.cleaning.characters import drop_unwanted
from stuifmail.harvest.cleaning.links import tidy_link
from stuifmail.harvest.cleaning.markup import first_image, is_pixel_style, links_of, reveal_in_html, tidy_tags
from stuifmail.harvest.cleaning.noise import drop_footer, drop_furniture

__all__ = [
    "MOST_CHARACTERS",
    "TAGS",
    "Body",
    "clean_body",
    "clean_html",
    "clean_language",
    "clean_line",
    "clean_plain_body",
    "clean_plain_title",
    "clean_text",
    "clean_title",
    "first_image",
    "html_to_text",
    "text_to_html",
]

#: What member news may keep of its markup; everything else loses its tags and keeps its text.
TAGS = frozenset(
    {
        "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl", "dt",
        "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li",
        "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "u", "ul",
    }
)  # fmt: skip
_DROPPED = {
    "script", "style", "title", "noscript", "template", "object", "svg", "math", "iframe", "textarea",
    "audio", "video", "canvas", "select", "button", "noembed", "noframes", "applet",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "td": {"colspan"}, "th": {"colspan"}}

_PARAGRAPHS = frozenset(
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre",
        "figure", "figcaption", "hr", "caption",
    }
)  # fmt: skip
_LINES = frozenset(["br", "tr", "dt", "dd"])
_SPACE_FOR = {
    **{slash + name: "\n\n" for name in _PARAGRAPHS for slash in ("", "/")},
    **{slash + name: "\n" for name in _LINES for slash in ("", "/")},
    "li": "\n- ",
    "/td": " ",
    "/th": " ",
}

# Quotes are minded: the sanitiser leaves < and > bare within attribute values.
_TAG = re.compile(r"""<(/?[a-z0-9]+)[^">]*+(?:"[^"]*"[^">]*+)*+>""")
_MARKUP = re.compile(r"</?[a-zA-Z!]|&#?\w+;")

_OPENING = re.compile(r"<(?!!--)/?([a-zA-Z][a-zA-Z0-9]*)?")
_CLOSING = re.compile(r"</([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset({"br", "hr", "img", "wbr"})
_KNOWN = TAGS | _DROPPED | {"acronym", "big", "center", "font", "mark", "strike", "time", "tt", "var"}

_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[a-z0-9]{1,8})*$")

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]{1,2000}", re.IGNORECASE)


#: Longer bodies are cut, and longer titles.
MOST_CHARACTERS = 1_000_000
_LONGEST_TITLE = 2_000
_MOST_LINKS = 1_000
_MOST_DEPTH = 400  # elements; beyond this the sanitiser's time grows with the square of the depth
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>?")
_NEVER_NESTED = frozenset(
    {"p", "br", "hr", "img", "li", "td", "th", "tr", "dd", "dt", "input", "wbr", "option", "source"}
)


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a piece of news, safe to show.

    Args:
        html: sanitised HTML.
        text: the same for reading, paragraphs parted by blank lines.
        links: absolute web addresses that it links to, in order, each once.
        address_candidates: e-mail addresses that it hides from robots, each once, in order.
    """

    html: str
    text: str
    links: tuple[str, ...] = ()
    address_candidates: tuple[str, ...] = ()


def clean_line(text: str) -> str:
    """Answer the text on one line: white space collapsed, control and direction characters gone."""
    return " ".join(drop_unwanted(text).split())


def _is_too_deep(markup: str) -> bool:
    """Answer whether elements are nested deeper than any page nests them."""
    if markup.count("<") <= _MOST_DEPTH:
        return False
    depth = 0
    for tag in _TAG_NAME.finditer(markup):
        if tag[2].lower() not in _NEVER_NESTED:
            depth += -1 if tag[1] else 1
            if depth > _MOST_DEPTH:
                return True
    return False


def clean_text(text: str) -> str:
    """Answer plain text for reading: paragraphs parted by one blank line, no stray white space."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _lay_out(drop_unwanted(text))


def _lay_out(text: str) -> str:
    text = _collapse(text.replace("\t", " ").replace("\u00a0", " "), "  ", " ")
    return _collapse(text.replace(" \n", "\n").replace("\n ", "\n"), "\n\n\n", "\n\n").strip()


def _collapse(text: str, many: str, few: str) -> str:
    """Answer the text with no longer runs of a character than `few`; a pattern takes ten times as long."""
    while many in text:
        text = text.replace(many, few)
    return text


def clean_title(title: str, *, is_html: bool) -> str:
    """Answer a title as plain text on one line.

    Args:
        title: as the feed means it, after the XML was read.
        is_html: the title may hold markup or entities; they are decoded exactly once.
    """
    title = title[:_LONGEST_TITLE]
    if is_html and _MARKUP.search(title):
        title = html_to_text(_sanitise(title, None))
    return clean_line(title)


def clean_plain_title(title: str) -> str:
    """Answer a title as plain text on one line, where nobody says whether it holds markup.

    Only what must be markup counts as such: tags of HTML that are closed or need no closing,
    and entities. So "a < b", "x <y> z" and "the <b> tag" stay as they are.
    """
    title = title[:_LONGEST_TITLE]
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
    if not tag:
        return None
    tag = tag.strip().lower().replace("_", "-")
    return tag if _LANGUAGE.match(tag) else None


def clean_body(markup: str, base: str | None) -> Body:
    """Answer a body in HTML without anything that can act, follow readers, or be mailed by mistake.

    Args:
        markup: HTML from elsewhere; may be broken or hostile.
        base: absolute address that relative links belong to; without one they are dropped.
    """
    revealed = reveal_in_markup(markup[:MOST_CHARACTERS])
    cleaned = drop_footer(tidy_tags(_sanitise(drop_furniture(revealed.text), base)))
    text = html_to_text(cleaned)
    in_text = reveal_in_text(text)
    if in_text.text != text or in_text.candidates:
        cleaned, _ = reveal_in_html(cleaned)
    return Body(
        html=cleaned,
        text=in_text.text,
        links=links_of(cleaned)[:_MOST_LINKS],
        address_candidates=_merge(revealed.candidates, in_text.candidates),
    )


def clean_plain_body(text: str) -> Body:
    """Answer a body in plain text; whatever looks like markup in it is shown, never obeyed."""
    revealed = reveal_in_text(clean_text(text[:MOST_CHARACTERS]))
    links = (tidy_link(link.rstrip(".,;:!?")) for link in _WEB_ADDRESS.findall(revealed.text))
    return Body(
        html=text_to_html(revealed.text),
        text=revealed.text,
        links=tuple(dict.fromkeys(link for link in links if link))[:_MOST_LINKS],
        address_candidates=revealed.candidates[:MOST_CANDIDATES],
    )


def clean_html(markup: str, base: str | None) -> str:
    """Answer the markup without anything that can act, with absolute links.

    Args:
        markup: HTML from elsewhere; may be broken or hostile.
        base: absolute address that relative links belong to; without one they are dropped.

    Returns:
        Well-formed HTML of the tags in TAGS; only http, https and mailto links are left.
    """
    return clean_body(markup, base).html


def _sanitise(markup: str, base: str | None) -> str:
    if "\r" in markup:
        markup = markup.replace("\r\n", "\n").replace("\r", "\n")
    if "<" not in markup and "&" not in markup:
        return html.escape(drop_unwanted(markup), quote=False)
    if _is_too_deep(markup):
        markup = _ANY_TAG.sub(" ", markup)
    has_styles = "=" in markup and "<img" in (lower := markup.lower()) and "style" in lower
    cleaned = _cleaner(base, has_styles=has_styles).clean(drop_unwanted(markup)).strip()
    if "&#" in markup:  # references became characters
        cleaned = cleaned.replace("\r", "\n")
    return cleaned if cleaned.isascii() else drop_unwanted(cleaned)


def _merge(*candidates: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for group in candidates for each in group))[:MOST_CANDIDATES]


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
    text = " ".join(markup.split())
    if "<" in text:
        pieces = _TAG.split(text)  # texts and, at the odd places, names of tags
        pieces[1::2] = [_SPACE_FOR.get(name, "") for name in pieces[1::2]]
        text = "".join(pieces)
    return _lay_out(html.unescape(text) if "&" in text else text)


@lru_cache(maxsize=256)
def _cleaner(base: str | None, *, has_styles: bool) -> nh3.Cleaner:
    try:
        return _make_cleaner(("rewrite_with_base", base) if base else "deny", has_styles=has_styles)
    except ValueError:  # stricter about hosts than Python is: relative links lead nowhere
        return _make_cleaner("deny", has_styles=has_styles)


def _make_cleaner(
    relative: Literal["deny"] | tuple[Literal["rewrite_with_base"], str], *, has_styles: bool
) -> nh3.Cleaner:
    attributes = _ATTRIBUTES | ({"img": _ATTRIBUTES["img"] | {"style"}} if has_styles else {})
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=_DROPPED,
        attributes=attributes,
        attribute_filter=_filter_style if has_styles else None,
        url_schemes={"http", "https", "mailto"},
        url_relative=relative,
    )


def _filter_style(_: str, name: str, value: str) -> str | None:
    """Let a style through only as a mark of a picture that is not there to be seen."""
    if name != "style":
        return value
    return "hidden" if is_pixel_style(value) else None
