"""The quick reader reads as feedparser does, and leaves to feedparser what it cannot be sure of."""

import pytest

from stuifmail.harvest.formats import feeds
from stuifmail.harvest.formats.feeds import parse_feed
from stuifmail.harvest.formats.quickfeeds import read_quickly
from stuifmail.model.documents import ParsedDocument

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:odd="https://odd.example.org/"'
)


def rss(item: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel><title>Berm</title>{head}'
        f"<item>{item}</item></channel></rss>"
    ).encode()


def atom(entry: str, attributes: str = "") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Berm</title>'
        f"<entry>{entry}</entry></feed>"
    ).encode()


def read_slowly(content: bytes, monkeypatch: pytest.MonkeyPatch) -> ParsedDocument:
    with monkeypatch.context() as patch:
        patch.setattr(feeds, "_read_well_formed", lambda *_: None)
        return parse_feed(content, url="x")


SAME = [
    rss("<title>Een &amp;amp; &lt;b&gt;twee&lt;/b&gt;</title><guid>https://a.example.org/1</guid>"),
    rss("<guid>1</guid><link> https:////a.example.org/?a=1&amp;amp;b=2 </link><guid>2</guid>"),
    rss("<title/><dc:title>Zo</dc:title><media:title>Anders</media:title>"),
    rss("<media:group><media:title>Diep</media:title></media:group><title>Hoog</title>"),
    rss("<description>een</description><description>twee, langer</description>"),
    rss("<description>kort</description><content:encoded>&lt;p&gt;lang&lt;/p&gt;</content:encoded>"),
    rss("<content:encoded>x</content:encoded><description>y en veel meer</description>"),
    rss("<media:content url='/a.jpg' medium='image'><media:title>Wie</media:title></media:content>"),
    rss("<media:thumbnail>https://a.example.org/t.jpg</media:thumbnail><title>t</title>"),
    rss("<category domain='x'>A</category><category>B</category><dc:subject>C</dc:subject>"),
    rss("<itunes:category text='Kunst'/><itunes:keywords>bij, berm</itunes:keywords><title>t</title>"),
    rss("<itunes:title>Aflevering</itunes:title><itunes:image href='https://a.example.org/i.jpg'/>"),
    rss("<title>t</title><pubDate>2 mei 2026 10:00</pubDate><dc:date>2026-05-03</dc:date>"),
    rss("<title>t</title><pubDate>Mon, 25 Foo 2026</pubDate><updated>2026-05-03T10:00Z</updated>"),
    rss("<source url='https://b.example.org/'>Ander</source><title>t</title><odd:date>gisteren</odd:date>"),
    rss("<title>CafÃ© \x93zo\x94</title><description>na\xc3\xafef</description>"),
    rss("<odd:a><odd:b>x</odd:b></odd:a><title>t<!-- weg --></title><image><url>u</url></image>"),
    rss("<enclosure url='/a.png' type='image/png' length=''/>", "<link>https://a.example.org</link>"),
    rss("<title>t</title>", "<image><title>Logo</title></image><language>nl</language>"),
    rss("<title>t</title><atom:link href='https://a.example.org/x' rel='ALTERNATE'/>"),
    rss("<title xml:lang='fr'>t</title>", "<atom:link rel='self' href='https://a.example.org/feed'/>"),
    atom("<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>Een <b>twee</b></div></title>"),
    atom("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a<br/>&lt;b&gt;</div></content>"),
    atom("<content type='xhtml'><p xmlns='http://www.w3.org/1999/xhtml' title='&lt;'>a</p> b</content>"),
    atom("<title type='html'>a &lt;b&gt;b&lt;/b&gt;</title><summary>a &lt; b &lt;i&gt;c&lt;/i&gt;</summary>"),
    atom("<link rel='alternate' type='text/html' href='een'/><id>x</id>", "xml:base='https://a.example.org/'"),
    atom("<link rel='enclosure' type='image/png' href='/e.png'/><link href='/x'/>", "xml:lang='nl-NL'"),
    atom("<category term='a' label='A'/><category term='b'/><published>2026-05-01</published>"),
    atom("<source><title>Ander</title><id>z</id></source><updated>2026-05-01T1:00:00Z</updated>"),
]  # fmt: skip


@pytest.mark.parametrize("content", SAME)
def test_what_is_read_quickly_is_read_as_feedparser_reads_it(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_quickly(content, lambda _: False) is not None
    assert parse_feed(content, url="x") == read_slowly(content, monkeypatch)


LEFT = {
    "broken XML": rss("<title>t</titel>"),
    "an undefined entity": rss("<title>caf&eacute;</title>"),
    "an undeclared prefix": rss("<foo:title>t</foo:title>"),
    "a document type": b'<!DOCTYPE rss [<!ENTITY a "b">]>' + rss("<title>&a;</title>"),
    "markup where text should stand": rss("<description>een <b>twee</b></description>"),
    "base64": atom("<content type='application/octet-stream'>YQ==</content>"),
    "svg in a title": atom("<title type='xhtml'><svg xmlns='http://www.w3.org/2000/svg'/></title>"),
    "an item within something unknown": rss("<odd:a><title>diep</title></odd:a>"),
    "two channels": b"<rss><channel/><channel/></rss>",
    "another root": b"<html><body/></html>",
}


@pytest.mark.parametrize("content", LEFT.values(), ids=LEFT)
def test_what_is_not_sure_is_left_to_feedparser(content: bytes) -> None:
    assert read_quickly(content, lambda _: False) is None


def test_bytes_in_a_charset_of_single_bytes_are_read_quickly_too(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "<rss><channel><item><title>café \x96 ü</title></item></channel></rss>"
    content = f'<?xml version="1.0" encoding="ISO-8859-1"?>{text}'.encode("latin-1")
    document = parse_feed(content, url="x")
    assert document.entries[0].title == "café – ü"
    assert document == read_slowly(content, monkeypatch)
