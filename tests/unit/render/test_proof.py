"""A proof is one folder that opens from disk and is written whole or not at all."""

import dataclasses
import re
import resource
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html as lxml_html

from stuifmail.errors import StoreUnwritable
from stuifmail.model.reviews import Approval, Finding, PublicationState
from stuifmail.render.proof import read_page_labels, write_proof
from stuifmail.render.proof_copies import make_copy
from tests.builders_proof import PICTURE, build_proof


@pytest.fixture
def page(tmp_path: Path, root: Path) -> str:
    return write_proof(tmp_path / "proofs" / "mei", build_proof(root)).read_text(encoding="utf-8")


def shape(value: object) -> object:
    return {key: shape(inner) for key, inner in value.items()} if isinstance(value, dict) else type(value)


def test_the_folder_holds_page_copies_text_and_pictures_only(tmp_path, root):
    page = write_proof(tmp_path / "proofs" / "mei", build_proof(root))
    names = sorted(str(file.relative_to(page.parent)) for file in page.parent.rglob("*") if file.is_file())
    assert names == [
        "en.bare.html",
        "en.dark.html",
        "en.html",
        "en.txt",
        "index.html",
        "nl.bare.html",
        "nl.dark.html",
        "nl.html",
        "nl.txt",
        "pictures/01-hero-spring.png",
    ]
    assert [entry.name for entry in page.parent.parent.iterdir()] == ["mei"]


def test_the_page_says_what_it_is_and_what_to_do_next(page):
    shown = " ".join(lxml_html.document_fromstring(page).text_content().split())
    for words in (
        "Nieuwsbrief nr. 47",
        "Verzending woensdag 6 mei 2026, 10.00 uur",
        "Versie 3, door Redactie",
        "stuifmail approve nieuwsbrief-2026-05 --as eindredactie",
        "57 lezers krijgen het",
        "3 adressen krijgen het niet",
        "Opgehaald maandag 4 mei 2026, 6.30 uur".replace("Opgehaald ", ""),
    ):
        assert words in shown


def test_the_page_exists_in_english_too(tmp_path, root):
    page = write_proof(tmp_path / "mei", build_proof(root, language="en")).read_text(encoding="utf-8")
    assert '<html lang="en"' in page
    assert "57 readers get it" in page
    assert "Nothing stands in the way" in page


def test_both_catalogues_hold_the_same_words():
    dutch, english = shape(read_page_labels("nl")), shape(read_page_labels("en"))
    assert {**dutch, "remedies": 0} == {**english, "remedies": 0}


def test_a_language_without_catalogue_is_shown_in_english():
    assert read_page_labels("xx") == read_page_labels("en")


def test_each_finding_stands_at_its_block_and_edition(page):
    document = lxml_html.document_fromstring(page)
    dutch = document.xpath("//article[contains(@class, 'edition-nl')]")[0]
    english = document.xpath("//article[contains(@class, 'edition-en')]")[0]
    assert "Link ontbreekt in het tekstdeel" in dutch.xpath(".//div[@class='block']")[0].text_content()
    assert "Link ontbreekt in het tekstdeel" not in english.text_content()
    assert "Nog niet vertaald" in english.xpath(".//div[@class='block']")[1].text_content()
    readers = document.xpath("//section[@class='readers']")[0].text_content()
    assert "contacts.csv:14" in readers


def test_blocks_lead_to_their_place_in_the_letter(tmp_path, root):
    page = write_proof(tmp_path / "mei", build_proof(root))
    links = re.findall(r'href="(nl\.html)#(block-[^"]+)"', page.read_text(encoding="utf-8"))
    letter = (page.parent / "nl.html").read_text(encoding="utf-8")
    assert len(links) == len(list(build_proof(root).publication.blocks()))
    assert all(f'id="{anchor}"' in letter for _, anchor in links)


def test_foreign_titles_are_shown_not_obeyed(page):
    assert "<b>van</b>" not in page
    assert "&lt;b&gt;van&lt;/b&gt;" in page


def test_an_origin_that_is_no_web_address_is_not_linked(tmp_path, root):
    proof = build_proof(root)
    evil = dataclasses.replace(proof.origins[0], url="javascript:alert(1)")
    page = write_proof(tmp_path / "mei", dataclasses.replace(proof, origins=(evil,)))
    assert "javascript:" not in page.read_text(encoding="utf-8")


def test_blocking_findings_are_said_first(tmp_path, root):
    proof = build_proof(root)
    finding = Finding(code="empty-link", severity="blocking", language="nl", message="x", remedy="y")
    report = dataclasses.replace(proof.report, findings=(*proof.report.findings, finding))
    page = write_proof(tmp_path / "mei", dataclasses.replace(proof, report=report)).read_text(
        encoding="utf-8"
    )
    assert "Er staat nog iets in de weg" in page
    assert "1 houdt tegen" in page


