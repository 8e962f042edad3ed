"""What a story is about: themes and domains by their keywords, focus points by their themes.

A keyword is found whatever its ending ("tegels" finds "tegel"); one of four letters and more also
at the beginning of a compound ("berm" finds "bermbeheer"), one of five and more at its end ("strook"
finds "bijenstroken"). Capitals, accents and hyphens make no difference; a keyword may have several
words. The text is gone through once, whatever the number of keywords.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from stuifmail.config.models import Domain, FocusPoint, Theme
from stuifmail.curate.stemming import split_words, stem_word
from stuifmail.model.items import Item

#: A word in the title says more than one in the text.
_TITLE_WEIGHT = 3

#: So many letters a keyword needs to match the beginning of a compound, or its end.
_BEGINNING_LETTERS, _END_LETTERS = 4, 5

#: What stands before the end of a compound is a word itself, and so no single letter.
_LEAST_BEFORE = 3

#: A focus point that shares so many of a story's best themes fits better than one that shares less.
_BEST_THEMES = 2

#: A word as short as "bij" must be there itself: its stem is that of too many others.
_STEMMED_LETTERS = 4

#: By so many letters at its beginning a stem is looked for in a word.
_HEAD_LETTERS = 3

#: A term and which of its keywords.
_Hit: TypeAlias = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A theme or domain that an item belongs to.

    Args:
        id: the theme or domain.
        weight: different keywords found, those in the title counted threefold.
        words: the words that betrayed it, the title's first; small and without accents.
    """

    id: str
    weight: int
    words: tuple[str, ...]


class Vocabulary:
    """Themes or domains, made ready for finding them.

    Args:
        terms: in the order that decides between equals.
    """

    def __init__(self, terms: Sequence[Theme] | Sequence[Domain]) -> None:
        self._terms: tuple[Theme | Domain, ...] = tuple(terms)
        self._indexes: dict[str, _Index] = {}

    def find(self, title: str, text: str, language: str) -> tuple[Match, ...]:
        """Answer what title and text are about, the best fitting first.

        Args:
            language: whose keywords count; all of a term's where it has none in this language.
        """
        if language not in self._indexes:
            self._indexes[language] = _build_index(self._terms, language)
        index = self._indexes[language]
        weights: dict[int, int] = defaultdict(int)
        words: dict[int, dict[str, None]] = defaultdict(dict)
        for part, points in ((title, _TITLE_WEIGHT), (text, 1)):
            found: dict[_Hit, str] = {}
            for hit, word in index.find(split_words(part)):
                found.setdefault(hit, word)
            for term, _ in found:
                weights[term] += points
            for (term, _), word in found.items():
                words[term].setdefault(word)
        best = sorted(weights, key=lambda term: (-weights[term], term))
        return tuple(
            Match(id=self._terms[term].id, weight=weights[term], words=tuple(words[term])) for term in best
        )

    def find_in(self, item: Item) -> tuple[Match, ...]:
        """Answer what the item is about, the best fitting first."""
        return self.find(item.entry.title, item.entry.text, item.language)


