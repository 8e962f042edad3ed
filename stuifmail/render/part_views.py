"""What templates see of running text and what goes with it: plain values, everything in words."""

from dataclasses import dataclass
from typing import TypeAlias

from stuifmail.render.word_views import LinkView, PictureView, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """Running text.

    Args:
        role: lead, body, note, contact, about or correction.
    """

    kind: str = "text"
    id: str
    role: str
    title: Words
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """What somebody said.

    Args:
        text: with quotation marks.
        speaker: function and organisation, in words.
    """

    kind: str = "quote"
    id: str
    text: Words
    speaker: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """One fact of an event.

    Args:
        name: "when", "where" and so on; label: what it is called.
        lines: what it is, the first line first.
        notice: what readers must not miss about it ("gaat niet door"), "" for nothing.
        is_struck: the lines no longer hold, as the notice says.
        link: where it leads to, None for nowhere.
    """

    name: str
    label: str
    lines: tuple[Words, ...] = ()
    notice: str = ""
    is_struck: bool = False
    link: LinkView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsView:
    """The facts of an event."""

    kind: str = "details"
    id: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRowView:
    """One line of a programme.

    Args:
        time: "14.00–14.30", "" when it has none; by: who speaks; is_break: nothing is on.
    """

    time: str
    title: Words
    by: Words
    is_break: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeView:
    """A programme.

    Args:
        time: what the column of times is called, with the zone where it is not the reader's.
    """

    kind: str = "programme"
    id: str
    title: Words
    time: str
    rows: tuple[ProgrammeRowView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One fact that became other."""

    label: Words
    before: Words
    after: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """What became other."""

    kind: str = "changes"
    id: str
    title: Words
    lines: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRowView:
    """One bar of a chart, as a row of its table."""

    label: Words
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """A picture of numbers, and the same numbers as a table.

    Args:
        unit: what the numbers count.
        total: what they are together, in words; "" where that says nothing.
    """

    kind: str = "chart"
    id: str
    title: Words
    picture: PictureView
    unit: Words
    rows: tuple[ChartRowView, ...]
    total: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """The one thing that readers are asked to do."""

    kind: str = "action"
    id: str
    href: str
    label: Words
    note: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersView:
    """Figures in running text, where nothing is shown large.

    Args:
        lines: each figure in words ("84 deelnemers"), with its growth or "".
    """

    kind: str = "numbers"
    id: str
    title: Words
    lines: tuple[tuple[str, Words, str], ...]
    text: Words
    link: LinkView | None = None


PartView: TypeAlias = (
    TextView | QuoteView | DetailsView | ProgrammeView | ChangesView | ChartView | ActionView | NumbersView
)
