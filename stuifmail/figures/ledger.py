"""What the ledger tells of a period and of an event: who joined, who left, who was announced. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stuifmail.config.events import Prospect
from stuifmail.config.models import Member, Vocabularies
from stuifmail.figures.countries import EUROPEAN_UNION
from stuifmail.figures.membership import (
    TierMove,
    active_members,
    joined_between,
    left_between,
    moved_between,
    signed_by,
    tier_on,
)
from stuifmail.model.records import Realisation
from stuifmail.model.texts import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCount:
    """The membership on one day.

    Args:
        by_tier, by_kind: by id, in the order of the vocabularies; kinds without members are left out.
        countries: codes, without the European Union.
        signed_count: members that had signed the declaration by then.
    """

    on: date
    total: int
    by_tier: Mapping[str, int]
    by_kind: Mapping[str, int]
    countries: tuple[str, ...]
    signed_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Who came and went in a period.

    Args:
        since: first day; until: last day.
        joined, left: the earliest first.
        moved: from one tier to another; they neither joined nor left.
    """

    since: date
    until: date
    joined: tuple[Member, ...]
    left: tuple[Member, ...]
    moved: tuple[TierMove, ...]

    @property
    def net(self) -> int:
        """How many more members there were after it: gross joins less who left."""
        return len(self.joined) - len(self.left)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """What a notice says of a member that joined.

    Args:
        kind, tier: the words of the vocabularies, by language.
        country: ISO 3166 code; EU for the European Union, which is no country.
        website: "" when it has none.
        joined_on: first day of membership; signed_on: of the declaration, None when it did not sign.
        returned: it had been a member before.
    """

    member_id: str
    name: str
    kind: LocalText
    tier: LocalText
    country: str
    website: str
    joined_on: date
    signed_on: date | None = None
    returned: bool = False


def count_ledger(members: Sequence[Member], vocabularies: Vocabularies, on: date) -> LedgerCount:
    """Answer the membership on one day: who joins on it counts, who leaves on it does not."""
    active = active_members(members, on)
    tiers = [tier_on(member, on) for member in active]
    kinds = [member.kind for member in active]
    return LedgerCount(
        on=on,
        total=len(active),
        by_tier={tier.id: tiers.count(tier.id) for tier in vocabularies.tiers},
        by_kind={kind.id: kinds.count(kind.id) for kind in vocabularies.member_kinds if kind.id in kinds},
        countries=tuple(sorted({member.country for member in active} - {EUROPEAN_UNION})),
        signed_count=len(signed_by(members, on)),
    )


def find_movement(members: Sequence[Member], since: date, until: date) -> Movement:
    """Answer who came and went from the first to the last day of a period."""
    end = until + timedelta(days=1)
    return Movement(
        since=since,
        until=until,
        joined=joined_between(members, since, end),
        left=left_between(members, since, end),
        moved=moved_between(members, since, end),
    )


def describe_new_members(members: Sequence[Member], vocabularies: Vocabularies) -> tuple[NewMember, ...]:
    """Answer what notices say of these members, in the order given."""
    kinds = {term.id: term.name for term in vocabularies.member_kinds}
    tiers = {term.id: term.name for term in vocabularies.tiers}
    return tuple(
        NewMember(
            member_id=member.id,
            name=member.name,
            kind=dict(kinds.get(member.kind, {})),
            tier=dict(tiers.get(member.tier, {})),
            country=member.country,
            website=member.website or "",
            joined_on=member.joined,
            signed_on=member.signed,
            returned=bool(member.earlier) and member.earlier[-1].left != member.joined,
        )
        for member in members
    )


def compare_announced(
    event_id: str, prospects: Sequence[Prospect], joined: Sequence[Member], first_day: date | None
) -> Realisation:
    """Answer who was announced to join at an event, and who did.

    Announced is who had confirmed the day before it began, and had not withdrawn by then. Names
    are the members' own where a prospect is a member by now.

    Args:
        prospects: all of the newsroom.
        joined: who joined at the event, by the ledger.
        first_day: of the event, in its own zone; None while it has no date: then what is known now.
    """
    names = {member.id: member.name for member in joined}
    announced = [
        names.get(prospect.id, prospect.name)
        for prospect in prospects
        if prospect.event == event_id and step_before(prospect, first_day) in ("confirmed", "signed")
    ]
    return Realisation(
        event_id=event_id,
        announced=tuple(announced),
        realised=tuple(member.name for member in joined),
    )


def step_before(prospect: Prospect, day: date | None) -> str:
    """Answer how far a prospect was on the day before this one, "" when nobody had asked it yet.

    Args:
        day: None for its last step of all.
    """
    done = [step.step for step in prospect.steps if day is None or step.on < day]
    return done[-1] if done else ""
