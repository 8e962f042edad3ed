"""Lists of feeds come in and go out as OPML."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.cleaning.clean import clean_line
from stuifmail.harvest.discovery.opml import Outline, read_opml, write_opml

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
LIST = """<?xml version="1.0" encoding="utf-8"?>
<opml version="1.1"><head><title>Leden</title></head><body>
  <outline text="Gemeenten"><outline title="Zuid">
    <outline type="rss" text="Wilgenrade &amp; co" xmlUrl="https://wilgenrade.example.org/rss"
      language="nl-NL"/>
  </outline></outline>
  <outline text="Zoem" xmlurl="feed.xml"/>
  <outline text="Berm" XMLURL=" https://berm.example.org/feed " htmlUrl="https://berm.example.org"/>
  <outline text="Berm weer" xmlUrl="http://www.berm.example.org/feed/"/>
  <outline text="Agenda" xmlUrl="webcal://berm.example.org/agenda.ics"/>
  <outline type="link" text="Blos" url="https://blos.example.org/nieuws"/>
  <outline text="Een notitie"/>
  <outline text="Lege map"><outline text="niets erin"/></outline>
  <outline text="kwaad" xmlUrl="javascript:alert(1)"/>
</body></opml>"""


def write(*outlines: Outline) -> bytes:
    return write_opml(outlines, title="Leden", owner="nieuws@coalition.example.org", at=NOW)


def test_feeds_at_every_depth_are_found_with_their_headings() -> None:
    outlines, _ = read_opml(LIST.encode(), file="leden.opml")
    assert [(each.title, each.kind, each.groups) for each in outlines] == [
        ("Wilgenrade & co", "feed", ("Gemeenten", "Zuid")),
        ("Berm", "feed", ()),
        ("Agenda", "calendar", ()),
        ("Blos", "page", ()),
    ]
    assert outlines[0].language == "nl-nl"
    assert outlines[1] == Outline(
        title="Berm", address="https://berm.example.org/feed", website="https://berm.example.org"
    )
    assert outlines[2].address == "https://berm.example.org/agenda.ics"


def test_what_is_left_out_is_told() -> None:
    _, problems = read_opml(LIST.encode(), file="leden.opml")
    assert problems == [
        "'Zoem' has no address (xmlUrl); left out",
        "'Een notitie' has no address (xmlUrl); left out",
        "'niets erin' has no address (xmlUrl); left out",
        "'kwaad' has no address (xmlUrl); left out",
        "'Berm weer' has an address that is there before; left out",
    ]


@pytest.mark.parametrize(
    "content",
    [
        LIST.replace("Zuid", "Zuïd").encode("utf-16"),
        LIST.replace("Zuid", "Zuïd").replace("utf-8", "iso-8859-1").encode("latin-1"),
        LIST.replace("Zuid", "Zuïd").encode("latin-1"),
        b"\xef\xbb\xbf" + LIST.replace("Zuid", "Zuïd").encode(),
        b"\n\n" + LIST.replace("Zuid", "Zuïd").encode(),
        LIST.replace("Zuid", "Zuïd").replace("&amp;", "&").encode(),
    ],
)
def test_odd_charsets_and_small_faults_are_forgiven(content: bytes) -> None:
    outlines, _ = read_opml(content, file="x")
    assert outlines[0].groups == ("Gemeenten", "Zuïd")
    assert len(outlines) == 4


BOMB = '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><opml><body>&b;</body></opml>'
FILE = '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/hostname">]><opml><body>&a;</body></opml>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (BOMB.encode(), "defines entities"),
        (FILE.encode(), "defines entities"),
        (FILE.encode("utf-16"), "defines entities"),
        (BOMB.replace("</opml>", "").encode(), "defines entities"),
        (b"<rss version='2.0'/>", "this is no OPML"),
        (b"nothing", "this is no XML"),
        (b"", "this is no XML"),
    ],
)
def test_hostile_and_other_files_are_refused_with_a_remedy(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message) as refused:
        read_opml(content, file="leden.opml")
    assert refused.value.place == "leden.opml"
    assert refused.value.remedy


def test_a_list_nested_without_end_is_read_as_far_as_it_goes() -> None:
    deep = b"<opml><body>" + b"<outline text='a'>" * 50_000
    outlines, problems = read_opml(deep, file="x")
    assert outlines == []
    assert problems


def test_what_is_written_is_opml_2_under_headings() -> None:
    root = etree.fromstring(
        write(
            Outline(title="Wilgenrade", address="https://a.example.org/rss", groups=("gemeente",)),
            Outline(title="Zoem", address="https://b.example.org/?a=1&b=2"),
            Outline(
                title="Veldenrode",
                address="https://c.example.org/c.ics",
                kind="calendar",
                groups=("gemeente",),
            ),
        )
    )
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/dateCreated") == "Mon, 04 May 2026 07:00:00 +0000"
    assert root.xpath("body/outline[@text='gemeente']/outline/@type") == ["rss", "ics"]
    assert root.xpath("body/outline[@type]/@xmlUrl") == ["https://b.example.org/?a=1&b=2"]


TITLES = st.text(min_size=1).map(clean_line).filter(lambda text: bool(text) and text.isprintable())
OUTLINES = st.builds(
    Outline,
    title=TITLES,
    address=st.integers(0, 10**6).map(lambda n: f"https://lid-{n}.example.org/feed?a=1&b=%3C"),
    kind=st.sampled_from(["feed", "calendar", "page"]),
    website=st.sampled_from([None, "https://lid.example.org/?a=1&b=2"]),
    language=st.sampled_from([None, "nl", "en-gb"]),
    groups=st.sampled_from([(), ("gemeente",), ('"A" & <B>',)]),
)


@given(st.lists(OUTLINES, unique_by=lambda each: each.address, max_size=8))
def test_what_goes_out_comes_in_again(outlines) -> None:
    found, problems = read_opml(write(*outlines), file="x")
    assert problems == []
    order = sorted(found, key=lambda each: each.address)
    assert [(each.address, each.kind, each.website, each.language, each.groups) for each in order] == [
        (each.address, each.kind, each.website, each.language, each.groups)
        for each in sorted(outlines, key=lambda each: each.address)
    ]
    assert [each.title for each in order] == [
        clean_line(each.title) for each in sorted(outlines, key=lambda each: each.address)
    ]
