"""Feeds, calendars and newsrooms for tests of the harvest."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ruamel.yaml import YAML

from stuifmail.config.models import NewsroomConfig
from stuifmail.harvest.identity.storing import store_items
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.harvests import StoredCounts
from stuifmail.model.items import Entry, Item, Provenance
from stuifmail.store.database import Connection
from tests.builders import MINIMAL

NOW = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)


def make_config(sources: Sequence[dict[str, Any]] = (), **changes: Any) -> NewsroomConfig:
    """Answer a small valid newsroom with these sources.

    Args:
        sources: as in sources.yaml; the kind is feed unless they say otherwise.
        changes: top-level keys of sources.yaml.
    """
    data = YAML(typ="safe").load(MINIMAL)
    data["sources"] = [{"kind": "feed", **source} for source in sources]
    return NewsroomConfig.model_validate({**data, **changes})


def make_rss(*items: str, head: str = "") -> bytes:
    """Answer an RSS 2.0 feed with these contents of <item>."""
    body = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>De Bonte Berm</title>'
        f"<link>https://berm.example.org/</link>{head}{body}</channel></rss>"
    ).encode()


def make_news(number: int, title: str = "Bericht") -> str:
    """Answer the content of one <item> with a guid, a link and a date in April 2026."""
    return (
        f"<guid isPermaLink='false'>news-{number}</guid><title>{title} {number}</title>"
        f"<link>https://berm.example.org/nieuws/{number}</link>"
        f"<pubDate>Fri, {number % 28 + 1:02} Apr 2026 10:00:00 +0200</pubDate>"
        "<description>&lt;p&gt;De berm bloeit.&lt;/p&gt;</description>"
    )


def make_calendar(*events: str, head: str = "") -> bytes:
    """Answer an iCalendar document with these contents of VEVENT."""
    blocks = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//example.org//agenda//NL\n{head}{blocks}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def make_item(number: int = 1, **changes: Any) -> Item:
    """Answer an item of the source `berm-news`, dated on a day of April 2026."""
    entry = Entry(
        guid=f"news-{number}",
        title=f"Bericht {number}",
        link=f"https://berm.example.org/nieuws/{number}",
        published_at=datetime(2026, 4, number % 28 + 1, 8, tzinfo=UTC),
    )
    values = {
        "id": f"item-{number}",
        "source_id": "berm-news",
        "member_id": "berm",
        "entry": entry,
        "language": "nl",
        "provenance": Provenance(
            source_id="berm-news", url="https://berm.example.org/feed", fetched_at=NOW, sha256="0" * 64
        ),
        "first_seen_at": NOW,
    }
    return Item(**{**values, **changes})


def put_items(connection: Connection, *items: Item, is_whole: bool = False) -> StoredCounts:
    """Store items as one document of their source that came when the first of them did."""
    provenance = items[0].provenance
    (source,) = make_config([{"id": provenance.source_id, "url": "https://berm.example.org/feed"}]).sources
    entries = tuple(item.entry for item in items)
    document = ParsedDocument(kind="feed", entries=entries, is_whole=is_whole)
    return store_items(connection, source, document, items, at=provenance.fetched_at)
