"""The press page and its feeds as files of the public site.

An entry keeps its id for life, so a correction updates it in feed readers and adds no second one.

Source: JSON Feed 1.1; RSS 2.0 with content, dc and atom modules (the template's).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stuifmail.model.feeds import FeedEntry, PressFeed
from stuifmail.publish.files import write_whole

FOLDER, JSON_NAME, RSS_NAME = "press", "feed.json", "feed.xml"


def write_feeds(site: Path, feed: PressFeed, *, pages: Mapping[str, str], rss: str) -> tuple[Path, ...]:
    """Write the press page in its languages, and both feeds.

    Args:
        site: the folder that is published.
        feed: what they list.
        pages: HTML by language; the first is the folder's own page.
        rss: the RSS document.

    Returns:
        The files.

    Raises:
        StorageError: the folder is read-only or full.
    """
    folder = site / FOLDER
    files = {folder / JSON_NAME: write_json_feed(feed), folder / RSS_NAME: rss}
    for position, (language, html) in enumerate(pages.items()):
        files[folder / language / "index.html"] = html
        if position == 0:
            files[folder / "index.html"] = html
    for path, text in files.items():
        write_whole(path, text.encode())
    return tuple(files)


def write_json_feed(feed: PressFeed) -> str:
    """Answer the entries as JSON Feed 1.1."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.home_url,
        "feed_url": feed.json_url,
        "language": feed.language,
        "authors": [{"name": feed.author, "url": feed.home_url}],
        "items": [_write_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _write_item(entry: FeedEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.correction or entry.summary,
        "content_text": entry.text,
        "content_html": entry.html,
        "date_published": entry.published_at.isoformat(timespec="seconds"),
        "language": entry.language,
        "tags": list(entry.categories),
    }
    if entry.changed_at != entry.published_at:
        item["date_modified"] = entry.changed_at.isoformat(timespec="seconds")
    if entry.ninjs_url:
        item["attachments"] = [
            {"url": entry.ninjs_url, "mime_type": "application/json", "title": "ninjs 3.1"}
        ]
    return item
