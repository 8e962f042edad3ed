"""Foreign HTML and plain text, made safe to stand in a letter."""

import re
from collections.abc import Callable

import nh3
from markupsafe import Markup, escape

#: What running text may hold. No pictures: a picture in foreign HTML calls a server from the
#: reader's mail program. No tables and styles: the layout is ours.
_TAGS = {"a", "b", "blockquote", "br", "code", "em", "i", "li", "ol", "p", "strong", "sub", "sup", "ul"}
_ATTRIBUTES = {"a": {"href"}, "p": {"lang", "dir"}, "blockquote": {"lang", "dir"}}
_DROPPED_WHOLE = {"script", "style", "mj-raw", "mj-include", "mj-style", "template", "svg", "math"}
#: A link whose address was refused keeps its words only; sanitised links never nest.
_UNLINKED = re.compile(r"<a>(.*?)</a>", re.DOTALL)
#: Web and mail addresses in plain text, without the full stop of their sentence.
_ADDRESS = re.compile(r"https?://[^\s<>\"“”‘’]*[^\s<>\"“”‘’.,;:!?)\]]|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def sanitise(html: str) -> Markup:
    """Answer foreign HTML as running text with nothing in it that acts, loads or lays out.

    Scripts, event handlers, MJML tags, pictures and `javascript:` addresses are gone; every
    tag is closed, so that MJML's strict parser accepts it. The result is data: braces in it
    stay braces, and it must never be read as a template.

    Args:
        html: HTML of unknown origin.
    """
    clean = nh3.clean(
        _CONTROL.sub("", html),
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel=None,
        strip_comments=True,
    )
    return Markup(_UNLINKED.sub(r"\1", clean))  # noqa: S704 - sanitised on the line above


def paragraphs(text: str, style: str = "", *, linked: bool = False) -> Markup:
    """Answer plain text as HTML paragraphs: blank lines part them, single line ends become breaks.

    Args:
        text: plain text; markup in it is shown, not obeyed.
        style: CSS for each paragraph.
        linked: web and mail addresses in it become links.
    """
    opening = Markup('<p style="{}">').format(style) if style else Markup("<p>")
    parts = [part.strip() for part in re.split(r"\n\s*\n", _CONTROL.sub("", text)) if part.strip()]
    write = _link_addresses if linked else escape
    return Markup("\n").join(opening + _with_breaks(part, write) + Markup("</p>") for part in parts)


def _with_breaks(text: str, write: Callable[[str], Markup]) -> Markup:
    return Markup("<br />").join(write(line.strip()) for line in text.splitlines())


def _link_addresses(text: str) -> Markup:
    """Answer the text with links where an address stands, each said as it is."""
    parts: list[Markup] = []
    start = 0
    for match in _ADDRESS.finditer(text):
        said = match[0]
        href = f"mailto:{said}" if match["mail"] else said
        parts += [escape(text[start : match.start()]), Markup('<a href="{}">{}</a>').format(href, said)]
        start = match.end()
    return Markup("").join([*parts, escape(text[start:])])
