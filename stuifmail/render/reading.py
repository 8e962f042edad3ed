"""What a publication says, as plain paragraphs in reading order: the body of its machine forms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from typing import Literal

from stuifmail.model.blocks import (
    ActionBlock,
    Block,
    ChangesBlock,
    ChartBlock,
    DetailsBlock,
    EventBlock,
    FiguresBlock,
    NoticeBlock,
    ProgrammeBlock,
    QuoteBlock,
    StoryBlock,
    TextBlock,
    link_of,
)
from stuifmail.model.publications import Publication
from stuifmail.model.texts import LocalText
from stuifmail.render.filters import clock, in_zone, number
from stuifmail.render.ics import place_of
from stuifmail.render.saying import Say

#: Texts that are for editors only.
_NOTES = ("note", "contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph.

    Args:
        text: plain, on one line.
        kind: "head" for a subhead, "quote" for what somebody said, "line" for a row of a list.
        part: "lead", "body", "note" (for editors only) or "about".
    """

    text: str
    kind: Literal["head", "text", "quote", "line"] = "text"
    part: Literal["lead", "body", "note", "about"] = "body"


def read_out(publication: Publication, say: Say, language: str) -> tuple[Paragraph, ...]:
    """Answer a publication's paragraphs in reading order, headings of sections included.

    Args:
        publication: the content.
        say: says its texts in one language.
        language: of numbers and times.
    """
    found = [*_paragraphs(say(publication.intro))]
    for section in publication.sections:
        inside = [one for block in section.blocks for one in _read_block(block, publication, say, language)]
        if section.kind == "notes":  # the text about us stands there, too, and may be printed
            inside = [one if one.part == "about" else replace(one, part="note") for one in inside]
        if inside and section.kind != "notes" and (heading := say(section.heading)):
            found.append(Paragraph(text=heading, kind="head"))
        found += inside
    return tuple(one for one in (*found, *_paragraphs(say(publication.closing))) if one.text)


def text_of(paragraphs: Iterable[Paragraph]) -> str:
    """Answer paragraphs as plain text, an empty line between them but for rows of a list."""
    text, before = "", ""
    for one in paragraphs:
        gap = "\n" if one.kind == before == "line" else "\n\n"
        text, before = f"{text}{gap if text else ''}{one.text}", one.kind
    return text


def html_of(paragraphs: Iterable[Paragraph]) -> str:
    """Answer paragraphs as plain HTML without classes or styles."""
    tags = {"head": "h2", "text": "p", "quote": "blockquote", "line": "li"}
    parts, is_list = [], False
    for one in paragraphs:
        if (one.kind == "line") != is_list:
            is_list = one.kind == "line"
            parts.append("<ul>" if is_list else "</ul>")
        parts.append(f"<{tags[one.kind]}>{escape(one.text, quote=False)}</{tags[one.kind]}>")
    return "\n".join([*parts, *(["</ul>"] if is_list else [])])


def _paragraphs(text: str, part: Literal["lead", "body", "note", "about"] = "body") -> Iterator[Paragraph]:
    for each in text.split("\n\n"):
        if words := " ".join(each.split()):
            yield Paragraph(text=words, part=part)


def _read_block(block: Block, publication: Publication, say: Say, language: str) -> Iterator[Paragraph]:
    if isinstance(block, TextBlock):
        yield from _read_text(block, say)
    elif isinstance(block, QuoteBlock):
        yield Paragraph(text=_quote(block, say, language), kind="quote")
    elif isinstance(block, StoryBlock | NoticeBlock | FiguresBlock | EventBlock):
        yield from _titled(say(block.title))
        yield from _paragraphs(say(getattr(block, "text", {})))
        yield from _lines(_details(block, publication, say, language))
        yield from _lines([link_of(block)])
    elif isinstance(block, ActionBlock):
        yield from _lines([f"{say(block.label)}: {block.link}", say(block.note)])
    else:
        yield from _titled(say(getattr(block, "title", {})))
        yield from _lines(_rows(block, publication, say, language))


