"""What a story is about: themes by their keywords, focus points by their themes."""

import re
from collections.abc import Sequence
from functools import lru_cache

from stuifmail.config.models import FocusPoint, Theme
from stuifmail.model.items import Item

#: A word in the title says more than one in the text.
_TITLE_WEIGHT = 3

#: Longer keywords also match the beginning of a compound: "berm" finds "bermbeheer".
_COMPOUND_LETTERS = 4


def find_themes(item: Item, themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Answer the themes whose keywords the item holds, the best fitting first."""
    title, text = item.entry.title.casefold(), item.entry.text.casefold()
    weights = [(_weigh(title, text, _keywords(theme, item.language)), theme) for theme in themes]
    return tuple(theme for weight, theme in sorted(weights, key=lambda pair: -pair[0]) if weight)


def find_focus_point(
    themes: Sequence[Theme], focus_points: Sequence[FocusPoint], year: int
) -> FocusPoint | None:
    """Answer the year's focus point that these themes belong to, by the best fitting theme."""
    for theme in themes:
        for point in focus_points:
            if point.year == year and theme.id in point.themes:
                return point
    return None


def _keywords(theme: Theme, language: str) -> tuple[str, ...]:
    """The keywords in the item's language; all of them where it has none."""
    every = tuple(word for words in theme.keywords.values() for word in words)
    return tuple(theme.keywords.get(language, every))


def _weigh(title: str, text: str, keywords: tuple[str, ...]) -> int:
    """Count the different keywords; both texts are folded, which is faster than matching any case."""
    pattern = _pattern(keywords)
    if pattern is None:
        return 0
    return _TITLE_WEIGHT * len(set(pattern.findall(title))) + len(set(pattern.findall(text)))


@lru_cache(maxsize=500)
def _pattern(keywords: tuple[str, ...]) -> re.Pattern[str] | None:
    words = [r"\s+".join(map(re.escape, word.casefold().split())) for word in keywords if word.strip()]
    if not words:
        return None
    ended = [word if len(word) >= _COMPOUND_LETTERS else rf"{word}\b" for word in words]
    return re.compile(rf"\b({'|'.join(sorted(ended, key=len, reverse=True))})")
