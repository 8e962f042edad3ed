"""Each part of a press release: a text that breaks its rule, and one that keeps it."""

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import pytest

from stuifmail.model.blocks import TextBlock
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Finding
from stuifmail.review.press_lint import LintMaterial, lint_release
from stuifmail.review.press_lint.reading import count_syllables, score_reading
from tests import builders_release as made


def lint(publication: Publication, material: LintMaterial | None = None) -> list[Finding]:
    return lint_release(publication, material or made.material())


def codes(publication: Publication, material: LintMaterial | None = None) -> dict[str, str]:
    """Severity by code, advice on length and reading left aside: those texts are filling."""
    found = lint(publication, material)
    left = ("press-length", "press-readability")
    return {each.code: each.severity for each in found if each.code not in left}


def lead_of(words: str) -> Publication:
    return made.release(sections=made.sections(lead=words))


def body_of(*blocks: Any) -> Publication:
    return made.release(sections=made.sections(body=blocks))


def test_a_good_release_has_no_findings() -> None:
    assert codes(made.release()) == {}


def test_other_publications_are_not_looked_at() -> None:
    assert lint(made.release(kind="newsletter", subject={"nl": "Persbericht?"})) == []


@pytest.mark.parametrize(
    ("headline", "part"),
    [
        ("Estland wordt lid", "characters"),
        ("Estland, Noorwegen en Europese Unie treden toe tot " + "coalitie " * 6, "characters"),
        ("Treden Estland en Noorwegen toe tot de coalitie voor bestuivers?", "question"),
        ("ESTLAND EN NOORWEGEN TREDEN TOE TOT DE COALITIE", "capitals"),
        ("Persbericht: Estland en Noorwegen treden toe tot coalitie", "press release"),
        ("Meer ruimte voor bloemen in de berm van de stad", "no organisation and no number"),
    ],
)
def test_a_headline_that_a_desk_would_not_take_is_found(headline: str, part: str) -> None:
    found = [f for f in lint(made.release(subject={"nl": headline})) if f.code == "press-headline"]
    assert [part in each.message for each in found] == [True]
    assert {each.place for each in found} == {"subject"}


def test_a_headline_with_a_number_bound_to_its_record_needs_no_organisation() -> None:
    headline = {"nl": "[[members.total]] keer bloemen in de berm van stad en land"}
    assert codes(made.release(subject=headline)) == {}


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"time_zone": "Nairobi"}, "no time zone"),
        ({"reason": {}}, "no reason"),
        ({"until": datetime(2025, 11, 1, tzinfo=UTC)}, "before the release is sent"),
    ],
)
def test_an_embargo_without_zone_reason_or_future_blocks(changes: dict[str, Any], part: str) -> None:
    found = lint(made.release(embargo=made.embargo(**changes)))
    (bad,) = [each for each in found if each.code == "press-embargo"]
    assert part in bad.message
    assert bad.severity == "blocking"


def test_a_whole_embargo_passes() -> None:
    material = made.material(release_day=date(2025, 11, 20))
    release = made.release(embargo=made.embargo(), head=made.head(dated_on=date(2025, 11, 20)))
    assert codes(release, material) == {}


def test_a_release_without_its_head_blocks() -> None:
    assert codes(made.release(head=None))["press-head"] == "blocking"


def test_a_dateline_needs_a_place_of_the_news_or_the_sender_and_the_day_of_release() -> None:
    assert codes(made.release(head=made.head(place={}))) == {"press-dateline": "blocking"}
    assert codes(made.release(head=made.head(place={"nl": "Parijs"}))) == {"press-dateline": "warning"}
    assert codes(made.release(head=made.head(dated_on=date(2025, 11, 17)))) == {"press-dateline": "warning"}
    assert codes(made.release(head=made.head(place={"nl": "Utrecht"}))) == {}


def test_a_subhead_of_two_sentences_is_too_long() -> None:
    assert codes(made.release(head=made.head(subhead={"nl": "Veel woorden. " * 12}))) == {
        "press-subhead": "warning"
    }


