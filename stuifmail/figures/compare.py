"""This edition beside the previous one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from stuifmail.model.figures import Figure

#: Below this, percentages say more than the numbers do.
SMALLEST_BASE = 20


def with_previous(
    figures: Sequence[Figure], previous_figures: Iterable[Figure], label: str
) -> tuple[Figure, ...]:
    """Answer the figures, each with last time's value where the definition is the same.

    Args:
        figures: of this edition.
        previous_figures: of the previous edition, in any order.
        label: what the previous edition is called ("2025").
    """
    earlier = {(_metric(figure), figure.definition): figure.value for figure in previous_figures}
    return tuple(
        replace(figure, previous=earlier[key], previous_label=label)
        if (key := (_metric(figure), figure.definition)) in earlier
        else replace(figure, previous=None, previous_label="")
        for figure in figures
    )


def growth_percent(figure: Figure) -> int | None:
    """Answer the growth in whole percents; None for a first edition or too small a base."""
    if figure.previous is None or figure.previous < SMALLEST_BASE:
        return None
    return round(100 * (figure.value - figure.previous) / figure.previous)


def _metric(figure: Figure) -> str:
    return figure.id.rpartition(".")[2]
