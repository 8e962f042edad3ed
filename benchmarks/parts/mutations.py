"""Inputs that nobody would write: real documents, mutated."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

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
_MOST_BYTES = 8_000


@dataclass(frozen=True, slots=True)
class Seed:
    """A real document.

    Args:
        name: of the file.
        content: its bytes, long ones cut.
        kind: as in sources.yaml.
        holds: of a sheet.
    """

    name: str
    content: bytes
    kind: str
    holds: str = "news"


@st.composite
def mutated(draw: st.DrawFn, seeds: Sequence[Seed]) -> tuple[Seed, bytes]:
    """Draw a seed and what became of its bytes."""
    seed = draw(st.sampled_from(seeds))
    if seed.name.endswith(".xlsx") and draw(st.booleans()):
        return seed, _mutate_workbook(draw, seed.content)
    content, other = seed.content, draw(st.sampled_from(seeds)).content
    for _ in range(draw(st.integers(1, 5))):
        content = _mutate(draw, content, other)
    return seed, content


def _mutate(draw: st.DrawFn, content: bytes, other: bytes) -> bytes:
    start = draw(st.integers(0, max(len(content) - 1, 0)))
    length = draw(st.integers(1, 400))
    before, part, after = content[:start], content[start : start + length], content[start + length :]
    place = draw(st.integers(0, max(len(other) - 1, 0)))
    made = {
        "another byte": lambda: before + draw(st.binary(min_size=1, max_size=8)) + content[start + 1 :],
        "a part less": lambda: before + after,
        "a token more": lambda: before + draw(st.sampled_from(TOKENS)) + content[start:],
        "a token instead": lambda: before + draw(st.sampled_from(TOKENS)) + after,
        "cut off": lambda: before,
        "a part many times": lambda: (before + part * draw(st.integers(2, 60)) + after)[: 2 * _MOST_BYTES],
        "a part of another": lambda: before + other[place : place + length] + content[start:],
        "a part backwards": lambda: before + part[::-1] + after,
    }
    return made[draw(st.sampled_from(sorted(made)))]()


def _mutate_workbook(draw: st.DrawFn, content: bytes) -> bytes:
    """Mutate what lies within the workbook, so that it still opens."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        names = old.namelist()
        chosen = draw(st.sampled_from(names))
        for name in names:
            part = old.read(name)
            new.writestr(name, _mutate(draw, part, part) if name == chosen else part)
    return made.getvalue()


def cut(content: bytes) -> bytes:
    """Answer the beginning and the end of a long document: its middle is more of the same."""
    half = _MOST_BYTES // 2
    return content if len(content) <= _MOST_BYTES else content[:half] + content[-half:]
