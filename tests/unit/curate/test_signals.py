"""News value that a text tells itself: results, terms, policy, others' names."""

from datetime import date

import pytest

from stuifmail.config.models import Member
from stuifmail.curate.signals import Mentions, has_deadline, has_results, is_policy, is_practice
from stuifmail.model.items import Entry

SITE = "https://lid.example.org"


def member(name: str, website: str | None = SITE, **more: object) -> Member:
    fields = {"id": name.rsplit(maxsplit=1)[-1].lower(), "name": name, "kind": "ngo", "tier": "partner"}
    return Member(**fields, joined=date(2020, 1, 1), website=website, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["Van 12 naar 31 scholen", "1.200 tuinen en 400 meter heg", "40% minder, 3.000 euro", "5 of 6."]
)
def test_two_numbers_are_results(text: str) -> None:
    assert has_results(Entry(text=text))


@pytest.mark.parametrize(
    "text",
    [
        "Elf van de twaalf",
        "Op 8 juni 2026 om 14.00 uur",
        "Van 12 tot 14 mei in 2025 en 2026",
        "On June 5 and 12 May",
        "12 bijen, en nog eens 12",
        "A4-papier, 24/7 en covid-19",
        "woord " * 130 + "12 en 31",
    ],
)
def test_dates_times_years_and_what_stands_below_the_lead_are_no_results(text: str) -> None:
    assert not has_results(Entry(text=text))


@pytest.mark.parametrize("text", ["Uiterlijk 1 juni", "Aanmelden kan tot vrijdag", "Apply by Friday"])
def test_a_term_or_a_question_for_help_asks_for_haste(text: str) -> None:
    assert has_deadline(Entry(title=text))
    assert has_deadline(Entry(kind="help_request"))
    assert not has_deadline(Entry(title="Wij zaaiden tot vrijdag"))


@pytest.mark.parametrize("text", ["De gemeenteraad besloot", "Nieuw bermbeleid", "a policy on verges"])
def test_what_authorities_decide_is_policy(text: str) -> None:
    assert is_policy(Entry(title=text)) is ("bermbeleid" not in text)
    assert not is_policy(Entry(title="Emotie en advies"))


def test_good_practices_and_lessons_are_for_others_to_learn_from() -> None:
    kinds = ("good_practice", "lesson_learned", "news", "toolbox")
    assert [is_practice(Entry(kind=kind)) for kind in kinds] == [True, True, False, False]


def test_members_are_found_by_whole_names_and_countries_and_short_words_are_not() -> None:
    members = [
        member("Stichting De Bonte Berm", aliases=("De Bonte Berm",)),
        member("Zoem"),
        member("Wilgenrade"),
        member("Nederland", None),
        member("Gemeente Oud", left=date(2026, 1, 1)),
    ]
    mentions = Mentions(members, date(2026, 5, 4))
    text = "De Bonte Berm en Stichting De Bonte Berm telden met Wilgenrade in Nederland. Zoem, Gemeente Oud."
    assert mentions.find(Entry(text=text)) == {"berm", "wilgenrade"}
    assert mentions.find(Entry(text="de bonte berm van Wilgenrader hout")) == frozenset()
    assert Mentions([], date(2026, 5, 4)).find(Entry(text=text)) == frozenset()
