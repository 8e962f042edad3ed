"""What a story is about: keywords by stem, in compounds, over several words."""

import pytest

from stuifmail.config.models import Domain, FocusPoint, Theme
from stuifmail.curate.themes import Match, Vocabulary, find_focus_points

VERGES = Theme(
    id="bermen",
    name={"nl": "Bermen"},
    keywords={
        "nl": ("berm", "wilde hommel", "strook", "gif", "café", "les", "bij"),
        "en": ("verge", "seed mix"),
    },
)
MONEY = Theme(id="geld", name={"nl": "Geld"}, keywords={"nl": ("subsidie", "kosten"), "en": ("cost",)})
BOTH = Vocabulary((VERGES, MONEY))


def found(text: str, language: str = "nl") -> list[str]:
    return [match.id for match in BOTH.find("", text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "bermen",
        "BERM",
        "bermbeheer",
        "een bijenstrook",
        "de bijenstroken",
        "wilde hommels",
        "Wilde-hommelstrook",
        "wilde\nhommelkast",
        "gif",
        "cafés",
        "cafe",
        "les",
        "bij",
    ],
)
def test_a_keyword_is_found_by_its_stem_in_compounds_and_over_several_words(text: str) -> None:
    assert found(f"Wij zagen {text} vandaag") == ["bermen"]


@pytest.mark.parametrize(
    ("keyword", "word"),
    [("maan", "manen"), ("manen", "maan"), ("boom", "bomen"), ("bomen", "boom"), ("buurt", "buurten")],
)
def test_vowels_that_are_doubled_in_one_form_make_no_difference(keyword: str, word: str) -> None:
    theme = Theme(id="t", name={"nl": "T"}, keywords={"nl": (keyword,)})
    assert Vocabulary((theme,)).find(word, "", "nl")


def test_english_plurals_of_words_in_y_are_found() -> None:
    theme = Theme(id="t", name={"en": "T"}, keywords={"en": ("policy", "butterfly")})
    assert Vocabulary((theme,)).find("policies", "butterflies", "en")[0].weight == 4


@pytest.mark.parametrize("text", ["gift", "lessenaar", "bijna", "wild", "hommel", "Brood", "strooien", ""])
def test_short_keywords_are_whole_words_and_parts_of_a_phrase_are_not_enough(text: str) -> None:
    assert found(f"Wij zagen {text} vandaag") == []


@pytest.mark.parametrize(
    ("text", "ids"), [("costs of verges", ["bermen", "geld"]), ("seed mixes", ["bermen"])]
)
def test_english_has_its_own_keywords_and_endings(text: str, ids: list[str]) -> None:
    assert found(text, "en") == ids
    assert found("bermen en subsidies", "en") == []


def test_all_keywords_count_for_a_language_that_has_none() -> None:
    assert found("Bermen, verges, costs", "de") == ["bermen", "geld"]


def test_the_title_weighs_threefold_and_each_keyword_counts_once() -> None:
    matches = BOTH.find("Subsidie voor subsidies", "Bermen, berm en stroken met gif: subsidies", "nl")
    assert matches == (
        Match(id="geld", weight=4, words=("subsidie", "subsidies")),
        Match(id="bermen", weight=3, words=("bermen", "stroken", "gif")),
    )


def test_domains_are_found_likewise_and_one_without_keywords_never() -> None:
    water = Domain(id="water", name={"nl": "water"}, keywords={"nl": ("dijk",)})
    nature = Domain(id="natuur", name={"nl": "natuur"})
    assert [match.id for match in Vocabulary((nature, water)).find("Dijken", "natuur", "nl")] == ["water"]


def test_a_focus_point_that_shares_both_themes_comes_first_and_each_has_its_number_of_the_year() -> None:
    points = (
        FocusPoint(id="oud", year=2025, name={"nl": "Oud"}, themes=("bermen",)),
        FocusPoint(id="berm", year=2026, name={"nl": "Berm"}, themes=("bermen",)),
        FocusPoint(id="geld", year=2026, name={"nl": "Geld"}, themes=("geld",)),
        FocusPoint(id="bestek", year=2026, name={"nl": "Bestek"}, themes=("geld", "bermen")),
    )

    def order(*themes: str) -> list[tuple[int, str]]:
        return [(number, point.id) for number, point in find_focus_points(themes, points, 2026)]

    assert order("geld", "bermen") == [(3, "bestek"), (2, "geld"), (1, "berm")]
    assert order("bermen") == [(1, "berm"), (3, "bestek")]
    assert order("elders") == order() == []
