"""A draft as YAML that an editor can work in, and back."""

import io
import re
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from stuifmail.config.codec import to_data
from stuifmail.config.yaml_document import read_yaml, validate
from stuifmail.errors import InvalidDraft
from stuifmail.model.blocks import figure_ids_in, figure_ids_of
from stuifmail.model.figures import Figure
from stuifmail.model.problems import Problem
from stuifmail.model.publications import Block, NoticeBlock, Publication, Section, StoryBlock
from stuifmail.model.texts import LocalText
from stuifmail.review.binding import hide_records, restore_records

_WIDTH = 88
_HEADER = """\
# {id}, revision {revision}, last saved by {author}.
#
# Change texts, order, or leave blocks out. Add a translation by adding a line under nl or en.
# Keep the two spaces at the start of lines and the | before long texts; an empty line in a
# text starts a new paragraph. [[...]] stands for a figure: its number comes from its record.
# id, kind, number and figures belong to the newsroom and cannot be changed here.
"""
#: What an editor may not change, because other records hang on it.
_FIXED = ("id", "kind", "series_id", "number", "period_starts_at", "period_ends_at")


def draft_to_yaml(publication: Publication, *, revision: int, author: str) -> str:
    """Answer the draft as commented YAML, without what belongs to records."""
    data = to_data(publication)
    hide_records(data)
    yaml = YAML()
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    buffer = io.StringIO()
    yaml.dump(_ready(data), buffer)
    return _HEADER.format(id=publication.id, revision=revision, author=author) + buffer.getvalue()


def yaml_to_draft(text: str, *, base: Publication, figures: Mapping[str, Figure], file: str) -> Publication:
    """Answer the edited draft, its figures bound to their records as they are now.

    Args:
        text: the YAML as the editor left it.
        base: the publication that was opened.
        figures: every figure of the newsroom by id.
        file: the file's name for messages.

    Raises:
        InvalidDraft: with every problem at its line; nothing is lost, the text is the caller's.
    """
    document = read_yaml(text, file)
    restore_records(document.data, base)
    edited: Publication = validate(Publication, document, error=InvalidDraft)
    edited = _keep_origins(_unwrap(edited), base)
    edited = replace(edited, figures=bind_figures(edited, figures))
    problems = [
        *_find_fixed_changes(edited, base, document, file),
        *_find_doubles(edited, document, file),
        *_find_unknown_figures(edited, figures, document, file),
    ]
    if problems:
        raise InvalidDraft("the draft cannot be saved as it stands", problems, place=file)
    return edited


def _keep_origins(edited: Publication, base: Publication) -> Publication:
    """Give each block what an editor does not see: why it was chosen, and who else told it."""
    known = {
        block.id: (block.item_id, block.reasons, block.also)
        for block in base.blocks()
        if isinstance(block, StoryBlock | NoticeBlock)
    }

    def keep(block: Block) -> Block:
        if isinstance(block, StoryBlock | NoticeBlock):
            item_id, reasons, also = known.get(block.id, ("", (), ()))
            return replace(block, reasons=reasons, also=also if block.item_id == item_id else ())
        return block

    sections = (replace(one, blocks=tuple(map(keep, one.blocks))) for one in edited.sections)
    return replace(edited, sections=tuple(sections))


def _ready(value: Any) -> Any:
    """Drop what is empty and set long texts as wrapped blocks, so that a person can read on."""
    if isinstance(value, dict):
        return {key: _ready(item) for key, item in value.items() if item not in ("", None, [], {})}
    if isinstance(value, list):
        return [_ready(item) for item in value]
    if isinstance(value, str) and (len(value) > _WIDTH or "\n" in value) and " " in value:
        return LiteralScalarString(wrap_text(value))
    return value


def wrap_text(text: str, width: int = _WIDTH) -> str:
    """Answer the text with lines of at most `width`, paragraphs parted by empty lines."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(
        textwrap.fill(p, width, break_long_words=False, break_on_hyphens=False) for p in paragraphs
    )


def unwrap_text(text: str) -> str:
    """Answer the text with each paragraph on one line: the reverse of `wrap_text`."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(p.split()) for p in paragraphs)


def tidy(text: LocalText) -> dict[str, str]:
    """Answer the texts unwrapped, without the empty ones."""
    return {language: tidied for language, value in text.items() if (tidied := unwrap_text(value))}


def _unwrap(publication: Publication) -> Publication:
    return replace(
        publication,
        subject=tidy(publication.subject),
        preheader=tidy(publication.preheader),
        intro=tidy(publication.intro),
        closing=tidy(publication.closing),
        sections=tuple(_unwrap_section(section) for section in publication.sections),
    )


def _unwrap_section(section: Section) -> Section:
    return replace(
        section, heading=tidy(section.heading), blocks=tuple(_unwrap_block(b) for b in section.blocks)
    )


def _unwrap_block(block: Block) -> Block:
    names = [name for name in ("title", "text", "note", "link_label") if hasattr(block, name)]
    changes: dict[str, Any] = {name: tidy(getattr(block, name)) for name in names}
    return replace(block, why=unwrap_text(block.why), **changes)


def _find_fixed_changes(edited: Publication, base: Publication, document: Any, file: str) -> list[Problem]:
    return [
        _problem(
            document,
            file,
            (name,),
            f"was {getattr(base, name)} and cannot be changed here",
            "put the old value back",
        )
        for name in _FIXED
        if getattr(edited, name) != getattr(base, name)
    ]


def _find_doubles(edited: Publication, document: Any, file: str) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for s, section in enumerate(edited.sections):
        for b, block in enumerate(section.blocks):
            if block.id in seen:
                path = ("sections", s, "blocks", b, "id")
                problems.append(
                    _problem(
                        document,
                        file,
                        path,
                        f"two blocks are called {block.id}",
                        "give one of them another id",
                    )
                )
            seen.add(block.id)
    return problems


def bind_figures(publication: Publication, figures: Mapping[str, Figure]) -> tuple[Figure, ...]:
    """Answer the figures that the publication shows or names, in the order of their ids."""
    used = {name for _, name in publication.figure_uses()}
    return tuple(figures[name] for name in sorted(used & figures.keys()))


#: Texts whose name is their place in the YAML; others are headings of sections.
_LOOSE = ("subject", "preheader", "intro", "closing", "head.subhead")


def _find_unknown_figures(
    edited: Publication, figures: Mapping[str, Figure], document: Any, file: str
) -> list[Problem]:
    known = set(figures)
    names = ", ".join(sorted(known)) or "none"
    problems = []
    for place, text in edited.loose_texts():
        for language, words in text.items():
            for figure in sorted(set(figure_ids_in(words)) - known):
                message = f"there is no figure {figure} in this publication"
                where = (*place.split("."), language) if place in _LOOSE else ("sections",)
                problems.append(_problem(document, file, where, message, f"the figures are: {names}"))
    for s, section in enumerate(edited.sections):
        for b, block in enumerate(section.blocks):
            for figure in set(figure_ids_of(block)) - known:
                path = ("sections", s, "blocks", b)
                message = f"there is no figure {figure} in this publication"
                problems.append(_problem(document, file, path, message, f"the figures are: {names}"))
    return problems


def _problem(document: Any, file: str, path: tuple[str | int, ...], message: str, remedy: str) -> Problem:
    line, column = document.locate(path)
    key = ".".join(str(part) for part in path)
    return Problem(file=file, line=line, column=column, key=key, message=message, remedy=remedy)
