"""Texts of a publication as plain text, for machines and calendars: marks filled, no layout."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.publications import Publication
from stuifmail.model.texts import LocalText
from stuifmail.render.labels import read_labels
from stuifmail.render.letter_words import LetterWords

#: Answers a text in one language, figures in the place of their marks.
Say: TypeAlias = Callable[[LocalText], str]


def make_sayer(config: NewsroomConfig, root: Path, publication: Publication, language: str) -> Say:
    """Answer what says a publication's texts plainly, just as its edition has them.

    Args:
        config: the newsroom's configuration.
        root: the newsroom's folder, with the catalogues of labels.
        publication: whose figures fill the marks.
        language: of the edition; what is not translated stands in another.

    Raises:
        InvalidDocument: a catalogue of labels has problems.
    """
    labels = read_labels(root / config.templates, language, config.templates)
    words = LetterWords(language, labels, publication.figures)

    def say(text: LocalText) -> str:
        return words.words(text).text.replace("\u00a0", " ").strip()

    return say
