"""Who and what stood in all that was sent in a period: shares, words and focus points. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from stuifmail.config.models import Member, Vocabularies
from stuifmail.curate.history import pieces_of, read_log, words_of
from stuifmail.model.publications import Publication
from stuifmail.model.reports import Count, MemberPortion, Portion
from stuifmail.model.texts import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Who and what stood in the pieces of a period; as in `PeriodReport`."""

    news_count: int
    members: tuple[MemberPortion, ...]
    kinds: tuple[Portion, ...]
    countries: tuple[Portion, ...]
    domains: tuple[Portion, ...]
    focus_points: tuple[Count, ...]


def measure_attention(
    sent: Sequence[Publication],
    *,
    last: Mapping[str, datetime],
    members: Sequence[Member],
    vocabularies: Vocabularies,
    on: date,
    troubles: Mapping[str, str],
    passers_on: AbstractSet[str] = frozenset(),
) -> Attention:
    """Answer who and what stood in these publications, and who and what did not.

    Args:
        sent: everything that was sent in the period.
        last: when each member last stood in anything that was ever sent.
        members: those who left too; only who was a member on the last day is named.
        on: last day of the period; its year's focus points are counted.
        troubles: by member, why its silence need not mean that it did nothing.
        passers_on: members who only pass on news of others: they are never featured by it.
    """
    log = read_log(
        sent,
        members=members,
        vocabularies=vocabularies,
        year=on.year,
        issues_back=len(sent),
        passers_on=passers_on,
    )
    active = [member for member in members if _is_active(member, on)]
    words = count_words(sent, passers_on)
    kinds, total = Counter(member.kind for member in active), log.pieces_count
    countries = Counter(member.country for member in active)
    return Attention(
        news_count=total,
        members=tuple(_sort_members(_describe(each, log.members, words, last, troubles) for each in active)),
        kinds=tuple(
            _portion(
                kind.id, kind.name, log.kinds.get(kind.id, 0), total, kinds[kind.id] / (len(active) or 1)
            )
            for kind in vocabularies.member_kinds
            if kinds[kind.id] or log.kinds.get(kind.id)
        ),
        countries=tuple(
            _portion(code, {}, log.countries.get(code, 0), total, countries[code] / (len(active) or 1))
            for code in sorted(countries, key=lambda code: (-log.countries.get(code, 0), code))
        ),
        domains=tuple(
            _portion(
                domain.id, domain.name, log.domains.get(domain.id, 0), total, 1 / len(vocabularies.domains)
            )
            for domain in vocabularies.domains
        ),
        focus_points=tuple(
            Count(id=point.id, name=point.name, count=log.focus_points.get(point.id, 0))
            for point in vocabularies.focus_points
            if point.year == on.year
        ),
    )


def _is_active(member: Member, on: date) -> bool:
    return member.joined <= on and (member.left is None or on < member.left)


def count_words(sent: Sequence[Publication], passers_on: AbstractSet[str] = frozenset()) -> dict[str, float]:
    """Answer by member the words of its pieces; those of a piece of several are parted evenly."""
    words: dict[str, float] = {}
    for block in (block for publication in sent for block in pieces_of(publication)):
        names = [name for name in dict.fromkeys(block.members) if name not in passers_on]
        title, text, _ = words_of(block)
        for name in names:
            words[name] = words.get(name, 0) + len(f"{title} {text}".split()) / len(names)
    return words


def _describe(
    member: Member,
    pieces: Mapping[str, int],
    words: Mapping[str, float],
    last: Mapping[str, datetime],
    troubles: Mapping[str, str],
) -> MemberPortion:
    return MemberPortion(
        id=member.id,
        name=member.name,
        kind=member.kind,
        country=member.country,
        count=pieces.get(member.id, 0),
        words_percent=round(100 * words.get(member.id, 0) / (sum(words.values()) or 1), 1),
        last_at=last.get(member.id),
        trouble=troubles.get(member.id, ""),
    )


def _sort_members(members: Iterator[MemberPortion]) -> list[MemberPortion]:
    return sorted(members, key=lambda each: (-each.count, -each.words_percent, each.name.casefold()))


def _portion(name: str, title: LocalText, count: int, total: int, fair: float) -> Portion:
    return Portion(
        id=name,
        name=dict(title),
        count=count,
        percent=round(100 * count / total, 1) if total else 0.0,
        fair_percent=round(100 * fair, 1),
    )
