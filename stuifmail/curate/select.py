"""Choosing stories for the sections of an issue, each with the reason why."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from stuifmail.config.models import FocusPoint, Member, Newsletter, Theme
from stuifmail.curate.agenda import select_events
from stuifmail.curate.eligible import Frame, in_period, why_left_out
from stuifmail.curate.places import Places, claimed_kinds
from stuifmail.curate.rank import rank_stories
from stuifmail.curate.stories import gather_stories
from stuifmail.model.items import Item
from stuifmail.model.selections import Pick

__all__ = ["LeftOut", "Selection", "select_events", "select_stories"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An item of the period that was not chosen, and why, for the editor."""

    item: Item
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What was chosen for an issue.

    Args:
        picks: by section id, in the newsletter's order; the best first. Empty sections too.
        left_out: items of the period that may not be chosen, oldest first.
        waiting: items that might have been chosen had there been room, the best first.
    """

    picks: Mapping[str, tuple[Pick, ...]]
    left_out: tuple[LeftOut, ...] = ()
    waiting: tuple[LeftOut, ...] = ()


def select_stories(  # noqa: PLR0913 - the one door of this stage: each argument is one thing it weighs
    items: Sequence[Item],
    *,
    newsletter: Newsletter,
    members: Sequence[Member],
    themes: Sequence[Theme],
    focus_points: Sequence[FocusPoint],
    period: tuple[datetime, datetime],
    featured: Mapping[str, datetime],
    already_sent: AbstractSet[str],
    now: datetime,
    language: str = "nl",
) -> Selection:
    """Choose the stories of an issue for its lead, stories and asks sections.

    A section takes items of the kinds that it holds; one that names none takes all kinds that
    no other section names. The lead is chosen first, then the sections in their order.

    Args:
        items: any items, in any order.
        newsletter: its sections, and how many pieces one member may have.
        members: the coalition's members, those who left too.
        themes: what news can be about.
        focus_points: of any year; those of the year in which the period ends count.
        period: news from the first moment on, before the second; aware.
        featured: when each member was last featured, by member id; aware.
        already_sent: ids of items that stood in an earlier issue.
        now: aware.
        language: in which reasons are told, "nl" or "en".
    """
    by_id = {member.id: member for member in members}
    frame = Frame(members=by_id, period=period, already_sent=already_sent, now=now, language=language)
    candidates, left_out = _sift(items, frame)
    stories = [story for group in _part_kinds(candidates, newsletter) for story in gather_stories(group)]
    ranked = rank_stories(stories, themes=themes, focus_points=focus_points, featured=featured, frame=frame)
    places = Places(newsletter=newsletter, waiting=ranked, language=language)
    places.fill()
    return Selection(picks=dict(places.picks), left_out=tuple(left_out), waiting=tuple(_no_room(places)))


def _sift(items: Iterable[Item], frame: Frame) -> tuple[list[Item], list[LeftOut]]:
    """Part the items of the period into those that may be news, and the others with the reason."""
    candidates, left_out = [], []
    for item in sorted(items, key=lambda item: (item.dated_at, item.id)):
        if not in_period(item, frame):
            continue
        if reason := why_left_out(item, frame):
            left_out.append(LeftOut(item=item, reason=reason))
        else:
            candidates.append(item)
    return candidates, left_out


def _part_kinds(items: Iterable[Item], newsletter: Newsletter) -> list[list[Item]]:
    """Part the items by kind, so that a question and the news about it stay two things."""
    claimed = claimed_kinds(newsletter)
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.entry.kind if item.entry.kind in claimed else "", []).append(item)
    return list(groups.values())


def _no_room(places: Places) -> list[LeftOut]:
    return [LeftOut(item=ranked.story.item, reason=places.why_no_place(ranked)) for ranked in places.waiting]