@pytest.mark.parametrize(("count", "is_folded"), [(2, False), (3, True)])
def test_many_findings_on_contacts_are_folded_but_what_blocks_is_not(tmp_path, root, count, is_folded):
    proof = build_proof(root)
    (one,) = [finding for finding in proof.report.findings if finding.code == "contact-unusable"]
    nobody = Finding(code="no-readers", severity="blocking", message="nobody", remedy="look")
    rows = [dataclasses.replace(one, place=f"contacts.csv:{number}") for number in range(1, count)]
    report = dataclasses.replace(proof.report, findings=(*rows, nobody))
    page = write_proof(tmp_path / "mei", dataclasses.replace(proof, report=report))
    document = lxml_html.document_fromstring(page.read_text(encoding="utf-8"))
    folded = document.xpath("//details[@class='folded']")
    assert bool(folded) is is_folded
    if folded:
        assert folded[0].findtext("summary") == "2 bevindingen over de lezers"
        assert "contacts.csv:2" in folded[0].text_content()
        assert "Niemand zou dit krijgen" not in folded[0].text_content()


def test_an_approval_given_alone_is_reported(tmp_path, root):
    approval = Approval(
        publication_id="nieuwsbrief-2026-05",
        revision=3,
        role="eindredactie",
        approved_at=datetime(2026, 5, 4, 8, 0, tzinfo=UTC),
        content_sha256="",
        audience_sha256="",
        findings_sha256="",
        single_eye_reason="niemand anders aanwezig",
    )
    proof = build_proof(root, state=PublicationState.APPROVED, approval=approval)
    page = write_proof(tmp_path / "mei", proof).read_text(encoding="utf-8")
    assert "Akkoord van eindredactie, maandag 4 mei 2026, 10.00 uur." in page
    assert "niemand anders aanwezig" in page


def test_a_copy_calls_nobody_and_unsubscribes_nobody():
    html = (
        '<head></head><a href="@@unsubscribe_url@@">x</a><img src="https://elders.example/x.png" alt="y">'
        f'<img alt="z" src="{PICTURE}"><td background="https://elders.example/b.png">'
    )
    copy = make_copy(html, {PICTURE: "pictures/01-hero.png"})
    assert 'src="pictures/01-hero.png"' in copy
    assert "elders.example" not in copy
    assert "@@unsubscribe_url@@" not in copy
    assert 'src="pictures' not in make_copy(html, {}, bare=True)


def test_dark_copies_are_dark_and_light_copies_light_whatever_the_computer_says():
    html = "<head><style>@media screen and (prefers-color-scheme: dark) { a { color: #fff } }</style></head>"
    assert "(min-width:0px)" in make_copy(html, {}, dark=True)
    assert "(max-width:0px)" in make_copy(html, {})
    assert "prefers-color-scheme" not in make_copy(html, {}, dark=True)


def test_a_second_proof_replaces_the_first_whole(tmp_path, root):
    page = write_proof(tmp_path / "mei", build_proof(root))
    (page.parent / "stray.txt").write_text("x")
    again = write_proof(tmp_path / "mei", build_proof(root, revision=4))
    assert "Versie 4" in again.read_text(encoding="utf-8")
    assert not (again.parent / "stray.txt").exists()
    assert [entry.name for entry in tmp_path.iterdir()] == ["mei"]


def test_a_full_disk_leaves_the_former_proof_and_nothing_half_written(tmp_path, root):
    page = write_proof(tmp_path / "mei", build_proof(root))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(StoreUnwritable) as caught:
            write_proof(tmp_path / "mei", build_proof(root, revision=4))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "disk space" in caught.value.remedy
    assert caught.value.place == str(tmp_path / "mei")
    assert "Versie 3" in page.read_text(encoding="utf-8")
    assert [entry.name for entry in tmp_path.iterdir()] == ["mei"]


def test_a_folder_that_cannot_be_made_is_named_with_its_remedy(tmp_path, root):
    (tmp_path / "proofs").write_text("a file where the folder should be")
    with pytest.raises(StoreUnwritable, match="outputs"):
        write_proof(tmp_path / "proofs" / "mei", build_proof(root))


def test_a_missing_picture_shows_its_description_instead(tmp_path):
    page = write_proof(tmp_path / "mei", build_proof(tmp_path))
    letter = (page.parent / "nl.html").read_text(encoding="utf-8")
    assert PICTURE not in letter
    assert 'alt="Een bloeiende berm"' in letter
