"""What is reviewed and sent: structured content, and its renderings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias

from stuifmail.model.events import DaySpan
from stuifmail.model.figures import Figure
from stuifmail.model.selections import Reason
from stuifmail.model.texts import LocalText
from stuifmail.model.times import Moment, MomentOrDay

_STRICT = {"extra": "forbid"}


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


Block: TypeAlias = StoryBlock | EventBlock | FiguresBlock | NoticeBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A named part of an issue.

    Args:
        id: the section's id in sources.yaml.
        kind: which layout it gets: lead, stories, agenda, results, asks, welcome.
        heading: by language; the lead has none.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str
    kind: Literal["lead", "stories", "agenda", "results", "asks", "welcome"]
    heading: LocalText = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The content of one issue, in all its languages. Texts may hold `[[figure id]]`.

    Args:
        id: "nieuwsbrief-2026-05".
        series_id: the newsletter in sources.yaml.
        number: the issue's number.
        period_starts_at: news from this moment on, UTC.
        period_ends_at: news before this moment, UTC.
        send_at: planned moment of sending, aware, in the newsletter's own time zone.
        audience_id: who gets it.
        languages: the editions, first the newsroom's first language.
        figures: the figures that blocks and texts refer to; bound to records, never edited.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str
    kind: Literal["newsletter"] = "newsletter"
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

    def blocks(self) -> Iterator[Block]:
        """Yield every block in reading order."""
        for section in self.sections:
            yield from section.blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """One edition as it will be sent, but for the reader's own fields.

    Args:
        html: the HTML part with `UNSUBSCRIBE_MARK` where the reader's link goes.
        text: the text part with the same mark.
        pictures: newsroom file of each picture by the public address used in `html`.
        sha256: hash over subject, html and text.
    """

    language: str
    subject: str
    preheader: str
    html: str
    text: str
    pictures: dict[str, str] = field(default_factory=dict)
    sha256: str


#: Stands in a rendering where each reader's own unsubscribe address goes.
UNSUBSCRIBE_MARK = "@@unsubscribe_url@@"
