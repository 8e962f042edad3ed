"""JSON Feeds become entries."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.formats.jsonfeed import parse_json_feed


def make_feed(*items: Any, **head: Any) -> bytes:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Berm", "items": list(items), **head}
    return json.dumps(feed).encode()


def test_an_item_gives_all_that_an_entry_needs() -> None:
    item = {
        "id": 7,
        "title": "Bijen & <hommels>",
        "url": "/7",
        "content_html": "<p>Tekst<script>x</script></p>",
        "date_published": "2026-05-01T10:00:00+02:00",
        "date_modified": "2026-05-02T10:00:00Z",
        "tags": ["bijen"],
        "image": "/7.jpg",
        "language": "NL",
    }
    feed = make_feed(item, home_page_url="https://berm.example.org/", language="en")
    document = parse_json_feed(feed, url="x")
    (entry,) = document.entries
    assert (document.title, document.language) == ("Berm", "en")
    assert (entry.guid, entry.title, entry.link) == ("7", "Bijen & <hommels>", "https://berm.example.org/7")
    assert (entry.text, entry.html) == ("Tekst", "<p>Tekst</p>")
    assert entry.published_at == datetime(2026, 5, 1, 8, tzinfo=UTC)
    assert entry.updated_at == datetime(2026, 5, 2, 10, tzinfo=UTC)
    assert (entry.categories, entry.image_url, entry.language) == (
        ("bijen",),
        "https://berm.example.org/7.jpg",
        "nl",
    )


def test_an_items_own_address_wins_over_the_page_it_is_about() -> None:
    item = {"id": "1", "url": "https://a.example.org/", "external_url": "https://b.example.org/"}
    assert parse_json_feed(make_feed(item), url="x").entries[0].link == "https://a.example.org/"


def test_odd_types_are_survived() -> None:
    items = [
        {"id": None, "title": 5, "tags": "x", "date_published": []},
        "no object",
        {"content_text": "a\n\nb"},
    ]
    document = parse_json_feed(make_feed(*items), url="x")
    assert [entry.title for entry in document.entries] == ["5", ""]
    assert document.entries[1].text == "a\n\nb"
    assert "1 of the items are no objects" in document.problems[0]


def test_a_feed_cut_off_in_the_middle_keeps_the_complete_items() -> None:
    feed = make_feed(*({"id": str(number), "title": f"Bericht {number}"} for number in range(5)))
    document = parse_json_feed(feed[: feed.index(b"Bericht 3")], url="x")
    assert [entry.guid for entry in document.entries] == ["0", "1", "2"]
    assert "stops in the middle" in document.problems[0]


@pytest.mark.parametrize("content", [b'{"a": 1}', b'{"items": 5}', b"[1, 2]", b'{"version":', b"{" * 100_000])
def test_other_json_is_refused_with_a_remedy(content: bytes) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        parse_json_feed(content, url="https://berm.example.org/feed.json")
    assert refused.value.place == "https://berm.example.org/feed.json"
    assert refused.value.remedy


def test_dates_and_links_that_cannot_be_read_are_told() -> None:
    items = [
        {"id": "1", "title": "Een", "url": "javascript:x", "date_published": "gisteren"},
        {"id": "2", "title": "Twee", "url": "https://berm.example.org/2", "date_published": 1777975200},
    ]
    document = parse_json_feed(json.dumps({"items": items}).encode(), url="x")
    assert document.problems == (
        "entries with a link that is no web address: entry 1 \"Een\" ('javascript:x')",
        "entries with a date that cannot be read: entry 1 \"Een\" ('gisteren')",
    )
    assert document.entries[1].published_at == datetime(2026, 5, 5, 10, tzinfo=UTC)
