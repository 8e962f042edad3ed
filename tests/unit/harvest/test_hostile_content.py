"""What members' sites bring cannot run, hide, follow readers or overwhelm us, and what is worth it stays."""

import re

import pytest

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.cleaning.clean import MOST_CHARACTERS, clean_body, clean_line, clean_plain_body
from stuifmail.harvest.formats.documents import parse_document
from stuifmail.harvest.formats.feeds import parse_feed
from stuifmail.model.items import Entry
from tests.builders_harvest import make_rss

BASE = "https://berm.example.org/nieuws/1"
REL = 'rel="noopener noreferrer"'


def entry_of(content: bytes) -> Entry:
    (entry,) = parse_document(content, url="https://berm.example.org/feed").entries
    return entry


VECTORS = {
    "script": ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
    "script in pieces": ("<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)"),
    "event handler": ('<p onclick="alert(1)">a</p>', "<p>a</p>"),
    "handler after a slash": ("<img/src=https://e.example.org/a.jpg/onerror=alert(1)>", None),
    "style": ('<p style="background:url(javascript:alert(1))">a</p>', "<p>a</p>"),
    "style element": ("<style>@import 'https://evil.example.org/a.css'</style>a", "a"),
    "css expression": ('<div style="width:expression(alert(1))">a</div>', "<div>a</div>"),
    "frame": ('<iframe src="https://evil.example.org"></iframe>a', "a"),
    "form": ('<form action="https://evil.example.org"><input name="q">a</form>', "a"),
    "button": ('<button formaction="javascript:alert(1)">x</button>a', "a"),
    "refresh": ('<meta http-equiv="refresh" content="0;url=https://evil.example.org">a', "a"),
    "base": ('<base href="https://evil.example.org/">a', "a"),
    "svg": ('<svg onload="alert(1)"><a xlink:href="javascript:alert(1)">x</a></svg>a', "a"),
    "math": ('<math><maction actiontype="x" xlink:href="javascript:alert(1)">x</maction></math>a', "a"),
    "mutation": ('<noscript><p title="</noscript><img src=x onerror=alert(1)>">', None),
    "conditional comment": ("<!--[if mso]><script>alert(1)</script><![endif]-->a", "a"),
    "object": ('<object data="https://evil.example.org/a.swf">x</object>a', "a"),
    "srcset": (
        '<img src="https://berm.example.org/a.jpg" srcset="https://evil.example.org/b.jpg 2x">',
        '<img src="https://berm.example.org/a.jpg">',
    ),
    "picture": (
        '<picture><source srcset="https://evil.example.org/b.webp"><img src="/a.jpg"></picture>',
        '<img src="https://berm.example.org/a.jpg">',
    ),
    "poster": ('<video poster="https://evil.example.org/p.jpg" src="x">Your browser is old</video>a', "a"),
    "ping": (
        '<a href="https://berm.example.org/" ping="https://evil.example.org/">a</a>',
        f'<a href="https://berm.example.org/" {REL}>a</a>',
    ),
    "javascript": ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
    "javascript with white space": ('<a href=" java\tscript:alert(1)">a</a>', None),
    "javascript in entities": ('<a href="&#106;avascript&colon;alert(1)">a</a>', "<a>a</a>"),
    "javascript in capitals": ('<a href="JaVaScRiPt:alert(1)">a</a>', "<a>a</a>"),
    "control before the scheme": ('<a href="&#1;javascript:alert(1)">a</a>', None),
    "vbscript": ('<a href="vbscript:msgbox(1)">a</a>', "<a>a</a>"),
    "data": ('<a href="data:text/html;base64,PHNjcmlwdD4=">a</a>', "<a>a</a>"),
    "data picture": ('<img src="data:image/svg+xml,&lt;svg onload=alert(1)&gt;">a', "a"),
    "file": ('<a href="file:///etc/passwd">a</a>', "<a>a</a>"),
    "credentials": (
        '<a href="https://bank.example.org@evil.example.org/">a</a>',
        f'<a href="https://evil.example.org/" {REL}>a</a>',
    ),
    "credentials without a scheme": (
        '<a href="//bank.example.org:x@evil.example.org/">a</a>',
        f'<a href="https://evil.example.org/" {REL}>a</a>',
    ),
    "another name than it leads to stays a link": (
        '<a href="https://evil.example.org/">https://bank.example.org</a>',
        f'<a href="https://evil.example.org/" {REL}>https://bank.example.org</a>',
    ),
    "a mail link with more than an address": (
        '<a href="mailto:rol@lid.example.org?bcc=x@evil.example.org&amp;body=y">a</a>',
        '<a href="mailto:rol@lid.example.org">a</a>',
    ),
}  # fmt: skip
ACTING = re.compile(
    r"<(?!/?(?:a|p|div|img|b|span)\b)|\son\w+=|javascript:|vbscript:|data:|style=|srcset|ping=", re.IGNORECASE
)


