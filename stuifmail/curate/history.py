"""What stood in the issues so far, read from the issues themselves."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from stuifmail.config.models import Member, Vocabularies
from stuifmail.curate.themes import Vocabulary, find_focus_points
from stuifmail.model.publications import NoticeBlock, Publication, StoryBlock
from stuifmail.model.selections import FeatureLog
from stuifmail.model.texts import pick_language


def read_log(
    issues: Sequence[Publication],
    *,
    members: Sequence[Member],
    vocabularies: Vocabularies,
    year: int,
    issues_back: int,
    passers_on: AbstractSet[str] = frozenset(),
) -> FeatureLog:
    """Answer who and what stood in the issues so far.

    Subjects are found in the texts as they were sent, so an editor's work counts.

    Args:
        issues: sent, or on their way, in any order.
        members: those who left too.
        year: of which focus points are counted.
        issues_back: shares are taken over so many of the newest issues.
        passers_on: members who only pass on news of others: they are never featured by it.
    """
    newest = sorted(issues, key=lambda issue: (issue.send_at, issue.id), reverse=True)
    reader = _Reader({member.id: member for member in members}, vocabularies, year, passers_on)
    shares, of_year = _Tally(), _Tally()
    for number, issue in enumerate(newest):
        for block in pieces_of(issue):
            if number < issues_back:
                reader.count_shares(block, shares)
            if issue.send_at.year == year:
                reader.count_focus(block, of_year)
    return FeatureLog(
        last=_find_last(newest, passers_on),
        pieces_count=shares.pieces_count,
        members=dict(shares.members),
        kinds=dict(shares.kinds),
        countries=dict(shares.countries),
        domains=dict(shares.domains),
        year_pieces_count=of_year.pieces_count,
        focus_points=dict(of_year.focus_points),
    )


@dataclass(slots=True)
class _Tally:
    pieces_count: int = 0
    members: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    domains: Counter[str] = field(default_factory=Counter)
    focus_points: Counter[str] = field(default_factory=Counter)


class _Reader:
    def __init__(
        self,
        members: Mapping[str, Member],
        vocabularies: Vocabularies,
        year: int,
        passers_on: AbstractSet[str],
    ) -> None:
        self._members, self._year, self._passers_on = members, year, passers_on
        self._themes, self._domains = Vocabulary(vocabularies.themes), Vocabulary(vocabularies.domains)
        self._focus_points = vocabularies.focus_points

    def count_shares(self, block: StoryBlock | NoticeBlock, tally: _Tally) -> None:
        tally.pieces_count += 1
        names = [name for name in dict.fromkeys(block.members) if name not in self._passers_on]
        known = [self._members[name] for name in names if name in self._members]
        tally.members.update(names)
        tally.kinds.update({member.kind for member in known})
        tally.countries.update({member.country for member in known})
        tally.domains.update(match.id for match in self._domains.find(*words_of(block))[:1])

    def count_focus(self, block: StoryBlock | NoticeBlock, tally: _Tally) -> None:
        tally.pieces_count += 1
        themes = [match.id for match in self._themes.find(*words_of(block))]
        found = find_focus_points(themes, self._focus_points, self._year)
        tally.focus_points.update(point.id for _, point in found[:1])


def pieces_of(issue: Publication) -> Iterator[StoryBlock | NoticeBlock]:
    """Yield the blocks that are a member's news or question, not a welcome or a call of our own."""
    for block in issue.blocks():
        if isinstance(block, StoryBlock) or (isinstance(block, NoticeBlock) and block.item_id):
            yield block


def words_of(block: StoryBlock | NoticeBlock) -> tuple[str, str, str]:
    """Answer title, text and language of a block; the original's language where it has several."""
    preferred = block.language if isinstance(block, StoryBlock) else ""
    language = pick_language(block.title, preferred)
    return block.title.get(language, ""), block.text.get(language, ""), language


def _find_last(issues: Sequence[Publication], passers_on: AbstractSet[str]) -> Mapping[str, datetime]:
    """When each member was last in an issue, in whatever block."""
    last: dict[str, datetime] = {}
    for issue in issues:
        for block in issue.blocks():
            for member in getattr(block, "members", ()):
                if member not in passers_on:
                    last[member] = max(last.get(member, issue.send_at), issue.send_at)
    return last
