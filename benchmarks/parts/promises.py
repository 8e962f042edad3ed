"""What holds for whatever was read, however strange the document: looked at from outside.

Nothing here is taken from the parsers; the markup is read by Python's own, which is another one
than the sanitiser's.
"""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from unicodedata import category
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from stuifmail.config.codec import sha256_of, to_data
from stuifmail.config.models import NewsroomConfig
from stuifmail.errors import StuifmailError
from stuifmail.harvest.reading import Reading
from stuifmail.model.events import CalendarEntry, DaySpan, Event
from stuifmail.model.items import Entry, Item

_MOST_OCCURRENCES = 400
_MOST_INTEGER = 2**31 - 1  # of a column in PostgreSQL
_LONGEST_PROBLEM = 500
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ACTIVE_TAGS = frozenset(
    "script style iframe frame object embed applet form input button select textarea link meta base svg math "
    "template noscript title video audio source picture marquee html head body xmp plaintext".split()
)
_ATTRIBUTES = frozenset(
    "href src alt title lang dir rel width height colspan rowspan datetime cite start".split()
)
_SCHEMES = {"href": ("http", "https", "mailto"), "src": ("http", "https"), "cite": ("http", "https")}
#: Clocks at the two ends of the world.
_FARTHEST = (ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Etc/GMT+12"))


class BrokenPromiseError(Exception):
    """What was read is not what it must always be."""


def check_reading(reading: Reading, config: NewsroomConfig) -> None:
    """Look whether all that was read is safe to show, to store and to count with.

    Raises:
        BrokenPromiseError: it is not; the message says what.
    """
    _expect(len(reading.items) <= config.harvest.max_entries, "there are more items than may be")
    for item in reading.items:
        _check_item(item)
        _check_storable(item)
    for event in reading.events:
        _check_event(event)
        _check_storable(event)
    after = reading.document.check_after_s
    _expect(after is None or 0 <= after <= _MOST_INTEGER, f"check_after_s is {after}")
    _check_line("the document's title", reading.document.title)
    for problem in reading.problems:
        _expect(len(problem) <= _LONGEST_PROBLEM, f"a problem has {len(problem)} characters")
        _check_line("a problem", problem)
    _check_storable(reading.document)
    json.dumps(reading.facts, allow_nan=False)


def check_error(error: StuifmailError) -> None:
    """Look whether an error can be shown and stored.

    Raises:
        BrokenPromiseError: it cannot.
    """
    for text in (error.message, error.place, error.remedy):
        _check_text("an error", text)
        _expect(len(text) <= _LONGEST_PROBLEM, f"an error has {len(text)} characters")


def _expect(holds: object, otherwise: str) -> None:
    if not holds:
        raise BrokenPromiseError(otherwise)


def _check_item(item: Item) -> None:
    entry: Entry = item.entry
    _expect(len(item.language) == 2 and item.language.isascii(), f"the language is {item.language!r}")
    for name in ("title", "member", "asker", "kind"):
        _check_line(name, getattr(entry, name))
    for text in entry.categories:
        _check_line("a category", text)
    _check_text("the text", entry.text)
    _check_markup(entry.html)
    _check_text("the markup", entry.html)
    for link in (entry.link, entry.image_url, *entry.links, *(link for _, link in entry.translations)):
        _check_link(link)
    for address in entry.address_candidates:
        _expect("@" in address and address == "".join(address.split()), f"an address is {address!r}")


def _check_event(event: Event) -> None:
    entry: CalendarEntry = event.entry
    for name in ("summary", "location", "member", "uid"):
        _check_line(name, getattr(entry, name))
    _check_text("the description", entry.description)
    _check_link(entry.url)
    _expect(0 <= entry.sequence <= _MOST_INTEGER, f"the sequence is {entry.sequence}")
    if entry.time_zone:
        ZoneInfo(entry.time_zone)
    _expect(len(entry.occurrences) <= _MOST_OCCURRENCES, f"there are {len(entry.occurrences)} occurrences")
    _check_order(entry.starts_at, entry.ends_at)
    for each in entry.occurrences:
        _check_order(each.starts_at, each.ends_at)
    names = [each.recurrence_id for each in entry.occurrences]
    _expect(len(names) == len(set(names)), "an occurrence stands there twice")
    if entry.span:
        _check_span(entry.span)


def _check_order(start: date | None, end: date | None) -> None:
    if start is None or end is None:
        return
    _expect(isinstance(start, datetime) == isinstance(end, datetime), f"it is from {start} to {end}")
    _expect(start <= end if isinstance(start, datetime) else start < end, f"it is from {start} to {end}")


def _check_span(span: DaySpan) -> None:
    first, last = span.first, span.last
    _expect(first is None or last is None or first <= last, f"it is from {first} to {last}")
    for day in span.alternatives:
        _expect((first is None or first <= day) and (last is None or day <= last), f"{day} is no choice")


def _check_line(name: str, text: str) -> None:
    _check_text(name, text)
    _expect(text == " ".join(text.split()), f"{name} is not on one line: {text!r}")


def _check_text(name: str, text: str) -> None:
    bad = [
        each
        for each in text
        if each in _DIRECTIONS or (each not in "\n\t" and category(each) in ("Cc", "Cs"))
    ]
    _expect(not bad, f"{name} has {bad[:3]}")


def _check_link(link: str | None) -> None:
    if link is None:
        return
    parts = urlsplit(link)
    _expect(parts.scheme in ("http", "https") and bool(parts.hostname), f"a link is {link!r}")
    bad = [each for each in link if category(each) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp") or each in '<>"\\']
    _expect(not bad, f"a link has {bad[:3]}: {link!r}")


class _Markup(HTMLParser):
    """Reads markup and objects to what can act."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        _expect(tag not in _ACTIVE_TAGS, f"there is a <{tag}>")
        for name, value in attrs:
            _expect(name in _ATTRIBUTES, f"<{tag}> has {name}")
            if schemes := _SCHEMES.get(name):
                scheme = (value or "").strip().partition(":")[0].lower()
                _expect(scheme in schemes, f"<{tag}> has {name}={value!r}")

    def handle_decl(self, decl: str) -> None:
        raise BrokenPromiseError(f"there is a <!{decl[:20]}>")

    def handle_comment(self, data: str) -> None:
        raise BrokenPromiseError(f"there is a comment {data[:20]!r}")

    def handle_pi(self, data: str) -> None:
        self.handle_decl(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)


def _check_markup(markup: str) -> None:
    parser = _Markup()
    parser.feed(markup)
    parser.close()


def _check_storable(value: Any) -> None:
    """Look whether JSON, PostgreSQL and all clocks of the world take it."""
    for each in _leaves(value):
        if isinstance(each, str):
            _expect("\0" not in each, f"there is a NUL in {each[:40]!r}")
            each.encode()
        elif isinstance(each, datetime):
            _expect(each.utcoffset() == timedelta(), f"{each!r} is not in UTC")
            for zone in _FARTHEST:
                each.astimezone(zone).isoformat()
    json.dumps(to_data(value), allow_nan=False)
    sha256_of(value)


def _leaves(value: Any) -> Iterator[Any]:
    if is_dataclass(value):
        for one in fields(value):
            yield from _leaves(getattr(value, one.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _leaves(each)
    else:
        yield value
