"""What the newsletter's templates see: plain values with everything in words already.

Templates decide how things look, not what they say: dates, numbers, credits and link texts
come ready in the edition's language.
"""

from dataclasses import dataclass

from stuifmail.render.labels import Labels
from stuifmail.render.palette import Palette


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text and the language it is in.

    Args:
        is_foreign: its language is not the edition's, so it is marked for screen readers.
    """

    text: str
    language: str
    is_foreign: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link: where to, and what it says."""

    href: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture: its public address, what it shows, and whom to thank ("" for nobody)."""

    src: str
    alt: Words
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditView:
    """Whose news it is: "Gemeente", "Kornoeldam"; or "Nieuws van", "Zoem", "en twee andere leden".

    Args:
        kind: of the member, with a capital; "" when unknown, or when there are several.
        brought: what stands before the names of several members, "" for one.
        name: the first member, or two of them joined; "" for the secretariat's own news.
        others: how many more, in words; "" for none.
        tag: "EN" when what is behind the link is not in the edition's language, else "".
        tag_title: the tag in words ("in het Engels").
    """

    kind: str = ""
    brought: str = ""
    name: str = ""
    others: str = ""
    tag: str = ""
    tag_title: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """One piece of member news."""

    id: str
    credit: CreditView
    title: Words
    text: Words
    link: LinkView | None
    picture: PictureView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One date.

    Args:
        month, days: for the tile ("juni", "8").
        when: day and time in words.
        host: the member whose event it is, "" where the place says so already.
        tentative: the words that say so, "" for a firm date.
        remark: note of the editor.
    """

    id: str
    month: str
    days: str
    when: str
    title: Words
    place: str
    href: str
    host: str
    tentative: str
    remark: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """One figure.

    Args:
        value: in the language's notation.
        previous: last time's in words ("71 in 2025"), "" when there is none.
        share, previous_share: lengths of the two bars, percent of the longer one; 0 for no bar.
    """

    value: str
    unit: Words
    previous: str = ""
    share: int = 0
    previous_share: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsView:
    """Results of one event."""

    id: str
    title: Words
    figures: tuple[FigureView, ...]
    text: Words
    link: LinkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A short message."""

    id: str
    tone: str
    credit: CreditView
    title: Words
    text: Words
    link: LinkView | None
    figure: FigureView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A part of the letter, its blocks by kind in the editor's order.

    Args:
        rows: the stories as they stand beside each other, one or two in a row.
    """

    id: str
    kind: str
    heading: Words
    stories: tuple[StoryView, ...] = ()
    rows: tuple[tuple[StoryView, ...], ...] = ()
    events: tuple[EventView, ...] = ()
    results: tuple[ResultsView, ...] = ()
    notices: tuple[NoticeView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderView:
    """Who sends the letter."""

    name: str
    website: str
    email: str
    postal_address: tuple[str, ...]
    registration: str
    logo: PictureView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """One edition of one issue.

    Args:
        issue: name and number ("Nieuwsbrief nr. 47").
        month: "mei 2026".
        web_url: the letter on the site.
        editions: the other languages.
        join: where others can join; None where a section says so already.
        why: why the reader gets this.
        unsubscribe_url: a mark in which each reader's own address is put.
    """

    language: str
    labels: Labels
    light: Palette
    dark: Palette
    sender: SenderView
    subject: str
    preheader: Words
    issue: str
    month: str
    web_url: str
    editions: tuple[LinkView, ...]
    intro: Words
    sections: tuple[SectionView, ...]
    closing: Words
    submit: LinkView | None
    join: LinkView | None
    why: Words
    privacy_url: str
    unsubscribe_url: str
