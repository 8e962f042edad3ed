"""Turns MJML into the HTML of a letter.

The renderer (mjml-python, the mrml engine) validates nothing, names no places, leaves
`mj-style inline` un-inlined and links Google's fonts when left to itself: so the lint comes
first, the styles are inlined here, and nothing is ever loaded from disk or network. It also
writes attributes as Rust's source code, with escapes for hard spaces and backslashes doubled:
so all but plain ASCII is taken out of them before, and put back after.
"""

import html as html_text
import re
from itertools import count

import css_inline
from mjml import mjml2html

from stuifmail.errors import InvalidTemplate
from stuifmail.model.problems import Problem
from stuifmail.render.lint import lint_mjml
from stuifmail.render.markup import Node, map_attributes, parse_markup, parse_place, strip_places

#: Tells css-inline to pass over a style element.
_LEFT_ALONE = 'data-css-inline="ignore"'

#: What the renderer passes on in attributes unchanged.
_NOT_PLAIN = re.compile(r"[^ -~]|\\")

_POSITION = re.compile(r"at position (\d+):(\d+)")
_FONT_LINK = re.compile(
    r"<link[^>]+fonts\.googleapis\.com[^>]*>|@import\s+url\([^)]*fonts\.googleapis\.com[^)]*\)\s*;?",
    re.IGNORECASE,
)


def compile_mjml(source: str, *, file: str = "") -> str:
    """Answer the HTML of rendered MJML.

    Args:
        source: MJML as `TemplateFolder.render` answers it, with places or without.
        file: what to call the source in messages where it carries no places.

    Returns:
        HTML with doctype; styles marked `inline` stand in the elements, the others in the head.

    Raises:
        InvalidTemplate: the lint or the renderer refuses it; all problems are listed.
    """
    refuse_problems(lint_mjml(source, file=file))
    bare, css = _take_inline_styles(source)
    html = _convert(bare, file)
    return _with_doctype(_FONT_LINK.sub("", _inline(html, css) if css else html))


def refuse_problems(problems: tuple[Problem, ...]) -> None:
    """Raise InvalidTemplate for the first problem, with all of them listed; pass when there is none."""
    if not problems:
        return
    first = problems[0]
    place = ":".join(str(part) for part in (first.file, first.line, first.column) if part)
    raise InvalidTemplate(first.message, place=place, remedy=first.remedy, problems=problems)


def _take_inline_styles(source: str) -> tuple[str, str]:
    """Answer the letter without its `mj-style inline`, and their CSS."""
    root = parse_markup(source).roots[0]
    styles = [node for node in root.walk() if node.name == "mj-style" and "inline" in node.attributes]
    css = "\n".join(html_text.unescape(source[node.content_start : node.content_end]) for node in styles)
    return _without(source, root, styles), css


def _without(source: str, root: Node, nodes: list[Node]) -> str:
    """Answer the root's text without these elements.

    What stands around the root is dropped too: a comment before it would cost the doctype.
    """
    offset, parts = root.start, []
    for node in nodes:
        parts.append(source[offset : node.start])
        offset = node.end
    return "".join([*parts, source[offset : root.end]])


def _convert(source: str, file: str) -> str:
    mark = _unused_mark(source)
    bare = _hide_characters(strip_places(source), mark)
    try:
        html = mjml2html(bare, fonts={}, social_icon_origin="", include_loader=_refuse_include)
        return _show_characters(html, mark)
    except ValueError as error:
        raise InvalidTemplate(
            f"MJML cannot be read: {_show_characters(str(error), mark)}",
            place=_place_of(str(error), bare, source, file),
            remedy="look at the tag on that line and the one after it",
        ) from error


def _unused_mark(source: str) -> str:
    """Answer letters and figures that the source does not hold."""
    return next(mark for mark in (f"x{number}q" for number in count()) if mark not in source)


def _hide_characters(source: str, mark: str) -> str:
    """Answer the source with each special character in an attribute as mark, number and "z"."""
    return map_attributes(source, lambda value: _NOT_PLAIN.sub(lambda one: f"{mark}{ord(one[0]):x}z", value))


def _show_characters(text: str, mark: str) -> str:
    return re.sub(rf"{mark}([0-9a-f]+)z", lambda match: chr(int(match[1], 16)), text)


def _refuse_include(path: str) -> str:
    raise ValueError(f"mj-include of {path} is not allowed")


def _place_of(message: str, bare: str, source: str, file: str) -> str:
    """Answer the place of the tag at the renderer's position, else of the letter's first tag."""
    match = _POSITION.search(message)
    offset = len(bare.encode()[: int(match[1])].decode(errors="ignore")) if match else 0
    tags_before = len(re.findall(r"<[A-Za-z]", bare[: offset + 2]))
    tags = [tag.end() for tag in re.finditer(r"<[A-Za-z][\w:.-]*", source)]
    if tags and tags_before:
        named = re.match(r'\s+[\w-]+="([^"]+:\d+:\d+)"', source[tags[min(tags_before, len(tags)) - 1] :])
        if named:
            return str(parse_place(named[1]))
    return f"{file or 'template'}:{bare.count(chr(10), 0, offset) + 1}"


def _inline(html: str, css: str) -> str:
    """Answer the HTML with this CSS in its elements; the styles of its head stay as they are."""
    inliner = css_inline.CSSInliner(
        keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False, extra_css=css
    )
    marked = html.replace("<style", f"<style {_LEFT_ALONE}")
    return str(inliner.inline(marked)).replace(f"<style {_LEFT_ALONE}", "<style")


def _with_doctype(html: str) -> str:
    return html if html.lstrip().lower().startswith("<!doctype") else f"<!doctype html>\n{html}"
