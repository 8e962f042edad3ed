"""A page without a feed becomes entries, by the selectors of sources.yaml."""

from datetime import UTC, datetime

import pytest

from stuifmail.config.models import PageSelectors
from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.formats.documents import detect_kind, parse_document
from stuifmail.harvest.formats.pages import guess_selectors, parse_page
from tests.builders_harvest import make_rss

URL = "https://blos.example.org/nieuws/index.html"
NEWS = PageSelectors(entry="article.news")
PAGE = """<!DOCTYPE html><html lang="nl"><head><title>Nieuws | De Blos</title></head><body>
<nav><article>Menu</article></nav>
<article class="news"><h2>Peren in <em>bloei</em></h2><time datetime="2026-03-12">12 maart</time>
  <p>De eerste bomen bloeien.</p><p>Kom <a href="kijken.html" onclick="steal()">kijken</a>.</p>
  <a class="more" href="peren.html">Lees verder</a>
  <img src="data:image/gif;base64,R0" data-src="/beeld/peer.jpg">
</article>
<article class="news" lang="en"><h2>Visitors welcome</h2><time>1 april 2026 10:00</time>
  <p>Come by.<script>alert(1)</script></p><a href="https://blos.example.org/en/visit?x=1">Read on</a>
</article>
<article class="news"><h2>Zonder dag</h2><p>Ooit.</p><a href="javascript:alert(1)">klik</a></article>
</body></html>"""


def read(page: str | bytes = PAGE, selectors: PageSelectors = NEWS, **how: str):
    content = page.encode() if isinstance(page, str) else page
    return parse_page(content, url=URL, selectors=selectors, **how)


def test_each_piece_becomes_an_entry_in_the_order_of_the_page() -> None:
    document = read()
    assert (document.kind, document.title, document.language) == ("page", "Nieuws | De Blos", "nl")
    assert [entry.title for entry in document.entries] == ["Peren in bloei", "Visitors welcome", "Zonder dag"]


def test_dates_come_from_datetime_or_from_words_and_are_never_invented() -> None:
    first, second, third = read().entries
    assert first.published_at == datetime(2026, 3, 11, 23, tzinfo=UTC)
    assert second.published_at == datetime(2026, 4, 1, 8, tzinfo=UTC)
    assert third.published_at is None


def test_links_are_made_absolute_and_what_is_no_web_address_is_reported() -> None:
    document = read()
    assert document.entries[0].link == "https://blos.example.org/nieuws/kijken.html"
    assert document.entries[2].link is None
    assert any("javascript:alert(1)" in problem for problem in document.problems)


def test_a_page_that_says_where_its_links_belong_is_believed() -> None:
    page = PAGE.replace("<title>", '<base href="/elders/"><title>')
    assert read(page).entries[0].link == "https://blos.example.org/elders/kijken.html"


def test_other_selectors_choose_other_parts() -> None:
    selectors = PageSelectors(entry="article.news", link="a.more", text="p:first-of-type", date="")
    entry = read(selectors=selectors).entries[0]
    assert (entry.link, entry.text) == (
        "https://blos.example.org/nieuws/peren.html",
        "De eerste bomen bloeien.",
    )
    assert entry.published_at is None


def test_the_text_is_cleaned_like_that_of_feeds() -> None:
    first, second, _ = read().entries
    assert first.text == "De eerste bomen bloeien.\n\nKom kijken."
    assert "onclick" not in first.html
    assert "alert" not in second.html + second.text
    assert first.image_url == "https://blos.example.org/beeld/peer.jpg"


def test_a_piece_may_speak_another_language_than_the_page() -> None:
    assert [entry.language for entry in read().entries] == [None, "en", None]


