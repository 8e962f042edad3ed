"""The membership on a day, counted from the ledger: totals are never typed in.

Gross is who joined, net is what the totals say; members who left make the difference.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from stuifmail.config.codec import sha256_of
from stuifmail.config.models import Member, Term
from stuifmail.figures.countries import EUROPEAN_UNION
from stuifmail.figures.metrics import MEMBER_METRICS
from stuifmail.model.figures import Figure
from stuifmail.model.texts import LocalText

#: What the source of these figures is called: the members in sources.yaml.
LEDGER = "ledger"

_LEDGER_FIELDS = {"id", "kind", "country", "tier", "joined", "left"}


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
        for name, value, unit, definition in _count_each(active_members(members, on), tiers)
    )


def active_members(members: Sequence[Member], on: date) -> list[Member]:
    """Answer who is a member on this day, in the ledger's order."""
    return [member for member in members if member.joined <= on and (member.left is None or on < member.left)]


def joined_between(members: Sequence[Member], start: date, end: date) -> tuple[Member, ...]:
    """Answer who joined from `start` up to and not including `end`, the earliest first."""
    joined = [member for member in members if start <= member.joined < end]
    return tuple(sorted(joined, key=lambda member: (member.joined, member.name)))


def left_between(members: Sequence[Member], start: date, end: date) -> tuple[Member, ...]:
    """Answer who left from `start` up to and not including `end`, the earliest first."""
    left = [
        (member.left, member.name, member) for member in members if member.left and start <= member.left < end
    ]
    return tuple(member for _, _, member in sorted(left, key=lambda line: line[:2]))


def _count_each(active: Sequence[Member], tiers: Sequence[Term]) -> Iterator[tuple[str, int, LocalText, str]]:
    for tier in tiers:
        count = sum(member.tier == tier.id for member in active)
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
