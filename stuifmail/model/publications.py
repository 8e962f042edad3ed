"""What is reviewed and sent: structured content, and its renderings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal, TypeAlias

from stuifmail.model.blocks import (
    ActionBlock,
    Block,
    ChangeLine,
    ChangesBlock,
    ChartBlock,
    DetailsBlock,
    EventBlock,
    FiguresBlock,
    NoticeBlock,
    Picture,
    ProgrammeBlock,
    QuoteBlock,
    StoryBlock,
    TextBlock,
    figure_ids_in,
    figure_ids_of,
)
from stuifmail.model.figures import Breakdown, Figure
from stuifmail.model.records import EventFacts
from stuifmail.model.texts import LocalText
from stuifmail.model.times import Moment

__all__ = [
    "ATTENDEE_MARK",
    "UNSUBSCRIBE_MARK",
    "ActionBlock",
    "Block",
    "CalendarPart",
    "ChangeLine",
    "ChangesBlock",
    "ChartBlock",
    "DetailsBlock",
    "Embargo",
    "EventBlock",
    "FiguresBlock",
    "MessageKind",
    "NoticeBlock",
    "Picture",
    "ProgrammeBlock",
    "Publication",
    "PublicationKind",
    "Purpose",
    "QuoteBlock",
    "ReleaseHead",
    "Rendering",
    "Response",
    "Section",
    "StoryBlock",
    "TextBlock",
]

_STRICT = {"extra": "forbid"}

PublicationKind: TypeAlias = Literal["newsletter", "mailing", "release", "correction", "kill"]

#: What a piece is for: the five tasks of a secretariat's communication, "inform" in its two kinds.
Purpose: TypeAlias = Literal["connect", "inspire", "practical", "content", "show", "profile"]

#: Who of an event's people is meant: by what the participants sheet says of them.
Response: TypeAlias = Literal["invited", "registered", "no_answer", "attended", "no_show", "cancelled"]

#: The messages around an event, in the order of time; the last two come when something changes.
MessageKind: TypeAlias = Literal[
    "save_the_date",
    "invitation",
    "call_for_input",
    "practical_update",
    "group",
    "programme",
    "reminder",
    "last_reminder",
    "content_update",
    "practical_update_2",
    "thank_you",
    "results",
    "results_absent",
    "report",
    "moment_brief",
    "change",
    "cancellation",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A named part of an issue.

    Args:
        id: the section's id in sources.yaml.
        kind: which layout it gets: lead, stories, agenda, results, asks, welcome; "text" for
            running text and what goes with it, "notes" for what is not for publication.
        heading: by language; the lead has none.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str
    kind: Literal["lead", "stories", "agenda", "results", "asks", "welcome", "text", "notes"]
    heading: LocalText = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Embargo:
    """Before when nothing of these facts leaves the house, but to desks that are trusted.

    Args:
        until: aware.
        time_zone: IANA name in which it is announced.
        reason: why, by language; without a reason there is no embargo.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    until: Moment
    time_zone: str
    reason: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHead:
    """What stands above a press release's text; the headline is the publication's subject.

    Args:
        form: "nl" for the Dutch order and words, "international" for the other.
        stage: "announcement" before an event, "results" after it, "update" at any time.
        subhead: one sentence, by language; mostly none.
        place: of the dateline, by language ("Utrecht").
        dated_on: of the dateline: the day of release.
        boilerplate_version: of the text "about us" in it.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    form: Literal["nl", "international"]
    stage: Literal["announcement", "results", "update"]
    subhead: LocalText = field(default_factory=dict)
    place: LocalText
    dated_on: date
    boilerplate_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPart:
    """An event that readers can put into their calendar.

    Args:
        method: PUBLISH to be saved; REQUEST to be answered (the reader is the one attendee);
            CANCEL to be taken out.
        organiser: mailbox that somebody reads; answers to REQUEST go there.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    method: Literal["PUBLISH", "REQUEST", "CANCEL"] = "PUBLISH"
    facts: EventFacts
    organiser: str
    description: LocalText = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The content of one piece, in all its languages. Texts may hold `[[figure id]]`.

    Args:
        id: "nieuwsbrief-2026-05", "congres-2026-resultaten", "nairobi-2025-pers-2-nl".
        series_id: the newsletter in sources.yaml; "mailings" or "press" for the others.
        number: the issue's number; 0 for what is not numbered.
        period_starts_at: news from this moment on, UTC.
        period_ends_at: news before this moment, UTC: the moment of drafting, mostly. The ledger
            is counted on its day.
        send_at: planned moment of sending, aware, in the newsletter's own time zone.
        audience_id: who gets it, an audience in sources.yaml; "" where `corrects` says who.
        languages: the editions, first the newsroom's first language.
        figures: the figures that blocks and texts refer to; bound to records, never edited.
        breakdowns: likewise those that charts show.
        purposes: what it is for.
        event_id: the event record it is about, "" for none.
        mailing: which message of the event's timeline it is ("invitation"), "" for none.
        responses: only those of the event's people; empty: the whole audience.
        facts_id: what its language versions have in common, and its embargo: "nairobi-2025-pers-2".
        head: of a press release.
        embargo: of a press release; mostly none.
        calendar: what readers can put into their calendar.
        corrects: id of the publication that it corrects or takes back; it goes to exactly those
            who got that one.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str
    kind: PublicationKind = "newsletter"
    series_id: str
    number: int
    period_starts_at: Moment
    period_ends_at: Moment
    send_at: Moment
    audience_id: str
    languages: tuple[str, ...]
    subject: LocalText
    preheader: LocalText
    intro: LocalText = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    closing: LocalText = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    event_id: str = ""
    mailing: str = ""
    responses: tuple[Response, ...] = ()
    facts_id: str = ""
    head: ReleaseHead | None = None
    embargo: Embargo | None = None
    calendar: CalendarPart | None = None
    corrects: str = ""

    def blocks(self) -> Iterator[Block]:
        """Yield every block in reading order."""
        for section in self.sections:
            yield from section.blocks

    def loose_texts(self) -> Iterator[tuple[str, LocalText]]:
        """Yield the name and value of each text that stands in no block."""
        yield from (("subject", self.subject), ("preheader", self.preheader), ("intro", self.intro))
        if self.head is not None:
            yield "head.subhead", self.head.subhead
        yield from ((section.id, section.heading) for section in self.sections)
        yield "closing", self.closing

    def figure_uses(self) -> Iterator[tuple[str, str]]:
        """Yield place and id of each figure that is shown or named: block id or name of the text."""
        for place, text in self.loose_texts():
            yield from ((place, name) for words in text.values() for name in figure_ids_in(words))
        for block in self.blocks():
            yield from ((block.id, name) for name in figure_ids_of(block))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """One edition as it will be sent, but for the reader's own fields.

    Args:
        html: the HTML part with `UNSUBSCRIBE_MARK` where the reader's link goes.
        text: the text part with the same mark.
        pictures: newsroom file of each picture by the public address used in `html`.
        calendar: iCalendar text with CRLF line ends, "" for none; of a REQUEST with
            `ATTENDEE_MARK` where the reader's address goes.
        calendar_method: METHOD of `calendar`.
        sha256: hash over subject, html, text and, where there is one, the calendar.
    """

    language: str
    subject: str
    preheader: str
    html: str
    text: str
    pictures: dict[str, str] = field(default_factory=dict)
    calendar: str = ""
    calendar_method: str = ""
    sha256: str


#: Stands in a rendering where each reader's own unsubscribe address goes.
UNSUBSCRIBE_MARK = "@@unsubscribe_url@@"
#: Stands in a calendar part where the one attendee's address goes.
ATTENDEE_MARK = "@@attendee@@"
