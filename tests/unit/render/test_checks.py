"""The quality gate names what readers, mail programs and the law would trip over."""

import dataclasses
import re
from pathlib import Path

import pytest

from stuifmail.model.publications import Rendering
from stuifmail.render.checks import check_rendering
from stuifmail.render.contrast import contrast_ratio, find_low_contrast
from stuifmail.render.proof import read_page_labels
from tests.builders_proof import build_rendering
from tests.builders_publication import build_publication

HTML = """\
<!doctype html><html lang="nl"><head><title>Mei</title></head><body>
<div lang="nl" style="background-color:#fffdf7;color:#33352f">
<h1>Kop</h1><table role="presentation"><tr><td class="x block-lint">
<p>Tekst <a href="https://lid.example.org/">Lees</a></p>
<img src="https://nieuws.example.org/a.png" alt="Berm" width="600"></td></tr></table>
<a href="@@unsubscribe_url@@">Afmelden</a></div></body></html>
"""
TEXT = "Kop\n\nTekst\nhttps://lid.example.org/\n\nAfmelden: @@unsubscribe_url@@\n"


def make(html: str = HTML, text: str = TEXT, **changes: object) -> Rendering:
    values = {
        "language": "nl",
        "subject": "Zeven gemeenten zaaien één lint",
        "preheader": "Kerkhoven als oase, open telgegevens en drie data",
        "html": html,
        "text": text,
        "pictures": {"https://nieuws.example.org/a.png": "a.png"},
        "sha256": "0",
    }
    return Rendering(**(values | changes))


def codes(rendering: Rendering, **options: object) -> list[str]:
    return [finding.code for finding in check_rendering(rendering, **options)]


def changed(find: str, put: str) -> Rendering:
    assert find in HTML
    return make(HTML.replace(find, put))


def test_a_sound_letter_has_no_findings():
    assert check_rendering(make()) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_the_engine_renders_passes_its_own_gate(language):
    publication = build_publication()
    found = check_rendering(build_rendering(publication, language))
    assert [finding for finding in found if finding.severity == "blocking"] == []


@pytest.mark.parametrize(
    ("find", "put", "code"),
    [
        (' alt="Berm"', "", "missing-alt"),
        ('width="600"', 'width="1" height="1"', "tracking-pixel"),
        ('width="600"', 'style="width:1px;height:1px"', "tracking-pixel"),
        ("https://nieuws.example.org/a.png", "https://elders.example/a.png", "foreign-host"),
        ("<h1>", '<link rel="stylesheet" href="https://fonts.example/x.css"><h1>', "foreign-host"),
        (
            'role="presentation"',
            'role="presentation" background="https://elders.example/b.png"',
            "foreign-host",
        ),
        ("<h1>", '<h1 style="background:url(https://elders.example/b.png)">', "foreign-host"),
        ('width="600"', 'srcset="https://elders.example/b.png 2x"', "foreign-host"),
        ("https://nieuws.example.org/a.png", "data:image/png;base64,AAAA", "embedded-picture"),
        ("https://nieuws.example.org/a.png", "cid:a", "embedded-picture"),
        ("<h1>", "<script>x()</script><h1>", "active-content"),
        ("<h1>", "<form><input></form><h1>", "active-content"),
        ("<h1>", '<h1 onclick="x()">', "active-content"),
        ('<html lang="nl">', "<html>", "missing-language"),
        ('<div lang="nl"', "<div", "missing-language"),
        ('<div lang="nl"', '<div lang="en"', "missing-language"),
        ("<title>Mei</title>", "<title> </title>", "missing-title"),
        (' role="presentation"', "", "table-without-role"),
        ("<h1>Kop</h1>", "<h1>Kop</h1><h3>Diep</h3>", "heading-order"),
        ("color:#33352f", "color:#999999", "low-contrast"),
        ('<a href="@@unsubscribe_url@@">Afmelden</a>', "", "no-unsubscribe"),
        ("https://lid.example.org/", "#", "empty-link"),
        ("https://lid.example.org/", "javascript:x()", "unsafe-link"),
        (">Lees<", "><", "link-without-words"),
        ("https://lid.example.org/", "https://lid.example.org/anders", "link-not-in-text"),
        ("Tekst ", "Tekst [[leden.aantal]] ", "leftover-placeholder"),
        ("Tekst ", "Tekst {{ naam }} ", "leftover-placeholder"),
        ("<p>Tekst ", "<h3>" + "t" * 121 + "</h3><p>", "long-title"),
        ("Tekst ", "Tekst @@unsubscribe_url@@ ", "reserved-mark"),
        ("https://lid.example.org/", "@@unsubscribe_url@@", "reserved-mark"),
        ('alt="Berm"', 'alt="@@unsubscribe_url@@"', "reserved-mark"),
        ("<h1>", "<!-- @@unsubscribe_url@@ --><h1>", "reserved-mark"),
        ("<title>Mei", "<title>@@unsubscribe_url@@", "reserved-mark"),
        ("Tekst ", "Tekst\x92 ", "control-character"),
        ("Tekst ", "Tekst " + "x" * 86_000, "html-large"),
        ("Tekst ", "Tekst " + "x" * 100_000, "html-too-large"),
    ],
)
def test_each_fault_of_the_html_has_its_code(find, put, code):
    assert code in codes(changed(find, put))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"subject": "n" * 61}, "long-subject"),
        ({"preheader": "Te kort"}, "preheader-length"),
        ({"preheader": "Zeven gemeenten zaaien één lint van bloemen"}, "preheader-repeats"),
        ({"text": TEXT.replace("@@unsubscribe_url@@", "")}, "no-unsubscribe"),
        ({"text": TEXT + "woord " * 1_200}, "too-long"),
        ({"text": " "}, "empty-text"),
        ({"html": " "}, "empty-letter"),
        ({"subject": "Stand [[leden.aantal]]"}, "leftover-placeholder"),
        ({"subject": "Kop\x85"}, "control-character"),
        ({"subject": "@@unsubscribe_url@@"}, "reserved-mark"),
        ({"preheader": "@@unsubscribe_url@@ " + "x" * 30}, "reserved-mark"),
        ({"text": TEXT + "@@unsubscribe_url@@"}, "reserved-mark"),
    ],
)
def test_each_fault_of_subject_and_text_has_its_code(changes, code):
    assert code in codes(make(**changes))


