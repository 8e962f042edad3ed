"""Inputs that nobody would write: real documents, mutated."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from hypothesis import strategies as st

from benchmarks.parts.seeds import MOST_BYTES, Seed

#: What parsers trip over.
TOKENS = (
    b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE x [", b'<!ENTITY a "&b;&b;&b;">', b"&a;", b"&#0;",
    b"&#x110000;", b"&#xD800;", b"<?xml version='1.0' encoding='utf-7'?>", b"<item>", b"</item>",
    b"</channel>", b"<entry>", b"<div>" * 200, b"<a href='javascript:alert(1)'>", b"<script>",
    b"<svg/onload=x>", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae",
    b"<title type='xhtml'>", b"xml:base='//['", b"<guid>x</guid>",
    b"<pubDate>Mon, 99 Foo 99999 99:99:99 +9999</pubDate>", b"<ttl>-1e9</ttl>",
    b"<link>http://[::1</link>", b"BEGIN:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n",
    b"END:VCALENDAR", b"RRULE:FREQ=SECONDLY;INTERVAL=1\r\n",
    b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n", b"RRULE:FREQ=DAILY;COUNT=999999999999\r\n",
    b"DTSTART;TZID=Nowhere/Land:20260101T000000\r\n", b"DTSTART:00010101T000000Z\r\n",
    b"DTEND:99991231T235959Z\r\n", b"DURATION:-P9999999W\r\n", b"RECURRENCE-ID:20260101T000000Z\r\n",
    b"EXDATE:20260101,\r\n", b"SEQUENCE:-1\r\n", b"UID:\r\n", b"\r\n ", b";", b",", b'"', b'""', b"=1+1",
    b"\t", b"9" * 400, b"-", b"{", b"[", b"null", b"1e999", b"\\ud800",
)  # fmt: skip


#: Values that are at the edge of what a field may say, or beyond.
VALUES = (
    b"00010101", b"00010101T000000", b"99991231T235959Z", b"20260230", b"20261025T023000",
    b"19700101T000000Z",
    b"0001-01-01", b"9999-12-31", b"9999-12-31T23:59:59Z", b"0001-01-01T00:00:00+14:00", b"2026-02-30",
    b"2026-05-31T24:00:00Z", b"Sat, 31 Dec 9999 23:59:59 -1200", b"Mon, 01 Jan 0001 00:00:00 +1400",
    b"99999999999",
    b"4102444800", b"-1", b"1e999", b"NaN", b"2147483648", b"9223372036854775808", b"9" * 400, b"9" * 5000,
    b"\xd9\xa1\xd9\xa2", b"\xc2\xb2", b"29 februari", b"31 december 9999", b"1 januari 0001",
    b"14 of 15 november",
    b"begin 2019", b"eind maart", b"uiterlijk 31 december 9999", b"zomer 9999", b"29 mei t/m 3 juni",
    b"javascript:alert(1)", b"data:text/html,x", b"//x.example.org", b"http://[::1",
    b"http://a@b@x.example.org",
    b"https://x.example.org:99999/", b"https:///x", b"mailto:a@x.example.org",
    b"http://\xe2\x80\xae.example.org",
    b"https://x.example.org/&#0;&#10;", b"name (at) lid.example.org", b"naam@remove-this.lid.example.org",
    b"null", b"true", b"[]", b"{}", b"[[[[]]]]", b'"\\ud800"', b'"\\u0000"', b"0.5", b"1900", b"-0", b"#REF!",
    b"Pacific/Kiritimati", b"Etc/GMT+12", b"../../etc/passwd", b"Europe", b"Africa/Monrovia", b"CET",
    b"GMT+25",
    b"PT9999999999S", b"-P1D", b"P99999W", b"FREQ=YEARLY;UNTIL=99991231", b"FREQ=DAILY;INTERVAL=0",
    b"FREQ=MONTHLY;BYDAY=-5MO,5TU;BYSETPOS=-366", b"FREQ=MINUTELY;BYHOUR=25", b"FREQ=SECONDLY",
    b"FREQ=YEARLY;BYYEARDAY=366;INTERVAL=99999", b"FREQ=WEEKLY;WKST=XX;BYDAY=", b"FREQ=DAILY;COUNT=-1",
)  # fmt: skip
_BOOKS_SHARE = 0.8  # of workbooks, so many are mutated within
_VALUE = re.compile(rb"""(?<=[>:="',;])[^<>:="',;\r\n]{1,80}(?=[<"',;\r\n])""")


@st.composite
def mutated(draw: st.DrawFn, seeds: Sequence[Seed]) -> tuple[Seed, bytes]:
    """Draw a seed and what became of its bytes."""
    # One draw only: of many, hypothesis would mostly try pieces again that it tried already.
    chance = draw(st.randoms(use_true_random=True))
    seed = chance.choice(seeds)
    if seed.name.endswith(".xlsx") and chance.random() < _BOOKS_SHARE:
        return seed, _mutate_workbook(chance, seed.content)
    content, other = seed.content, chance.choice(seeds).content
    for _ in range(chance.randint(1, 5)):
        content = _mutate(chance, content, other)
    return seed, content


def _mutate(chance: Random, content: bytes, other: bytes) -> bytes:
    start = chance.randint(0, max(len(content) - 1, 0))
    length = chance.randint(1, 400)
    before, part, after = content[:start], content[start : start + length], content[start + length :]
    place = chance.randint(0, max(len(other) - 1, 0))
    made: tuple[Callable[[], bytes], ...] = (
        lambda: before + chance.randbytes(chance.randint(1, 8)) + content[start + 1 :],
        lambda: before + after,
        lambda: before + chance.choice(TOKENS) + content[start:],
        lambda: before + chance.choice(TOKENS) + after,
        lambda: before,
        lambda: (before + part * chance.randint(2, 60) + after)[: 2 * MOST_BYTES],
        lambda: before + other[place : place + length] + content[start:],
        lambda: before + part[::-1] + after,
        *(lambda: _give_value(content, start, chance.choice(VALUES)),) * 3,
        lambda: _give_value(content, start, _value_at(other, place)),
    )
    return chance.choice(made)()


def _give_value(content: bytes, start: int, value: bytes) -> bytes:
    """Put the value in the place of the first one from there on; the document's form stays."""
    found = _VALUE.search(content, start) or _VALUE.search(content)
    return content[: found.start()] + value + content[found.end() :] if found else content + value


def _value_at(content: bytes, start: int) -> bytes:
    found = _VALUE.search(content, start)
    return found[0] if found else b""


def _mutate_workbook(chance: Random, content: bytes) -> bytes:
    """Mutate what lies within the workbook, so that it still opens."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        names = old.namelist()
        chosen = chance.choice([*names, *(name for name in names if "sheet1" in name)])
        for name in names:
            part = old.read(name)
            new.writestr(zipfile.ZipInfo(name), _mutate(chance, part, part) if name == chosen else part)
    return made.getvalue()
