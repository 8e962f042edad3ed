"""Contrast of text in rendered HTML, in light and in dark, as far as inline styles tell.

Pictures behind text are not looked at; nor are styles that only a class in the head gives in
light mode, for the mail programs that count most drop those too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import css_inline
from lxml import html as lxml_html
from lxml.html import HtmlElement

_STYLE = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_DARK = re.compile(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{")
_SIX = re.compile(r"#([0-9a-fA-F]{6})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class LowContrast:
    """Text that is hard to read.

    Args:
        ratio: contrast as WCAG 2.1 counts it, from 1 to 21.
        wanted: 4.5, or 3 for large text.
        element: where it stands.
    """

    text: str
    colour: str
    background: str
    ratio: float
    wanted: float
    dark: bool
    element: HtmlElement


@dataclass(frozen=True, slots=True)
class _Look:
    colour: str = "#000000"
    background: str = "#ffffff"
    size_px: float = 16.0
    bold: bool = False


def contrast_ratio(one: str, other: str) -> float:
    """Answer the contrast of two colours "#rrggbb", from 1 to 21.

    Source: WCAG 2.1, definitions of contrast ratio and relative luminance.
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def find_low_contrast(html: str) -> tuple[LowContrast, ...]:
    """Answer the texts whose declared colours are too close, light first, then dark."""
    light = _walk(lxml_html.document_fromstring(html), dark=False)
    css = dark_styles(html)
    if not css:
        return tuple(light)
    inliner = css_inline.CSSInliner(
        keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False, extra_css=css
    )
    dark_html = str(inliner.inline(html.replace("<style", '<style data-css-inline="ignore"')))
    return (*light, *_walk(lxml_html.document_fromstring(dark_html), dark=True))


def dark_styles(html: str) -> str:
    """Answer the rules that stand inside `@media (prefers-color-scheme: dark)`."""
    return "\n".join(_block(html, match.end()) for match in _DARK.finditer(html))


def _block(css: str, start: int) -> str:
    """Answer the text from `start` up to the brace that closes it."""
    depth = 1
    for offset in range(start, len(css)):
        depth += {"{": 1, "}": -1}.get(css[offset], 0)
        if depth == 0:
            return css[start:offset]
    return ""


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _walk(root: HtmlElement, *, dark: bool) -> Iterator[LowContrast]:
    body = root.find("body")
    waiting: list[tuple[HtmlElement, _Look]] = [] if body is None else [(body, _Look())]
    while waiting:
        element, outer = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        style = dict(_STYLE.findall(element.get("style") or ""))
        if style.get("display", "").startswith("none"):
            continue
        look = _look(element, style, outer)
        yield from _judge(element, look, dark=dark)
        waiting.extend((child, look) for child in reversed(element))


def _look(element: HtmlElement, style: dict[str, str], outer: _Look) -> _Look:
    """Answer how text in this element looks, given how it looks around it."""
    size = re.match(r"([\d.]+)px", style.get("font-size", ""))
    weight = style.get("font-weight", "")
    heading = element.tag in ("h1", "h2", "h3", "b", "strong", "th")
    return _Look(
        colour=_colour(style.get("color", "")) or outer.colour,
        background=_background(element, style) or outer.background,
        size_px=float(size[1]) if size else outer.size_px,
        bold=(weight.split("!")[0].strip() in ("bold", "600", "700", "800", "900"))
        or (not weight and (heading or outer.bold)),
    )


def _background(element: HtmlElement, style: dict[str, str]) -> str:
    declared = style.get("background-color") or style.get("background") or element.get("bgcolor") or ""
    return _colour(declared)


def _colour(text: str) -> str:
    match = _SIX.search(text)
    return match[0].lower() if match else ""


def _judge(element: HtmlElement, look: _Look, *, dark: bool) -> Iterator[LowContrast]:
    text = " ".join(part for part in [element.text or "", *(child.tail or "" for child in element)] if part)
    shown = " ".join(text.replace("\u200c", "").split())
    if not shown or element.tag in ("style", "script") or look.size_px < 2:
        return
    large = look.size_px >= 24 or (look.bold and look.size_px >= 18.66)
    wanted = 3.0 if large else 4.5
    ratio = contrast_ratio(look.colour, look.background)
    if ratio < wanted:
        yield LowContrast(
            text=shown[:40],
            colour=look.colour,
            background=look.background,
            ratio=ratio,
            wanted=wanted,
            dark=dark,
            element=element,
        )