@pytest.mark.parametrize(("hostile", "left"), VECTORS.values(), ids=VECTORS)
def test_nothing_can_run_and_the_rest_stays(hostile: str, left: str | None) -> None:
    cleaned = clean_body(hostile, BASE).html
    tags = " ".join(re.findall(r"<[^>]*>", cleaned))
    assert not ACTING.search(tags), cleaned
    if left is not None:
        assert cleaned == left


TEXTS = {
    "overrides": ("a\u202eb\u2066c\u200fd\u061ce", "abcde"),
    "zero width": ("v\u200bi\u2060a\ufeffg\u00adra", "viagra"),
    "joiners beside Latin letters": ("v\u200di\u200ca", "via"),
    "joiners in Persian": ("می\u200cخواهم", "می\u200cخواهم"),
    "joiners in emoji": ("👩\u200d🌾 zaait", "👩\u200d🌾 zaait"),
    "one selector": ("❤\ufe0f\ufe0f\ufe0f", "❤\ufe0f"),
    "tag characters": ("a\U000e0041\U000e0042b", "ab"),
    "the flag of Wales": ("🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",) * 2,
    "separators of lines": ("a\u2028b\u2029c\x0bd\x85e", "a b c d e"),
    "controls": ("a\x00\x07\x9f\x1bb", "ab"),
    "blanks that are letters": ("a\u3164\u115f\uffa0b", "ab"),
    "selectors that carry data": ("a\U000e0101\U000e01efb", "ab"),
    "stacked accents": ("a" + "\u0301" * 50, "a" + "\u0301" * 4),
    "no characters at all": ("a\ufffe\uffffb", "ab"),
}


@pytest.mark.parametrize(("hostile", "left"), TEXTS.values(), ids=TEXTS)
def test_what_hides_or_reorders_text_is_gone_and_what_means_something_stays(hostile: str, left: str) -> None:
    assert clean_line(hostile) == left
    assert " ".join(clean_body(f"<p>{hostile}</p>", BASE).text.split()) == left


def test_entities_cannot_bring_back_what_hides_text() -> None:
    body = clean_body("<p>a&#8238;b&#x200b;c&#xE0041;d</p>", BASE)
    assert (body.html, body.text) == ("<p>abcd</p>", "abcd")


@pytest.mark.parametrize(
    "content",
    [
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title><content type="text">'
            b"&lt;script&gt;alert(1)&lt;/script&gt;</content></entry></feed>"
        ),
        b'{"items": [{"title": "t", "content_text": "<script>alert(1)</script>"}]}',
    ],
    ids=["Atom", "JSON Feed"],
)
def test_plain_text_is_shown_and_never_taken_for_html(content: bytes) -> None:
    entry = entry_of(content)
    assert entry.html == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert entry.text == "<script>alert(1)</script>"


