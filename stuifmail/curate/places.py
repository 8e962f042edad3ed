"""Handing out the places of an issue: best first, never too much of one member."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from stuifmail.config.models import Newsletter, Section
from stuifmail.curate.rank import RankedStory
from stuifmail.curate.score import Yardstick, explain, make_reason, sum_points
from stuifmail.curate.wording import say, say_number
from stuifmail.model.selections import Pick, Reason

#: A lead story tells something itself: less text is a mere pointer.
LEAD_WORDS = 60

#: Of a longer text an issue shows so many words, as the lead story and below it.
SHOWN_WORDS = {"lead": 110, "stories": 60, "asks": 60}

#: What a section for questions holds when it does not say.
_ASKS = ("help_request",)

#: Why a piece got a place before one with more points; "" when none had more.
_Turn: TypeAlias = Literal["", "newcomer", "kind"]


def claimed_kinds(newsletter: Newsletter) -> frozenset[str]:
    """Answer the kinds of items that have a section of their own; the lead claims none."""
    sections = (section for section in newsletter.sections if section.kind in ("stories", "asks"))
    return frozenset(kind for section in sections for kind in _held_kinds(section))


def _held_kinds(section: Section) -> tuple[str, ...]:
    return section.holds or (_ASKS if section.kind == "asks" else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A place that a story got.

    Args:
        worth: its points, less what earlier pieces of its member cost.
        words: so many an issue shows of it.
    """

    ranked: RankedStory
    section: Section
    worth: float
    words: int
    pick: Pick
    turn: _Turn = ""


