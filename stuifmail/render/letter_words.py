"""Texts of a publication in the language of an edition, their figures filled in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from stuifmail.model.blocks import FIGURE_MARK
from stuifmail.model.figures import Figure
from stuifmail.model.hedges import hedge
from stuifmail.model.texts import LocalText, pick_language, pick_text
from stuifmail.render.filters import number
from stuifmail.render.labels import Labels
from stuifmail.render.typography import curl_quotes
from stuifmail.render.views import FigureView, LinkView, Words

#: Below this last time's number, growth is told in numbers only.
LEAST_FOR_PERCENT = 20
MINUS = "\N{MINUS SIGN}"
#: A number and the word after it stay on one line: "26 mei", "42 kilometer".
_NUMBER_AND_WORD = re.compile(r"(?<=\d) (?=[^\W\d])|(?<=&) ")


class LetterWords:
    """Says things in one edition's language.

    Args:
        language: of the edition.
        labels: of that language.
        figures: of the publication.
    """

    def __init__(self, language: str, labels: Labels, figures: Sequence[Figure]) -> None:
        self.language = language
        self.labels = labels
        self._figures: Mapping[str, Figure] = {figure.id: figure for figure in figures}

    def words(self, text: LocalText) -> Words:
        """Answer the text in the edition's language, else in one that it has."""
        language = pick_language(text, self.language)
        filled = self._fill(pick_text(text, self.language), language)
        return Words(text=filled, language=language, is_foreign=language != self.language)

    def label(self, text: str) -> Words:
        """Answer a label of the edition's own catalogue."""
        return Words(text=text, language=self.language)

    def link(self, href: str | None, label: LocalText, fallback: str) -> LinkView | None:
        """Answer the link with its own words, else with the fallback; None without an address."""
        if not href:
            return None
        own = self.words(label)
        return LinkView(href=href, label=own or self.label(fallback))

    def figure(self, figure_id: str, longest: int = 0) -> FigureView | None:
        """Answer a figure with last time's beside it; None when the publication has no such figure.

        Args:
            longest: the value whose bar is 100 percent; 0 for no bars.
        """
        figure = self._figures.get(figure_id)
        if figure is None:
            return None
        compared = longest > 0 and figure.previous is not None
        return FigureView(
            value=number(figure.value, self.language),
            unit=self.words(figure.unit),
            previous=self._previous(figure),
            growth=say_growth(figure, self.language, self.labels),
            share=round(100 * figure.value / longest) if compared else 0,
            previous_share=round(100 * (figure.previous or 0) / longest) if compared else 0,
        )

    def figures(self, ids: Sequence[str]) -> tuple[FigureView, ...]:
        """Answer the figures that the publication has, in this order.

        The two bars of a figure are scaled to the longer of the two: figures of one event count
        different things, so their bars are not compared with each other.
        """
        views = [view for each in ids if (view := self.figure(each, self._longest(each)))]
        # That it was the first time is true of all numbers of an event, and said once.
        first = self.labels.first_edition
        once = [replace(view, previous="", growth="") if view.growth == first else view for view in views[1:]]
        return (*views[:1], *once)

    def _longest(self, figure_id: str) -> int:
        figure = self._figures.get(figure_id)
        return max(figure.value, figure.previous or 0) if figure else 0

    def _previous(self, figure: Figure) -> str:
        if figure.previous is None:
            return self.labels.first_edition if figure.first_edition else ""
        value = number(figure.previous, self.language)
        return self.labels.previous.format(value=value, label=figure.previous_label)

    def known(self, figure_id: str) -> Figure | None:
        """Answer a figure of the publication itself, None when it has no such figure."""
        return self._figures.get(figure_id)

    def _fill(self, text: str, language: str) -> str:
        """Put figures where their marks are; an unknown mark stays, and the checks report it."""

        def value_of(match: re.Match[str]) -> str:
            figure, way = self._figures.get(match[1].strip()), (match[2] or "").strip()
            if figure is None or way not in ("", "about"):
                return match[0]
            return hedge(figure.value, language) if way else number(figure.value, language)

        return _NUMBER_AND_WORD.sub("\u00a0", curl_quotes(FIGURE_MARK.sub(value_of, text)))


def say_growth(figure: Figure, language: str, labels: Labels) -> str:
    """Answer how much a figure differs from last time, in words, or that there was no last time.

    It is "" when there is nothing to compare. Of small numbers a percentage says more than is true,
    so below twenty there is none.
    """
    before = figure.previous
    if before is None:
        return labels.first_edition if figure.first_edition else ""
    said = {"label": figure.previous_label, "value": number(figure.value, language)}
    if figure.value == before:
        return labels.as_many.format(**said)
    change = figure.value - before
    said |= {"change": _signed(change, language), "previous": number(before, language)}
    percent = round(100 * abs(change) / before) if before >= LEAST_FOR_PERCENT else 0
    if not percent:
        return labels.growth.format(**said)
    share = (labels.more_by if change > 0 else labels.less_by).format(percent=number(percent, language))
    return labels.growth_in_percent.format(**said, percent=share)


def _signed(change: int, language: str) -> str:
    return f"{'+' if change > 0 else MINUS}{number(abs(change), language)}"
