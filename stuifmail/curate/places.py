"""Handing out the places of an issue: best first, never too many of one member."""

from collections import Counter
from dataclasses import dataclass, field

from stuifmail.config.models import Newsletter, Section
from stuifmail.curate.rank import REPEAT, RankedStory
from stuifmail.curate.wording import say
from stuifmail.model.selections import Pick

#: A lead story tells something itself: less text is a mere pointer.
LEAD_WORDS = 60

#: What a section for questions holds when it does not say.
_ASKS = ("help_request",)


def claimed_kinds(newsletter: Newsletter) -> frozenset[str]:
    """Answer the kinds of items that have a section of their own; the lead claims none."""
    sections = (section for section in newsletter.sections if section.kind in ("stories", "asks"))
    return frozenset(kind for section in sections for kind in _held_kinds(section))


def _held_kinds(section: Section) -> tuple[str, ...]:
    return section.holds or (_ASKS if section.kind == "asks" else ())


@dataclass(slots=True, kw_only=True)
class Places:
    """The sections of an issue while they are being filled.

    Args:
        waiting: stories without a place, the best first.
        picks: by section id, in the newsletter's order.
        counts: pieces in the issue by member id.
    """

    newsletter: Newsletter
    waiting: list[RankedStory]
    language: str
    picks: dict[str, tuple[Pick, ...]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def fill(self) -> None:
        """Choose the lead, then fill the other sections in their order."""
        sections = [
            section for section in self.newsletter.sections if section.kind in ("lead", "stories", "asks")
        ]
        self.picks = {section.id: () for section in sections}
        for section in sorted(sections, key=lambda section: section.kind != "lead"):
            while len(self.picks[section.id]) < (1 if section.kind == "lead" else section.limit):
                fitting = [ranked for ranked in self.waiting if self._fits(ranked, section)]
                if not fitting:
                    break
                self._give(max(fitting, key=self._worth), section)

    def why_no_place(self, ranked: RankedStory) -> str:
        """Answer why a waiting story got no place."""
        stories = (section for section in self.newsletter.sections if section.id in self.picks)
        if not any(self._accepts(ranked, section) for section in stories if section.kind != "lead"):
            return say(self.language, "no_section", name=ranked.story.item.entry.kind)
        if self._too_many(ranked):
            return say(self.language, "per_member", count=self.newsletter.per_member)
        return say(self.language, "full")

    def _fits(self, ranked: RankedStory, section: Section) -> bool:
        if section.kind == "lead" and len(ranked.story.item.entry.text.split()) < LEAD_WORDS:
            return False
        return self._accepts(ranked, section) and not self._too_many(ranked)

    def _accepts(self, ranked: RankedStory, section: Section) -> bool:
        item, held = ranked.story.item, _held_kinds(section)
        if section.sources and item.source_id not in section.sources:
            return False
        return item.entry.kind in held if held else item.entry.kind not in claimed_kinds(self.newsletter)

    def _too_many(self, ranked: RankedStory) -> bool:
        return any(self.counts[member] >= self.newsletter.per_member for member in ranked.story.credits)

    def _repeats(self, ranked: RankedStory) -> int:
        return max((self.counts[member] for member in ranked.story.credits), default=0)

    def _worth(self, ranked: RankedStory) -> float:
        # max() keeps the first of equals, so the order of `waiting` decides.
        return ranked.points - REPEAT * self._repeats(ranked)

    def _give(self, ranked: RankedStory, section: Section) -> None:
        repeats = self._repeats(ranked)
        reasons = (*ranked.reasons, *((say(self.language, "second", count=repeats),) if repeats else ()))
        pick = Pick(
            item=ranked.story.item, credits=ranked.story.credits, theme=ranked.theme, why=" · ".join(reasons)
        )
        self.picks[section.id] += (pick,)
        self.counts.update(ranked.story.credits)
        self.waiting.remove(ranked)
