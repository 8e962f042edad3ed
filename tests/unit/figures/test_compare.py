"""This edition beside the earlier ones."""

from datetime import UTC, datetime

import pytest

from stuifmail.figures import growth_percent, say_growth, with_editions
from stuifmail.figures.compare import Edition
from stuifmail.figures.metrics import EVENT_METRICS
from stuifmail.model.figures import EVENT_METRIC_NAMES, Figure


def figure(name: str, value: int, definition: str = "participants/1", previous: int | None = None) -> Figure:
    return Figure(
        id=name,
        value=value,
        unit={"nl": "deelnemers"},
        definition=definition,
        source_id="s",
        source_sha256="0" * 64,
        computed_at=datetime(2026, 5, 4, tzinfo=UTC),
        previous=previous,
    )


def edition(label: str, value: int, definition: str = "participants/1") -> Edition:
    return Edition(
        label=label, figures={"participants": figure(f"x-{label}.participants", value, definition)}
    )


def test_earlier_editions_stand_beside_this_one_the_oldest_first() -> None:
    (found,) = with_editions(
        [figure("congres-2026.participants", 84)], [edition("2025", 71), edition("2024", 60)]
    )
    assert (found.value, found.previous, found.previous_label) == (84, 71, "2025")
    assert found.earlier == (("2024", 60), ("2025", 71))


def test_another_definition_is_never_compared_and_ends_the_row() -> None:
    editions = [edition("2025", 71), edition("2024", 63, "participants/0"), edition("2023", 50)]
    (found,) = with_editions([figure("congres-2026.participants", 84)], editions)
    assert found.earlier == (("2025", 71),)
    (older,) = with_editions([figure("congres-2025.participants", 71)], editions[1:])
    assert (older.previous, older.previous_label, older.earlier) == (None, "", ())


def test_another_metric_is_never_compared() -> None:
    earlier = Edition(label="2025", figures={"organisations": figure("congres-2025.organisations", 26)})
    (found,) = with_editions([figure("congres-2026.participants", 84)], [earlier])
    assert found.previous is None


@pytest.mark.parametrize(
    ("value", "previous", "growth"), [(84, 71, 18), (10, 20, -50), (84, 19, None), (84, None, None)]
)
def test_growth_in_percents_needs_a_base_of_twenty(
    value: int, previous: int | None, growth: int | None
) -> None:
    assert growth_percent(figure("a.b", value, previous=previous)) == growth


def test_growth_is_said_in_numbers_and_a_first_edition_is_called_one() -> None:
    grown, shrunk = figure("a.b", 84, previous=71), figure("a.b", 60, previous=71)
    (first,) = with_editions([figure("a.b", 84)], [], is_first=True)
    assert say_growth(grown, "nl") == "+13 (84 tegen 71)"
    assert say_growth(shrunk, "en") == "-11 (60 against 71)"
    assert say_growth(first, "nl") == "eerste editie"
    assert say_growth(first, "en") == "first edition"
    assert say_growth(figure("a.b", 84), "en") == ""


def test_sources_yaml_may_name_every_figure_that_is_counted_and_no_other() -> None:
    assert tuple(EVENT_METRICS) == EVENT_METRIC_NAMES
