"""Which of many pieces belong together, without comparing each with each."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from stuifmail.curate.addresses import twin_key
from stuifmail.curate.likeness import Likeness, compare_pieces
from stuifmail.curate.traits import Traits

#: A key that so many pieces have is no reason to compare them.
_MOST_WITH_KEY = 24

#: One in so many runs of words is looked up; the comparison itself looks at all.
_SAMPLE = 3

#: So many sampled runs, or words of titles, or numbers and names two pieces share to be compared.
_FEWEST_RUNS, _FEWEST_WORDS = 2, 2

_Pair = tuple[int, int]


def cluster_pieces(traits: Sequence[Traits]) -> list[list[int]]:
    """Answer the places of pieces that tell the same news, the groups in order of their first place.

    Groups grow from the surest pair on. Two join only when nothing says that they are different and
    the pieces support each other: half of all pairs between them, or one that is at the heart of
    both. So a chain of pieces, each a bit like the next, does not swallow a month.
    """
    likenesses = {pair: compare_pieces(traits[pair[0]], traits[pair[1]]) for pair in find_candidates(traits)}
    group_of = {place: [place] for place in range(len(traits))}
    for one, other in sorted(
        (pair for pair, found in likenesses.items() if found.strength > 0),
        key=lambda pair: _rank(pair, likenesses, traits),
    ):
        left, right = group_of[one], group_of[other]
        if left is not right and _may_join(left, right, likenesses):
            left += right
            group_of |= dict.fromkeys(right, left)
    return [group for place, group in group_of.items() if min(group) == place]


def _rank(pair: _Pair, likenesses: dict[_Pair, Likeness], traits: Sequence[Traits]) -> tuple[float, str, str]:
    # Ids, not places, part the equals: the order in which pieces come makes no difference.
    ids = sorted(traits[place].item.id for place in pair)
    return (-likenesses[pair].strength, ids[0], ids[1])


def _may_join(left: list[int], right: list[int], likenesses: dict[_Pair, Likeness]) -> bool:
    between = [(min(a, b), max(a, b)) for a in left for b in right]
    found = [likenesses[pair].strength if pair in likenesses else 0.0 for pair in between]
    if min(found) < 0:
        return False
    if sum(strength > 0 for strength in found) * 2 >= len(found):
        return True
    everybody = [*left, *right]
    return any(_is_heart(place, everybody, likenesses) for place in everybody)


def _is_heart(place: int, group: list[int], likenesses: dict[_Pair, Likeness]) -> bool:
    """Whether a piece tells the same news as each of the group."""
    return all(
        (found := likenesses.get((min(place, other), max(place, other)))) is not None and found.strength > 0
        for other in group
        if other != place
    )


def find_candidates(traits: Sequence[Traits]) -> set[_Pair]:
    """Answer the pairs of places that are worth comparing, the smaller place first."""
    pairs = set(_linked_pairs(traits))
    shared: Counter[_Pair] = Counter()
    for places in _gather(traits, _run_keys).values():
        shared.update(combinations(places, 2))
    pairs.update(pair for pair, count in shared.items() if count >= _FEWEST_RUNS)
    shared = Counter()
    for places in _gather(traits, _word_keys).values():
        shared.update(combinations(places, 2))
    pairs.update(pair for pair, count in shared.items() if count >= _FEWEST_WORDS)
    return pairs


def _gather(traits: Sequence[Traits], keys_of: object) -> dict[object, list[int]]:
    places: dict[object, list[int]] = defaultdict(list)
    for place, one in enumerate(traits):
        for key in keys_of(one):  # type: ignore[operator]
            places[key].append(place)
    return {key: found for key, found in places.items() if 2 <= len(found) <= _MOST_WITH_KEY}


def _run_keys(one: Traits) -> list[int]:
    return [run for run in one.runs if not run % _SAMPLE]


def _word_keys(one: Traits) -> Iterator[str]:
    yield from one.telling
    yield from (f"number {number}" for number in one.numbers if len(number) > 2)
    yield from (f"name {name}" for name in one.names)


def _linked_pairs(traits: Sequence[Traits]) -> Iterator[_Pair]:
    by_key: dict[str, list[int]] = defaultdict(list)
    owners: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(traits):
        for key in _sure_keys(one):
            by_key[key].append(place)
        if one.own:
            owners[one.own].append(place)
    for places in by_key.values():
        if len(places) <= _MOST_WITH_KEY:
            yield from combinations(places, 2)
    for place, one in enumerate(traits):
        for address in one.links | one.translations:
            for other in owners.get(address, ())[:_MOST_WITH_KEY]:
                if other != place:
                    yield (min(place, other), max(place, other))


def _sure_keys(one: Traits) -> Iterator[str]:
    if one.link:
        yield f"link {one.link}"
        yield f"twin {twin_key(one.link)[0]}"
    if one.picture:
        yield f"picture {one.picture}"
    if len(one.title) > 2:
        yield f"title {' '.join(one.title)}"
