"""Who in a group can help whom: frontrunners beside starters. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from stuifmail.config.events import Group, GroupMember


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A suggestion for the editor.

    Args:
        starter, frontrunner: ids of members.
        themes: ids of themes that they share, in the starter's order; empty: none in particular.
    """

    starter: str
    frontrunner: str
    themes: tuple[str, ...] = ()


def match_pairs(group: Group) -> tuple[Pair, ...]:
    """Answer for each starter of a group the frontrunner that fits best, in the starters' order.

    Best is who shares most themes; nobody gets more starters than an even share.
    """
    starters = [member for member in group.members if member.maturity == "starter"]
    frontrunners = [member for member in group.members if member.maturity == "frontrunner"]
    if not frontrunners:
        return ()
    most = ceil(len(starters) / len(frontrunners))
    found: dict[str, GroupMember] = {}
    load: Counter[str] = Counter()
    for starter, frontrunner in _best_first(starters, frontrunners):
        if starter.member not in found and load[frontrunner.member] < most:
            found[starter.member] = frontrunner
            load[frontrunner.member] += 1
    return tuple(
        Pair(
            starter=starter.member,
            frontrunner=found[starter.member].member,
            themes=_shared(starter, found[starter.member]),
        )
        for starter in starters
    )


def _best_first(
    starters: Sequence[GroupMember], frontrunners: Sequence[GroupMember]
) -> list[tuple[GroupMember, GroupMember]]:
    """Answer all pairs, those that share most themes first; else in the order of the settings."""
    pairs = [(starter, frontrunner) for starter in starters for frontrunner in frontrunners]
    return sorted(pairs, key=lambda pair: -_fit(*pair))


def _fit(starter: GroupMember, frontrunner: GroupMember) -> float:
    # Who names no themes is at home in all: better than somebody at home in others only.
    return len(_shared(starter, frontrunner)) or (0 if starter.themes and frontrunner.themes else 0.5)


def _shared(starter: GroupMember, frontrunner: GroupMember) -> tuple[str, ...]:
    return tuple(theme for theme in starter.themes if theme in frontrunner.themes)