def test_a_holiday_or_weekend_warns_and_old_news_is_told() -> None:
    assert codes(made.release(), made.material(is_quiet_day=True)) == {"press-quiet-day": "warning"}
    late = made.material(release_day=date(2026, 5, 6))
    assert codes(made.release(head=made.head(dated_on=date(2026, 5, 6))), late) == {
        "press-old-news": "advice"
    }


def test_a_release_without_a_lead_blocks_and_a_short_one_warns() -> None:
    assert codes(lead_of("")) == {"press-lead": "blocking"}
    short = "Estland tekende op 18 november in Nairobi tijdens het Sign-up Event."
    assert codes(lead_of(short)) == {"press-lead": "warning"}


@pytest.mark.parametrize(
    ("bound", "instead", "part"),
    [
        ("dinsdag 18 november 2025", "een dinsdag", "when (18 november)"),
        ("in Nairobi", "in een stad", "where (Nairobi)"),
        ("Sign-up Event", "bijeenkomst", "what (Sign-up Event)"),
    ],
)
def test_a_lead_that_does_not_say_when_where_or_what_is_found(bound: str, instead: str, part: str) -> None:
    found = [f for f in lint(lead_of(made.LEAD.replace(bound, instead))) if f.code == "press-lead-facts"]
    assert [part in each.message for each in found] == [True]


def test_a_lead_that_names_nobody_is_found() -> None:
    words = made.LEAD.replace("Estland, Noorwegen en de Europese Unie", "Drie partijen")
    words = words.replace("Coalitie voor Bestuivers & Partners", "beweging")
    found = [each.message for each in lint(lead_of(words)) if each.code == "press-lead-facts"]
    assert found == ["the lead does not say who"]


def test_a_body_of_one_or_of_six_paragraphs_warns() -> None:
    assert codes(body_of(made.text("body-1"))) == {"press-paragraphs": "warning", "press-quotes": "advice"}
    six = [made.text(f"body-{number}") for number in range(6)]
    assert codes(body_of(*six))["press-paragraphs"] == "warning"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Wij zijn blij met deze leden.", "press-ourselves"),
        ("Dat is onze coalitie.", "press-ourselves"),
        ("Dit is een uniek en baanbrekend verbond.", "press-advertising"),
        ("Het is het grootste verbond.", "press-superlative"),
    ],
)
def test_words_that_a_desk_strikes_out_are_found_outside_quotes_only(words: str, code: str) -> None:
    found = lint(body_of(made.text("body-1", words), made.text("body-2")))
    assert [each.place for each in found if each.code == code] == ["body-1"]
    said = made.quote(words=words)
    quoted = made.material(approvals=(made.consent(words=words),))
    assert codes(body_of(made.text("body-1"), said, made.text("body-2")), quoted) == {}


def test_ordinary_words_that_begin_like_struck_ones_pass() -> None:
    words = "Meestal wijzigt de wethouder het beleid; de onsterfelijke wesp blijft."
    assert codes(body_of(made.text("body-1", words), made.quote(), made.text("body-2"))) == {}


def test_a_quote_is_neither_first_nor_last_and_there_are_two_at_most() -> None:
    first = body_of(made.quote(), made.text("body-1"), made.text("body-2"))
    last = body_of(made.text("body-1"), made.text("body-2"), made.quote())
    assert codes(first) == codes(last) == {"press-quote-place": "warning"}
    texts = [made.text(f"body-{number}") for number in range(4)]
    names = [f"quote-{number}" for number in range(3)]
    three = [block for pair in zip(texts, map(made.quote, names), strict=False) for block in pair]
    agreed = made.material(approvals=tuple(map(made.consent, names)))
    assert codes(body_of(*three, texts[3]), agreed) == {"press-quotes": "warning"}


def test_a_quote_needs_the_function_of_its_speaker_and_a_consent_to_its_very_words() -> None:
    nameless = body_of(made.text("body-1"), made.quote(speaker=""), made.text("body-2"))
    assert codes(nameless) == {"press-quote-speaker": "blocking"}
    assert codes(made.release(), made.material(approvals=())) == {"press-quote-unapproved": "blocking"}
    changed = body_of(made.text("body-1"), made.quote(words=f"{made.QUOTE} Echt."), made.text("body-2"))
    (found,) = [each for each in lint(changed) if each.code == "press-quote-unapproved"]
    assert "the words changed since" in found.message
    wrapped = body_of(
        made.text("body-1"), made.quote(words=made.QUOTE.replace(" ", "\n ")), made.text("body-2")
    )
    assert codes(wrapped) == {}


