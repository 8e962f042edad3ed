"""What a story is worth, reason by reason: each a weight of sources.yaml times a share of it.

A reason's share lies between -1 and 1 (the survey's weight of a theme may be more) and does not
depend on any weight, so a story's points rise with each weight whose reason speaks for it.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from stuifmail.config.models import Curation, FocusPoint, Weights
from stuifmail.curate import signals
from stuifmail.curate.eligible import Frame
from stuifmail.curate.fairness import Shares
from stuifmail.curate.stories import Story
from stuifmail.curate.themes import Match, Vocabulary, find_focus_points
from stuifmail.curate.wording import count_in_words, say, say_number
from stuifmail.model.selections import FeatureLog, Reason
from stuifmail.model.texts import LocalText, pick_text

#: A reason that adds less than this is in the table, but not in the sentence.
TOLD_POINTS = 0.1

#: A story is plainly about a theme from this weight on (see `Match.weight`).
PLAIN_WEIGHT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What stories are measured by.

    Args:
        themes, domains: ready for finding them in a text.
        theme_names: by theme id, by language.
        focus_points: of any year; those of the year in which the period ends count.
        log: who stood in the issues so far.
        shares: who is behind and who is ahead, by that log.
        theme_weights: by theme id, from the survey or sources.yaml; 1 where there is none.
        aggregators: sources that pass on news of others: what they bring is credited to nobody.
        mentions: finds the members that a text names.
    """

    frame: Frame
    curation: Curation
    themes: Vocabulary
    domains: Vocabulary
    theme_names: Mapping[str, LocalText]
    focus_points: tuple[FocusPoint, ...]
    log: FeatureLog
    shares: Shares
    theme_weights: Mapping[str, float]
    aggregators: AbstractSet[str]
    mentions: signals.Mentions

    @property
    def language(self) -> str:
        """In which reasons are told."""
        return self.frame.language

    @property
    def weights(self) -> Weights:
        """Points for each reason."""
        return self.curation.weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a story is worth.

    Args:
        reasons: in the order in which they are told; those that add nothing are left out.
        themes, domains: what it is about, the best fitting first.
        featured: ids of the members who count as featured by it: aggregators do not.
    """

    reasons: tuple[Reason, ...]
    themes: tuple[Match, ...]
    domains: tuple[Match, ...]
    featured: tuple[str, ...]

    @property
    def points(self) -> float:
        """The points of all reasons together."""
        return sum_points(self.reasons)


def sum_points(reasons: tuple[Reason, ...]) -> float:
    """Answer the points of all reasons together, to two decimals like each of them."""
    return round(sum(reason.points for reason in reasons), 2)


def explain(reasons: tuple[Reason, ...]) -> str:
    """Answer the reasons as one sentence; what hardly counts is not told."""
    told = [one.words for one in reasons if abs(one.points) >= TOLD_POINTS or one.part == "turn"]
    return ", ".join(told or [reason.words for reason in reasons[-1:]])


def find_featured(story: Story, aggregators: AbstractSet[str]) -> tuple[str, ...]:
    """Answer the members who are featured by a story, in the order of its credits."""
    own = {piece.member_id for piece in (story.item, *story.others) if piece.source_id not in aggregators}
    return tuple(member for member in story.credits if member in own)


def score_story(story: Story, yardstick: Yardstick) -> Score:
    """Answer what a story is worth, with every reason."""
    themes = yardstick.themes.find_in(story.item)
    domains = yardstick.domains.find_in(story.item)
    featured = find_featured(story, yardstick.aggregators)
    reasons = (
        *_company(story, featured, yardstick),
        *_subject(themes, yardstick),
        *_turn(featured, yardstick),
        *_signals(story, yardstick),
        *_balance(featured, domains, yardstick),
        _freshness(story, yardstick),
    )
    told = tuple(reason for reason in reasons if reason.points)
    return Score(reasons=told or reasons[-1:], themes=themes, domains=domains, featured=featured)


def make_reason(part: str, points: float, words: str) -> Reason:
    """Answer a reason with points of two decimals, so that a table of them adds up."""
    return Reason(part=part, points=round(points, 2) + 0.0, words=words)


def _company(story: Story, featured: tuple[str, ...], yardstick: Yardstick) -> Iterator[Reason]:
    language, weights = yardstick.language, yardstick.weights
    if len(featured) > 1:
        points = min(weights.members * (len(featured) - 1), weights.members_most)
        first = yardstick.frame.members.get(featured[0])
        count, name = count_in_words(language, len(featured)), first.name if first else featured[0]
        words = say(language, "members", count=count, name=name)
        yield make_reason("members", points, words)
    named = len(yardstick.mentions.find(story.item.entry) - set(story.credits))
    if named:
        key = "names_one" if named == 1 else "names"
        words = say(language, key, count=count_in_words(language, named))
        yield make_reason("relevance", weights.relevance * min(named, 2), words)


def _subject(themes: tuple[Match, ...], yardstick: Yardstick) -> Iterator[Reason]:
    language, weights = yardstick.language, yardstick.weights
    if not themes:
        return
    points = find_focus_points(
        [match.id for match in themes], yardstick.focus_points, yardstick.frame.period[1].year
    )
    if points:
        number, point = points[0]
        share = max(_strength(match) for match in themes if match.id in point.themes)
        words = say(language, "focus", number=number, name=pick_text(point.name, language))
        yield make_reason("focus", weights.focus * share, _hedge(words, share, language))
        if yardstick.log.year_pieces_count:
            count = yardstick.log.focus_points.get(point.id, 0)
            words = say(language, {0: "gap_none", 1: "gap_one"}.get(count, "gap"), count=count)
            yield make_reason("gap", weights.gap * share / (1 + count), words)
    yield _theme(themes[0], yardstick)


def _strength(match: Match) -> float:
    """How plainly a story is about it: one word in the title or three in the text are enough."""
    return min(match.weight / PLAIN_WEIGHT, 1.0)


def _hedge(words: str, share: float, language: str) -> str:
    return words if share == 1 else say(language, "touches", name=words)


def _theme(match: Match, yardstick: Yardstick) -> Reason:
    language, share = yardstick.language, _strength(match)
    weight = yardstick.theme_weights.get(match.id, 1.0)
    words = say(language, "theme", name=pick_text(yardstick.theme_names[match.id], language))
    if match.id in yardstick.theme_weights:
        words += say(language, "theme_weight", weight=say_number(language, weight))
    return make_reason("theme", yardstick.weights.theme * weight * share, _hedge(words, share, language))


def _turn(featured: tuple[str, ...], yardstick: Yardstick) -> Iterator[Reason]:
    if not featured:
        return
    language, weights, frame = yardstick.language, yardstick.weights, yardstick.frame
    seen = [yardstick.log.last[member] for member in featured if member in yardstick.log.last]
    if len(seen) < len(featured):
        yield make_reason("unseen", weights.unseen, say(language, "never_featured"))
    else:
        days = max((frame.now - min(seen)).days, 0)
        share = min(days / yardstick.curation.fairness.long_unseen_days, 1)
        key = "featured_day" if days == 1 else "unseen_days"
        yield make_reason("unseen", weights.unseen * share, say(language, key, count=days))
    if any(yardstick.shares.is_new(member) for member in featured):
        yield make_reason("newcomer", weights.newcomer, say(language, "newcomer"))


def _signals(story: Story, yardstick: Yardstick) -> Iterator[Reason]:
    entry, weights = story.item.entry, yardstick.weights
    found = (
        ("practice", weights.practice, signals.is_practice(entry)),
        ("results", weights.results, signals.has_results(entry)),
        ("deadline", weights.deadline, signals.has_deadline(entry)),
        ("policy", weights.policy, signals.is_policy(entry)),
    )
    for part, points, is_there in found:
        if is_there:
            key = entry.kind if part == "practice" else part
            yield make_reason(part, points, say(yardstick.language, key))


def _balance(featured: tuple[str, ...], domains: tuple[Match, ...], yardstick: Yardstick) -> Iterator[Reason]:
    """Each of member, kind, country and domain has a quarter of the weight."""
    for standing in yardstick.shares.weigh(featured, domains[0].id if domains else None):
        words = say(
            yardstick.language,
            "behind" if standing.share > 0 else "ahead",
            name=pick_text(standing.name, yardstick.language),
            got=f"{standing.got:.0%}",
            fair=f"{standing.fair:.0%}",
        )
        yield make_reason("balance", yardstick.weights.balance * standing.share / 4, words)


def _freshness(story: Story, yardstick: Yardstick) -> Reason:
    frame = yardstick.frame
    start, end = frame.period
    dated = story.item.dated_at
    share = (dated - start) / (end - start) if end > start else 1.0
    days = max((frame.now - dated).days, 0)
    key = {0: "today", 1: "one_day"}.get(days, "days_old")
    points = yardstick.weights.freshness * min(max(share, 0.0), 1.0)
    return make_reason("freshness", points, say(frame.language, key, count=days))
