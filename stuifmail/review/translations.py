"""Translations that somebody wrote apart from the draft, added block by block."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar

from stuifmail.config.yaml_document import read_yaml, validate
from stuifmail.errors import InvalidDraft
from stuifmail.model.problems import Problem
from stuifmail.model.publications import Block, Publication
from stuifmail.model.texts import LocalText
from stuifmail.review.editing import tidy

_STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTranslation:
    """The words of one block in other languages.

    Args:
        speaker: of a quote: the function of who said it.
        label, note: of a button: what it says, and the line below it; a note of an agenda's date, too.
        who, led_by: of an event's facts: for whom it is, and who leads it.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    title: LocalText = field(default_factory=dict)
    text: LocalText = field(default_factory=dict)
    speaker: LocalText = field(default_factory=dict)
    label: LocalText = field(default_factory=dict)
    note: LocalText = field(default_factory=dict)
    who: LocalText = field(default_factory=dict)
    led_by: LocalText = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translations:
    """What a translator hands in for one publication.

    Args:
        blocks: by block id, as `stuifmail show ID --json` and the draft name them.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    subject: LocalText = field(default_factory=dict)
    preheader: LocalText = field(default_factory=dict)
    blocks: Mapping[str, BlockTranslation] = field(default_factory=dict)


def add_translations(publication: Publication, text: str, *, file: str) -> Publication:
    """Answer the publication with the translations of a YAML text; the same language is replaced.

    Args:
        publication: what was translated.
        text: subject, preheader and blocks, each by language.
        file: the text's file, for messages.

    Raises:
        InvalidDraft: the YAML is wrong, or names blocks that the publication has not.
    """
    document = read_yaml(text, file)
    found = validate(Translations, document, error=InvalidDraft)
    known = {block.id for block in publication.blocks()}
    problems = [
        _unknown(document.locate(("blocks", name)), name, file) for name in found.blocks if name not in known
    ]
    if problems:
        raise InvalidDraft("the translations do not fit the draft", problems, place=file)
    return replace(
        publication,
        subject={**publication.subject, **tidy(found.subject)},
        preheader={**publication.preheader, **tidy(found.preheader)},
        sections=tuple(
            replace(section, blocks=tuple(_translate(block, found.blocks) for block in section.blocks))
            for section in publication.sections
        ),
    )


#: What of a block can be translated, by its own names.
_NAMES = tuple(each.name for each in fields(BlockTranslation))


def _translate(block: Block, translations: Mapping[str, BlockTranslation]) -> Block:
    found = translations.get(block.id)
    if found is None:
        return block
    changes: dict[str, Any] = {
        name: {**getattr(block, name), **tidy(given)}
        for name in _NAMES
        if hasattr(block, name) and (given := getattr(found, name))  # a date of the agenda has no text
    }
    return replace(block, **changes)


def _unknown(place: tuple[int, int], name: str, file: str) -> Problem:
    return Problem(
        file=file,
        line=place[0],
        column=place[1],
        key=f"blocks.{name}",
        message="the draft has no such block",
        remedy="take it out, or correct the id: stuifmail show ID --json lists them",
    )
