"""Names of members in a release: countries by language, all others as they are printed."""

from stuifmail.newsroom.press_checks import list_names
from tests.builders_release import press_config


def spellings(language: str) -> dict[str, tuple[str, ...]]:
    return {known.id: known.spellings for known in list_names(press_config(), language)}


def test_countries_that_are_no_members_are_known_by_their_names_in_the_language() -> None:
    assert spellings("nl")["SE"] == ("Zweden",)
    assert spellings("en")["SE"] == ("Sweden",)


def test_members_are_known_by_the_name_that_is_printed() -> None:
    assert "Stichting De Bonte Berm" in spellings("nl")["bonte-berm"]
