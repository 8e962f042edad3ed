"""XML feeds become entries."""

import gzip
from datetime import UTC, datetime

import pytest

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.formats.feeds import parse_feed
from stuifmail.model.items import Entry
from tests.builders_harvest import make_news, make_rss

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl" xml:base="https://berm.example.org/blog/">
<title>De Bonte Berm</title><link rel="self" href="https://berm.example.org/atom"/>
<entry><id>urn:1</id><title type="html">Bijen &amp;amp; hommels</title><link href="een.html"/>
<published>2026-05-01T10:00:00+02:00</published><updated>2026-05-02T08:00:00Z</updated>
<content type="html">&lt;p&gt;Kijk &lt;a href="foto/"&gt;hier&lt;/a&gt;&lt;/p&gt;</content></entry>
<entry xml:lang="en"><id>urn:2</id><title type="text">a &lt;b&gt; c</title><link href="/twee"/>
<updated>2026-05-03T08:00:00Z</updated></entry></feed>"""

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://berm.example.org"><title>Berm</title><link>https://berm.example.org</link></channel>
<item rdf:about="https://berm.example.org/1"><title>Een</title><link>https://berm.example.org/1</link>
<dc:date>2026-05-01T10:00:00+02:00</dc:date></item></rdf:RDF>"""


def only_entry(item: str, head: str = "") -> Entry:
    (entry,) = parse_feed(make_rss(item, head=head), url="x").entries
    return entry


def test_rss_gives_all_that_an_item_needs() -> None:
    document = parse_feed(make_rss(make_news(1), make_news(2), head="<language>nl-NL</language>"), url="x")
    entry = document.entries[0]
    assert (document.kind, document.title, document.language) == ("feed", "De Bonte Berm", "nl-nl")
    assert [each.guid for each in document.entries] == ["news-1", "news-2"]
    assert (entry.title, entry.link) == ("Bericht 1", "https://berm.example.org/nieuws/1")
    assert entry.published_at == datetime(2026, 4, 2, 8, tzinfo=UTC)
    assert (entry.text, entry.html) == ("De berm bloeit.", "<p>De berm bloeit.</p>")
    assert document.problems == ()


def test_atom_titles_follow_their_type_and_links_their_base() -> None:
    first, second = parse_feed(ATOM.encode(), url="x").entries
    assert (first.title, second.title) == ("Bijen & hommels", "a <b> c")
    assert (first.link, second.link) == (
        "https://berm.example.org/blog/een.html",
        "https://berm.example.org/twee",
    )
    assert 'href="https://berm.example.org/blog/foto/"' in first.html
    assert (first.language, second.language) == ("nl", "en")
    assert (second.published_at, second.updated_at) == (None, datetime(2026, 5, 3, 8, tzinfo=UTC))


def test_the_date_of_rdf_is_the_date_of_publication() -> None:
    (entry,) = parse_feed(RDF.encode(), url="x").entries
    assert (entry.published_at, entry.updated_at) == (datetime(2026, 5, 1, 8, tzinfo=UTC), None)


def test_relative_links_belong_to_the_self_link_then_the_channel_then_the_source() -> None:
    item = "<title>a</title><link>/1</link>"
    atom = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://feeds.example.org/rss"/>'
    assert only_entry(item, head=atom).link == "https://feeds.example.org/1"
    assert only_entry(item).link == "https://berm.example.org/1"
    bare = b"<rss version='2.0'><channel><item><title>a</title><link>/1</link></item></channel></rss>"
    assert (
        parse_feed(bare, url="x", base="https://bron.example.org/feed").entries[0].link
        == "https://bron.example.org/1"
    )
    assert parse_feed(bare, url="x").entries[0].link is None


def test_a_guid_that_is_no_address_is_no_link() -> None:
    assert only_entry("<title>a</title><guid>news-1</guid>").link is None
    assert (
        only_entry("<title>a</title><guid>https://berm.example.org/1</guid>").link
        == "https://berm.example.org/1"
    )


def test_dangerous_links_are_refused() -> None:
    assert only_entry("<title>a</title><link>javascript:alert(1)</link>").link is None


def test_the_picture_is_the_enclosure_else_the_first_in_the_text() -> None:
    text = "<description>&lt;img src='/a.jpg'&gt;</description>"
    enclosure = "<enclosure url='https://berm.example.org/b.png' type='image/png' length='0'/>"
    assert only_entry(text + enclosure).image_url == "https://berm.example.org/b.png"
    assert only_entry(text).image_url == "https://berm.example.org/a.jpg"
    assert only_entry("<enclosure url='https://berm.example.org/b.mp3' type='audio/mpeg'/>").image_url is None


def test_the_whole_text_wins_over_the_excerpt() -> None:
    namespace = "xmlns:c='http://purl.org/rss/1.0/modules/content/'"
    content = f"<c:encoded {namespace}>&lt;p&gt;Alles staat hier.&lt;/p&gt;</c:encoded>"
    assert only_entry(f"<description>Alles […]</description>{content}").text == "Alles staat hier."


def test_categories_come_once_each_in_order() -> None:
    tags = "<category>Bijen</category><category>Nederland</category><category>Bijen</category>"
    assert only_entry(tags).categories == ("Bijen", "Nederland")


