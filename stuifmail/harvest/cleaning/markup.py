"""Sanitised HTML made tidy: links without tracking, pictures that are pictures."""

import html
import re

from stuifmail.harvest.cleaning.addresses import reveal_in_text
from stuifmail.harvest.cleaning.links import is_pixel, is_sharing, is_web_link, tidy_link

# The sanitiser writes attributes in lower case and between double quotes, whatever was there;
# quotes are minded, as it leaves < and > bare within values.
_LINK_OR_IMAGE = re.compile(r"""<(a|img)((?:\s+[a-z]+="[^"]*")*)\s*/?>""")
_ATTRIBUTE = re.compile(r"""([a-z]+)="([^"]*)\"""")
_HREF = re.compile(r"""<a(?:\s+[a-z]+="[^"]*")*?\s+href="([^"]*)\"""")
_EMPTY_LINK = re.compile(r"""<a(?:\s+[a-z]+="[^"]*")*>(?:\s|\u00a0|&nbsp;)*</a>""")
_TAG_OR_TEXT = re.compile(r"""(<(?:"[^"]*"|[^">])*>)|[^<]+""")
_PIXEL_STYLE = re.compile(
    r"(?:^|[;\s])(?:width|height)\s{0,9}:\s{0,9}[01](?:\.\d{1,9})?(?:px|pt)?\s{0,9}(?:;|!|$)"
    r"|display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|opacity\s{0,9}:\s{0,9}0(?:\.0{1,9})?\s{0,9}(?:;|!|$)",
    re.IGNORECASE,
)
_TINY = re.compile(r"\s*[01](?:\.\d+)?\s*(?:px|pt)?\s*$", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}", re.IGNORECASE | re.ASCII)
_DROP = "\x00"  # takes the place of what is dropped, as no cleaned text holds it


def tidy_tags(markup: str) -> str:
    """Answer sanitised HTML with tidy links and without pictures that only count readers.

    Links lose tracking, credentials and whatever is no web or mail address; links that only
    offer to share the piece are gone with their words.
    """
    if "<a " not in markup and "<img" not in markup:
        return markup
    markup = _LINK_OR_IMAGE.sub(_tidy_tag, markup)
    if _DROP in markup:
        markup = _drop_links(markup.replace(f"<{_DROP}img>", ""))
        markup = _EMPTY_LINK.sub("", markup)
    return markup


def links_of(markup: str) -> tuple[str, ...]:
    """Answer the web addresses that tidy HTML links to, in order, each once."""
    if "href=" not in markup:
        return ()
    found = (html.unescape(href) for href in _HREF.findall(markup))
    return tuple(dict.fromkeys(link for link in found if is_web_link(link)))


def first_image(markup: str) -> str | None:
    """Answer the address of the first picture in sanitised HTML that is no counting pixel."""
    for found in _LINK_OR_IMAGE.finditer(markup):
        attributes = dict(_ATTRIBUTE.findall(found[2]))
        source = html.unescape(attributes.get("src", ""))
        if found[1] == "img" and is_web_link(source) and not _is_counting(attributes, source):
            return source
    return None


def is_pixel_style(style: str) -> bool:
    """Answer whether a picture with this style is not there to be seen."""
    return bool(_PIXEL_STYLE.search(style))


def reveal_in_html(markup: str) -> tuple[str, tuple[str, ...]]:
    """Answer sanitised HTML with the hidden addresses of its text in one spelling, and the addresses."""
    candidates: list[str] = []

    def reveal(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        revealed = reveal_in_text(found[0])
        candidates.extend(revealed.candidates)
        return revealed.text

    markup = _TAG_OR_TEXT.sub(reveal, markup)
    return markup, tuple(dict.fromkeys(candidates))


def _tidy_tag(found: re.Match[str]) -> str:
    attributes = dict(_ATTRIBUTE.findall(found[2]))
    return _tidy_link(attributes) if found[1] == "a" else _tidy_image(attributes)


def _tidy_link(attributes: dict[str, str]) -> str:
    href = html.unescape(attributes.get("href", ""))
    if href[:7].lower() == "mailto:":
        address = href[7:].partition("?")[0]
        return f'<a href="mailto:{address}">' if _MAIL.fullmatch(address) else "<a>"
    if is_sharing(href):
        return f"<{_DROP}a>"
    link = tidy_link(href)
    return f'<a href="{html.escape(link)}" rel="noopener noreferrer">' if link else "<a>"


def _tidy_image(attributes: dict[str, str]) -> str:
    source = tidy_link(html.unescape(attributes.pop("src", "")))
    if source is None or _is_counting(attributes, source):
        return f"<{_DROP}img>"
    others = "".join(f' {name}="{value}"' for name, value in attributes.items() if name != "style")
    return f'<img src="{html.escape(source)}"{others}>'


def _is_counting(attributes: dict[str, str], source: str) -> bool:
    sizes = (attributes.get("width"), attributes.get("height"))
    return any(size and _TINY.match(size) for size in sizes) or "style" in attributes or is_pixel(source)


def _drop_links(markup: str) -> str:
    """Answer the markup without links that were marked, and what is between their tags."""
    mark = f"<{_DROP}a>"
    first, *rest = markup.split(mark)
    return first + "".join(piece.partition("</a>")[2] for piece in rest)
