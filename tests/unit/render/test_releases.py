"""Press releases, corrections and kill notices: their parts, order and words."""

import dataclasses

import lxml.html
import pytest

from stuifmail.publish.marks import leave_out_notes
from stuifmail.render.publications import PublicationRenderer
from tests.builders_messages import build_press_config
from tests.builders_publication import project_root
from tests.builders_releases import build_correction, build_embargo, build_release

RENDERER = PublicationRenderer(build_press_config(), project_root())


def render(publication, language="nl"):
    return RENDERER.render(publication, language)


def words_of(rendering):
    body = lxml.html.fromstring(rendering.html).find("body")
    return " ".join(" ".join(body.itertext()).replace("\u200c", "").split())


def test_a_dutch_release_has_its_parts_in_the_dutch_order():
    text = render(build_release()).text
    parts = (
        "PERSBERICHT",
        "Van: Coalitie voor Bestuivers & Partners, 13 februari 2026",
        "Coalitie voor Bestuivers ziet groei",
        "Gefaseerd maaien",
        "Utrecht, 13 februari 2026 – Groenbeheerders",
        "Minder maaien, meer soorten",
        "‘Een goed bestek",
        "directeur, Stichting De Bonte Berm",
        "– EINDE PERSBERICHT –",
        "Noot voor de redactie (niet voor publicatie)",
        "pers@coalitie.example.org",
        "Over de coalitie",
        "U krijgt dit persbericht omdat",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "Per direct" not in text
    assert words_of(render(build_release())).index("EINDE") > 0


def test_an_international_release_opens_with_when_it_may_be_published():
    text = render(build_release("international"), "en").text
    assert text.startswith("FOR IMMEDIATE RELEASE\nPRESS RELEASE\n")
    assert "UTRECHT, 13 February 2026 – Greenkeepers" in text
    places = [text.index(part) for part in ("###", "Notes to editors", "About the coalition")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("form", "language", "said", "reason"),
    [
        (
            "nl",
            "nl",
            "EMBARGO tot dinsdag 18 november 2025, 16.00 uur in Nairobi, 14.00 uur in Nederland",
            "Reden: de verklaring wordt dan pas getekend",
        ),
        (
            "international",
            "en",
            "EMBARGOED UNTIL Tuesday 18 November 2025, 16:00 in Nairobi, 14:00 in the Netherlands",
            "Reason: the declaration is signed only then",
        ),
    ],
)
def test_an_embargo_says_time_zone_and_reason_above_the_headline(form, language, said, reason):
    rendering = render(build_release(form, embargo=build_embargo()), language)
    for words in (words_of(rendering), " ".join(rendering.text.split())):
        assert said in words
        assert words.index(reason) < words.index("Pollinators grows" if language == "en" else "ziet groei")
        assert "FOR IMMEDIATE RELEASE" not in words


def test_an_embargo_at_home_names_the_place_for_those_who_read_elsewhere():
    rendering = render(build_release(embargo=build_embargo(time_zone="Europe/Amsterdam")))
    assert "EMBARGO tot dinsdag 18 november 2025, 14.00 uur in Nederland" in words_of(rendering)


def test_a_release_without_notes_still_has_its_end_mark():
    release = build_release()
    text = render(dataclasses.replace(release, sections=release.sections[:1])).text
    assert "– EINDE PERSBERICHT –" in text


def test_corrections_and_kill_notices_say_what_they_are_and_why_one_gets_them():
    correction, kill = render(build_correction()), render(build_correction(kind="kill"))
    assert words_of(correction).count("Correctie") == 1
    assert "31 gemeenten op het congres, geen 36" in words_of(correction)
    assert "Ingetrokken" in words_of(kill)
    assert "CORRECTIE" in correction.text
    for rendering in (correction, kill):
        assert "omdat wij u het bericht waar dit over gaat ook hebben gestuurd" in words_of(rendering)
    assert "Lees online" not in words_of(kill)


@pytest.mark.parametrize(
    ("form", "language", "end"), [("nl", "nl", "EINDE PERSBERICHT"), ("international", "en", "###")]
)
def test_notes_to_editors_are_in_the_mail_and_can_be_left_out_of_the_page(form, language, end):
    rendering = render(build_release(form), language)
    page = leave_out_notes(rendering.html)
    for text in ("pers@coalitie.example.org", "niet voor publicatie", "not for publication"):
        assert text not in page
    assert "pers@coalitie.example.org" in rendering.html
    assert page.count(end) == 1
    assert "@@unsubscribe_url@@" in page
    assert page.count("<!--[if") == page.count("<![endif]-->")
