"""MJML becomes HTML that needs nothing from elsewhere."""

import re

import lxml.html
import pytest

from stuifmail.errors import InvalidTemplate
from stuifmail.render.mjml import _convert, compile_mjml
from stuifmail.render.templates import annotate
from tests.unit.render.test_lint import GOOD


@pytest.fixture
def html() -> str:
    return compile_mjml(annotate(GOOD, "templates/letter.mjml"))


def test_styles_marked_inline_stand_in_the_elements(html):
    assert "margin: 0" in html.split("<body")[1].split("Hé")[0].rsplit("<p", 1)[1]
    assert ".copy" not in html


def test_other_styles_stay_in_the_head():
    media = "<mj-style>@media (prefers-color-scheme: dark) { .copy { color: #ffffff } }</mj-style></mj-head>"
    html = compile_mjml(GOOD.replace("</mj-head>", media))
    assert "prefers-color-scheme" in html.split("<body")[0]
    assert "data-css-inline" not in html


def test_nothing_is_loaded_from_elsewhere(html):
    assert "googleapis" not in html
    assert "<link" not in html
    assert "@import" not in html


def test_template_places_never_leave_the_house(html):
    assert "data-template-place" not in html
    assert "letter.mjml" not in html


def test_language_direction_and_title_are_where_screen_readers_look(html):
    assert '<html lang="nl" dir="ltr"' in html
    assert "<title>Mei</title>" in html
    assert 'role="article" lang="nl" dir="ltr"' in html


def test_a_comment_before_the_letter_does_not_cost_the_doctype():
    assert compile_mjml("<!-- van de redactie -->\n" + GOOD).lower().startswith("<!doctype html>")


def test_the_unsubscribe_mark_survives_in_links_and_text():
    html = compile_mjml(GOOD.replace("Hé", '<a href="@@unsubscribe_url@@">@@unsubscribe_url@@</a>'))
    assert html.count("@@unsubscribe_url@@") == 2


HOSTILE = "a\u00a0b\u200dc\\d\u0301e\u2028f\U0001f41d\u202e\ufeff x0qa0z x1q é"


def test_special_characters_in_attributes_stay_what_they_are():
    link = f'<a href="https://example.org/a\\b" title="{HOSTILE}">Hé</a>'
    picture = f'alt="{HOSTILE}" width="100px" title="{HOSTILE}" href="https://example.org/c\\d"'
    html = compile_mjml(GOOD.replace("Hé", link).replace('alt="" width="100px"', picture))
    tree = lxml.html.fromstring(html)
    assert tree.xpath("//a[text()='Hé']/@title") == tree.xpath("//img/@alt") == [HOSTILE]
    assert tree.xpath("//img/@title") == [HOSTILE]
    addresses = tree.xpath("//a/@href")
    assert addresses[:2] == ["https://example.org/a\\b", "https://example.org/c\\d"]
    assert not re.search(r"\\u\{|\\\\", html)


@pytest.mark.parametrize(
    ("cut", "line"), [("", 1), ("<mjml la", 1), (GOOD[: GOOD.index("css-class")], 10), (GOOD[:-12], 7)]
)
def test_a_template_cut_in_the_middle_is_named_with_its_line(cut, line):
    with pytest.raises(InvalidTemplate) as caught:
        compile_mjml(annotate(cut, "templates/letter.mjml"), file="templates/letter.mjml")
    assert caught.value.place.startswith(f"templates/letter.mjml:{line}")
    assert "data-template-place" not in str(caught.value)


def test_what_only_the_renderer_would_refuse_is_placed_too():
    odd = annotate(GOOD.replace('width="100px" />', ">los</mj-image>"), "templates/letter.mjml")
    with pytest.raises(InvalidTemplate, match=r"templates/letter.mjml:11:9: MJML cannot be read"):
        _convert(odd, "")
