"""Sentences are filled in with what is known, and left out where something is not."""

import dataclasses

from stuifmail.compose.releases import Facts, enumerate_names
from stuifmail.compose.releases.wording import say, say_first
from tests import builders_release as made

TOTAL = made.figure("members.total", 37)
NOW = dataclasses.replace(made.figure("congres-2026.participants", 84), previous=71, previous_label="2025")
BEFORE = made.figure("congres-2025.participants", 71)


def facts(**changes: object) -> Facts:
    found = Facts(
        values={"city": "Utrecht", "names": "", "kind": "het congres", "odd": "{city} [[members.total]]"},
        figures={figure.id: figure for figure in (TOTAL, NOW, BEFORE)},
        event_id="congres-2026",
        previous_id="congres-2025",
    )
    return dataclasses.replace(found, **changes)  # type: ignore[arg-type]


def test_a_sentence_that_lacks_a_fact_or_a_figure_is_left_out() -> None:
    phrase = "In {city}: [[participants]].\n{names} tekenden.\nEr waren [[countries]] landen.\nDat was het."
    assert say(phrase, facts()) == "In Utrecht: [[congres-2026.participants]]. Dat was het."


def test_marks_get_whole_ids_and_keep_their_hedge() -> None:
    assert say("[[participants|about]], [[members.total]]", facts()) == (
        "[[congres-2026.participants|about]], [[members.total]]"
    )


def test_the_edition_before_is_told_only_when_it_was_counted_alike() -> None:
    phrase = "Eerder [[previous.participants]]."
    assert say(phrase, facts()) == "Eerder [[congres-2025.participants]]."
    otherwise = {NOW.id: dataclasses.replace(NOW, previous=None), BEFORE.id: BEFORE}
    assert say(phrase, facts(figures=otherwise)) == ""
    assert say(phrase, facts(figures={BEFORE.id: BEFORE})) == "Eerder [[congres-2025.participants]]."


def test_an_internal_figure_is_told_in_no_release() -> None:
    hidden = {TOTAL.id: dataclasses.replace(TOTAL, internal=True)}
    assert say("Er zijn [[members.total]] leden.", facts(figures=hidden)) == ""


def test_a_sentence_that_begins_with_a_fact_begins_with_a_capital() -> None:
    assert say("{kind} is in {city}.", facts()) == "Het congres is in Utrecht."


def test_what_is_filled_in_is_never_read_as_a_phrase() -> None:
    assert say("Zie {odd}", facts()) == "Zie {city} [[members.total]]"


def test_of_headlines_the_first_that_fits_is_taken_else_the_first_known() -> None:
    phrase = "{names} tekenen\nIn {city} waren er [[participants]]\nKort"
    assert say_first(phrase, facts(), lambda text: len(text) < 10) == "Kort"
    assert say_first(phrase, facts(), lambda text: "84" in text).startswith("In Utrecht")
    assert say_first(phrase, facts(), lambda _: False).startswith("In Utrecht")
    assert say_first("{names}", facts()) == ""


def test_names_are_joined_as_in_a_sentence() -> None:
    assert enumerate_names([], "en") == ""
    assert enumerate_names(["Estland"], "en") == "Estland"
    assert enumerate_names(["Estland", "Noorwegen", "de EU"], "en") == "Estland, Noorwegen en de EU"