@dataclass(slots=True)
class _Index:
    """Keywords by what is looked up, with the answers already given.

    Args:
        words, beginnings: by the whole word, and by how a compound begins.
        stems, phrases: by language and stem; phrases by the stem of their first word.
        heads: how the stems begin; only a word that holds one of them is worth stemming.
        known: by word, the keywords that it holds and the phrases that it may begin.
    """

    words: dict[str, list[_Hit]] = field(default_factory=lambda: defaultdict(list))
    beginnings: dict[str, list[_Hit]] = field(default_factory=lambda: defaultdict(list))
    stems: dict[str, dict[str, list[_Hit]]] = field(default_factory=dict)
    phrases: dict[str, dict[str, list[_Hit]]] = field(default_factory=dict)
    heads: re.Pattern[str] | None = None
    known: dict[str, tuple[tuple[_Hit, ...], tuple[tuple[str, _Hit], ...]]] = field(default_factory=dict)

    def find(self, words: Sequence[str]) -> Iterator[tuple[_Hit, str]]:
        """Yield each keyword found with the word that holds it."""
        for at, word in enumerate(words):
            if word not in self.known:
                self.known[word] = tuple(dict.fromkeys(self._look_up(word))), tuple(self._begun_by(word))
            hits, phrases = self.known[word]
            for hit in hits:
                yield hit, word
            for language, (term, keyword) in phrases:
                here = words[at : at + len(keyword)]
                if _is_phrase(here, keyword, language):
                    yield (term, keyword), " ".join(here)

    def _look_up(self, word: str) -> Iterator[_Hit]:
        yield from self.words.get(word, ())
        if not self._is_worth_stemming(word):
            return
        for end in range(_BEGINNING_LETTERS, len(word) + 1):
            yield from self.beginnings.get(word[:end], ())
        for language, stems in self.stems.items():
            stem = stem_word(word, language)
            if len(word) >= _STEMMED_LETTERS:
                yield from stems.get(stem, ())
            for start in range(_LEAST_BEFORE, len(stem) - _END_LETTERS + 1):
                yield from stems.get(stem[start:], ())

    def _begun_by(self, word: str) -> Iterator[tuple[str, _Hit]]:
        if self.phrases and self._is_worth_stemming(word):
            for language, phrases in self.phrases.items():
                for hit in phrases.get(stem_word(word, language), ()):
                    yield language, hit

    def _is_worth_stemming(self, word: str) -> bool:
        return bool(self.heads and self.heads.search(_squeeze(word)))


def _squeeze(word: str) -> str:
    """The word without what stemmers change inside it: "maan" and "man" have one stem."""
    for vowel in "aeou":
        word = word.replace(vowel * 2, vowel)
    return word.replace("y", "i")


def _is_phrase(words: Sequence[str], keyword: tuple[str, ...], language: str) -> bool:
    """Whether the words are the keyword's; the last may begin a compound ("wilde bijenstrook")."""
    if len(words) < len(keyword):
        return False
    stems = tuple(stem_word(word, language) for word in words)
    is_begun = len(keyword[-1]) >= _BEGINNING_LETTERS and words[-1].startswith(keyword[-1])
    return stems[:-1] == keyword[:-1] and (stems[-1] == keyword[-1] or is_begun)


def _build_index(terms: Sequence[Theme | Domain], language: str) -> _Index:
    index = _Index()
    for number, term in enumerate(terms):
        own = {language: term.keywords[language]} if language in term.keywords else term.keywords
        for spoken, keywords in own.items():
            for keyword in keywords:
                _add(index, number, split_words(keyword), spoken)
    stems = {stem for one in (*index.stems.values(), *index.phrases.values()) for stem in one}
    heads = sorted({_squeeze(one)[:_HEAD_LETTERS] for one in (*stems, *index.beginnings)})
    index.heads = re.compile("|".join(map(re.escape, heads))) if heads else None
    return index


def _add(index: _Index, term: int, words: list[str], language: str) -> None:
    stems = tuple(stem_word(word, language) for word in words)
    if len(words) > 1:
        index.phrases.setdefault(language, defaultdict(list))[stems[0]].append((term, stems))
    elif words:
        (word,), (stem,) = words, stems
        index.words[word].append((term, stems))
        if len(word) >= _STEMMED_LETTERS:
            index.stems.setdefault(language, defaultdict(list))[stem].append((term, stems))
        if len(word) >= _BEGINNING_LETTERS:
            index.beginnings[word].append((term, stems))


def find_focus_points(
    themes: Sequence[str], focus_points: Sequence[FocusPoint], year: int
) -> tuple[tuple[int, FocusPoint], ...]:
    """Answer the year's focus points that a story with these themes belongs to.

    Args:
        themes: ids, the best fitting first.

    Returns:
        Each with its number in the list of the year, from 1. First those that share both of the
        two best themes, then by the best theme that they share, then in the order of the list.
    """
    rank = {theme: number for number, theme in enumerate(themes)}
    found = [
        (number, point)
        for number, point in enumerate((one for one in focus_points if one.year == year), start=1)
        if not rank.keys().isdisjoint(point.themes)
    ]

    def fit(pair: tuple[int, FocusPoint]) -> tuple[int, int, int]:
        ranks = [rank[theme] for theme in pair[1].themes if theme in rank]
        return -len([one for one in ranks if one < _BEST_THEMES]), min(ranks), pair[0]

    return tuple(sorted(found, key=fit))
