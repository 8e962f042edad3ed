"""What was chosen for an issue, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stuifmail.model.events import DaySpan, Event
from stuifmail.model.items import Item
from stuifmail.model.times import MomentOrDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One of the reasons that together make a story's points.

    Args:
        part: which weight of `curation.weights` it is.
        points: what it adds; below 0 for what is taken off.
        words: the reason for a person to read.
    """

    part: str
    points: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One story for one section.

    Args:
        credits: ids of the members who bring it, the origin first.
        also: ids of the other items that tell the same news.
        theme: id of the theme it fits best, None for none.
        why: why it was chosen, one sentence for the editor.
        reasons: what its points are made of; the points of all of them make `points`.
    """

    item: Item
    credits: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    theme: str | None = None
    why: str = ""
    points: float = 0.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPick:
    """One event for the agenda.

    Args:
        why: why it was chosen, one sentence for the editor.
        starts_at: of the date that is shown: the next one of an event that repeats; None stands
            for the event's own.
        ends_at: likewise.
        span: what is known of the date, where it is open.
        more_count: of an event that repeats, how many dates follow within the agenda's days.
    """

    event: Event
    why: str = ""
    starts_at: MomentOrDay | None = None
    ends_at: MomentOrDay | None = None
    span: DaySpan | None = None
    more_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureLog:
    """Who and what stood in the issues so far, for giving each its turn.

    Args:
        last: when each member was last featured, by member id.
        pieces_count: pieces in the issues that shares are taken over.
        members, kinds, countries, domains: of these pieces, by member id, kind, country, domain;
            a piece of several counts for each of them.
        year_pieces_count: pieces in the issues of this year.
        focus_points: of these, by focus point.
    """

    last: Mapping[str, datetime] = field(default_factory=dict)
    pieces_count: int = 0
    members: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    countries: Mapping[str, int] = field(default_factory=dict)
    domains: Mapping[str, int] = field(default_factory=dict)
    year_pieces_count: int = 0
    focus_points: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyResult:
    """What the members' survey says about themes.

    Args:
        weights: by theme id; their average is 1.
        file: the sheet, from the newsroom's folder.
        sha256: hash of its bytes.
        taken: day of the survey, yyyy-mm-dd.
        answers_count: rows that counted.
        problems: rows that did not, one sentence each.
    """

    weights: Mapping[str, float]
    file: str
    sha256: str
    taken: str
    answers_count: int
    problems: tuple[str, ...] = ()
