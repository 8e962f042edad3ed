"""What content systems put around a piece of news does not come into the newsroom."""

import pytest

from stuifmail.harvest.cleaning.clean import clean_body
from stuifmail.harvest.formats.documents import parse_document
from tests.builders_harvest import make_rss

BASE = "https://berm.example.org/"
NOISE = {
    "Drupal's label of the body": ('<div class="field__label">Body:&nbsp;</div><p>Klaver.</p>', "Klaver."),
    "Drupal 7's label": ('<div class="field-label">Inhoud:</div><p>Klaver.</p>', "Klaver."),
    "Drupal's title, author and date": (
        ('<span class="field field--name-title field--type-string">Kop</span>\n'
        '<span class="field field--name-uid"><span lang="" about="/user/1">admin</span></span>\n'
        '<span class="field field--name-created field--type-created">ma, 04/05/2026 - 12:00</span>\n'
        '<div class="field field--name-body"><p>Klaver.</p></div>'),
        "Klaver.",
    ),
    "Drupal's date of publication": (
        ('<div class="field"><div class="field__label">Publicatiedatum</div>'
        '<div class="field__item"><time datetime="2026-05-04">4 mei</time></div></div><p>Klaver.</p>'),
        "Klaver.",
    ),
    "a label that says something stays": (
        '<div class="field__label">Locatie</div><div class="field__item">Utrecht</div>',
        "Locatie\n\nUtrecht",
    ),
    "a link that skips to the text": (
        '<a href="#main-content" class="skip-link">Skip to main content</a><p>Klaver.</p>',
        "Klaver.",
    ),
    "the same in Dutch": ('<a href="#main">Overslaan en naar de inhoud gaan</a><p>Klaver.</p>', "Klaver."),
    "WordPress's footer": (
        ('<p>Klaver.</p><p>The post <a href="https://berm.example.org/1">Kop</a> appeared first on '
        '<a href="https://berm.example.org">De Berm</a>.</p>'),
        "Klaver.",
    ),
    "the same in Dutch words": (
        '<p>Klaver.</p>\n<p>Het bericht <a href="/1">Kop</a> verscheen eerst op <a href="/">De Berm</a>.</p>',
        "Klaver.",
    ),
    "an excerpt's end": ("<p>Klaver en meer [&hellip;]</p>", "Klaver en meer…"),
    "a link to read on": ('<p>Klaver. <a href="/1">Lees verder &raquo;</a></p>', "Klaver."),
    "the same with the title for the blind": (
        '<p>Klaver&hellip; <a href="/1" class="more">Continue reading <span class="sr">Kop</span></a></p>',
        "Klaver",
    ),
    "a sentence about reading stays": (
        '<p>Klaver. <a href="/1">Lees verder</a> in het boek.</p>', "Klaver. Lees verder in het boek."
    ),
    "a row to share": (
        '<p>Klaver.</p><div class="feedflare"><a href="/~ff/a"><img src="/x.png"></a></div>',
        "Klaver.",
    ),
    "links to share": (
        '<p>Klaver. <a href="https://www.facebook.com/sharer/sharer.php?u=x">Deel</a></p>', "Klaver."
    ),
    "spaces that do not break": ("<p>a&nbsp;&nbsp;b\u00a0c</p>", "a b c"),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "text"), NOISE.values(), ids=NOISE)
def test_furniture_of_content_systems_is_gone(markup: str, text: str) -> None:
    assert clean_body(markup, BASE).text == text


def test_uncategorized_says_nothing_and_other_categories_stay() -> None:
    (entry,) = parse_document(
        make_rss("<title>t</title><category>Uncategorized</category><category>Groen</category>"), url="x"
    ).entries
    assert entry.categories == ("Groen",)


def test_the_original_link_goes_before_the_one_by_a_counting_proxy() -> None:
    feed = (
        b'<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><title>t</title>'
        b"<link>http://feeds.feedburner.com/~r/Berm/~3/x/</link>"
        b"<feedburner:origLink>https://berm.example.org/1</feedburner:origLink></item></channel></rss>"
    )
    assert parse_document(feed, url="x").entries[0].link == "https://berm.example.org/1"


def test_an_enclosure_without_a_length_is_a_picture_like_any_other() -> None:
    for length in ('length="0"', 'length=""', ""):
        item = f'<title>t</title><enclosure url="https://berm.example.org/a.jpg" type="image/jpeg" {length}/>'
        (entry,) = parse_document(make_rss(item), url="x").entries
        assert entry.image_url == "https://berm.example.org/a.jpg"


def test_the_same_piece_in_other_languages_is_known_by_hreflang() -> None:
    feed = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title>'
        b'<link rel="alternate" hreflang="en-GB" href="https://berm.example.org/en/1?utm_source=x"/>'
        b'<link rel="alternate" hreflang="nl" href="https://berm.example.org/1"/></entry></feed>'
    )
    (entry,) = parse_document(feed, url="x").entries
    assert entry.link == "https://berm.example.org/1"
    assert entry.translations == (("en-gb", "https://berm.example.org/en/1"),)


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("<ttl>60</ttl>", 3_600),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1_800),
        ("<sy:updatePeriod>\n weekly </sy:updatePeriod>", 604_800),
        ("<sy:updateFrequency>4</sy:updateFrequency>", 21_600),
        ("<sy:updatePeriod>often</sy:updatePeriod>", None),
        ("<ttl>15</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 900),
        ("", None),
    ],
)
@pytest.mark.parametrize("end", ["</channel></rss>", "</channel>"], ids=["well-formed", "broken"])
def test_a_feed_says_how_long_to_wait(head: str, seconds: int | None, end: str) -> None:
    feed = (
        f'<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>{head}'
        f"<item><title>t</title></item>{end}"
    )
    assert parse_document(feed.encode(), url="x").check_after_s == seconds
