"""How long a press release is, and how easily it reads. Pure.

A score is advice: formulas count words and syllables and understand nothing, and no score is a
certificate of B1. Syllables are counted as groups of vowels, which differs from hyphenation by a
few points.

Source: Flesch's formula, and Douma's for Dutch (206.84 - 0.93 words a sentence - 77 syllables a word).
"""

import re
from collections.abc import Iterator, Sequence

from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Finding
from stuifmail.model.sentences import split_sentences
from stuifmail.review.press_lint.material import LintMaterial, finding, passages_of

_TARGET = (250, 450)
_HARD_LIMIT = 600
#: Below this a text is hard by Douma's own table.
_HARD_SCORE = 45
_LONGEST = 3
_VOWELS = re.compile(r"[aeiouyàáâäåæèéêëìíîïòóôöøùúûü]+", re.IGNORECASE)
#: By language: base, weight of words a sentence, weight of syllables a word.
_FORMULAS = {"nl": (206.84, 0.93, 77.0), "en": (206.835, 1.015, 84.6)}


def check_reading(publication: Publication, material: LintMaterial) -> Iterator[Finding]:  # noqa: ARG001 - all alike
    """Yield what is wrong with the length, and where it reads hard."""
    for language in publication.languages:
        passages = [p for p in passages_of(publication) if p.language == language]
        count = sum(len(passage.text.split()) for passage in passages)
        if count > _HARD_LIMIT:
            message = f"the release has {count} words, more than fit one page"
            yield finding("press-length", "blocking", "", language, message, f"keep it under {_HARD_LIMIT}")
        elif not _TARGET[0] <= count <= _TARGET[1]:
            message = f"the release has {count} words"
            remedy = f"{_TARGET[0]} to {_TARGET[1]} is what desks like; shorter is well when all is said"
            yield finding("press-length", "advice", "", language, message, remedy)
        sentences = [one for p in passages if len(p.text.split()) > 5 for one in split_sentences(p.text)]
        yield from _check_score(sentences, language)


def _check_score(sentences: Sequence[str], language: str) -> Iterator[Finding]:
    score = score_reading(sentences, language)
    if score is None or score >= _HARD_SCORE:
        return
    longest = sorted(sentences, key=lambda one: -len(one.split()))[:_LONGEST]
    told = "; ".join(f"“{_first_words(one)}” ({len(one.split())} words)" for one in longest)
    name = "Flesch-Douma" if language == "nl" else "Flesch"
    message = f"it may read hard: {name} {score:.0f}, where 60 is normal; the longest sentences: {told}"
    yield finding(
        "press-readability", "advice", "", language, message, "split them, if that does not harm the facts"
    )


def score_reading(sentences: Sequence[str], language: str) -> float | None:
    """Answer the reading ease of sentences: 0 very hard, 100 very easy; None without a formula or text."""
    words = [word for sentence in sentences for word in re.findall(r"[^\W\d_]+", sentence)]
    if language not in _FORMULAS or not words:
        return None
    base, per_sentence, per_word = _FORMULAS[language]
    syllables = sum(count_syllables(word) for word in words)
    return base - per_sentence * len(words) / len(sentences) - per_word * syllables / len(words)


def count_syllables(word: str) -> int:
    """Answer how many groups of vowels a word has, at least one."""
    return max(1, len(_VOWELS.findall(word)))


def _first_words(sentence: str, count: int = 6) -> str:
    words = sentence.split()
    return " ".join(words[:count]) + (" …" if len(words) > count else "")