PIXELS = [
    '<img src="https://e.example.org/p" width="1" height="1">',
    '<img src="https://e.example.org/p" height="0">',
    '<img src="https://e.example.org/p" style="width:1px;height:1px">',
    '<img src="https://e.example.org/p" style="display: none !important">',
    '<IMG SRC="https://e.example.org/p" STYLE="opacity:0">',
    '<img src="http://feeds.feedburner.com/~r/Berm/~4/abc">',
    '<img src="https://stats.wordpress.com/b.gif?host=x">',
    '<img src="https://pixel.wp.com/b.gif?x=1">',
    '<img src="https://ad.doubleclick.net/x">',
    '<img src="https://e.example.org/matomo.php?idsite=1">',
    '<img src="https://e.example.org/mail/open.gif?u=1">',
    '<a href="https://e.example.org/x"><img src="http://feeds.feedburner.com/~ff/Berm?i=1"></a>',
]


@pytest.mark.parametrize("pixel", PIXELS)
def test_pictures_that_only_count_readers_are_gone(pixel: str) -> None:
    assert clean_body(f"<p>a{pixel}b</p>", BASE).html == "<p>ab</p>"


def test_a_picture_with_a_style_stays_without_it() -> None:
    picture = '<img src="https://berm.example.org/a.jpg" style="width:100px;max-width:100%" alt="klaver">'
    assert clean_body(picture, BASE).html == '<img src="https://berm.example.org/a.jpg" alt="klaver">'


def test_links_and_pictures_lose_tracking_and_keep_all_else() -> None:
    markup = (
        '<a href="https://e.example.org/?p=7&amp;utm_source=x&amp;q=a%20b">a</a>'
        '<a href="/x?fbclid=1">b</a><a href="https://e.example.org/?p=7&amp;q=a%20b">c</a>'
        '<img src="/a.jpg?id=3&amp;utm_medium=rss">'
    )
    body = clean_body(markup, BASE)
    assert "utm_" not in body.html
    assert "fbclid" not in body.html
    assert body.links == ("https://e.example.org/?p=7&q=a%20b", "https://berm.example.org/x")
    assert 'src="https://berm.example.org/a.jpg?id=3"' in body.html


def test_links_in_plain_text_are_found_without_the_sentence_s_end() -> None:
    body = clean_plain_body("Lees https://e.example.org/a?utm_source=x, en (https://e.example.org/b).")
    assert body.links == ("https://e.example.org/a", "https://e.example.org/b")


def deep(tag: str, count: int) -> str:
    return f"<{tag}>" * count + "diep"


