from dataclasses import replace

from stuifmail.compose.corrections import (
    BLANKS,
    CorrectionPhrases,
    Mistake,
    NoticeMaterial,
    bind_figures,
    compose_correction,
    compose_kill,
    find_mistakes,
    name_notice,
)
from stuifmail.config.phrases import read_phrases
from tests.aftermath import ROOT, SENDING, make_figure, make_letter, with_figure

SENT = with_figure(make_letter(), make_figure(value=85))
NOW = {"nairobi.participants": make_figure(value=84)}


def make_material(**changes):
    phrases = {
        code: read_phrases(CorrectionPhrases, ROOT / "templates", "mailings/corrections", code, blanks=BLANKS)
        for code in ("nl", "en")
    }
    material = NoticeMaterial(
        id="nieuwsbrief-2026-06-correctie",
        original=SENT,
        subjects={"nl": "Drie nieuwe leden", "en": "Three new members"},
        days={"nl": "9 juni 2026", "en": "9 June 2026"},
        phrases=phrases,
        figures=NOW,
        send_at=SENDING,
    )
    return replace(material, **changes)


def test_figures_that_differ_from_their_records_are_found_and_bound_in_each_language():
    mistakes = find_mistakes(SENT, NOW, lambda value, language: f"{value}")
    drafted = compose_correction(make_material(mistakes=mistakes))
    first = next(drafted.blocks())
    assert first.role == "correction"
    assert first.text == {
        "nl": "In ons bericht van 9 juni 2026 stond ‘85 deelnemers’; juist is "
        "‘[[nairobi.participants]] deelnemers’.",
        "en": "Our message of 9 June 2026 said ‘85 participants’; it should have said "
        "‘[[nairobi.participants]] participants’.",
    }
    assert drafted.figures == (NOW["nairobi.participants"],)
    assert find_mistakes(SENT, {"nairobi.participants": make_figure(value=85)}, str) == ()
    assert find_mistakes(SENT, {}, str) == ()


def test_a_correction_is_labelled_and_keeps_series_period_and_languages():
    drafted = compose_correction(make_material(mistakes=(Mistake(wrong={"nl": "a"}, right={"nl": "b"}),)))
    assert drafted.subject == {
        "nl": "Correctie: Drie nieuwe leden",
        "en": "Correction: Three new members",
    }
    assert (drafted.kind, drafted.corrects, drafted.audience_id) == ("correction", SENT.id, "")
    assert (drafted.series_id, drafted.period_ends_at) == (SENT.series_id, SENT.period_ends_at)
    assert drafted.languages == ("nl", "en")


def test_a_language_in_which_nobody_said_it_is_left_to_the_editor():
    drafted = compose_correction(make_material(mistakes=(Mistake(wrong={"nl": "17"}, right={"nl": "16"}),)))
    assert set(next(drafted.blocks()).text) == {"nl"}


def test_several_mistakes_stand_in_one_text_the_first_with_the_day():
    mistakes = (
        Mistake(wrong={"nl": "Zweden"}, right={"nl": "Estland"}),
        Mistake(wrong={"nl": "17"}, right={"nl": "16"}),
    )
    text = next(compose_correction(make_material(mistakes=mistakes)).blocks()).text["nl"]
    assert text.index("‘Zweden’; juist is ‘Estland’") < text.index("Ook stond er ‘17’; juist is ‘16’")


def test_words_with_braces_are_filled_in_as_they_stand():
    mistakes = (Mistake(wrong={"nl": "{day}"}, right={"nl": "{subject}"}),)
    text = next(compose_correction(make_material(mistakes=mistakes)).blocks()).text["nl"]
    assert "‘{day}’; juist is ‘{subject}’" in text


def test_a_kill_notice_names_what_is_taken_back_and_what_to_use():
    drafted = compose_kill(make_material(instead={"nl": "Een nieuw bericht volgt."}))
    first, instead, _ = drafted.blocks()
    assert (drafted.kind, first.role) == ("kill", "correction")
    assert first.text["nl"].startswith("Wij trekken ons bericht ‘Drie nieuwe leden’ van 9 juni 2026 in.")
    assert instead.text == {"nl": "Een nieuw bericht volgt."}
    assert [block.id for block in compose_kill(make_material()).blocks()] == ["kill", "closing"]


def test_a_right_number_is_bound_only_where_it_is_that_very_number():
    for text, bound in (
        ("84 deelnemers", "[[nairobi.participants]] deelnemers"),
        ("precies 84.", "precies [[nairobi.participants]]."),
        ("184 en 84.000 en 8,84", "184 en 84.000 en 8,84"),
        ("[[x|84]]", "[[x|84]]"),
    ):
        assert bind_figures(text, SENT, NOW) == bound
    assert bind_figures("85", SENT, {"nairobi.participants": make_figure(value=85)}) == "85"


def test_notices_of_one_piece_number_on():
    assert name_notice("n-6", "correctie", []) == "n-6-correctie"
    assert name_notice("n-6", "correctie", ["n-6-correctie"]) == "n-6-correctie-2"
    assert name_notice("n-6", "correctie", ["n-6-correctie", "n-6-correctie-2"]) == "n-6-correctie-3"
    assert name_notice("n-6", "ingetrokken", ["n-6-correctie"]) == "n-6-ingetrokken"
