"""The proof page in a real browser, opened from disk."""

import dataclasses
from pathlib import Path

import pytest

from stuifmail.render.proof import write_proof
from tests.builders_proof import build_proof


@pytest.fixture(scope="module")
def page(tmp_path_factory, root) -> Path:
    return write_proof(tmp_path_factory.mktemp("proofs") / "mei", build_proof(root))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1400, 1024, 390])
def test_it_fits_loads_and_complains_of_nothing(open_page, page, width, dark):
    seen = open_page(page, width=width, dark=dark)
    assert seen.overflow_px() <= 0
    assert seen.broken_images() == []
    assert seen.complaints == []


def test_it_works_without_scripts(open_page, page):
    seen = open_page(page, scripts=False).page
    seen.locator("#edition-en").check(force=True)
    assert seen.locator(".edition-en").is_visible()
    assert not seen.locator(".edition-nl").is_visible()
    seen.locator("#text-en").check(force=True)
    assert seen.locator(".edition-en pre").is_visible()


def test_the_dark_view_is_dark_and_the_light_view_light_on_any_computer(open_page, page):
    for dark in (False, True):
        seen = open_page(page, dark=dark).page
        colours = {
            name: seen.frame(name=f"{name}-letter-nl").evaluate(
                "getComputedStyle(document.querySelector('.ground')).backgroundColor"
            )
            for name in ("light", "dark")
        }
        assert colours == {"light": "rgb(255, 253, 247)", "dark": "rgb(20, 26, 22)"}


def test_the_view_without_images_shows_what_they_show(open_page, page):
    seen = open_page(page).page
    bare = seen.frame(name="bare-letter-nl")
    assert bare.evaluate("[...document.images].map(i => [i.naturalWidth, i.alt])") == [
        [0, "Een bloeiende berm"]
    ]


def test_a_block_leads_to_its_place_in_the_view_in_use(open_page, page):
    seen = open_page(page, height=700).page
    seen.locator("#dark-nl").check(force=True)
    link = seen.locator(".edition-nl a[data-block]").last
    anchor = link.get_attribute("href").split("#")[1]
    link.click()
    frame = seen.frame(name="dark-letter-nl")
    frame.wait_for_function("window.scrollY > 0")
    assert frame.evaluate("location.hash") == f"#{anchor}"


def test_views_can_be_chosen_with_the_keyboard(open_page, page):
    seen = open_page(page).page
    seen.locator("#light-nl").focus()
    seen.keyboard.press("ArrowRight")
    assert seen.locator(".edition-nl .f-dark").is_visible()
    assert not seen.locator(".edition-nl .f-light").is_visible()


def test_many_findings_on_contacts_leave_the_letter_in_sight(open_page, root, tmp_path):
    proof = build_proof(root)
    (one,) = [finding for finding in proof.report.findings if finding.code == "contact-unusable"]
    rows = [dataclasses.replace(one, place=f"contacts.csv:{number}") for number in range(1, 7)]
    report = dataclasses.replace(proof.report, findings=(*proof.report.findings, *rows))
    seen = open_page(write_proof(tmp_path / "mei", dataclasses.replace(proof, report=report))).page
    assert seen.locator(".edition-nl .f-light iframe").bounding_box()["y"] < 700
    assert not seen.get_by_text("contacts.csv:5").is_visible()
    seen.locator(".folded > summary").click()
    assert seen.get_by_text("contacts.csv:5").is_visible()


def test_the_phone_view_has_a_phones_width(open_page, page):
    seen = open_page(page).page
    seen.locator("#phone-nl").check(force=True)
    box = seen.locator(".edition-nl .f-light iframe").bounding_box()
    assert 370 <= box["width"] <= 390
