"""Names of members in a release: countries by language, all others as they are printed."""

import pytest

from stuifmail.newsroom.press.press_checks import list_names
from stuifmail.newsroom.press.release_fields import call_event
from tests.builders_release import press_config


def spellings(language: str) -> dict[str, tuple[str, ...]]:
    return {known.id: known.spellings for known in list_names(press_config(), language)}


def test_countries_that_are_no_members_are_known_by_their_names_in_the_language() -> None:
    assert spellings("nl")["SE"] == ("Zweden",)
    assert spellings("en")["SE"] == ("Sweden",)


def test_members_are_known_by_the_name_that_is_printed() -> None:
    assert "Stichting De Bonte Berm" in spellings("nl")["bonte-berm"]


@pytest.mark.parametrize(
    ("title", "kind", "called"),
    [
        ("Groen in de gemeente", "het congres", "het congres ‘Groen in de gemeente’"),
        ("Workshop voor beginners", "de workshop", "de workshop voor beginners"),
        ("Workshops in de wei", "de workshop", "de workshop ‘Workshops in de wei’"),
        ("Wat nu", "", "‘Wat nu’"),
    ],
)
def test_an_event_is_called_what_it_is_and_nothing_is_said_twice(title: str, kind: str, called: str) -> None:
    assert call_event(title, kind) == called
