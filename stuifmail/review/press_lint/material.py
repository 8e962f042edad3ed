"""What a press release is held against, and its texts as a reader would see them. Pure."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.blocks import QuoteBlock, TextBlock
from stuifmail.model.marks import fill_marks
from stuifmail.model.publications import Publication
from stuifmail.model.records import EventRecord
from stuifmail.model.reviews import Finding, QuoteApproval, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownName:
    """A member, prospect or country, and how it may be written in the release's language.

    Args:
        id: the same for all spellings in all languages: a member's or prospect's id, else a code.
    """

    id: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LintMaterial:
    """What a release is held against.

    Args:
        record: the event that it is about, None for an update.
        titles: how the event and what it is a part of are called, in the release's language.
        places: towns that its dateline and lead may name.
        day_words: how the event's day may be written in the lead, in the release's language.
        release_day: the day on which it is to be public, where its desks are.
        is_quiet_day: that day is a weekend day or a holiday there.
        names: members, prospects and countries, by language.
        allowed_ids: who may be told to be new: who joined by the ledger, or was announced to.
        missing: names of those who were announced and did not join.
        approvals: the consents to its quotes.
        sisters: its other language versions.
        rendered: the text part by language; label and end: the fixed words in it, by language.
    """

    config: NewsroomConfig
    record: EventRecord | None = None
    titles: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    day_words: tuple[str, ...] = ()
    release_day: date | None = None
    is_quiet_day: bool = False
    names: Mapping[str, tuple[KnownName, ...]] = field(default_factory=dict)
    allowed_ids: frozenset[str] | None = None
    missing: tuple[str, ...] = ()
    approvals: tuple[QuoteApproval, ...] = ()
    sisters: tuple[Publication, ...] = ()
    rendered: Mapping[str, str] = field(default_factory=dict)
    label: Mapping[str, str] = field(default_factory=dict)
    end: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of the release in one language, figures in the place of their marks.

    Args:
        place: block id, or "subject" and "head.subhead".
    """

    place: str
    language: str
    text: str
    is_quote: bool = False


def passages_of(publication: Publication) -> Iterator[Passage]:
    """Yield all that is for publication: headline, subhead, and the text above the end mark."""
    head = publication.head
    for language in publication.languages:
        yield _passage(publication, "subject", language, publication.subject.get(language, ""))
        if head and head.subhead.get(language):
            yield _passage(publication, "head.subhead", language, head.subhead[language])
        for block in text_blocks(publication):
            if isinstance(block, TextBlock) and (title := block.title.get(language)):
                yield _passage(publication, block.id, language, title)
            if text := block.text.get(language):
                yield _passage(publication, block.id, language, text, is_quote=isinstance(block, QuoteBlock))


def _passage(
    publication: Publication, place: str, language: str, text: str, *, is_quote: bool = False
) -> Passage:
    filled = fill_marks(text, publication.figures)
    return Passage(place=place, language=language, text=filled, is_quote=is_quote)


def text_blocks(publication: Publication) -> Iterator[TextBlock | QuoteBlock]:
    """Yield the text and quotes above the end mark, in reading order."""
    for section in publication.sections:
        if section.kind != "notes":
            yield from (b for b in section.blocks if isinstance(b, TextBlock | QuoteBlock))


def note_blocks(publication: Publication) -> Iterator[TextBlock]:
    """Yield what stands after the end mark."""
    for section in publication.sections:
        if section.kind == "notes":
            yield from (block for block in section.blocks if isinstance(block, TextBlock))


def finding(code: str, severity: Severity, place: str, language: str, message: str, remedy: str) -> Finding:
    """Answer a finding; its code begins with "press-"."""
    return Finding(
        code=code,
        severity=severity,
        place=place,
        language=language,
        message=message,
        remedy=remedy,
    )


@cache
def read_words() -> dict[str, dict[str, list[str]]]:
    """Answer the small word lists by language."""
    text = files("stuifmail.review.press_lint").joinpath("words.json").read_text("utf-8")
    found: dict[str, dict[str, list[str]]] = json.loads(text)
    return found


def words_in(text: str, words: Iterable[str]) -> list[str]:
    """Answer which of these words stand in a text, as they are written there, each once."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not pattern:
        return []
    found = re.findall(rf"(?<![\w-])(?:{pattern})(?![\w-])", text, re.IGNORECASE)
    return list(dict.fromkeys(found))


def holds_any(text: str, names: Iterable[str]) -> bool:
    """Answer whether one of these stands in a text, as a word of its own; capitals do not matter."""
    return bool(words_in(text, [name for name in names if name]))
