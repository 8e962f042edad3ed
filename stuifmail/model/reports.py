"""What a month or year came to: for the secretariat's board, and for whoever divides attention."""

from dataclasses import dataclass, field
from datetime import date, datetime

from stuifmail.model.reviews import EmbargoRecord
from stuifmail.model.texts import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One publication that was sent in the period.

    Args:
        purposes: what it was for; empty when nobody said.
        campaign: the dossier of its event, "" for none.
        accepted_count: copies that the next server took.
        suppressed_count: readers of its audience who got none.
    """

    id: str
    kind: str
    title: LocalText
    sent_at: datetime
    purposes: tuple[str, ...] = ()
    campaign: str = ""
    accepted_count: int = 0
    suppressed_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How often something was counted.

    Args:
        name: by language; empty where the templates have the words.
    """

    id: str
    name: LocalText
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What one kind of member, country or field of work had of all pieces.

    Args:
        count: pieces; a piece of several counts for each of them.
        percent: of all pieces.
        fair_percent: what would be even: the share of the members, or an equal part.
    """

    id: str
    name: LocalText
    count: int
    percent: float
    fair_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPortion:
    """What one member had of all pieces.

    Args:
        words_percent: of all words of members' pieces; a piece of several is parted evenly.
        last_at: when the member last stood in something that was sent; None: never so far.
        trouble: why its silence need not mean that it did nothing (no source, or one that fails); or "".
    """

    id: str
    name: str
    kind: str
    country: str
    count: int
    words_percent: float
    last_at: datetime | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """Something that was done otherwise than the rules say, with its reason.

    Args:
        what: the publication, or the figure with both its numbers.
        actor: a role.
    """

    what: str
    actor: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A correction or kill notice that was sent, or something that was taken back.

    Args:
        kind: "correction" or "kill".
        of: the publication concerned.
    """

    id: str
    kind: str
    of: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReport:
    """What a month or year came to.

    Args:
        label: "2026" or "2026-05".
        starts_on, ends_on: first and last day.
        made_at: when this was looked up; later sendings are not in it.
        purposes: all six, those without a piece too; a piece with several counts for each.
        unstated_count: pieces of which nobody said what they were for.
        campaigns: the dossiers that had a piece, the largest first.
        news_count: pieces of members' news in what was sent.
        members: everybody who was a member on the last day, the most featured first.
        focus_points: all of the year, with the number of pieces; 0 is a gap.
    """

    label: str
    starts_on: date
    ends_on: date
    made_at: datetime
    pieces: tuple[Piece, ...] = ()
    purposes: tuple[Count, ...] = ()
    unstated_count: int = 0
    campaigns: tuple[Count, ...] = ()
    news_count: int = 0
    members: tuple[MemberPortion, ...] = ()
    kinds: tuple[Portion, ...] = ()
    countries: tuple[Portion, ...] = ()
    domains: tuple[Portion, ...] = ()
    focus_points: tuple[Count, ...] = ()
    single_eyes: tuple[Deviation, ...] = ()
    overrides: tuple[Deviation, ...] = ()
    repairs: tuple[Repair, ...] = field(default=())
    embargoes: tuple[EmbargoRecord, ...] = ()

    @property
    def gaps(self) -> tuple[Count, ...]:
        """The focus points that nothing was written about."""
        return tuple(point for point in self.focus_points if not point.count)

    @property
    def silent(self) -> tuple[MemberPortion, ...]:
        """The members that stood in nothing."""
        return tuple(member for member in self.members if not member.count)

    @property
    def accepted_count(self) -> int:
        """Copies that were accepted, all pieces together."""
        return sum(piece.accepted_count for piece in self.pieces)

    @property
    def suppressed_count(self) -> int:
        """Copies that were kept back, all pieces together."""
        return sum(piece.suppressed_count for piece in self.pieces)
