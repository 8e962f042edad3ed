"""From what was wrong to the draft of a correction, or of a notice that takes a piece back. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from stuifmail.config.phrases import fill
from stuifmail.model.blocks import figure_ids_in
from stuifmail.model.figures import Figure
from stuifmail.model.publications import CalendarPart, Publication, Section, TextBlock
from stuifmail.model.texts import LocalText

_STRICT = {"extra": "forbid"}
#: A number that stands alone, or a mark, which is left as it is.
_NUMBER = re.compile(r"\[\[[^\]]*\]\]|\d+(?:[.,]\d+)*")
#: What phrases may name.
BLANKS = ("subject", "day", "wrong", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """The words of one kind of notice.

    Args:
        label: what it is called; its subject begins with it.
        first: the sentence that says what was wrong and right, or that it is taken back.
        more: each further wrong and right; of a kill notice what to do.
        read: words of the link to it, on the page of what it corrects.
        page: what that page says in the place of its own text.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    label: str
    subject: str
    preheader: str
    first: str
    more: str
    closing: str
    read: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPhrases:
    """All words of corrections in one language.

    Args:
        euphemisms: words that gloss over an error.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    correction: NoticeWords
    kill: NoticeWords
    euphemisms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What was wrong and what is right, by language; the right words may name figures."""

    wrong: LocalText
    right: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeMaterial:
    """What a correction or kill notice is made of.

    Args:
        id: its own.
        original: what it corrects or takes back, as it was sent.
        subjects: the original's subjects as readers saw them, by language.
        days: the day on which it was sent, in words by language.
        phrases: by language.
        figures: as the records have them now, by id.
        mistakes: empty for a kill notice.
        instead: by language: what a kill notice says in the place of what it takes back.
        calendar: the original's calendar part put right, None when nothing of it was wrong.
        why: for the editor.
    """

    id: str
    original: Publication
    subjects: LocalText
    days: LocalText
    phrases: Mapping[str, CorrectionPhrases]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    instead: LocalText = field(default_factory=dict)
    calendar: CalendarPart | None = None
    send_at: datetime
    why: str = ""


def compose_correction(material: NoticeMaterial) -> Publication:
    """Answer the draft of a correction: its first sentence says what was wrong and what is right.

    In a language in which somebody did not say it the sentence is missing, for the editor to write.
    """
    words = {code: found.correction for code, found in material.phrases.items()}
    statement = {code: _tell_mistakes(material, code, words[code]) for code in material.original.languages}
    used = [name for text in statement.values() for name in figure_ids_in(text)]
    figures = tuple(material.figures[name] for name in dict.fromkeys(used) if name in material.figures)
    return _compose(material, "correction", words, statement, figures=figures)


def compose_kill(material: NoticeMaterial) -> Publication:
    """Answer the draft of a notice that takes a piece back, with what to use instead where that is given."""
    words = {code: found.kill for code, found in material.phrases.items()}
    statement = {
        code: " ".join(filter(None, (_fill(material, code, words[code].first), words[code].more)))
        for code in material.original.languages
    }
    return _compose(material, "kill", words, statement, figures=())


def _compose(
    material: NoticeMaterial,
    kind: str,
    words: Mapping[str, NoticeWords],
    statement: LocalText,
    *,
    figures: tuple[Figure, ...],
) -> Publication:
    original = material.original
    blocks = [
        TextBlock(id=kind, role="correction", text=_given(statement), why=material.why),
        TextBlock(id="instead", text=dict(material.instead)),
        TextBlock(id="closing", text={code: words[code].closing for code in original.languages}),
    ]
    return Publication(
        id=material.id,
        kind="correction" if kind == "correction" else "kill",
        series_id=original.series_id,
        number=original.number,
        period_starts_at=original.period_starts_at,
        period_ends_at=original.period_ends_at,
        send_at=material.send_at,
        audience_id="",
        languages=original.languages,
        subject={code: _fill(material, code, words[code].subject) for code in original.languages},
        preheader={code: _fill(material, code, words[code].preheader) for code in original.languages},
        sections=(Section(id=kind, kind="text", blocks=tuple(block for block in blocks if block.text)),),
        figures=figures,
        purposes=original.purposes,
        event_id=original.event_id,
        calendar=material.calendar,
        corrects=original.id,
    )


def _tell_mistakes(material: NoticeMaterial, language: str, words: NoticeWords) -> str:
    told = [
        (mistake.wrong.get(language, ""), mistake.right.get(language, "")) for mistake in material.mistakes
    ]
    whole = [pair for pair in told if all(pair)]
    sentences = [
        _fill(material, language, words.more if position else words.first, wrong=wrong, right=right)
        for position, (wrong, right) in enumerate(whole)
    ]
    return " ".join(sentences)


def _fill(material: NoticeMaterial, language: str, phrase: str, **more: str) -> str:
    values = {"subject": material.subjects.get(language, ""), "day": material.days.get(language, "")}
    return fill(phrase, values | more)


def _given(text: LocalText) -> LocalText:
    return {code: words for code, words in text.items() if words}


def find_mistakes(
    original: Publication, figures: Mapping[str, Figure], show: Callable[[float, str], str]
) -> tuple[Mistake, ...]:
    """Answer the figures that were told otherwise than the records have them now.

    Args:
        original: as it was sent.
        figures: as the records have them now, by id.
        show: answers a number as a language writes it.

    Returns:
        In the order of the publication's figures: the number that was told, and a mark for the right one.
    """
    return tuple(
        Mistake(
            wrong={
                code: f"{show(told.value, code)} {told.unit.get(code, '')}".strip()
                for code in original.languages
            },
            right={
                code: f"[[{told.id}]] {figures[told.id].unit.get(code, '')}".strip()
                for code in original.languages
            },
        )
        for told in original.figures
        if told.id in figures and figures[told.id].value != told.value
    )


def bind_figures(text: str, original: Publication, figures: Mapping[str, Figure]) -> str:
    """Answer a text in which each number that is now right of a figure that was wrong is bound to it."""
    marks = {
        f"{figures[told.id].value}": f"[[{told.id}]]"
        for told in original.figures
        if told.id in figures and figures[told.id].value != told.value
    }
    return _NUMBER.sub(lambda found: marks.get(found[0], found[0]), text)


def name_notice(original_id: str, ending: str, taken: Sequence[str]) -> str:
    """Answer an id for a notice: `<id>-correctie`, then `-correctie-2`, counted on.

    Args:
        ending: "correctie" or "ingetrokken".
        taken: ids that are in use.
    """
    first = f"{original_id}-{ending}"
    names = [first, *(f"{first}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
