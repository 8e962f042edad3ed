"""What the newsletter's templates see: plain values with everything in words already.

Templates decide how things look, not what they say: dates, numbers, credits and link texts
come ready in the edition's language.
"""

from dataclasses import dataclass

from stuifmail.render.labels import Labels
from stuifmail.render.palette import Palette
from stuifmail.render.part_views import PartView
from stuifmail.render.word_views import NO_WORDS, LinkView, PictureView, Words

__all__ = [
    "CreditView",
    "EventView",
    "FigureView",
    "LetterView",
    "LinkView",
    "NoticeView",
    "PictureView",
    "ReleaseView",
    "ResultsView",
    "SectionView",
    "SenderView",
    "StoryView",
    "Words",
]


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
        previous: last time's in words ("71 in 2025"), or that it was the first; else "".
        growth: how much it differs from last time, in words, or that it was the first; else "".
        share, previous_share: lengths of the two bars, percent of the longer one; 0 for no bar.
    """

    value: str
    unit: Words
    previous: str = ""
    growth: str = ""
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
        parts: running text and what goes with it, each of its own kind.
    """

    id: str
    kind: str
    heading: Words
    stories: tuple[StoryView, ...] = ()
    rows: tuple[tuple[StoryView, ...], ...] = ()
    events: tuple[EventView, ...] = ()
    results: tuple[ResultsView, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    parts: tuple[PartView, ...] = ()


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
class ReleaseView:
    """What a press release says around its text.

    Args:
        form: "nl" or "international".
        label: what it is ("PERSBERICHT").
        release: when it may be published, in words; "" where that goes without saying.
        is_embargoed: it may not be published yet; `reason` says why.
        sent_by: who sends it, and when.
        dateline: stands before the first words of the lead.
        end: below the last words that may be published.
        notes: the heading of what is for editors only.
    """

    form: str
    label: str
    release: str
    is_embargoed: bool = False
    reason: str = ""
    sent_by: str
    subhead: Words
    dateline: str
    end: str
    notes: str


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
        kind: of the publication; `label` says it in words ("Uitnodiging"), "" for a newsletter.
        headline: what it is about, where that is not its first block.
        release: what a press release says around its text, None for other kinds.
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
    kind: str = "newsletter"
    label: str = ""
    headline: Words = NO_WORDS
    release: ReleaseView | None = None
