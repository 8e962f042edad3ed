"""The proof page of mailings, press releases and corrections."""

import dataclasses

import pytest

from stuifmail.model.publications import CalendarPart
from stuifmail.model.reviews import PublicationState
from stuifmail.render.proof import Sister, Step, write_proof
from stuifmail.render.publications import PublicationRenderer
from tests.builders_messages import (
    WORKSHOP,
    build_change,
    build_mailing,
    build_press_config,
    build_results,
)
from tests.builders_proof import build_proof
from tests.builders_publication import project_root
from tests.builders_releases import build_correction, build_embargo, build_release


@pytest.fixture
def message_page(tmp_path):
    """Lay out the proof of a message, and answer its page."""

    def lay_out(publication, language="nl", **changes):
        renderer = PublicationRenderer(build_press_config(), project_root())
        renderings = tuple(renderer.render(publication, code) for code in publication.languages)
        proof = build_proof(
            project_root(), publication=publication, renderings=renderings, origins=(), language=language
        )
        path = write_proof(tmp_path / publication.id, dataclasses.replace(proof, **changes))
        return path.parent, " ".join(path.read_text(encoding="utf-8").split())

    return lay_out


def test_a_release_says_what_it_is_and_until_when_it_is_under_embargo(message_page):
    release = build_release(embargo=build_embargo())
    _, page = message_page(release)
    assert "Proef · Persbericht" in page
    assert "Embargo tot dinsdag 18 november 2025, 16.00 uur (Africa/Nairobi)" in page
    assert "congres-2026-pers-2" in page
    assert "nr. 0" not in page
    _, page = message_page(release, language="en")
    assert "Embargo until Tuesday 18 November 2025, 16:00 (Africa/Nairobi)" in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_of_block_is_shown_with_its_kind_and_where_it_stands(message_page, language):
    for publication in (build_mailing(), build_results(), build_change(), build_release()):
        _, page = message_page(publication, language)
        for block in publication.blocks():
            assert f'href="nl.html#block-{block.id}"' in page


def test_a_mailing_says_who_of_an_event_s_people_get_it_and_what_is_put_into_calendars(message_page):
    part = CalendarPart(facts=WORKSHOP, organiser="agenda@coalitie.example.org")
    _, page = message_page(build_change(calendar=part))
    assert "Alleen voor wie: zich aanmeldde" in page
    assert "Met agendabestand: Verhalen die blijven hangen" in page
    assert "Wanneer: maandag 8 juni 2026, 14.00–17.00 uur → maandag 15 juni 2026" in page


def test_a_correction_says_what_it_corrects(message_page):
    assert "Verbetert congres-2026-resultaten" in message_page(build_correction())[1]
    assert "Trekt congres-2026-resultaten in" in message_page(build_correction(kind="kill"))[1]


def test_charts_of_both_languages_lie_beside_the_proof_with_the_sheet_they_were_counted_from(message_page):
    folder, page = message_page(build_results())
    assert len([path for path in (folder / "pictures").iterdir() if "logo" not in path.name]) == 4
    assert "Deelnemers per soort organisatie, uit deelnemers-2026" in page
    assert "Met ruim 80 deelnemers" in page


def test_a_release_leads_to_the_proof_of_its_version_in_the_other_language(message_page):
    english = Sister(publication_id="congres-2026-pers-2-en", language="en", has_proof=True)
    _, page = message_page(build_release(), sisters=(english,))
    assert (
        'Versie in het Engels: <a href="../congres-2026-pers-2-en/index.html">congres-2026-pers-2-en</a>'
        in page
    )
    _, page = message_page(build_release(), sisters=(dataclasses.replace(english, has_proof=False),))
    assert "congres-2026-pers-2-en (nog geen proef)" in page


@pytest.mark.parametrize("state", PublicationState)
def test_every_state_says_what_is_next_and_no_message_is_called_an_issue(message_page, state):
    for language in ("nl", "en"):
        _, page = message_page(build_release(), language, state=state)
        assert "dit nummer" not in page.casefold()
        assert "this issue" not in page.casefold()


def test_what_is_held_can_go_on(message_page):
    step = Step(label="resume", command="stuifmail resume congres-2026-pers-2-nl --as eindredactie")
    _, page = message_page(build_release(), state=PublicationState.HELD, steps=(step,))
    assert "Hervatten waar het bleef" in page
    assert "er gaat niets meer uit totdat" in page