@pytest.mark.parametrize(
    ("declared", "real"),
    [("iso-8859-1", "utf-8"), ("windows-1252", "utf-8"), ("utf-8", "windows-1252"), ("", "utf-8")],
)
def test_a_wrong_charset_is_seen_through_and_said(declared: str, real: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    feed = f"{head}<rss version='2.0'><channel><item><title>Coöperatie – € 5</title></item></channel></rss>"
    document = parse_feed(feed.encode(real), url="x")
    assert document.entries[0].title == "Coöperatie – € 5"
    assert any("read as" in each for each in document.problems) is bool(declared)


def test_the_servers_charset_counts_only_where_the_bytes_leave_it_open() -> None:
    feed = "<rss version='2.0'><channel><item><title>Société</title></item></channel></rss>"
    wrong = parse_feed(feed.encode(), url="x", content_type="text/xml; charset=iso-8859-1")
    right = parse_feed(feed.encode("cp1252"), url="x", content_type="text/xml; charset=windows-1252")
    assert wrong.entries[0].title == right.entries[0].title == "Société"


def test_a_feed_cut_off_in_the_middle_keeps_what_came_before_and_says_where() -> None:
    whole = make_rss(*(make_news(number) for number in range(1, 6)))
    document = parse_feed(whole[: whole.index(b"news-4")], url="x")
    assert [entry.guid for entry in document.entries[:3]] == ["news-1", "news-2", "news-3"]
    assert "stops in the middle (line 2" in document.problems[0]


def test_broken_xml_is_read_as_well_as_possible_and_the_place_is_named() -> None:
    feed = make_rss("<title>Bijen & hommels &nbsp;</title>", make_news(2))
    document = parse_feed(feed, url="x")
    assert len(document.entries) == 2
    assert "broken at line 2" in document.problems[0]


def test_a_broken_feed_that_also_stops_in_the_middle_says_both() -> None:
    whole = make_rss("<title>Bijen & hommels</title>", make_news(2), make_news(3))
    problems = parse_feed(whole[: whole.index(b"news-3")], url="x").problems
    assert [("broken" in each, "stops in the middle" in each) for each in problems[:2]] == [
        (True, False),
        (False, True),
    ]


def test_white_space_before_the_declaration_is_forgiven_and_said() -> None:
    document = parse_feed(b"\n\n" + make_rss(make_news(1)), url="x")
    assert len(document.entries) == 1
    assert "white space" in document.problems[0]


def test_entities_that_grow_are_refused_before_anything_is_read() -> None:
    bomb = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">
    <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
    <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
    <rss version="2.0"><channel><item><title>x&c;</title></item></channel></rss>"""
    with pytest.raises(UnreadableDocument, match="defines entities by other entities"):
        parse_feed(bomb, url="x")


def test_entities_cannot_read_files() -> None:
    asking = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>
    <rss version="2.0"><channel><item><title>x&f;</title></item></channel></rss>"""
    (entry,) = parse_feed(asking, url="x").entries
    assert "root" not in entry.title


def test_bytes_without_a_feed_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="no RSS or Atom feed"):
        parse_feed(gzip.compress(b"x"), url="https://berm.example.org/feed")


def test_an_empty_feed_is_no_trouble() -> None:
    assert parse_feed(make_rss(), url="x").entries == ()


GOOD = "<title>Bericht</title><link>https://berm.example.org/1</link>"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1777975200", "2026-05-05T10:00:00+00:00"),
        ("2026-05-05T24:00:00Z", "2026-05-06T00:00:00+00:00"),
        ("5 May 26 10:00:00 GMT", "2026-05-05T10:00:00+00:00"),
    ],
)
def test_dates_of_machines_are_read(text: str, wanted: str) -> None:
    moment = only_entry(f"<pubDate>{text}</pubDate>").published_at
    assert moment is not None
    assert moment.isoformat() == wanted


@pytest.mark.parametrize(
    "text",
    [
        "gisteren", "30 Feb", "30 Feb 2026", "2026-02-30T10:00:00Z", "25:00", "2026-05-05T25:00:00Z",
        "0001-01-01T00:00:00Z", "1777975200000", "Tue, 05 May 2206 10:00:00 GMT",
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_is_none_and_is_told(text: str) -> None:
    document = parse_feed(make_rss(f"{GOOD}<pubDate>{text}</pubDate>"), url="x")
    assert document.entries[0].published_at is None
    assert document.problems == (f"entries with a date that cannot be read: entry 1 \"Bericht\" ('{text}')",)


def test_a_link_that_is_refused_is_told_and_not_as_missing_too() -> None:
    news = make_news(1).replace("https://berm.example.org/nieuws/1", "javascript:alert(1)")
    assert parse_feed(make_rss(news), url="x").problems == (
        "entries with a link that is no web address: entry 1 \"Bericht 1\" ('javascript:alert(1)')",
    )


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("<![CDATA[<b>Bold</b> <script>alert(1)</script> z]]>", "Bold z"),
        ("&lt;b&gt;Bold&lt;/b&gt; <![CDATA[<script>alert(1)</script>]]>z", "Bold z"),
        ("a &lt; b", "a < b"),
        ("x &lt;y&gt; z", "x <y> z"),
        ("Het &lt;script&gt; element", "Het <script> element"),
        ("Bijen &amp;amp; &lt;hommels&gt;", "Bijen & <hommels>"),
    ],
)
def test_titles_are_what_a_person_would_read(title: str, wanted: str) -> None:
    assert only_entry(f"<title>{title}</title>").title == wanted