BOMBS = {
    "nested <div>": deep("div", 200_000),
    "nested tables": deep("table><tr><td", 60_000),
    "nested formatting": deep("b", 100_000),
    "links without an end": "<a href='https://e.example.org/" * 40_000,
    "pictures without an end": "<img " * 200_000,
    "labels of fields": '<div class="field__label">' * 40_000,
    "share rows": '<div class="feedflare"><a>' * 30_000,
    "hidden spans": '@<span style="display:none">' * 30_000,
    "addresses in entities": "&#64;" * 150_000,
    "protected addresses": '<a data-cfemail="00' * 30_000,
    "words for at and dot": "a at b " * 100_000 + " dot ",
    "brackets around at": "a(at)" * 150_000,
    "footers": "<p>The post " * 60_000 + "appeared first on ",
    "ampersands": "&amp;" * 200_000,
    "open entities": "&" * 500_000,
    "attributes": "<p " + " ".join(f"a{number}=''" for number in range(50_000)) + ">",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_hostile_repetitions_take_time_in_proportion(bomb: str) -> None:
    body = clean_body(bomb, BASE)
    assert len(body.text) <= MOST_CHARACTERS + 10


def test_a_body_nested_too_deep_keeps_its_words() -> None:
    assert clean_body(deep("div", 50_000) + " <p>water</p>", BASE).text == "diep water"


def test_very_long_bodies_and_titles_are_cut_and_the_feed_says_so() -> None:
    document = parse_document(
        make_rss(f"<title>{'a' * 5_000}</title><description>{'b ' * 600_000}</description>"), url="x"
    )
    (entry,) = document.entries
    assert (len(entry.title), len(entry.text)) == (2_000, MOST_CHARACTERS - 1)
    assert any("were cut off: entry 1" in problem for problem in document.problems)


XML = {
    "entities by entities": (
        b'<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
        "entities by other entities",
    ),
    "parameter entities": (
        b'<!DOCTYPE r [<!ENTITY % a "x"><!ENTITY % b "%a;%a;"> %b;]><rss><channel/></rss>',
        "entities by other entities",
    ),
    "one entity many times": (
        b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 3_000 + b'">]><rss><channel>' + b"&a;" * 1_000,
        "would grow to more than 1000000 bytes",
    ),
    "a long entity": (
        b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 5_000 + b'">]><rss><channel/></rss>',
        "an entity longer than 4000 bytes",
    ),
    "very many entities": (
        b"<!DOCTYPE r [" + b'<!ENTITY a "b">' * 400 + b"]><rss><channel/></rss>",
        "more than 300 entities",
    ),
    "a long document type": (
        b"<!DOCTYPE r [" + b"<!-- x -->" * 10_000 + b"]><rss><channel/></rss>",
        "longer than 64000 bytes",
    ),
    "endless depth": (b"<rss><channel><item>" + b"<a>" * 20_000 + b"</item>", "more than 10,000 deep"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "told"), XML.values(), ids=XML)
def test_xml_that_would_overwhelm_its_reader_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableDocument, match=re.escape(told)):
        parse_feed(content, url="https://berm.example.org/feed")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_another_charset_hides_no_bomb(encoding: str) -> None:
    bomb = (
        '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
    )
    with pytest.raises(UnreadableDocument, match="entities by other entities"):
        parse_document(bomb.encode(encoding), url="https://berm.example.org/feed", kind="feed")


def test_document_types_that_harm_nobody_are_no_trouble() -> None:
    old = (
        b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        b'"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>'
        b"<item><title>t</title></item></channel></rss>"
    )
    assert entry_of(old).title == "t"
    named = (
        b'<!DOCTYPE rss [<!ENTITY eacute "&#233;">]><rss version="2.0"><channel>'
        b"<item><title>caf&eacute;</title></item></channel></rss>"
    )
    assert entry_of(named).title == "café"


@pytest.mark.parametrize(
    "number", [b'{"items": [{"id": ' + b"9" * 5_000 + b"}]}", b'{"items": ' + b"[" * 100_000]
)
def test_json_made_to_overwhelm_is_refused_in_words(number: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"number that is too long|nested too deep"):
        parse_document(number, url="https://berm.example.org/feed")


def test_of_too_many_entries_the_newest_are_kept_and_the_feed_says_so() -> None:
    items = [
        f"<guid>{day}</guid><title>t{day}</title><pubDate>2026-05-{day:02}</pubDate>" for day in (3, 9, 5)
    ]
    document = parse_document(make_rss(*items), url="x", max_entries=2)
    assert [entry.title for entry in document.entries] == ["t9", "t5"]
    assert document.problems[0] == "the feed has 3 entries; only the 2 newest were read"


def test_of_too_many_entries_without_dates_the_first_are_kept() -> None:
    document = parse_document(make_rss(*(f"<title>t{n}</title>" for n in range(3))), url="x", max_entries=2)
    assert [entry.title for entry in document.entries] == ["t0", "t1"]
    assert document.problems[0] == "the feed has 3 entries; only the 2 first were read"


def test_a_json_feed_keeps_the_first_of_too_many_entries() -> None:
    content = b'{"items": [{"title": "a"}, {"title": "b"}, {"title": "c"}]}'
    document = parse_document(content, url="x", max_entries=2)
    assert [entry.title for entry in document.entries] == ["a", "b"]
    assert "the feed has 3 entries; only the 2 first were read" in document.problems