def _read_text(block: TextBlock, say: Say) -> Iterator[Paragraph]:
    if block.role in _NOTES:
        title = say(block.title)
        yield from _paragraphs("\n\n".join(filter(None, (title, say(block.text)))), "note")
    elif block.role == "about":
        yield from _paragraphs(say(block.text), "about")
    else:
        yield from _titled(say(block.title))
        yield from _paragraphs(say(block.text), "lead" if block.role in ("lead", "correction") else "body")


def _titled(title: str) -> Iterator[Paragraph]:
    if title:
        yield Paragraph(text=" ".join(title.split()), kind="head")


def _lines(lines: Iterable[str]) -> Iterator[Paragraph]:
    for line in lines:
        if words := " ".join(line.split()):
            yield Paragraph(text=words, kind="line")


def _details(block: Block, publication: Publication, say: Say, language: str) -> Iterator[str]:
    if isinstance(block, FiguresBlock):
        by_id = {figure.id: figure for figure in publication.figures}
        for figure_id in block.figures:
            if figure := by_id.get(figure_id):
                yield f"{number(figure.value, language)} {say(figure.unit)}"
    elif isinstance(block, EventBlock):
        yield ", ".join(filter(None, (_when(block), block.place)))
        yield say(block.note)


def _when(block: EventBlock) -> str:
    """Answer the day in ISO form, which is the same in each language; what is open as it was said."""
    if block.span and block.span.text:
        return block.span.text
    if isinstance(block.starts_at, datetime):
        return in_zone(block.starts_at, block.time_zone).strftime("%Y-%m-%d %H:%M")
    return block.starts_at.isoformat()


def _rows(block: Block, publication: Publication, say: Say, language: str) -> Iterator[str]:
    if isinstance(block, ChartBlock):
        yield from _chart(block, publication, say, language)
    elif isinstance(block, ProgrammeBlock):
        for row in block.rows:
            time = clock(in_zone(row.starts_at, block.time_zone), language) if row.starts_at else ""
            who = ", ".join(filter(None, (say(row.speaker), row.organisation)))
            yield f"{time} {say(row.title)}{f' ({who})' if who else ''}"
    elif isinstance(block, ChangesBlock):
        for line in block.lines:
            yield f"{say(line.label)}: {say(line.before)} → {say(line.after)}"
    elif isinstance(block, DetailsBlock):
        yield place_of(block.facts)
        yield say(block.who)
        yield say(block.led_by)


def _chart(block: ChartBlock, publication: Publication, say: Say, language: str) -> Iterator[str]:
    for breakdown in publication.breakdowns:
        if breakdown.id == block.breakdown:
            for row in breakdown.rows:
                yield f"{say(row.label)}: {number(row.value, language)}"
    for figure in publication.figures:
        if figure.id == block.figure:
            for label, value in figure.earlier:
                yield f"{label}: {number(value, language)}"
            yield f"{number(figure.value, language)} {say(figure.unit)}"


def _quote(block: QuoteBlock, say: Say, language: str) -> str:
    opening, closing = ("‘", "’") if language == "nl" else ("“", "”")
    words = " ".join(say(block.text).split()).strip("‘’“”\"'")
    who = ", ".join(filter(None, (say(block.speaker), block.organisation)))
    return f"{opening}{words}{closing}" + (f" – {who}" if who else "")


def first_of(publication: Publication, say: Say, language: str) -> str:
    """Answer what sums a publication up: the lead of a release, else what mail programs preview."""
    lead = [one.text for one in read_out(publication, say, language) if one.part == "lead"]
    return " ".join(lead) or say(publication.preheader)


def headline_of(publication: Publication, say: Say) -> str:
    """Answer the subject on one line."""
    subject: LocalText = publication.subject
    return " ".join(say(subject).split())