@pytest.mark.parametrize(
    ("codec", "content_type", "head"),
    [
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("windows-1252", "", '<meta charset="iso-8859-1">'),
        ("windows-1252", "text/html; charset=windows-1252", ""),
        ("utf-16", "", ""),
        ("iso-8859-2", "", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">'),
        ("windows-1252", "text/html; charset=klingon", ""),
    ],
)
def test_letters_are_right_in_every_charset(codec: str, content_type: str, head: str) -> None:
    page = f'<html><head>{head}</head><body><article class="news"><h2>Bloei in é en ë</h2></article></body>'
    assert read(page.encode(codec), content_type=content_type).entries[0].title == "Bloei in é en ë"


def test_a_selector_that_matches_nothing_is_named() -> None:
    with pytest.raises(UnreadableDocument, match=r"nothing on the page matches 'div\.bericht'") as refused:
        read(selectors=PageSelectors(entry="div.bericht"))
    assert refused.value.place == URL
    assert "page: entry:" in refused.value.remedy


def test_a_part_that_is_found_in_no_piece_is_reported() -> None:
    document = read(selectors=PageSelectors(entry="article.news", title="h5"))
    assert "in none of the 3 pieces does anything match 'h5' (page: title)" in document.problems


def test_pieces_within_pieces_are_read_once() -> None:
    page = '<body><div class="news"><h2>A</h2><div class="news"><h2>B</h2></div></div></body>'
    assert [entry.title for entry in read(page, PageSelectors(entry=".news")).entries] == ["A"]


def test_a_link_around_the_whole_piece_counts() -> None:
    page = '<body><a class="tile" href="/a">Bericht A</a><a class="tile" href="/b">Bericht B</a></body>'
    entries = read(page, PageSelectors(entry="a.tile")).entries
    assert [(entry.title, entry.link) for entry in entries] == [
        ("Bericht A", "https://blos.example.org/a"),
        ("Bericht B", "https://blos.example.org/b"),
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        b'<html><body><article class="news">' + b"<div>" * 200_000,
        b'<article class="news">' * 50_000,
        b"<html><!ENTITY a 'b'><body><article class='news'>&a;&a;" + b"<![CDATA[" * 10_000,
        b"\0" * 1000 + b"<p class=news><article class=news>",
        b"<html " + b"a=1 " * 100_000 + b"><article class=news>",
    ],
)
def test_hostile_pages_are_read_as_far_as_they_go(hostile: bytes) -> None:
    assert len(read(hostile).entries) == 1


@pytest.mark.parametrize("nothing", [b"<", b"\0\0", b"<!-- x"])
def test_a_page_with_nothing_on_it_is_refused(nothing: bytes) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read(nothing)
    assert refused.value.remedy


def test_no_more_pieces_are_read_than_a_page_can_have() -> None:
    page = "<body>" + '<article class="news"><h2>x</h2></article>' * 2_100
    document = read(page)
    assert len(document.entries) == 2_000
    assert "the page has 2100 pieces; the first 2000 were read" in document.problems


def test_only_a_source_that_is_a_page_lets_a_page_through() -> None:
    assert detect_kind(PAGE.encode(), url=URL, kind="page") == "page"
    assert parse_document(PAGE.encode(), url=URL, kind="page", page=NEWS).kind == "page"
    with pytest.raises(UnreadableDocument, match="this is a web page"):
        parse_document(PAGE.encode(), url=URL, kind="feed")
    with pytest.raises(UnreadableDocument, match="this is a web page"):
        parse_document(PAGE.encode(), url=URL, kind="page")


def test_a_feed_at_the_address_of_a_page_is_read_as_the_feed_that_it_is() -> None:
    assert parse_document(make_rss(), url=URL, kind="page", page=NEWS).kind == "feed"


def test_a_page_that_tells_of_calendars_is_still_a_page() -> None:
    page = PAGE.replace("<nav>", "<nav>BEGIN:VCALENDAR")
    assert detect_kind(page.encode(), url=URL, kind="page") == "page"


def test_selectors_are_guessed_for_pages_of_a_usual_make() -> None:
    guessed = guess_selectors(PAGE.replace("javascript:alert(1)", "/c").encode(), url=URL)
    assert guessed is not None
    assert guessed.entry == "article"
    assert guess_selectors(b"<body><p>Welkom</p></body>", url=URL) is None


def test_a_page_is_cleaned_of_what_counts_readers_and_its_hidden_addresses_are_candidates() -> None:
    page = (
        '<article class="news"><h2>Een <script>var a</script>titel</h2>'
        '<p>Mail groen (at) blos.example.org of <a href="https://x.example.org/?utm_source=n&amp;id=3">lees</a>'
        '</p><img src="https://t.example.org/p.gif" width="1" height="1"></article>'
    )
    (entry,) = read(page, PageSelectors(entry="article.news", text="p")).entries
    assert entry.title == "Een titel"
    assert entry.image_url is None
    assert entry.links == ("https://x.example.org/?id=3",)
    assert entry.address_candidates == ("groen@blos.example.org",)
