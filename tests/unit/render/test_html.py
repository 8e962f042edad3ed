"""Foreign HTML and text become running text that nothing can be smuggled in with."""

import pytest

from stuifmail.render.html import paragraphs, sanitise
from stuifmail.render.mjml import compile_mjml

FRAME = (
    '<mjml lang="nl" dir="ltr"><mj-head><mj-title>T</mj-title></mj-head><mj-body><mj-section><mj-column>'
    "<mj-text>{}</mj-text></mj-column></mj-section></mj-body></mjml>"
)


@pytest.mark.parametrize(
    ("foreign", "gone"),
    [
        ("<script>alert(1)</script>x", "alert"),
        ('<p onclick="x()">y</p>', "onclick"),
        ('<a href="javascript:x()">y</a>', "javascript"),
        ('<a href="data:text/html,x">y</a>', "data:"),
        ('<img src="https://tracker.example/1.gif">', "tracker"),
        ('<mj-raw><b>x</b></mj-raw><mj-include path="/etc/passwd"/>', "mj-"),
        ("<style>p{color:red}</style>y", "color"),
        ('<p style="position:fixed">y</p>', "position"),
        ("<!--[if mso]><v:rect/><![endif]-->y", "mso"),
        ("a\x92b", "\x92"),
    ],
)
def test_what_acts_loads_or_lays_out_is_gone(foreign, gone):
    assert gone not in sanitise(foreign)


@pytest.mark.parametrize(
    "foreign",
    [
        "<p>open",
        "<ul><li>een<li>twee",
        "<b><i>x</b></i>",
        "a < b & c",
        "<p>x<br>y<p>z",
        "</div>x",
        "<a href=x>y",
    ],
)
def test_sanitised_html_can_always_stand_in_mjml(foreign):
    assert "</html>" in compile_mjml(FRAME.format(sanitise(foreign)))


def test_braces_stay_text():
    assert sanitise("{{ 7*7 }}") == "{{ 7*7 }}"


def test_plain_text_becomes_paragraphs_with_its_markup_shown():
    html = paragraphs("Een <b>\nregel\n\n\n  Weide & Water ", style="margin:0")
    assert html == (
        '<p style="margin:0">Een &lt;b&gt;<br />regel</p>\n<p style="margin:0">Weide &amp; Water</p>'
    )


def test_empty_text_gives_no_paragraph():
    assert paragraphs("  \n\n ") == ""
