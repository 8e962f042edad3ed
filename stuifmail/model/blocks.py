"""What a publication is made of: pieces of content, each of one kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias

from stuifmail.model.events import DaySpan
from stuifmail.model.records import EventFacts, ProgrammeRow
from stuifmail.model.selections import Reason
from stuifmail.model.texts import LocalText
from stuifmail.model.times import MomentOrDay

_STRICT = {"extra": "forbid"}

#: Stands in a text where a figure goes: `[[congres-2026.participants]]`, or with `|about` behind
#: the id for a round number with the hedge that the rule allows ("ruim 80").
FIGURE_MARK = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of ours, cleared for use.

    Args:
        file: path relative to the newsroom's folder.
        alt: what it shows, by language; never empty.
        credit: whom to name, "" for our own.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    file: str
    alt: LocalText
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryBlock:
    """One piece of member news.

    Args:
        id: unique in the publication, stable over revisions.
        item_id: the harvested item it came from, "" when the editor wrote it.
        members: ids of the members credited, the origin first.
        language: language of the original behind the link.
        title: by language; the original's language is always there.
        text: by language, plain text.
        link: where to read on.
        link_label: by language; empty: the template's own "Lees verder".
        why: why it stands here, for the editor; never sent.
        reasons: what its points were made of when it was chosen; never sent.
        also: ids of the other items that tell the same news; never sent.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: Literal["story"] = "story"
    id: str
    item_id: str = ""
    members: tuple[str, ...] = ()
    language: str
    title: LocalText
    text: LocalText = field(default_factory=dict)
    link: str | None = None
    link_label: LocalText = field(default_factory=dict)
    picture: Picture | None = None
    why: str = ""
    reasons: tuple[Reason, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventBlock:
    """One date of the agenda.

    Args:
        event_id: the harvested event it came from, "" when the editor wrote it.
        starts_at: aware, or a date for all-day events; of an open date a day that it may be.
        ends_at: aware, or the first date after an all-day event.
        span: what is known of the date, where it is open; it is printed in the place of the day.
        time_zone: IANA name in which times are shown.
        tentative: the date may still change.
        note: a short remark by language ("nog 23 plaatsen").
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: Literal["event"] = "event"
    id: str
    event_id: str = ""
    members: tuple[str, ...] = ()
    title: LocalText
    starts_at: MomentOrDay
    ends_at: MomentOrDay | None = None
    span: DaySpan | None = None
    time_zone: str
    place: str = ""
    link: str | None = None
    tentative: bool = False
    note: LocalText = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresBlock:
    """Results in numbers, shown large, last time's beside them.

    Args:
        figures: ids of figures of the publication, in the order to show.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: Literal["figures"] = "figures"
    id: str
    title: LocalText
    figures: tuple[str, ...]
    text: LocalText = field(default_factory=dict)
    link: str | None = None
    link_label: LocalText = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeBlock:
    """A short message: a question from the network, a call, a welcome.

    Args:
        tone: "ask" for a question from the network, "welcome" for new members (may lead
            with a figure), "plain" for the rest.
        figure: id of one figure shown beside a welcome, "" for none.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: Literal["notice"] = "notice"
    id: str
    tone: Literal["ask", "welcome", "plain"] = "plain"
    item_id: str = ""
    members: tuple[str, ...] = ()
    title: LocalText
    text: LocalText = field(default_factory=dict)
    link: str | None = None
    link_label: LocalText = field(default_factory=dict)
    figure: str = ""
    why: str = ""
    reasons: tuple[Reason, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """Running text: of a press release or an event mailing.

    Args:
        role: what it is: "lead" and "body" are read out loud; "note" and "contact" are for
            editors only; "about" is the boilerplate; "correction" says wrong and right.
        title: a subhead, by language; mostly none.
        text: paragraphs by language, parted by empty lines.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: Literal["text"] = "text"
    id: str
    role: Literal["lead", "body", "note", "contact", "about", "correction"] = "body"
    title: LocalText = field(default_factory=dict)
    text: LocalText = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteBlock:
    """What somebody said. Whether they agreed is recorded apart, by the words' hash.

    Args:
        speaker: function by language; organisation: of what; member_id where it is a member.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: Literal["quote"] = "quote"
    id: str
    text: LocalText
    speaker: LocalText = field(default_factory=dict)
    organisation: str = ""
    member_id: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsBlock:
    """When, where, for whom and how: an event's facts, bound to its record and never edited.

    Args:
        show: which facts, in this order ("when", "where", "route", "who", "led_by", "language",
            "price", "deadline", "places", "contact"); what is not known is left out.
        who: for whom, by language; led_by: who leads it, by language.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: Literal["details"] = "details"
    id: str
    facts: EventFacts
    show: tuple[str, ...] = ("when", "where")
    who: LocalText = field(default_factory=dict)
    led_by: LocalText = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeBlock:
    """A programme, row by row, in the event's own zone."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: Literal["programme"] = "programme"
    id: str
    title: LocalText = field(default_factory=dict)
    rows: tuple[ProgrammeRow, ...]
    time_zone: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One fact that became other.

    Args:
        fact: its name ("when", "where", "status", "deadline", …).
        label: by language ("Wanneer").
        before, after: in words, by language.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    fact: str
    label: LocalText
    before: LocalText
    after: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesBlock:
    """What became other since readers were last told."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: Literal["changes"] = "changes"
    id: str
    title: LocalText = field(default_factory=dict)
    lines: tuple[ChangeLine, ...]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBlock:
    """A picture of numbers, with the same numbers as a table.

    Args:
        breakdown: id of a breakdown of the publication, drawn as bars; or
        figure: id of a figure, drawn over its editions. One of the two.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: Literal["chart"] = "chart"
    id: str
    title: LocalText = field(default_factory=dict)
    breakdown: str = ""
    figure: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionBlock:
    """The one thing that readers are asked to do: a button.

    Args:
        link: where it leads.
        label: by language ("Meld u aan").
        note: a line below it, by language ("tot en met 1 juni").
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    kind: Literal["action"] = "action"
    id: str
    link: str
    label: LocalText
    note: LocalText = field(default_factory=dict)
    why: str = ""


Block: TypeAlias = (
    StoryBlock
    | EventBlock
    | FiguresBlock
    | NoticeBlock
    | TextBlock
    | QuoteBlock
    | DetailsBlock
    | ProgrammeBlock
    | ChangesBlock
    | ChartBlock
    | ActionBlock
)


#: The fields of blocks that hold text for readers, by language, in reading order.
_TEXTS = ("title", "text", "speaker", "who", "led_by", "label", "note", "link_label")


def title_of(block: Block) -> LocalText:
    """Answer what a block is called, by language; the first words of one without a title."""
    title: LocalText = getattr(block, "title", {}) or getattr(block, "label", {})
    if title:
        return title
    text: LocalText = getattr(block, "text", {}) or (
        block.facts.title if isinstance(block, DetailsBlock) else {}
    )
    return {language: _first_words(words) for language, words in text.items()}


def link_of(block: Block) -> str:
    """Answer where a block leads, "" for nowhere."""
    return getattr(block, "link", None) or ""


def texts_of(block: Block) -> Iterator[tuple[str, LocalText]]:
    """Yield the name and value of each field with words for readers, by language, in reading order."""
    for name in _TEXTS:
        if text := getattr(block, name, None):
            yield name, text


def figure_ids_in(text: str) -> tuple[str, ...]:
    """Answer the ids of the figures that a text names, in its order."""
    return tuple(found[1].strip() for found in FIGURE_MARK.finditer(text))


def figure_ids_of(block: Block) -> tuple[str, ...]:
    """Answer the ids of the figures that a block shows or names in its texts."""
    shown = getattr(block, "figures", ()) or tuple(filter(None, [getattr(block, "figure", "")]))
    texts = (text for _, field_texts in texts_of(block) for text in field_texts.values())
    return (*shown, *(name for text in texts for name in figure_ids_in(text)))


def _first_words(text: str, count: int = 8) -> str:
    words = text.split()
    return " ".join(words[:count]) + (" …" if len(words) > count else "")