@pytest.mark.parametrize("name", ["Zweden", "Highland Hedge Club", "De Bonte Berm"])
@pytest.mark.parametrize(
    "sentence",
    ["Noorwegen, {} en Estland sluiten zich aan.", "Nieuw zijn Estland en {}.", "{} heeft ondertekend."],
)
def test_somebody_told_to_be_new_who_did_not_join_blocks(name: str, sentence: str) -> None:
    release = body_of(made.text("body-1", sentence.format(name)), made.quote(), made.text("body-2"))
    (found,) = [each for each in lint(release) if each.severity == "blocking"]
    assert (found.code, found.place) == ("press-not-joined", "body-1")
    assert found.message.startswith(name if name != "De Bonte Berm" else "Stichting De Bonte Berm")


def test_a_false_newcomer_in_a_headline_or_a_quote_blocks_too() -> None:
    headline = {"nl": "Noorwegen, Zweden en Estland treden toe tot coalitie voor bestuivers"}
    assert codes(made.release(subject=headline)) == {"press-not-joined": "blocking"}
    words = "Ik verwelkom Zweden en zeg: nieuwe leden, welkom."
    said = body_of(made.text("body-1"), made.quote(words=words), made.text("body-2"))
    agreed = made.material(approvals=(made.consent(words=words),))
    assert codes(said, agreed) == {"press-not-joined": "blocking"}


def test_a_member_may_be_named_where_nobody_is_said_to_join() -> None:
    words = "De Bonte Berm en Zweden waren aanwezig in Nairobi."
    assert codes(body_of(made.text("body-1", words), made.quote(), made.text("body-2"))) == {}


def test_a_newcomer_that_nobody_knows_warns() -> None:
    words = "Nordavia en Noorwegen sluiten zich aan bij de Coalitie voor Bestuivers & Partners in Nairobi."
    found = lint(body_of(made.text("body-1", words), made.quote(), made.text("body-2")))
    (unknown,) = [each for each in found if each.code == "press-unknown-name"]
    assert unknown.message.startswith("Nordavia stands in a sentence about joining")


def test_a_number_that_opens_a_headline_is_nobodys_name() -> None:
    headline = {"nl": "Vier nieuwe leden tekenen verklaring Coalitie voor Bestuivers & Partners"}
    assert "press-unknown-name" not in codes(made.release(subject=headline))


def test_who_was_announced_and_did_not_join_is_told_to_the_editor() -> None:
    found = lint(made.release(), made.material(missing=("Highland Hedge Club",)))
    (told,) = [each for each in found if each.code == "press-difference"]
    assert told.message == "announced, but did not join: Highland Hedge Club"


def test_label_and_end_mark_stand_exactly_once() -> None:
    assert codes(made.release(), made.material(rendered={"nl": "Tekst"})) == {
        "press-label": "blocking",
        "press-end": "blocking",
    }
    twice = {"nl": "PERSBERICHT\nPERSBERICHT\n– EINDE PERSBERICHT –"}
    assert codes(made.release(), made.material(rendered=twice)) == {"press-label": "blocking"}


def test_text_after_the_notes_blocks() -> None:
    lead, body, notes, about = made.sections()
    assert codes(made.release(sections=(lead, notes, body, about))) == {"press-end": "blocking"}


def test_notes_need_the_mailbox_and_the_number_of_the_press_office() -> None:
    assert codes(made.release(sections=made.sections(contact=""))) == {
        "press-contact": "blocking",
        "press-phone": "warning",
    }
    mailbox = "pers@coalitie.example.org"
    assert codes(made.release(sections=made.sections(contact=mailbox))) == {"press-phone": "warning"}


