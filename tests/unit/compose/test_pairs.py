"""Who in a group can help whom."""

from collections import Counter

from stuifmail.compose.mailings.pairs import match_pairs
from stuifmail.config.events import Group, GroupMember


def make_group(*members: tuple[str, str, tuple[str, ...]]) -> Group:
    return Group.model_validate(
        {
            "id": "cop",
            "name": {"nl": "Groep"},
            "audience": "cop",
            "members": [
                GroupMember.model_validate({"member": member, "maturity": maturity, "themes": themes})
                for member, maturity, themes in members
            ],
        }
    )


def pairs_of(group: Group) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(pair.starter, pair.frontrunner, pair.themes) for pair in match_pairs(group)]


def test_each_starter_gets_the_frontrunner_that_shares_most_themes() -> None:
    group = make_group(
        ("a", "starter", ("water", "money")),
        ("b", "starter", ("schools",)),
        ("x", "frontrunner", ("schools", "water")),
        ("y", "frontrunner", ("money", "water")),
        ("z", "underway", ("schools",)),
    )
    assert pairs_of(group) == [("a", "y", ("water", "money")), ("b", "x", ("schools",))]


def test_nobody_gets_more_starters_than_an_even_share() -> None:
    starters = [(f"s{number}", "starter", ("water",)) for number in range(5)]
    group = make_group(*starters, ("x", "frontrunner", ("water",)), ("y", "frontrunner", ("money",)))
    found = pairs_of(group)
    assert len(found) == 5
    assert max(Counter(frontrunner for _, frontrunner, _ in found).values()) == 3


def test_who_names_no_themes_is_at_home_in_all() -> None:
    group = make_group(
        ("a", "starter", ("water",)), ("x", "frontrunner", ("money",)), ("y", "frontrunner", ())
    )
    assert pairs_of(group) == [("a", "y", ())]


def test_without_a_frontrunner_or_a_starter_there_are_no_pairs() -> None:
    assert match_pairs(make_group(("a", "starter", ()))) == ()
    assert match_pairs(make_group(("x", "frontrunner", ()))) == ()
