"""The same news from several members is one story."""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from stuifmail.curate.addresses import canonical_link, host_of
from stuifmail.curate.clusters import cluster_pieces
from stuifmail.curate.traits import Traits, read_traits
from stuifmail.model.items import Item

__all__ = ["Story", "canonical_link", "gather_stories"]

#: Below so many words the origin's own text is an excerpt, and a fuller copy tells the story.
EXCERPT_WORDS = 40

#: An aggregator is credited when so much of its text is its own.
_OWN_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One piece of news.

    Args:
        item: the piece that tells it: the origin's, unless that is only an excerpt of another's.
            It links to the origin.
        others: the other pieces, the earliest first.
        credits: ids of the members who bring it, the origin first; the secretariat is none.
        origin: the piece that it came from.
        told: a piece of the same news that stood in an earlier issue, None for fresh news.
    """

    item: Item
    others: tuple[Item, ...] = ()
    credits: tuple[str, ...] = ()
    origin: Item
    told: Item | None = None


def gather_stories(
    items: Sequence[Item],
    *,
    aggregators: AbstractSet[str] = frozenset(),
    told: Sequence[Item] = (),
    language: str = "",
) -> list[Story]:
    """Answer the stories that these items tell, the earliest first.

    A story's origin is the piece on its member's own site to which the others link, else the
    earliest; an aggregator's only where there is no other, the secretariat's own only after the
    members'. An aggregator that is a member is credited when it added text of its own.

    Args:
        items: in any order, which makes no difference. Pieces that their source removed or an
            editor killed tell nothing.
        aggregators: ids of sources that pass on news of others.
        told: pieces that stood in an earlier issue; they tell no story again, and mark those that do.
        language: two letters; of translations the one in this language tells the story.
    """
    told_ids = {item.id for item in told}
    fresh = [item for item in items if item.id not in told_ids and not (item.removed_at or item.killed_at)]
    pieces = sorted({item.id: item for item in (*fresh, *told)}.values(), key=_by_date)
    traits = read_traits(pieces)
    homes = _find_homes(traits)
    groups = ([traits[place] for place in group] for group in cluster_pieces(traits))
    stories = [
        _tell(new, [one.item for one in group if one.item.id in told_ids], homes, aggregators, language)
        for group in groups
        if (new := [one for one in group if one.item.id not in told_ids])
    ]
    return sorted(stories, key=lambda story: min(_by_date(item) for item in (story.item, *story.others)))


def _by_date(item: Item) -> tuple[object, str]:
    return (item.dated_at, item.id)


def _tell(
    group: list[Traits],
    told: list[Item],
    homes: dict[str, str],
    aggregators: AbstractSet[str],
    language: str,
) -> Story:
    ordered = sorted(group, key=lambda one: (_distance(one, group, homes, aggregators), *_by_date(one.item)))
    origin = ordered[0]
    teller = _choose_teller(origin, ordered, aggregators, language)
    others = sorted((one.item for one in group if one is not teller), key=_by_date)
    return Story(
        item=_link_to(teller.item, origin.item),
        others=tuple(others),
        credits=_credit(ordered, aggregators),
        origin=origin.item,
        told=min(told, key=_by_date, default=None),
    )


def _distance(
    one: Traits, group: Sequence[Traits], homes: dict[str, str], aggregators: AbstractSet[str]
) -> int:
    """How far a piece stands from the origin: 0 for the page that others point to."""
    if one.item.source_id in aggregators:
        return 3
    at_home = bool(one.own) and host_of(one.own) == homes.get(one.item.source_id)
    if at_home and any(_points_to(other, one) for other in group if other is not one):
        return 0
    return 1 if one.item.member_id else 2


def _points_to(one: Traits, page: Traits) -> bool:
    if one.item.source_id == page.item.source_id:
        return False
    return page.own in one.links or one.own == page.own


def _find_homes(traits: Iterable[Traits]) -> dict[str, str]:
    """The host on which most pieces of each source stand; of equals the first in the alphabet."""
    hosts: dict[str, Counter[str]] = {}
    for one in traits:
        if one.own:
            hosts.setdefault(one.item.source_id, Counter())[host_of(one.own)] += 1
    return {source: min(counts, key=lambda host: (-counts[host], host)) for source, counts in hosts.items()}


def _choose_teller(
    origin: Traits, ordered: Sequence[Traits], aggregators: AbstractSet[str], language: str
) -> Traits:
    """The piece whose text is used: in the wanted language, and not an excerpt of a fuller copy."""
    own = [one for one in ordered if one.item.source_id not in aggregators] or list(ordered)
    if language and origin.item.language != language:
        origin = next((one for one in own if one.item.language == language), origin)
    if len(origin.words) >= EXCERPT_WORDS:
        return origin
    fuller = [
        one
        for one in own
        if one.item.language == origin.item.language
        and len(one.words) >= max(EXCERPT_WORDS, 2 * len(origin.words))
        and len(one.runs & origin.runs) * 2 >= len(origin.runs)
    ]
    return max(fuller, key=lambda one: len(one.words), default=origin)


def _link_to(teller: Item, origin: Item) -> Item:
    # Readers go to where the news came from, also when another's copy is the fuller one; who reads
    # a translation goes on in that language.
    if teller.language != origin.language or not canonical_link(origin.entry.link or ""):
        return teller
    return replace(teller, entry=replace(teller.entry, link=origin.entry.link))


def _credit(ordered: Sequence[Traits], aggregators: AbstractSet[str]) -> tuple[str, ...]:
    """The members, each once, the origin first and then as they came."""
    own = [one for one in ordered if one.item.source_id not in aggregators]
    passed_on = [one for one in ordered if one.item.source_id in aggregators]
    rest = sorted(own[1:], key=lambda one: _by_date(one.item))
    adding = [one for one in passed_on if not own or _adds(one, own)]
    return tuple(
        dict.fromkeys(one.item.member_id for one in (*own[:1], *rest, *adding) if one.item.member_id)
    )


def _adds(passed_on: Traits, own: Sequence[Traits]) -> bool:
    copied = frozenset[int]().union(*(one.runs for one in own))
    return len(passed_on.words) >= EXCERPT_WORDS and (
        len(passed_on.runs - copied) > _OWN_SHARE * len(passed_on.runs)
    )
