"""What participants sheets leave open, and what they say twice."""

import pytest

from tests.unit.figures.test_participants import count, person, values


@pytest.mark.parametrize(
    "said", ["EU", "E.U.", "de Europese Unie", "The European Union", "Union européenne", "Europäische Union"]
)
def test_the_union_is_one_organisation_in_every_spelling_and_never_a_country(said: str) -> None:
    result = count(
        person(1), person(2, organisation="European Union", country=said), person(3, organisation=said)
    )
    assert values(result)["organisations"] == 2
    assert values(result)["member_organisations"] == 2
    assert values(result)["countries"] == 1
    assert result.problems == ()


def test_a_country_that_is_no_member_is_not_taken_for_one() -> None:
    result = count(person(1, organisation="Noorwegen"))
    assert values(result)["member_organisations"] == 0
    assert "'Noorwegen' came as a member" in result.problems[0]


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("country", "NL", "België"),
        ("organisation", "Stichting De Bonte Berm", "Zoem"),
        ("role", "member", "speaker"),
    ],
)
def test_a_person_of_whom_two_rows_say_different_things_is_named(
    column: str, first: str, second: str
) -> None:
    result = count(person(1, **{column: first}), person(1, **{column: second}))
    assert values(result)["participants"] == 1
    said = f"d.csv:2 (and 3): the same person is {column}: {first} and {second}; counted as {first}"
    assert said in result.problems


def test_a_person_of_whom_two_rows_say_the_same_is_only_counted() -> None:
    result = count(person(1), person(1, organisation="STICHTING DE BONTE BERM", country=""))
    assert result.problems == ("d.csv: 1 person is in the sheet more than once; counted once",)


@pytest.mark.parametrize("column", ["status", "role"])
def test_an_empty_status_or_role_is_called_empty_and_not_counted(column: str) -> None:
    result = count(person(1), person(2, **{column: ""}))
    assert values(result)["participants"] == 1
    assert result.problems[0].startswith(f"d.csv:3: {column} is empty: it must be one of ")
