"""How much a story deserves a place: newest and fairest first, a few points for each reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stuifmail.config.models import FocusPoint, Theme
from stuifmail.curate.eligible import Frame
from stuifmail.curate.stories import Story
from stuifmail.curate.themes import find_focus_point, find_themes
from stuifmail.curate.wording import say
from stuifmail.model.texts import pick_text

#: Most points for each reason.
FRESHNESS, FAIRNESS, FOCUS, THEME, MEMBERS = 4.0, 4.0, 3.0, 1.0, 4.0

#: Whoever was not featured for so long waits as long as one who never was.
LONG_UNSEEN_DAYS = 120

#: What each earlier piece of the same member in the issue costs.
REPEAT = 3.0

_POINTS_PER_EXTRA_MEMBER = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedStory:
    """A story with its points and reasons.

    Args:
        points: the more, the better.
        theme: id of the theme it fits best.
        reasons: one phrase each, for the editor.
    """

    story: Story
    points: float
    theme: str | None
    reasons: tuple[str, ...]


def rank_stories(
    stories: Sequence[Story],
    *,
    themes: Sequence[Theme],
    focus_points: Sequence[FocusPoint],
    featured: Mapping[str, datetime],
    frame: Frame,
) -> list[RankedStory]:
    """Answer the stories by their points, the best first; of equals the newest first."""
    ranked = [_rank(story, themes, focus_points, featured, frame) for story in stories]
    return sorted(
        ranked, key=lambda one: (-one.points, -one.story.item.dated_at.timestamp(), one.story.item.id)
    )


def _rank(
    story: Story,
    themes: Sequence[Theme],
    focus_points: Sequence[FocusPoint],
    featured: Mapping[str, datetime],
    frame: Frame,
) -> RankedStory:
    found = find_themes(story.item, themes)
    focus = find_focus_point(found, focus_points, frame.period[1].year)
    scored = (
        _fairness(story, featured, frame),
        _subject(found, focus, frame.language),
        _company(story, frame.language),
        _freshness(story, frame),
    )
    return RankedStory(
        story=story,
        points=sum(points for points, _ in scored),
        theme=found[0].id if found else None,
        reasons=tuple(reason for _, reason in scored if reason),
    )


def _fairness(story: Story, featured: Mapping[str, datetime], frame: Frame) -> tuple[float, str]:
    if not story.credits:
        return 0.0, ""
    seen = [featured[member] for member in story.credits if member in featured]
    if len(seen) < len(story.credits):
        return FAIRNESS, say(frame.language, "never_featured")
    days = max((frame.now - min(seen)).days, 0)
    key = "featured_day" if days == 1 else "unseen_days"
    return FAIRNESS * min(days / LONG_UNSEEN_DAYS, 1), say(frame.language, key, count=days)


def _subject(found: Sequence[Theme], focus: FocusPoint | None, language: str) -> tuple[float, str]:
    if focus:
        return FOCUS, say(language, "focus", name=pick_text(focus.name, language))
    if found:
        return THEME, say(language, "theme", name=pick_text(found[0].name, language))
    return 0.0, ""


def _company(story: Story, language: str) -> tuple[float, str]:
    count = len(story.credits)
    if count < 2:
        return 0.0, ""
    return min(_POINTS_PER_EXTRA_MEMBER * (count - 1), MEMBERS), say(language, "members", count=count)


def _freshness(story: Story, frame: Frame) -> tuple[float, str]:
    start, end = frame.period
    dated = story.item.dated_at
    share = (dated - start) / (end - start) if end > start else 1.0
    days = max((frame.now - dated).days, 0)
    key = {0: "today", 1: "one_day"}.get(days, "days_old")
    return FRESHNESS * min(max(share, 0.0), 1.0), say(frame.language, key, count=days)