def test_the_text_about_us_is_there_in_its_length_and_version() -> None:
    assert codes(made.release(sections=made.sections(about=""))) == {"press-boilerplate": "blocking"}
    assert codes(made.release(sections=made.sections(about="Kort."))) == {
        "press-boilerplate": "warning",
        "press-boilerplate-version": "warning",
    }
    old = made.release(head=made.head(boilerplate_version="2024-2"))
    assert codes(old) == {"press-boilerplate-version": "warning"}


def test_a_release_of_more_than_600_words_blocks_and_a_short_one_is_advice() -> None:
    long = body_of(made.text("body-1", "Het gras bloeit in mei. " * 130), made.text("body-2"))
    assert [each.severity for each in lint(long) if each.code == "press-length"] == ["blocking"]
    short = body_of(made.text("body-1", "Het gras bloeit."), made.text("body-2", "Het gras bloeit."))
    assert [each.severity for each in lint(short) if each.code == "press-length"] == ["advice"]


def test_hard_sentences_are_advice_with_the_three_longest() -> None:
    hard = (
        "Desalniettemin bewerkstelligen gemeentelijke samenwerkingsverbanden biodiversiteitsdoelstellingen. "
    )
    found = lint(body_of(made.text("body-1", hard * 12), made.quote(), made.text("body-2", hard * 12)))
    (advice,) = [each for each in found if each.code == "press-readability"]
    assert advice.severity == "advice"
    assert advice.message.count("words)") == 3
    assert "Flesch-Douma" in advice.message


def test_douma_scores_short_words_in_short_sentences_high() -> None:
    assert count_syllables("bijeenkomst") == 3
    easy = score_reading(["De kat zit op de mat.", "Het gras is groen."], "nl")
    assert easy is not None
    assert easy > 90
    assert score_reading(["Rien."], "fr") is None


def test_abbreviations_do_not_end_a_sentence_of_a_release() -> None:
    words = "De leden spraken m.b.t. bermen met o.a. Zweden en de gemeente."
    release = body_of(made.text("body-1", f"{words} Nieuw zijn zij niet."), made.quote(), made.text("body-2"))
    assert codes(release) == {}


def test_language_versions_that_tell_other_facts_are_found() -> None:
    sister = made.release(
        id="nairobi-2025-pers-2-en",
        figures=(made.figure("members.total", 36),),
        sections=made.sections(body=(made.text("body-1"), made.text("body-2"))),
        subject={"nl": "Noorwegen en Europese Unie treden toe tot coalitie voor bestuivers"},
        head=made.head(dated_on=date(2025, 11, 20)),
    )
    found = [f.message for f in lint(made.release(), made.material(sisters=(sister,))) if "sister" in f.code]
    assert "nairobi-2025-pers-2-en differs: figure members.total is 37 here and 36 there" in found
    assert "nairobi-2025-pers-2-en differs: 1 quote(s) here and 0 there" in found
    assert any("it is dated 2025-11-19 here" in message for message in found)


def test_a_name_in_one_version_only_is_found() -> None:
    bare = made.LEAD.replace("Estland, Noorwegen en", "Noorwegen en")
    headline = {"nl": "Noorwegen en Europese Unie treden toe tot coalitie voor bestuivers"}
    sister = dataclasses.replace(lead_of(bare), id="nairobi-2025-pers-2-en", subject=headline)
    found = [f.message for f in lint(made.release(), made.material(sisters=(sister,)))]
    assert "nairobi-2025-pers-2-en differs: estonia is named only here" in found


def test_another_embargo_in_the_other_version_blocks() -> None:
    sister = made.release(id="nairobi-2025-pers-2-en", embargo=made.embargo())
    assert codes(made.release(), made.material(sisters=(sister,))) == {"press-sister-embargo": "blocking"}


def test_a_version_is_not_held_against_itself_or_other_facts() -> None:
    own = made.release(figures=())
    other = made.release(id="x", facts_id="congres-2026-pers-2", figures=())
    assert codes(made.release(), made.material(sisters=(own, other))) == {}


def test_the_body_may_stand_in_blocks_of_several_paragraphs() -> None:
    block = TextBlock(id="body-1", text={"nl": f"{made.BODY}\n\n{made.BODY}"})
    assert "press-paragraphs" not in codes(body_of(block))
