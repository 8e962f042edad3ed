"""Checks on words in a letter that should not be there, or not so many of them."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from stuifmail.model.publications import UNSUBSCRIBE_MARK
from stuifmail.model.reviews import Finding, Severity
from stuifmail.render.letter import Letter, block_of
from stuifmail.render.markup import PLACE_ATTRIBUTE

#: Titles longer than the first are shortened by mail programs' eyes; than the second, they are texts.
LONG_TITLE_CHARS = 120
MAX_TITLE_CHARS = 300

_LEFTOVER = re.compile(r"\[\[[^\]]*\]\]|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{\{|\}\}|\{%|%\}|" + PLACE_ATTRIBUTE)
_QUOTED_CHARS = 40


def check_leftovers(letter: Letter) -> Iterator[Finding]:
    """Yield a finding for each block, and one for the rest, in which a placeholder is left."""
    found: dict[str, tuple[str, str, HtmlElement | None]] = {}
    told: set[str] = set()
    subject = ("subject", letter.rendering.subject, None)
    parts = (("HTML", text, element) for text, element in _words_of(letter))
    for part, text, element in (subject, *parts, ("text", letter.rendering.text, None)):
        marks = _LEFTOVER.findall(text)
        if marks and not (part == "text" and told.issuperset(marks)):
            start = text.index(marks[0])
            quoted = " ".join(text[start : start + _QUOTED_CHARS].split())
            found.setdefault(block_of(element), (quoted, part, element))
        told.update(marks)
    for quoted, part, element in found.values():
        message = f"“{quoted}” is left in the {part}"
        remedy = "fill in the placeholder, or take it out"
        yield letter.finding("leftover-placeholder", "blocking", message, remedy, element)


def check_titles(letter: Letter) -> Iterator[Finding]:
    """Yield a finding for each block whose title is too long to be one."""
    seen = set()
    for element in letter.elements("h1", "h2", "h3", "h4", "h5", "h6"):
        title = " ".join(element.text_content().split())
        block = block_of(element)
        if not block or block in seen or len(title) <= LONG_TITLE_CHARS:
            continue
        seen.add(block)
        severity: Severity = "blocking" if len(title) > MAX_TITLE_CHARS else "advice"
        message = (
            f"the title “{title[:_QUOTED_CHARS]}…” has {len(title):,} characters; "
            f"more than {LONG_TITLE_CHARS} is a text, and over {MAX_TITLE_CHARS} is refused"
        )
        remedy = "shorten the title, and put the rest into the text"
        yield letter.finding("long-title", severity, message, remedy, element)


def check_marks(letter: Letter) -> Iterator[Finding]:
    """Yield a finding where the mark of readers' own addresses is not the template's.

    The mark may only be the whole address of a link outside of the blocks, and stand in the text
    no more often than there are such links: elsewhere it comes from content, and would show or
    lead to a reader's own unsubscribe address.
    """
    rendering = letter.rendering
    links = [a for a in letter.elements("a") if a.get("href") == UNSUBSCRIBE_MARK and not block_of(a)]
    misplaced: dict[str, tuple[str, HtmlElement | None]] = {}
    for part, text in (("subject", rendering.subject), ("preheader", rendering.preheader)):
        if UNSUBSCRIBE_MARK in text:
            misplaced.setdefault("", (part, None))
    for element in letter.root.iter():
        is_ours = any(element is link for link in links)
        own = [value for name, value in element.items() if not (is_ours and name == "href")]
        if any(UNSUBSCRIBE_MARK in text for text in (*own, element.text or "")):
            misplaced.setdefault(block_of(element), ("HTML", element))
        if UNSUBSCRIBE_MARK in (element.tail or ""):
            misplaced.setdefault(block_of(element.getparent()), ("HTML", element.getparent()))
    for part, text in (("HTML", rendering.html), ("text", rendering.text)):
        if not misplaced and text.count(UNSUBSCRIBE_MARK) > len(links):
            misplaced[""] = (part, None)
    for part, place in misplaced.values():
        message = f"{UNSUBSCRIBE_MARK} stands in the {part}, where no reader's own link belongs"
        remedy = "take it out of the text; only the template's footer may hold the unsubscribe link"
        yield letter.finding("reserved-mark", "blocking", message, remedy, place)


def _words_of(letter: Letter) -> Iterator[tuple[str, HtmlElement]]:
    """Yield every piece of text and every attribute, each with the element that it stands in."""
    for element in letter.root.iter():
        if isinstance(element.tag, str):
            for name, value in element.items():
                yield (name if name == PLACE_ATTRIBUTE else value), element
            if element.tag != "style" and element.text:
                yield element.text, element
        if element.tail:
            yield element.tail, element.getparent()
