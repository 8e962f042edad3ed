"""Typed numbers against the figures of the publication, in Dutch and English."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stuifmail.model.figures import Figure
from stuifmail.model.publications import NoticeBlock, Publication, Section, TextBlock
from stuifmail.model.reviews import Finding
from stuifmail.review.numbers import check_numbers
from tests.builders_publication import build_publication

PARTICIPANTS = Figure(
    id="congres-2026.participants",
    value=84,
    unit={"nl": "deelnemers", "en": "participants"},
    definition="participants/1",
    source_id="congres-2026",
    source_sha256="0" * 64,
    computed_at=datetime(2026, 5, 4, tzinfo=UTC),
    previous=71,
    previous_label="2025",
    earlier=(("2025", 71),),
)


def publication(nl: str = "", en: str = "") -> Publication:
    texts = {language: words for language, words in (("nl", nl), ("en", en)) if words}
    section = Section(id="text", kind="text", blocks=(TextBlock(id="lead", role="lead", text=texts),))
    empty = {"nl": "", "en": ""}
    return replace(
        build_publication(),
        figures=(PARTICIPANTS,),
        sections=(section,),
        subject=empty,
        preheader=empty,
        intro={},
        closing={},
    )


def codes(found: list[Finding]) -> list[tuple[str, str]]:
    return [(each.code, each.severity) for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "Er waren [[congres-2026.participants]] deelnemers.",
        "Er waren [[congres-2026.participants|about]] deelnemers.",
        "Er waren 84 deelnemers, tegen 71 deelnemers in 2025.",
        "Er waren ruim 80 deelnemers.",
        "Meer dan tachtig enthousiaste deelnemers kwamen.",
        "Zo'n 85 deelnemers bleven tot het eind.",
        "Op 12 februari om 14.00 uur, 3500 AA Utrecht.",
        "Vier akkers van twee hectare.",
        "In 2025 deelnemers geteld, in nummer 18b deelnemers ontvangen.",
        "Er kwamen vierentachtig deelnemers, om 9.30 deelnemers genoeg.",
    ],
)
def test_what_is_true_or_counts_something_else_is_left_alone(text: str) -> None:
    assert check_numbers(publication(text)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bijna 80 deelnemers kwamen.", "Bijna 80"),
        ("Er kwamen meer dan veertig deelnemers.", "meer dan veertig"),
        ("Er kwamen ruim 90 betrokken deelnemers.", "ruim 90"),
        ("Zo’n zestig deelnemers.", "Zo'n zestig"),
    ],
)
def test_a_hedge_that_is_not_true_stops_approval(text: str, said: str) -> None:
    (finding,) = check_numbers(publication(text))
    assert (finding.code, finding.severity, finding.place) == ("hedge-untrue", "blocking", "lead")
    assert finding.message == f'"{said}" is not true of 84 deelnemers'
    assert finding.remedy == "write [[congres-2026.participants|about]], which says ruim 80"


def test_a_year_before_a_unit_is_one_only_after_a_word_of_time() -> None:
    assert codes(check_numbers(publication("Wel 2025 deelnemers."))) == [("typed-figure", "blocking")]


def test_thousands_are_read_with_and_without_their_separator() -> None:
    large = replace(PARTICIPANTS, value=1284, previous=None, earlier=())
    for language, words in (("nl", "deelnemers"), ("en", "participants")):
        for said in ("1.284", "1,284", "1284", "1 284"):
            text = replace(publication(**{language: f"{said} {words}"}), figures=(large,))
            assert check_numbers(text) == []
        text = replace(publication(**{language: f"1.285 {words}"}), figures=(large,))
        assert codes(check_numbers(text)) == [("typed-figure", "blocking")]


def test_english_is_read_by_english_words() -> None:
    found = check_numbers(publication(en="Nearly 80 participants came, some sixty stayed."))
    assert codes(found) == [("hedge-untrue", "blocking"), ("hedge-unbound", "advice")]
    assert check_numbers(publication(en="More than 80 participants came.")) == []


def test_a_hedge_that_no_figure_stands_behind_is_told() -> None:
    (finding,) = check_numbers(publication("Het netwerk telt bijna 50 imkers."))
    assert (finding.code, finding.severity) == ("hedge-unbound", "advice")
    assert '"bijna 50"' in finding.message


def test_a_typed_number_before_the_unit_of_a_figure_has_to_be_its_value() -> None:
    (finding,) = check_numbers(publication("Er waren 85 deelnemers."))
    assert (finding.code, finding.severity) == ("typed-figure", "blocking")
    assert finding.message == '"85 deelnemers" stands here, but congres-2026.participants is 84'
    assert codes(check_numbers(publication("Drie deelnemers vertelden."))) == [("typed-figure", "warning")]
    assert check_numbers(publication("Er waren 85 lachende deelnemers.")) == []


def test_subject_preheader_intro_and_closing_are_read_too() -> None:
    wrong = {"nl": "85 deelnemers in Utrecht"}
    for name in ("subject", "preheader", "intro", "closing"):
        changes: dict[str, dict[str, str]] = {name: wrong}
        (finding,) = check_numbers(replace(publication("x"), **changes))  # type: ignore[arg-type]
        assert (finding.place, finding.language) == (name, "nl")


def test_what_members_write_is_theirs_also_where_a_headline_repeats_it() -> None:
    title = {"nl": "Onze cursus trok 30 deelnemers"}
    block = NoticeBlock(id="item", item_id="abc", title=title, text={"nl": "Zo'n 12 deelnemers."})
    section = Section(id="asks", kind="asks", blocks=(block,))
    told = replace(publication("x"), sections=(section,), subject={"nl": f"{title['nl']} | mei"})
    assert check_numbers(told) == []


def test_a_mark_that_asks_for_an_unknown_form_is_refused() -> None:
    (finding,) = check_numbers(publication("Er waren [[congres-2026.participants|abuot]] deelnemers."))
    assert (finding.code, finding.severity) == ("unknown-figure", "blocking")
    assert "[[congres-2026.participants|about]]" in finding.remedy
