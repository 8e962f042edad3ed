"""Any document is recognised by its bytes, or refused with a remedy."""

from contextlib import suppress

import pytest

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.formats.documents import detect_kind, guess_kind, parse_document
from tests.builders_harvest import make_calendar, make_news, make_rss


@pytest.mark.parametrize(
    ("content", "url", "wanted"),
    [
        (make_rss(), "https://berm.example.org/agenda.ics", "feed"),
        (
            b"<?xml version='1.0'?><!-- x --><atom:feed xmlns:atom='http://www.w3.org/2005/Atom'/>",
            "x",
            "feed",
        ),
        (make_rss().decode().encode("utf-16"), "x", "feed"),
        (make_rss().decode().encode("utf-16-le"), "x", "feed"),
        (b"\xef\xbb\xbf" + make_calendar(), "x", "calendar"),
        (b' {"version": "https://jsonfeed.org/version/1", "items": []}', "x", "feed"),
        (b"PK\x03\x04rest", "x", "sheet"),
        (b"title,link\na,b\n", "samples/inzendingen.csv", "sheet"),
    ],
)
def test_the_bytes_decide_what_a_document_is(content: bytes, url: str, wanted: str) -> None:
    assert detect_kind(content, url=url) == wanted


def test_a_sheet_without_a_telling_name_is_one_when_sources_yaml_says_so() -> None:
    assert detect_kind(b"title,link\na,b\n", url="https://example.org/export", kind="sheet") == "sheet"


@pytest.mark.parametrize("content", [b"", b"  \n ", b"\xef\xbb\xbf"])
def test_an_empty_document_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="empty") as refused:
        parse_document(content, url="https://berm.example.org/feed")
    assert refused.value.place == "https://berm.example.org/feed"


def test_a_web_page_is_refused_and_the_feed_that_it_names_is_passed_on() -> None:
    page = b"""<!DOCTYPE html><html><head>
    <link rel="alternate" type="application/rss+xml" title="Nieuws" href="/feed/?a=1&amp;b=2"></head>
    </html>"""
    with pytest.raises(UnreadableDocument, match="this is a web page, not a feed") as refused:
        parse_document(page, url="https://berm.example.org/nieuws/")
    assert refused.value.remedy == "the page names this feed: https://berm.example.org/feed/?a=1&b=2"


def test_a_web_page_without_a_feed_is_refused_with_a_remedy() -> None:
    with pytest.raises(UnreadableDocument, match="look for the feed's address"):
        parse_document(b"<html><body>Log in</body></html>", url="https://berm.example.org/", kind="calendar")


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(256)) * 10, b"%PDF-1.7", b"Niets."]
)
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="no feed, calendar or sheet"):
        parse_document(content, url="https://berm.example.org/feed", kind="feed")


def test_every_shortened_feed_is_read_or_refused_and_never_breaks_the_run() -> None:
    whole = make_rss(make_news(1), make_news(2))
    counts = set()
    for length in range(0, len(whole), 7):
        try:
            counts.add(len(parse_document(whole[:length], url="x").entries))
        except UnreadableDocument:
            counts.add(-1)
    assert counts == {-1, 0, 1, 2}


def test_the_name_promises_a_kind() -> None:
    names = ("a.csv", "a.XLSX?x=1", "https://example.org/a.ics", "a.xml", "https://example.org/feed/")
    assert [guess_kind(name) for name in names] == ["sheet", "sheet", "calendar", "feed", "feed"]


FEED_HEAD = b'<rss version="2.0"><channel><item>'
CALENDAR_HEAD = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"


@pytest.mark.parametrize(
    "content",
    [
        FEED_HEAD + b"<author>" + b"a." * 50_000 + b"</author></item></channel></rss>",
        FEED_HEAD + b"<title>" + b"<" * 100_000,
        FEED_HEAD
        + b"<description>"
        + b"&lt;span display " * 6_000
        + b"</description></item></channel></rss>",
        FEED_HEAD + b"<pubDate>Mon" + b" " * 100_000 + b"x</pubDate></item></channel></rss>",
        CALENDAR_HEAD + b"SUMMARY" + b";" * 100_000,
        CALENDAR_HEAD + b'SUMMARY;x="' + b';"' * 50_000,
        CALENDAR_HEAD + b"BEGIN:X\r\n" * 50_000,
        b'{"items":' + b"[" * 100_000,
    ],
    ids=["author", "brackets", "hidden", "date", "parameters", "quotes", "nesting", "json"],
)
@pytest.mark.timeout(20)  # some of these took minutes once
def test_documents_made_to_take_long_come_to_an_end(content: bytes) -> None:
    found = 0
    with suppress(UnreadableDocument):
        document = parse_document(content, url="x")
        found = len(document.entries) + len(document.events)
    assert found <= 1


def test_of_very_many_problems_the_first_are_told_and_the_others_counted() -> None:
    problems = parse_document(CALENDAR_HEAD + b"x\r\n" * 1000, url="x").problems
    assert len(problems) == 26
    assert problems[0].startswith("line 3 is no calendar line")
    assert problems[-1] == "and 978 more"
