"""The members' survey: from answers to weights of themes whose average is 1."""

from datetime import date

import pytest

from stuifmail.config.models import Theme
from stuifmail.curate.survey import read_survey
from stuifmail.errors import InvalidSheet
from stuifmail.model.selections import SurveyResult

THEMES = (
    Theme(id="bermen", name={"nl": "Bermen, akkers", "en": "Verges"}),
    Theme(id="geld", name={"nl": "Geld", "en": "Money"}),
    Theme(id="tellen", name={"nl": "Tellen"}),
)


def read(text: str, **more: dict[str, str]) -> SurveyResult:
    return read_survey(text.encode(), file="enquete.csv", taken=date(2025, 12, 2), themes=THEMES, **more)


def test_three_choices_of_each_respondent_give_three_two_and_one_points() -> None:
    sheet = (
        'keus 1,keus 2,keus 3\n"Bermen, akkers",Geld,Tellen\nGELD,"bermen,  akkers",\nbermen,money,Tellen\n'
    )
    result = read(sheet, columns={"first": "keus 1", "second": "keus 2", "third": "keus 3"})
    # 3 + 2 + 3, 2 + 3 + 2 and 1 + 1 points make an average of 17 / 3
    assert result.weights == {"bermen": 1.41, "geld": 1.24, "tellen": 0.35}
    assert (result.answers_count, result.file, result.taken) == (3, "enquete.csv", "2025-12-02")
    assert len(result.sha256) == 64
    assert result.problems == ()


def test_weights_are_taken_as_they_are_but_for_their_average() -> None:
    assert read("theme;weight\nbermen;2,5\ngeld;0,5\n").weights == {"bermen": 2.5, "geld": 0.5, "tellen": 0.0}


def test_the_first_of_a_respondents_ranking_gets_most_points() -> None:
    sheet = "theme,rank\nbermen,1\ngeld,2\ntellen,3\nbermen,1\n"
    assert read(sheet).weights == {"bermen": 2.0, "geld": 0.67, "tellen": 0.33}


def test_rows_that_do_not_count_are_named_and_the_others_count() -> None:
    result = read("theme,weight\nbermen,3\nVogels,3\ngeld,veel\ngeld,3\n,1\n")
    assert result.weights == {"bermen": 1.5, "geld": 1.5, "tellen": 0.0}
    assert result.problems == (
        'line 3: there is no theme "Vogels"; left out',
        'line 4: "veel" is no number; left out',
    )


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ("naam,mening\na,b\n", "neither themes with a weight or rank, nor a first choice"),
        ("theme,weight\nVogels,3\n", "no row of the survey counts"),
        ("theme,weight\nbermen,0\n", "no row of the survey counts"),
        ("theme,weight\nbermen,-1\n", "no row of the survey counts"),
        ("", "the file is empty"),
    ],
)
def test_what_is_no_survey_is_refused_with_a_remedy(sheet: str, message: str) -> None:
    with pytest.raises(InvalidSheet) as refused:
        read(sheet)
    assert message in refused.value.message
    assert refused.value.place.startswith("enquete.csv")
    assert refused.value.remedy
