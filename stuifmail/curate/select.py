"""Choosing stories for the sections of an issue, each with the reason why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from stuifmail.config.models import Curation, Member, Newsletter, Vocabularies
from stuifmail.curate.agenda import select_events
from stuifmail.curate.eligible import Frame, in_period, why_left_out
from stuifmail.curate.fairness import Shares
from stuifmail.curate.places import Places, claimed_kinds, explain_no_place, fill_places
from stuifmail.curate.rank import RankedStory, rank_stories
from stuifmail.curate.score import Yardstick, explain
from stuifmail.curate.signals import Mentions
from stuifmail.curate.stories import Story, gather_stories
from stuifmail.curate.themes import Match, Vocabulary
from stuifmail.curate.wording import say
from stuifmail.model.items import Item
from stuifmail.model.selections import FeatureLog, Pick, Reason

__all__ = ["LeftOut", "Selection", "select_events", "select_stories"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An item of the period that was not chosen, and why, for the editor.

    Args:
        credits: ids of the members who bring it; only for what was weighed.
        points, reasons, why: what it was worth, and that as a sentence; only for what was weighed.
    """

    item: Item
    reason: str
    credits: tuple[str, ...] = ()
    points: float = 0.0
    reasons: tuple[Reason, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """What an item is about, the best fitting first, with the words that betrayed it."""

    themes: tuple[Match, ...] = ()
    domains: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What was chosen for an issue.

    Args:
        picks: by section id, in the newsletter's order; the best first. Empty sections too.
        left_out: items of the period that may not be chosen, oldest first.
        waiting: items that might have been chosen had there been room, the best first.
        subjects: by item id, of all that was weighed.
    """

    picks: Mapping[str, tuple[Pick, ...]]
    left_out: tuple[LeftOut, ...] = ()
    waiting: tuple[LeftOut, ...] = ()
    subjects: Mapping[str, Subjects]


def select_stories(  # noqa: PLR0913 - the one door of this stage: each argument is one thing it weighs
    items: Sequence[Item],
    *,
    newsletter: Newsletter,
    members: Sequence[Member],
    vocabularies: Vocabularies,
    period: tuple[datetime, datetime],
    already_sent: AbstractSet[str],
    told: Sequence[Item] = (),
    now: datetime,
    log: FeatureLog | None = None,
    curation: Curation | None = None,
    theme_weights: Mapping[str, float] | None = None,
    aggregators: AbstractSet[str] = frozenset(),
    language: str = "nl",
) -> Selection:
    """Choose the stories of an issue for its lead, stories and asks sections.

    A section takes items of the kinds that it holds; one that names none takes all kinds that
    no other section names. The lead is chosen first, then the sections in their order. Equal
    arguments give an equal selection, whatever the order of the items.

    Args:
        items: any items, in any order.
        newsletter: its sections, and how many pieces one member may have.
        members: the coalition's members, those who left too.
        vocabularies: what news can be about; focus points of the year in which the period ends.
        period: news from the first moment on, before the second; aware.
        already_sent: ids of items that stood in an earlier issue.
        told: those of them whose news may still be brought again by another member.
        now: aware.
        log: who and what stood in the issues so far.
        curation: points for each reason, and what every member may count on.
        theme_weights: by theme id, from the survey or sources.yaml; 1 is the average.
        aggregators: ids of sources that pass on news of others.
        language: in which reasons are told, "nl" or "en".
    """
    by_id = {member.id: member for member in members}
    frame = Frame(members=by_id, period=period, already_sent=already_sent, now=now, language=language)
    yardstick = _make_yardstick(
        frame, vocabularies, log or FeatureLog(), curation or Curation(), theme_weights or {}, aggregators
    )
    candidates, left_out = _sift(items, frame)
    gathered = _gather(candidates, told, newsletter, frame, aggregators)
    left_out += [left for story in gathered if story.told for left in _explain_told(story, story.told, frame)]
    ranked = rank_stories([story for story in gathered if not story.told], yardstick)
    places = fill_places(newsletter, ranked, yardstick)
    picks, dropped = _drop_short(newsletter, places.picks, language)
    waiting = [*dropped, *(_no_room(places, one) for one in places.waiting)]
    return Selection(
        picks=picks,
        left_out=tuple(sorted(left_out, key=lambda left: (left.item.dated_at, left.item.id))),
        waiting=tuple(sorted(waiting, key=lambda left: -left.points)),
        subjects={
            one.story.item.id: Subjects(themes=one.score.themes, domains=one.score.domains) for one in ranked
        },
    )


def _make_yardstick(
    frame: Frame,
    vocabularies: Vocabularies,
    log: FeatureLog,
    curation: Curation,
    theme_weights: Mapping[str, float],
    aggregators: AbstractSet[str],
) -> Yardstick:
    members, today = list(frame.members.values()), frame.now.date()
    newcomer_days = curation.fairness.newcomer_days
    return Yardstick(
        frame=frame,
        curation=curation,
        themes=Vocabulary(vocabularies.themes),
        domains=Vocabulary(vocabularies.domains),
        theme_names={theme.id: theme.name for theme in vocabularies.themes},
        focus_points=vocabularies.focus_points,
        log=log,
        shares=Shares(
            members,
            vocabularies.member_kinds,
            vocabularies.domains,
            log,
            today=today,
            newcomer_days=newcomer_days,
        ),
        theme_weights=theme_weights,
        aggregators=aggregators,
        mentions=Mentions(members, today),
    )


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


def _gather(
    candidates: Sequence[Item],
    told: Sequence[Item],
    newsletter: Newsletter,
    frame: Frame,
    aggregators: AbstractSet[str],
) -> list[Story]:
    """The stories of each kind of item, also those that an earlier issue told."""
    return [
        story
        for group in _part_kinds(candidates, newsletter)
        for story in gather_stories(group, aggregators=aggregators, told=told, language=frame.language)
    ]


def _explain_told(story: Story, told: Item, frame: Frame) -> Iterator[LeftOut]:
    member = frame.members.get(told.member_id)
    name = member.name if member else told.entry.title
    for item in sorted((story.item, *story.others), key=lambda item: (item.dated_at, item.id)):
        yield LeftOut(item=item, reason=say(frame.language, "sent_by", name=name))


def _part_kinds(items: Iterable[Item], newsletter: Newsletter) -> list[list[Item]]:
    """Part the items by kind, so that a question and the news about it stay two things."""
    claimed = claimed_kinds(newsletter)
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.entry.kind if item.entry.kind in claimed else "", []).append(item)
    return list(groups.values())


def _drop_short(
    newsletter: Newsletter, picks: Mapping[str, tuple[Pick, ...]], language: str
) -> tuple[dict[str, tuple[Pick, ...]], list[LeftOut]]:
    """Part the picks into those of sections that reach their minimum, and the others with the reason."""
    kept, dropped = dict(picks), []
    for section in newsletter.sections:
        short = picks.get(section.id, ())
        if 0 < len(short) < section.minimum:
            reason = say(language, "short_section", count=len(short), least=section.minimum)
            dropped += [_drop(pick, reason) for pick in short]
            kept[section.id] = ()
    return kept, dropped


def _drop(pick: Pick, reason: str) -> LeftOut:
    return LeftOut(
        item=pick.item,
        reason=reason,
        credits=pick.credits,
        points=pick.points,
        reasons=pick.reasons,
        why=pick.why,
    )


def _no_room(places: Places, ranked: RankedStory) -> LeftOut:
    return LeftOut(
        item=ranked.story.item,
        reason=explain_no_place(places, ranked),
        credits=ranked.story.credits,
        points=ranked.points,
        reasons=ranked.score.reasons,
        why=explain(ranked.score.reasons),
    )
