"""Composing one message around an event. Pure."""

from itertools import groupby
from typing import Literal, TypeAlias

from stuifmail.compose.mailings.blocks import make_blocks
from stuifmail.compose.mailings.material import SUBJECT_LIMIT, MailingMaterial
from stuifmail.config.mailing_kinds import Part
from stuifmail.model.blocks import Block, figure_ids_of
from stuifmail.model.publications import Publication, Section

#: The series of all messages around events.
SERIES = "mailings"

_Layout: TypeAlias = Literal["text", "results", "welcome", "asks", "stories"]

#: Parts that have a layout of their own; all others stand in running text.
_LAYOUTS: dict[Part, _Layout] = {
    "figures": "results",
    "chart": "results",
    "welcome": "welcome",
    "asks": "asks",
    "reading": "stories",
}
#: Sentences of `parts` that stand above a section.
_HEADINGS = {"asks": "asks", "stories": "reading"}


def compose_mailing(material: MailingMaterial) -> Publication:
    """Answer the draft of one message; parts of which nothing is known are left out."""
    sections = _compose_sections(material)
    used = {name for section in sections for block in section.blocks for name in figure_ids_of(block)}
    drawn = {getattr(block, "breakdown", "") for section in sections for block in section.blocks}
    return Publication(
        id=material.publication_id,
        kind="mailing",
        series_id=SERIES,
        number=0,
        period_starts_at=material.made_at,
        period_ends_at=material.made_at,
        send_at=material.send_at,
        audience_id=material.audience_id,
        languages=material.languages,
        subject=material.say_line("subject", limit=SUBJECT_LIMIT),
        preheader=material.say_line("preheader", limit=90),
        sections=sections,
        closing=material.say("closing"),
        figures=tuple(figure for name, figure in material.figures.items() if name in used),
        breakdowns=tuple(found for name, found in material.breakdowns.items() if name in drawn),
        purposes=material.purposes or material.kind.purposes,
        event_id=material.record.id if material.record else "",
        mailing=material.kind.id,
        responses=material.kind.responses,
        facts_id="",
        calendar=material.calendar,
    )


def _compose_sections(material: MailingMaterial) -> tuple[Section, ...]:
    found: list[tuple[_Layout, Block]] = [
        (_LAYOUTS.get(part, "text"), block)
        for part in material.kind.parts
        for block in make_blocks(part, material)
    ]
    sections: list[Section] = []
    for layout, group in groupby(found, key=lambda pair: pair[0]):
        blocks = tuple(block for _, block in group)
        known = sum(section.kind == layout for section in sections)
        name = f"{layout}-{known + 1}" if known else layout
        heading = material.say_part(_HEADINGS[layout]) if layout in _HEADINGS else {}
        sections.append(Section(id=name, kind=layout, heading=heading, blocks=blocks))
    return tuple(sections)