def test_a_finding_names_the_block_and_the_edition():
    found = check_rendering(changed(' alt="Berm"', ""))
    assert [(f.place, f.language, f.severity) for f in found] == [("lint", "nl", "blocking")]
    assert all(f.remedy for f in found)


def test_what_is_left_is_told_once_per_block_in_words_without_markup():
    letter = changed("<p>Tekst ", '<h2 title="{{ 7*7 }}">{{ 7*7 }} {% raw %} bermen</h2><p>[[x]] ')
    found = check_rendering(dataclasses.replace(letter, text=f"{{{{ 7*7 }}}} [[x]]\n{TEXT}"))
    assert [(f.code, f.place, f.language) for f in found] == [("leftover-placeholder", "lint", "nl")]
    assert found[0].message == "“{{ 7*7 }}” is left in the HTML"
    (only,) = check_rendering(make(text=f"[[y]] <b>\n{TEXT}"))
    assert (only.place, only.message) == ("", "“[[y]] <b> Kop Tekst https://lid.example” is left in the text")


@pytest.mark.parametrize(
    ("length", "severities"), [(120, []), (121, ["advice"]), (300, ["advice"]), (301, ["blocking"])]
)
def test_a_title_may_not_be_a_text(length, severities):
    letter = changed("<p>Tekst ", f"<h2>{'t' * length}</h2><h3>{'t' * length}</h3><p>")
    found = [f for f in check_rendering(letter) if f.code == "long-title"]
    assert [f.severity for f in found] == severities
    assert all((f.place, f.language) == ("lint", "nl") for f in found)


def test_the_mark_of_unsubscribing_from_content_stops_the_letter_at_its_block():
    found = check_rendering(changed("Tekst ", "Tekst @@unsubscribe_url@@ "))
    assert [(f.code, f.place, f.severity) for f in found] == [("reserved-mark", "lint", "blocking")]


def test_hosts_of_the_newsroom_may_serve_pictures():
    letter = changed("nieuws.example.org", "beeld.example.org")
    assert codes(letter) == ["foreign-host"]
    assert codes(letter, hosts=["beeld.example.org"]) == []


def test_contrast_is_counted_as_wcag_counts_it():
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_contrast_is_looked_at_in_dark_mode_too():
    dark = "@media (prefers-color-scheme: dark) { .paper { background-color: #141a16 !important } }"
    body = '<body><div class="paper" style="color:#33352f;background:#fffdf7">Tekst</div></body>'
    html = f"<html><head><style>{dark}</style></head>{body}</html>"
    found = find_low_contrast(html)
    assert [(low.dark, low.background) for low in found] == [(True, "#141a16")]


def test_large_text_needs_less_contrast_and_hidden_text_none():
    body = '<body style="color:#888888;background:#ffffff">{}</body>'
    assert find_low_contrast(body.format('<p style="font-size:28px">Groot</p>')) == ()
    assert find_low_contrast(body.format('<p style="display:none">Weg</p>')) == ()
    assert len(find_low_contrast(body.format("<p>Gewoon</p>"))) == 1


def test_every_code_is_documented_and_has_words_in_both_languages(root: Path):
    used = set()
    package = root / "stuifmail"
    rooms = [*(package / "review").rglob("*.py"), *(package / "newsroom").rglob("*.py")]
    for file in [*rooms, *(package / "render").glob("checks*.py")]:
        source = file.read_text(encoding="utf-8")
        used |= set(re.findall(r"(?:code=|finding\(\s*)\"([a-z-]+)\"", source))
    documented = re.findall(
        r"^\| `([a-z-]+)` \|", (root / "docs" / "findings.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert "missing-alt" in used
    assert used == set(documented)
    for language in ("nl", "en"):
        assert set(read_page_labels(language)["codes"]) == used
    assert set(read_page_labels("nl")["remedies"]) == used
