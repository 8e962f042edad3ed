"""Whose turn it is: who is new, and who is behind or ahead of their share of the last issues."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stuifmail.config.models import Domain, Member, Term
from stuifmail.model.selections import FeatureLog
from stuifmail.model.texts import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a member, kind, country or domain is behind (above 0) or ahead of its share.

    Args:
        name: by language.
        got: the share of the last issues' pieces, from 0 to 1.
        fair: what would be even.
        share: from -1 (far ahead) to 1 (not featured at all).
    """

    name: LocalText
    got: float
    fair: float

    @property
    def share(self) -> float:
        """The difference, as a share of the larger of the two."""
        most = max(self.got, self.fair)
        return (self.fair - self.got) / most if most else 0.0


class Shares:
    """Who is behind and who is ahead, and who is new.

    Args:
        members: those who left too; they do not count.
        kinds: names of the kinds of members.
        domains: names of the domains.
        log: what stood in the issues so far.
        today: the day of drafting.
        newcomer_days: a member is new so long after joining.
    """

    def __init__(
        self,
        members: Sequence[Member],
        kinds: Sequence[Term],
        domains: Sequence[Domain],
        log: FeatureLog,
        *,
        today: date,
        newcomer_days: int,
    ) -> None:
        active = [member for member in members if not (member.left and member.left <= today)]
        self._members = {member.id: member for member in active}
        self._kinds = Counter(member.kind for member in active)
        self._countries = Counter(member.country for member in active)
        self._kind_names = {kind.id: kind.name for kind in kinds}
        self._domain_names = {domain.id: domain.name for domain in domains}
        self._log = log
        first = today - timedelta(days=newcomer_days)
        self._new = {member.id for member in active if first < member.joined <= today}

    def is_new(self, member_id: str) -> bool:
        """Answer whether the member joined lately."""
        return member_id in self._new

    def waits_for_first(self, member_id: str) -> bool:
        """Answer whether a new member was not featured yet."""
        return member_id in self._new and member_id not in self._log.last

    def kinds_of(self, members: Sequence[str]) -> frozenset[str]:
        """Answer the kinds of these members."""
        return frozenset(self._members[member].kind for member in members if member in self._members)

    def weigh(self, members: Sequence[str], domain: str | None) -> Iterator[Standing]:
        """Yield how the story's first member, its kind and country, and the domain stand.

        Nothing where no issue was sent yet: then nobody is behind or ahead.
        """
        total, everybody = self._log.pieces_count, len(self._members)
        member = self._members.get(members[0]) if members else None
        if total and member:
            yield Standing(
                name={"": member.name},
                got=self._log.members.get(member.id, 0) / total,
                fair=1 / everybody,
            )
            yield Standing(
                name=self._kind_names.get(member.kind, {"": member.kind}),
                got=self._log.kinds.get(member.kind, 0) / total,
                fair=self._kinds[member.kind] / everybody,
            )
            yield Standing(
                name={"": member.country},
                got=self._log.countries.get(member.country, 0) / total,
                fair=self._countries[member.country] / everybody,
            )
        if total and domain:
            yield Standing(
                name=self._domain_names[domain],
                got=self._log.domains.get(domain, 0) / total,
                fair=1 / len(self._domain_names),
            )
