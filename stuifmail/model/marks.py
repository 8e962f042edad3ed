"""Figure marks in texts that are measured or shown as they are: numbers in their place."""

import re
from collections.abc import Iterable

from stuifmail.model.blocks import FIGURE_MARK
from stuifmail.model.figures import Figure
from stuifmail.model.texts import LocalText


def fill_marks(text: str, figures: Iterable[Figure]) -> str:
    """Answer the text with plain numbers in the place of its marks; unknown marks stay.

    Good for counting characters and words, and for the newsroom's own eyes. Editions are filled
    by render/, which knows how a language writes numbers and hedges.
    """
    values = {figure.id: figure.value for figure in figures}

    def replace(found: re.Match[str]) -> str:
        return str(values[found[1]]) if found[1] in values else found[0]

    return FIGURE_MARK.sub(replace, text)


def fill_texts(texts: LocalText, figures: Iterable[Figure]) -> dict[str, str]:
    """Answer a text in all its languages, filled as by `fill_marks`."""
    known = tuple(figures)
    return {language: fill_marks(text, known) for language, text in texts.items()}
