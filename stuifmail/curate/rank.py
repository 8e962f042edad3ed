"""The order of the stories: by their points, and of equals the longest unseen member's first."""

from collections.abc import Sequence
from dataclasses import dataclass

from stuifmail.curate.score import Score, Yardstick, score_story
from stuifmail.curate.stories import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedStory:
    """A story with what it is worth."""

    story: Story
    score: Score

    @property
    def points(self) -> float:
        """The more, the better."""
        return self.score.points


def rank_stories(stories: Sequence[Story], yardstick: Yardstick) -> list[RankedStory]:
    """Answer the stories by their points, the best first.

    Of equals that of the member who was not featured for longest comes first, then the newest.
    """
    ranked = [RankedStory(story=story, score=score_story(story, yardstick)) for story in stories]

    def place(one: RankedStory) -> tuple[float, float, float, str]:
        seen = [yardstick.log.last.get(member) for member in one.score.featured]
        unseen_since = min((moment.timestamp() if moment else 0.0 for moment in seen), default=0.0)
        item = one.story.item
        return -one.points, unseen_since, -item.dated_at.timestamp(), item.id

    return sorted(ranked, key=place)
