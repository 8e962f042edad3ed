"""Hedges are true by rule: never more than was counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.model.hedges import hedge, is_fair


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (3, "3", "3"),
        (17, "17", "17"),
        (25, "25", "25"),  # further than a tenth from 20 and from 30
        (47, "bijna 50", "nearly 50"),
        (80, "80", "80"),
        (84, "ruim 80", "more than 80"),
        (143, "ruim 140", "more than 140"),
        (322, "ruim 300", "more than 300"),
        (481, "bijna 500", "nearly 500"),
        (1_234, "ruim 1.200", "more than 1,200"),
        (9_800, "bijna 10.000", "nearly 10,000"),
    ],
)
def test_a_number_is_rounded_as_a_journalist_would(value: int, dutch: str, english: str) -> None:
    assert (hedge(value, "nl"), hedge(value, "en")) == (dutch, english)


def test_a_language_without_words_for_it_keeps_the_number() -> None:
    assert hedge(84, "fr") == "84"


@pytest.mark.parametrize(
    ("kind", "said", "fair"),
    [
        ("below", 50, range(45, 50)),
        ("above", 50, range(51, 56)),
        ("about", 60, range(57, 64)),
    ],
)
def test_the_rule_ends_where_it_says(kind: str, said: int, fair: range) -> None:
    assert [value for value in range(1, 200) if is_fair(kind, said, value)] == list(fair)  # type: ignore[arg-type]


@given(st.integers(min_value=0, max_value=10**9))
def test_whatever_is_counted_its_hedge_is_allowed(value: int) -> None:
    *words, number = hedge(value, "en").split()
    said = int(number.replace(",", ""))
    match words:
        case []:
            assert said == value
        case ["nearly"]:
            assert is_fair("below", said, value)
        case _:
            assert words == ["more", "than"]
            assert is_fair("above", said, value)
