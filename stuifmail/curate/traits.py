"""What of a piece is compared with others, worked out once for each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from zlib import crc32

from stuifmail.curate.addresses import canonical_link, is_hub, picture_name
from stuifmail.curate.phrases import (
    find_names,
    find_numbers,
    is_update,
    looks_back,
    split_words,
    stem_of,
    tells,
    title_words,
)
from stuifmail.model.items import Item

#: Of a longer text only the beginning is compared: a story shows itself by then.
MOST_WORDS = 400

#: A run of words that stands in so many pieces of one source is its own footer or template.
_RECURS = 3

#: A link or picture under so many different titles says nothing.
_TOO_COMMON = 6

#: A name or number that so few pieces have says more than one that all have.
_RARE = 4

_Sign = TypeVar("_Sign")
_MASK = (1 << 61) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What of one piece is compared.

    Args:
        link: canonical; "" for none, a front page, a hub or one that several pieces of a source share.
        links: canonical addresses of pages that the body links to, without hubs and itself.
        translations: canonical addresses of the same piece in other languages.
        picture: file name of its picture, "" for none or one that many pieces have.
        title: the words of the title that mean something, in order.
        telling: those of them that are not in every month's titles.
        words: the words of the text as written, the beginning only.
        title_length: how many of `words` are the title's.
        runs: hashes of runs of words of the text, without those that recur in the source.
        stems: beginnings of the words that mean something.
        rare: those of its names and numbers that few other pieces have.
    """

    item: Item
    dated_at: datetime
    link: str
    own: str
    links: frozenset[str]
    translations: frozenset[str]
    picture: str
    title: tuple[str, ...]
    telling: frozenset[str]
    words: tuple[str, ...]
    runs: frozenset[int]
    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    rare: frozenset[str]
    looks_back: bool
    is_update: bool


def read_traits(items: Sequence[Item]) -> list[Traits]:
    """Answer the traits of pieces, in the same order; what many pieces share is left out of them."""
    bodies = [split_words(item.entry.text)[:MOST_WORDS] for item in items]
    runs = _drop_recurring(items, [_runs_of(body) for body in bodies])
    titles = [title_words(item.entry.title) for item in items]
    own = [canonical_link(item.entry.link or "") for item in items]
    shared = _shared_links(items, own, titles)
    pictures = [picture_name(item.entry.image_url) for item in items]
    worn = _common(pictures, titles)
    traits = [
        _read(
            item, body, run, title, link, "" if link in shared else link, "" if picture in worn else picture
        )
        for item, body, run, title, link, picture in zip(
            items, bodies, runs, titles, own, pictures, strict=True
        )
    ]
    return _mark_rare(traits)


def _mark_rare(traits: Sequence[Traits]) -> list[Traits]:
    counts = _count(one.names | one.numbers for one in traits)
    return [
        replace(one, rare=frozenset(sign for sign in one.names | one.numbers if counts[sign] <= _RARE))
        for one in traits
    ]


def _read(
    item: Item,
    body: list[str],
    runs: frozenset[int],
    title: tuple[str, ...],
    own: str,
    link: str,
    picture: str,
) -> Traits:
    entry = item.entry
    words = [*split_words(entry.title), *body]
    links = (canonical_link(address) for address in entry.links)
    twins = (canonical_link(address) for _, address in entry.translations)
    return Traits(
        item=item,
        dated_at=item.dated_at,
        link=link,
        own=own,
        links=frozenset(other for other in links if other != own and not is_hub(other)),
        translations=frozenset(other for other in twins if other != own and not is_hub(other)),
        picture=picture,
        title=title,
        telling=frozenset(word for word in title if tells(word)),
        words=tuple(body),
        runs=runs,
        stems=frozenset(map(stem_of, words)) - {""},
        names=find_names(f"{entry.title}. {entry.text[:4000]}"),
        numbers=find_numbers(words),
        rare=frozenset(),
        looks_back=looks_back(entry.title),
        is_update=is_update(entry.title),
    )


def _runs_of(words: list[str]) -> frozenset[int]:
    """Hashes of all runs of four words; the same in every process, unlike Python's own."""
    codes = [_code(word) for word in words]
    return frozenset(
        (((a * 31 + b) * 31 + c) * 31 + d) * 0x9E3779B97F4A7C15 & _MASK
        for a, b, c, d in zip(codes, codes[1:], codes[2:], codes[3:], strict=False)
    )


def _code(word: str) -> int:
    return crc32(word.casefold().encode())


def _drop_recurring(items: Sequence[Item], runs: list[frozenset[int]]) -> list[frozenset[int]]:
    """Take out the runs that recur in the pieces of one source, under different titles."""
    by_source: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for item, found in zip(items, runs, strict=True):
        by_source[_house_of(item)][item.entry.title] |= found
    recurring = {
        source: {run for run, count in _count(titles.values()).items() if count >= _RECURS}
        for source, titles in by_source.items()
        if len(titles) >= _RECURS
    }
    return [
        found - recurring[_house_of(item)] if recurring.get(_house_of(item)) else found
        for item, found in zip(items, runs, strict=True)
    ]


def _house_of(item: Item) -> tuple[str, str]:
    # A sheet holds rows of many members.
    return (item.source_id, item.member_id)


def _count(sets: Iterable[AbstractSet[_Sign]]) -> Counter[_Sign]:
    counts: Counter[_Sign] = Counter()
    for one in sets:
        counts.update(one)
    return counts


def _shared_links(items: Sequence[Item], own: list[str], titles: list[tuple[str, ...]]) -> set[str]:
    """Links that are no sign: hubs, those one source gives to different pieces, those of many titles."""
    told: dict[str, dict[tuple[str, ...], set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for item, link, title in zip(items, own, titles, strict=True):
        told[link][title].add(_house_of(item))
    return {
        link
        for link, by_title in told.items()
        if is_hub(link) or len(by_title) >= _TOO_COMMON or _differs_within(by_title)
    }


def _differs_within(by_title: dict[tuple[str, ...], set[tuple[str, str]]]) -> bool:
    of_source: dict[tuple[str, str], list[frozenset[str]]] = defaultdict(list)
    for title, sources in by_title.items():
        for source in sources:
            of_source[source].append(frozenset(title))
    return any(
        len(one & other) * 2 <= max(len(one), len(other))
        for titles in of_source.values()
        for place, one in enumerate(titles)
        for other in titles[:place]
    )


def _common(keys: list[str], titles: list[tuple[str, ...]]) -> set[str]:
    """Pictures under three titles or more: a logo, or what a system shows when there is none."""
    told: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for key, title in zip(keys, titles, strict=True):
        told[key].add(title)
    return {key for key, found in told.items() if not key or len(found) > _RECURS}