@dataclass(slots=True, kw_only=True)
class Places:
    """The sections of an issue while they are being filled.

    Args:
        waiting: stories without a place, the best first.
        limits: most pieces by member id, for those who would have too many of the words.
        counts: pieces in the issue by member id.
        lacks: by item id, why it got no place in the section where it came nearest to one.
    """

    newsletter: Newsletter
    yardstick: Yardstick
    waiting: list[RankedStory]
    limits: Mapping[str, int] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    lacks: dict[str, tuple[float, str]] = field(default_factory=dict)

    @property
    def sections(self) -> list[Section]:
        """The sections that hold stories, in the newsletter's order."""
        return [one for one in self.newsletter.sections if one.kind in ("lead", "stories", "asks")]

    @property
    def picks(self) -> dict[str, tuple[Pick, ...]]:
        """What was chosen by section id, in the newsletter's order; empty sections too."""
        return {
            section.id: tuple(one.pick for one in self.given if one.section.id == section.id)
            for section in self.sections
        }

    def fill(self) -> None:
        """Choose the lead, then fill the other sections in their order."""
        for section in sorted(self.sections, key=lambda section: section.kind != "lead"):
            for left in range(1 if section.kind == "lead" else section.limit, 0, -1):
                fitting = [ranked for ranked in self.waiting if self._fits(ranked, section)]
                if not fitting:
                    break
                best = max(fitting, key=self.worth)
                owed = [] if section.kind == "lead" else self._find_owed(fitting, left)
                chosen = max(owed or fitting, key=self.worth)
                self._give(chosen, section, self._find_turn(chosen) if chosen is not best else "")
            self._note_lacks(section)

    def worth(self, ranked: RankedStory) -> float:
        """Answer the story's points, less what its member's earlier pieces cost."""
        # max() keeps the first of equals, so the order of `waiting` decides.
        return round(ranked.points - self._repeat_costs(ranked), 2)

    def accepts(self, ranked: RankedStory, section: Section) -> bool:
        """Answer whether the section is for stories of this kind and source."""
        item, held = ranked.story.item, _held_kinds(section)
        if section.sources and item.source_id not in section.sources:
            return False
        return item.entry.kind in held if held else item.entry.kind not in claimed_kinds(self.newsletter)

    def is_too_many(self, ranked: RankedStory) -> bool:
        """Answer whether one of its members has as many pieces as the newsletter allows."""
        return any(self.counts[member] >= self.newsletter.per_member for member in ranked.story.credits)

    def find_wordy(self, share: float) -> list[str]:
        """Answer the members who have several pieces and more than this share of all words.

        A story of several members counts for each with its part. Who has most comes first.
        """
        words: dict[str, float] = defaultdict(float)
        for one in self.given:
            for member in one.ranked.story.credits:
                words[member] += one.words / len(one.ranked.story.credits)
        most = share * sum(one.words for one in self.given)
        over = [member for member, count in words.items() if self.counts[member] > 1 and count > most]
        return sorted(over, key=lambda member: (-words[member], member))

    def _fits(self, ranked: RankedStory, section: Section) -> bool:
        item = ranked.story.item
        if self.is_too_many(ranked) or self._is_too_wordy(ranked):
            return False
        if section.kind == "lead" and len(item.entry.text.split()) < LEAD_WORDS:
            return False
        return self.accepts(ranked, section)

    def _is_too_wordy(self, ranked: RankedStory) -> bool:
        return any(self.counts[m] >= self.limits[m] for m in ranked.story.credits if m in self.limits)

    def _note_lacks(self, section: Section) -> None:
        """Keep why those who fitted got no place: later sections change what a piece is worth."""
        given = [one for one in self.given if one.section.id == section.id]
        for ranked in self.waiting if section.kind != "lead" else ():
            if given and self._fits(ranked, section):
                lack, words = self._explain_lack(ranked, given)
                known = self.lacks.get(ranked.story.item.id)
                if known is None or lack < known[0]:
                    self.lacks[ranked.story.item.id] = lack, words

    def _explain_lack(self, ranked: RankedStory, given: Sequence[Given]) -> tuple[float, str]:
        """Answer how many points a story lacked, and that in words."""
        language, worth = self.yardstick.language, self.worth(ranked)
        last = min((one.worth for one in given if not one.turn), default=None)
        if last is not None and worth < last:
            count = self.repeats(ranked)
            key = "full_repeat" if count else "full_points"
            lack = last - worth
            return lack, say(language, key, points=say_number(language, lack), count=count)
        turns = sorted((one for one in given if one.turn), key=lambda one: one.worth)
        if turns and turns[0].worth < worth:
            less = say_number(language, worth - turns[0].worth)
            return 0.0, say(language, f"full_{turns[0].turn}", points=less)
        return 0.0, say(language, "full_equal")

    def _find_owed(self, fitting: Sequence[RankedStory], left: int) -> list[RankedStory]:
        """Answer what has to come now, because the places left are just enough for it."""
        newcomers = {name for ranked in fitting for name in self._newcomers(ranked)}
        seen = self._kinds_so_far()
        fresh = {kind for ranked in fitting for kind in self._kinds(ranked)} - seen
        wanted = min(max(self.yardstick.curation.fairness.kinds_least - len(seen), 0), len(fresh))
        if len(newcomers) + wanted < left:
            return []
        return [
            ranked
            for ranked in fitting
            if self._newcomers(ranked) or (wanted and not fresh.isdisjoint(self._kinds(ranked)))
        ]

    def _find_turn(self, ranked: RankedStory) -> _Turn:
        return "newcomer" if self._newcomers(ranked) else "kind"

    def _newcomers(self, ranked: RankedStory) -> list[str]:
        """The new members who have not been featured yet, not in this issue either."""
        shares = self.yardstick.shares
        return [m for m in ranked.score.featured if shares.waits_for_first(m) and not self.counts[m]]

    def _kinds(self, ranked: RankedStory) -> frozenset[str]:
        return self.yardstick.shares.kinds_of(ranked.score.featured)

    def _kinds_so_far(self) -> frozenset[str]:
        return frozenset().union(*(self._kinds(one.ranked) for one in self.given))

    def repeats(self, ranked: RankedStory) -> int:
        """Answer how many pieces one of its members has already."""
        return max((self.counts[member] for member in ranked.story.credits), default=0)

    def _repeat_costs(self, ranked: RankedStory) -> float:
        return self.yardstick.weights.repeat * self.repeats(ranked)

    def _give(self, ranked: RankedStory, section: Section, turn: _Turn) -> None:
        reasons = (*ranked.score.reasons, *self._reasons_here(ranked, turn))
        themes = ranked.score.themes
        pick = Pick(
            item=ranked.story.item,
            credits=ranked.story.credits,
            also=tuple(item.id for item in ranked.story.others),
            theme=themes[0].id if themes else None,
            why=explain(reasons),
            points=sum_points(reasons),
            reasons=reasons,
        )
        entry = ranked.story.item.entry
        words = len(entry.title.split()) + min(len(entry.text.split()), SHOWN_WORDS[section.kind])
        worth = self.worth(ranked)
        self.given.append(
            Given(ranked=ranked, section=section, worth=worth, words=words, pick=pick, turn=turn)
        )
        self.counts.update(ranked.story.credits)
        self.waiting.remove(ranked)

    def _reasons_here(self, ranked: RankedStory, turn: _Turn) -> list[Reason]:
        """The reasons that come from what else is in the issue."""
        language, repeats, reasons = self.yardstick.language, self.repeats(ranked), []
        if turn:
            least = self.yardstick.curation.fairness.kinds_least
            reasons.append(make_reason("turn", 0, say(language, f"turn_{turn}", count=least)))
        if repeats:
            words = say(language, "second", count=repeats)
            reasons.append(make_reason("repeat", -self._repeat_costs(ranked), words))
        return reasons


def fill_places(newsletter: Newsletter, ranked: Sequence[RankedStory], yardstick: Yardstick) -> Places:
    """Answer the sections of an issue, filled.

    A member with several pieces who would have too many of the words gets one less, as long as
    something else takes its place: no place is left empty for the sake of balance.
    """

    def start(limits: Mapping[str, int]) -> Places:
        places = Places(newsletter=newsletter, yardstick=yardstick, waiting=list(ranked), limits=limits)
        places.fill()
        return places

    share = yardstick.curation.fairness.words_share
    places, kept = start({}), set[str]()
    while wordy := [member for member in places.find_wordy(share) if member not in kept]:
        fewer = start({**places.limits, wordy[0]: places.counts[wordy[0]] - 1})
        if len(fewer.given) == len(places.given):
            places = fewer
        else:
            kept.add(wordy[0])
    return places


def explain_no_place(places: Places, ranked: RankedStory) -> str:
    """Answer why a waiting story got no place, and what it lacked."""
    language, item = places.yardstick.language, ranked.story.item
    if item.id in places.lacks:
        return places.lacks[item.id][1]
    if not any(places.accepts(ranked, one) for one in places.sections if one.kind != "lead"):
        return say(language, "no_section", name=item.entry.kind)
    if places.is_too_many(ranked):
        return say(language, "per_member", count=places.newsletter.per_member)
    return say(language, "words_share", share=f"{places.yardstick.curation.fairness.words_share:.0%}")
