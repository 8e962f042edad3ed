"""The membership on a day, counted from the ledger: totals are never typed in.

Gross is who joined, net is what the totals say; members who left make the difference. Who goes
from one tier to another without a day between neither left nor joined.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from stuifmail.config.codec import sha256_of
from stuifmail.config.models import Member, Term
from stuifmail.figures.countries import EUROPEAN_UNION
from stuifmail.figures.metrics import MEMBER_METRICS
from stuifmail.model.figures import Figure
from stuifmail.model.texts import LocalText

#: What the source of these figures is called: the members in sources.yaml.
LEDGER = "ledger"

_LEDGER_FIELDS = {"id", "kind", "country", "tier", "joined", "left", "earlier", "signed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A time in which a member had one tier.

    Args:
        since: first day.
        until: first day on which it was no longer so; None while it is.
    """

    tier: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TierMove:
    """A member that went from one tier to another."""

    member_id: str
    name: str
    before: str
    after: str
    on: date


def count_members(
    members: Sequence[Member], *, on: date, tiers: Sequence[Term], computed_at: datetime
) -> tuple[Figure, ...]:
    """Count the members on one day: `members.<tier>s` for each tier, `.total` and `.countries`.

    Args:
        members: the whole ledger, those who left too.
        on: the day; who joins on it counts, who leaves on it does not.
        tiers: the newsroom's tiers, in the order of the answer.
        computed_at: aware, UTC.
    """
    active = active_members(members, on)
    held = {member.id: tier_on(member, on) for member in active}
    return _make_figures(members, _count_each(active, held, tiers), computed_at)


def count_movement(
    members: Sequence[Member], *, since: date, until: date, computed_at: datetime
) -> tuple[Figure, ...]:
    """Count who came and went between two days: `members.joined`, `.left` and `.net`.

    Args:
        since: first day.
        until: the day after the last.
        computed_at: aware, UTC.
    """
    joined, left = len(joined_between(members, since, until)), len(left_between(members, since, until))
    found = [("joined", joined), ("left", left), ("net", joined - left)]
    counted = [
        (name, count, MEMBER_METRICS[name].unit(count), f"members_{MEMBER_METRICS[name].definition}")
        for name, count in found
    ]
    return _make_figures(members, counted, computed_at)


def spells_of(member: Member) -> tuple[Spell, ...]:
    """Answer the times in which a member had one tier, the earliest first."""
    earlier = [Spell(tier=each.tier, since=each.joined, until=each.left) for each in member.earlier]
    last = Spell(tier=member.tier, since=member.joined, until=member.left)
    return tuple(sorted((*earlier, last), key=lambda spell: spell.since))


def tier_on(member: Member, on: date) -> str:
    """Answer the member's tier on a day, "" when it was no member then."""
    found = (spell.tier for spell in spells_of(member) if _covers(spell, on))
    return next(found, "")


def active_members(members: Sequence[Member], on: date) -> list[Member]:
    """Answer who is a member on this day, in the ledger's order."""
    return [member for member in members if tier_on(member, on)]


def joined_between(members: Sequence[Member], start: date, end: date) -> tuple[Member, ...]:
    """Answer who joined from `start` up to and not including `end`, the earliest first.

    Who was a member the day before did not join; who comes back after an absence did.
    """
    joined = [
        (spell.since, member.name, member)
        for member in members
        for spell in _arrivals(member)
        if start <= spell.since < end
    ]
    return _members_of(joined)


def left_between(members: Sequence[Member], start: date, end: date) -> tuple[Member, ...]:
    """Answer who left from `start` up to and not including `end`, the earliest first."""
    left = [
        (day, member.name, member) for member in members for day in _departures(member) if start <= day < end
    ]
    return _members_of(left)


def moved_between(members: Sequence[Member], start: date, end: date) -> tuple[TierMove, ...]:
    """Answer who went from one tier to another from `start` up to and not including `end`."""
    moves = [
        TierMove(member_id=member.id, name=member.name, before=before.tier, after=after.tier, on=after.since)
        for member in members
        for before, after in _pairs(spells_of(member))
        if before.until == after.since and before.tier != after.tier and start <= after.since < end
    ]
    return tuple(sorted(moves, key=lambda move: (move.on, move.name)))


def signed_by(members: Sequence[Member], on: date) -> list[Member]:
    """Answer which members of this day had signed the declaration by then, in the ledger's order."""
    return [member for member in active_members(members, on) if member.signed and member.signed <= on]


def _covers(spell: Spell, on: date) -> bool:
    return spell.since <= on and (spell.until is None or on < spell.until)


def _pairs(spells: Sequence[Spell]) -> Iterator[tuple[Spell, Spell]]:
    return pairwise(spells)


def _arrivals(member: Member) -> list[Spell]:
    spells = spells_of(member)
    return [spells[0], *(after for before, after in _pairs(spells) if before.until != after.since)]


def _departures(member: Member) -> list[date]:
    spells = spells_of(member)
    ends = [before.until for before, after in _pairs(spells) if before.until != after.since]
    return [day for day in (*ends, spells[-1].until) if day is not None]


def _members_of(found: list[tuple[date, str, Member]]) -> tuple[Member, ...]:
    return tuple(member for _, _, member in sorted(found, key=lambda line: line[:2]))


def _make_figures(
    members: Sequence[Member],
    counted: Iterator[tuple[str, int, LocalText, str]] | list[tuple[str, int, LocalText, str]],
    computed_at: datetime,
) -> tuple[Figure, ...]:
    ledger = [member.model_dump(mode="json", include=_LEDGER_FIELDS) for member in members]
    digest = sha256_of(sorted(ledger, key=lambda line: str(line["id"])))
    return tuple(
        Figure(
            id=f"members.{name}",
            value=value,
            unit=unit,
            definition=definition,
            source_id=LEDGER,
            source_sha256=digest,
            computed_at=computed_at,
        )
        for name, value, unit, definition in counted
    )


def _count_each(
    active: Sequence[Member], held: dict[str, str], tiers: Sequence[Term]
) -> Iterator[tuple[str, int, LocalText, str]]:
    for tier in tiers:
        count = sum(held[member.id] == tier.id for member in active)
        name = tier.id if tier.id.endswith("s") else f"{tier.id}s"
        yield name, count, _tier_unit(tier, count), "members_of_tier/1"
    countries = {member.country for member in active} - {EUROPEAN_UNION}
    for name, count in (("total", len(active)), ("countries", len(countries))):
        metric = MEMBER_METRICS[name]
        yield name, count, metric.unit(count), f"members_{metric.definition}"


def _tier_unit(tier: Term, count: int) -> LocalText:
    """The tier's own name; Dutch and English plurals of tiers (partner, supporter) end in s."""
    plural = {code: name if name.lower().endswith("s") else f"{name}s" for code, name in tier.name.items()}
    return {code: name.lower() for code, name in (tier.name if count == 1 else plural).items()}
