"""What members publish: entries as parsed, items as stored."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a stored value came from.

    Args:
        source_id: the source in sources.yaml.
        url: the address the bytes came from, after redirects; a path for local files.
        fetched_at: when, UTC.
        sha256: hash of the document's bytes, hexadecimal.
    """

    source_id: str
    url: str
    fetched_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One piece of a fetched feed or sheet, cleaned but not yet stored.

    Args:
        guid: the raw id as the feed gives it.
        title: plain text, white space collapsed; "" when there is none.
        link: absolute http(s) address.
        published_at: UTC.
        updated_at: UTC.
        language: language tag in lower case ("nl", "en-gb") as entry or feed say it.
        text: plain text of the body, paragraphs parted by blank lines.
        html: sanitised HTML of the body.
        image_url: absolute address of the picture; never fetched by us.
        categories: as the feed gives them.
        member: the member's name as a sheet gives it; "" for feeds.
        kind: "news" or what a submissions sheet says ("help_request", "good_practice", …).
        expires_at: UTC; after it the entry is no longer worth showing.
    """

    guid: str | None = None
    title: str = ""
    link: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    language: str | None = None
    text: str = ""
    html: str = ""
    image_url: str | None = None
    categories: tuple[str, ...] = ()
    member: str = ""
    kind: str = "news"
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A normalised, stored piece of member news.

    Args:
        id: short stable id, the same on every harvest.
        member_id: the member it belongs to, "" for the secretariat's own.
        language: two-letter code, resolved from entry, feed or source default.
        version: 1, and one more for each upstream edit.
        first_seen_at: UTC.
    """

    id: str
    source_id: str
    member_id: str
    entry: Entry
    language: str
    provenance: Provenance
    version: int = 1
    first_seen_at: datetime

    @property
    def dated_at(self) -> datetime:
        """When the news is from: published, else updated, else first seen (UTC)."""
        return self.entry.published_at or self.entry.updated_at or self.first_seen_at
