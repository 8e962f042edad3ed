"""Words in the form in which they are compared: small, without accents, without endings."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")

#: Porter's for Dutch: the newer one also takes away the ge- of "gevel".
_ALGORITHMS = {
    "nl": "dutch_porter",
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "da": "danish",
    "sv": "swedish",
    "no": "norwegian",
    "fi": "finnish",
    "pl": "polish",
}


def split_words(text: str) -> list[str]:
    """Answer the words of a text in order, small and without accents; hyphens part words."""
    return _WORD.findall(fold_letters(text))


def fold_letters(text: str) -> str:
    """Answer the text in small letters without accents."""
    small = text.casefold()
    if small.isascii():
        return small
    parts = unicodedata.normalize("NFKD", small)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@lru_cache(maxsize=100_000)
def stem_word(word: str, language: str) -> str:
    """Answer the word without its ending; the word itself in a language without a stemmer.

    Args:
        word: as `split_words` answers it.
        language: two-letter code.
    """
    stemmer = _stemmer(language)
    return str(stemmer.stemWord(word)) if stemmer else word


@cache
def _stemmer(language: str) -> Any:
    name = _ALGORITHMS.get(language)
    return snowballstemmer.stemmer(name) if name else None
