"""This edition beside the earlier ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from stuifmail.model.figures import Figure

#: Below this, percentages say more than the numbers do.
SMALLEST_BASE = 20

_WORDS = {
    "nl": {"first": "eerste editie", "against": "tegen"},
    "en": {"first": "first edition", "against": "against"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An earlier edition of an event.

    Args:
        label: what it is called ("2025").
        figures: its figures by metric.
    """

    label: str
    figures: Mapping[str, Figure]


def with_editions(
    figures: Sequence[Figure], editions: Sequence[Edition], *, is_first: bool = False
) -> tuple[Figure, ...]:
    """Answer the figures, each with what earlier editions came to on the same definition.

    The row ends at the first edition that counted otherwise or not at all: what lies behind a
    gap is not what readers take it for.

    Args:
        figures: of this edition.
        editions: the earlier ones, the last one first.
        is_first: this is the first of its editions.
    """
    return tuple(replace(_with_editions(each, editions), first_edition=is_first) for each in figures)


def _with_editions(figure: Figure, editions: Sequence[Edition]) -> Figure:
    found = ((edition.label, edition.figures.get(metric_of(figure))) for edition in editions)
    alike = takewhile(lambda pair: pair[1] is not None and pair[1].definition == figure.definition, found)
    values = [(label, earlier.value) for label, earlier in alike if earlier is not None]
    label, value = values[0] if values else ("", None)
    return replace(figure, previous=value, previous_label=label, earlier=tuple(reversed(values)))


def growth_percent(figure: Figure) -> int | None:
    """Answer the growth in whole percents; None without a previous edition or with too small a base."""
    if figure.previous is None or figure.previous < SMALLEST_BASE:
        return None
    return round(100 * (figure.value - figure.previous) / figure.previous)


def say_growth(figure: Figure, language: str) -> str:
    """Answer the growth in words: "+13 (84 against 71)", "first edition", "" when nothing compares.

    Args:
        language: nl or en.
    """
    words = _WORDS.get(language, _WORDS["en"])
    if figure.previous is None:
        return words["first"] if figure.first_edition else ""
    return f"{figure.value - figure.previous:+d} ({figure.value} {words['against']} {figure.previous})"


def metric_of(figure: Figure) -> str:
    """Answer which metric a figure is of: the last part of its id."""
    return figure.id.rpartition(".")[2]
