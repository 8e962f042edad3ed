from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from stuifmail.model.feeds import FeedEntry, PressFeed
from stuifmail.render.palette import dark_palette, light_palette
from stuifmail.render.press_pages import PressPages
from tests.builders_publication import build_config

SENT = datetime(2026, 2, 13, 8, 30, tzinfo=UTC)
ENTRY = FeedEntry(
    id="https://news.example.org/x/nl/",
    url="https://news.example.org/x/nl/",
    language="nl",
    title="Gemeente 's-Heerenwoude & co: 1 < 2",
    summary="Kort gezegd.",
    text="Lang gezegd.",
    html="<p>Lang &amp; breed gezegd.</p>",
    published_at=SENT,
    changed_at=SENT,
    categories=("Leefgebieden",),
)
ENGLISH = replace(ENTRY, id="https://news.example.org/y/en/", language="en", title="In English")
FEED = PressFeed(
    language="nl",
    title="Coalitie: pers",
    description="Coalitie",
    author="Coalitie",
    home_url="https://news.example.org/press/",
    json_url="https://news.example.org/press/feed.json",
    rss_url="https://news.example.org/press/feed.xml",
    contact="pers@example.org",
    entries=(ENTRY, ENGLISH),
)


@pytest.fixture(scope="module")
def pages(root):
    return PressPages(build_config(), root)


def test_feed_readers_find_each_release_with_its_own_language(pages):
    found = feedparser.parse(pages.render_rss(FEED).encode())
    assert not found.bozo
    assert found.feed.title == "Coalitie: pers"
    assert [entry.title for entry in found.entries] == [ENTRY.title, "In English"]
    assert [entry.id for entry in found.entries] == [ENTRY.id, ENGLISH.id]
    assert found.entries[0].published_parsed[:5] == (2026, 2, 13, 8, 30)
    assert found.entries[0].content[0].value == "<p>Lang &amp; breed gezegd.</p>"
    assert [tag.term for tag in found.entries[0].tags] == ["Leefgebieden"]
    tree = etree.fromstring(pages.render_rss(FEED).encode())
    assert tree.xpath("//dc:language/text()", namespaces={"dc": "http://purl.org/dc/elements/1.1/"}) == [
        "nl", "en"
    ]  # fmt: skip


def test_a_correction_keeps_the_id_and_gives_a_date_of_change(pages):
    later = replace(ENTRY, changed_at=SENT.replace(hour=15), correction="Er stond 48; het zijn er 84.")
    (entry,) = feedparser.parse(pages.render_rss(replace(FEED, entries=(later,))).encode()).entries
    assert (entry.id, entry.updated) == (ENTRY.id, "2026-02-13T15:30:00+00:00")
    assert entry.summary == "Er stond 48; het zijn er 84."


@given(text=st.text())
def test_any_title_makes_well_formed_xml(pages, text):
    entry = replace(ENTRY, title=text, html=text, summary=text, categories=(text,))
    feed = etree.fromstring(pages.render_rss(replace(FEED, entries=(entry,))).encode(errors="replace"))
    assert (feed.tag, len(feed.findall("channel/item"))) == ("rss", 1)


def test_each_language_has_a_page_that_lists_its_own_releases_first(pages):
    rendered = pages.render_pages(FEED)
    assert list(rendered) == ["nl", "en"]
    for language, first, second in (("nl", ENTRY, ENGLISH), ("en", ENGLISH, ENTRY)):
        page = lxml_html.fromstring(rendered[language])
        assert page.get("lang") == language
        articles = page.cssselect("article") if hasattr(page, "cssselect") else page.findall(".//article")
        assert [article.get("lang") for article in articles] == [first.language, second.language]
        assert [article.findtext(".//h2/a") for article in articles] == [first.title, second.title]
    assert "vrijdag 13 februari 2026" in rendered["nl"]
    assert "Er zijn nog geen" not in rendered["nl"]


def test_a_page_without_releases_says_so(pages):
    rendered = pages.render_pages(replace(FEED, entries=()))
    assert "Er zijn nog geen persberichten." in rendered["nl"]
    assert "There are no press releases yet." in rendered["en"]


def test_the_page_says_what_was_put_right(pages):
    entry = replace(ENTRY, correction="Er stond 48; het zijn er 84.")
    assert "Er stond 48; het zijn er 84." in pages.render_pages(replace(FEED, entries=(entry,)))["nl"]


def test_the_press_page_has_the_colours_of_the_letters_by_day_and_by_night(pages):
    page = pages.render_pages(FEED)["nl"]
    colours = build_config().organisation.colours
    by_day, by_night = page.split("prefers-color-scheme: dark")
    assert light_palette(colours).paper in by_day
    assert dark_palette(colours).paper in by_night
