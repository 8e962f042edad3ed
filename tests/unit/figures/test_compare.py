"""This edition beside the previous one."""

from datetime import UTC, datetime

import pytest

from stuifmail.figures import growth_percent, with_previous
from stuifmail.model.figures import Figure


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


def test_the_previous_edition_stands_beside_this_one() -> None:
    (found,) = with_previous(
        [figure("congres-2026.participants", 84)], [figure("congres-2025.participants", 71)], "2025"
    )
    assert (found.value, found.previous, found.previous_label) == (84, 71, "2025")


def test_another_definition_is_never_compared() -> None:
    earlier = [figure("congres-2024.participants", 60, "participants/0")]
    (found,) = with_previous([figure("congres-2026.participants", 84)], earlier, "2024")
    assert (found.previous, found.previous_label) == (None, "")


def test_another_metric_is_never_compared() -> None:
    earlier = [figure("congres-2025.organisations", 26)]
    (found,) = with_previous([figure("congres-2026.participants", 84)], earlier, "2025")
    assert found.previous is None


@pytest.mark.parametrize(
    ("value", "previous", "growth"), [(84, 71, 18), (10, 20, -50), (84, 19, None), (84, None, None)]
)
def test_growth_in_percents_needs_a_base_of_twenty(
    value: int, previous: int | None, growth: int | None
) -> None:
    assert growth_percent(figure("a.b", value, previous=previous)) == growth
