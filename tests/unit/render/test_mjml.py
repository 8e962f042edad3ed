"""MJML becomes HTML that needs nothing from elsewhere."""

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


def test_what_only_the_renderer_would_refuse_is_placed_too():
    odd = annotate(GOOD.replace('width="100px" />', ">los</mj-image>"), "templates/letter.mjml")
    with pytest.raises(InvalidTemplate, match=r"templates/letter.mjml:11:9: MJML cannot be read"):
        _convert(odd, "")
