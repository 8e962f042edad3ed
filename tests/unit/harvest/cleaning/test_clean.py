"""Foreign markup becomes safe HTML and text for reading."""

import pytest

from stuifmail.harvest.cleaning.clean import (
    clean_html,
    clean_language,
    clean_line,
    clean_text,
    clean_title,
    first_image,
    html_to_text,
    text_to_html,
)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="jav&#x09;ascript:alert(1)">x</a>',
        '<a href="data:text/html,alert(1)">x</a>',
        '<p style="background:url(javascript:alert(1))">x</p>',
        '<iframe src="https://example.org/alert(1)"></iframe>',
        "<svg><script>alert(1)</script></svg>",
        "<!--[if mso]><script>alert(1)</script><![endif]-->",
        '<math><mtext><style><img src=x onerror="alert(1)"></style></mtext></math>',
    ],
)
def test_nothing_that_can_act_survives(hostile: str) -> None:
    assert "alert" not in clean_html(hostile, "https://berm.example.org/")


def test_relative_links_become_absolute_and_are_dropped_without_a_base() -> None:
    markup = '<a href="/a?b=1&amp;c=2">x</a><img src="plaat.png">'
    cleaned = clean_html(markup, "https://berm.example.org/nieuws/1")
    assert 'href="https://berm.example.org/a?b=1&amp;c=2"' in cleaned
    assert 'src="https://berm.example.org/nieuws/plaat.png"' in cleaned
    assert "href" not in clean_html(markup, None)


def test_deep_nesting_is_survived() -> None:
    assert html_to_text(clean_html("<div>" * 20_000 + "diep", None)) == "diep"


def test_text_keeps_paragraphs_lists_and_entities() -> None:
    markup = (
        "<h2>Kop</h2>\n<p>Een &amp; twee<br>drie</p><ul><li>klaver</li><li>distel</li></ul><p>Slot&nbsp;!</p>"
    )
    assert html_to_text(clean_html(markup, None)) == "Kop\n\nEen & twee\ndrie\n\n- klaver\n- distel\n\nSlot !"


def test_a_greater_than_sign_in_an_attribute_does_not_leak_into_the_text() -> None:
    cleaned = clean_html('<p>a<img alt="x > y" src="https://example.org/1.png">b</p>', None)
    assert html_to_text(cleaned) == "ab"


def test_hidden_words_that_protect_addresses_are_gone_and_the_address_stays_unmailable() -> None:
    markup = 'info@<span style="display:none;">remove-this.</span>example.org'
    assert html_to_text(clean_html(markup, None)) == "info (at) example.org"


def test_plain_text_becomes_escaped_paragraphs() -> None:
    assert text_to_html("Een < twee\nregel\n\n\nSlot") == "<p>Een &lt; twee<br>regel</p>\n<p>Slot</p>"


@pytest.mark.parametrize(
    ("title", "is_html", "wanted"),
    [
        ("  Bijen\n\t&amp;  hommels ", True, "Bijen & hommels"),
        ("<b>Bijen</b> in de <i>stad</i>", True, "Bijen in de stad"),
        ("Tekst over &amp;lt;b&amp;gt;", True, "Tekst over &lt;b&gt;"),
        ("x < y en AT&T", True, "x < y en AT&T"),
        ("Letterlijk &amp; zo", False, "Letterlijk &amp; zo"),
        ("Kop<script>alert(1)</script>", True, "Kop"),
        ("om\u202egekeerd\x00\u200b", True, "omgekeerd"),
    ],
)
def test_titles_are_one_line_of_plain_text_decoded_once(title: str, is_html: bool, wanted: str) -> None:
    assert clean_title(title, is_html=is_html) == wanted


def test_lone_surrogates_cannot_reach_the_database() -> None:
    assert clean_line("kop \ud800 x").encode("utf-8") == "kop \ufffd x".encode()


def test_text_has_no_long_gaps() -> None:
    assert clean_text("a \r\n\r\n\r\n\r\n b\u00a0\n c") == "a\n\nb\nc"


def test_the_first_image_is_no_counting_pixel() -> None:
    pixel = '<img src="https://example.org/p.gif" width="1" height="1">'
    assert first_image(pixel + '<img src="https://example.org/berm.jpg?a=1&amp;b=2">') == (
        "https://example.org/berm.jpg?a=1&b=2"
    )
    assert first_image(pixel) is None


@pytest.mark.parametrize(
    ("tag", "wanted"), [("NL_nl", "nl-nl"), (" en ", "en"), ("Nederlands", None), (None, None)]
)
def test_language_tags_are_lower_case_or_nothing(tag: str | None, wanted: str | None) -> None:
    assert clean_language(tag) == wanted
