"""What members publish: entries as parsed, items as stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

#: Who said in what language an item is: the entry itself, its feed, its own words, sources.yaml.
LanguageOrigin: TypeAlias = Literal["entry", "feed", "detected", "source", "default"]


#: What a piece can be; feeds bring news, sheets say which.
ITEM_KINDS = (
    "news",
    "good_practice",
    "lesson_learned",
    "help_request",
    "policy",
    "research",
    "event",
    "toolbox",
)


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
        links: absolute http(s) addresses that the body links to, in order, each once.
        translations: absolute addresses of the same piece in other languages, by language tag.
        address_candidates: e-mail addresses that the text hides from robots, as we read them;
            never mailed or shown before an editor confirmed them.
        asker: of a help request or submission: who hands it in, as the sheet says.
        answered: a help request that has its answer.
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
    links: tuple[str, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()
    address_candidates: tuple[str, ...] = ()
    asker: str = ""
    answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A normalised, stored piece of member news.

    Args:
        id: short stable id, the same on every harvest.
        member_id: the member it belongs to, "" for the secretariat's own.
        language: two-letter code, resolved from entry, feed, detection or source default.
        language_origin: which of these it was.
        version: 1, and one more for each upstream edit.
        first_seen_at: UTC.
        removed_at: since when the source no longer has it, though it should; None while it has.
        killed_at: when an editor said "never again"; it is kept, so that it cannot come back.
    """

    id: str
    source_id: str
    member_id: str
    entry: Entry
    language: str
    provenance: Provenance
    version: int = 1
    first_seen_at: datetime
    language_origin: LanguageOrigin = "default"
    removed_at: datetime | None = None
    killed_at: datetime | None = None

    @property
    def dated_at(self) -> datetime:
        """When the news is from: published, else updated, else first seen (UTC)."""
        return self.entry.published_at or self.entry.updated_at or self.first_seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that is other than it was.

    Args:
        field: its name in Entry or CalendarEntry.
        before, after: as a person reads them, "" for nothing.
    """

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVersion:
    """An item as it was at one time.

    Args:
        number: 1 for the first.
        provenance: of the document in which it stood so.
        changes: against the version before, empty for the first.
    """

    number: int
    entry: Entry
    language: str
    provenance: Provenance
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """What is stored of an item, as far as it is needed to find it again.

    Args:
        link_key: the link as it is compared; None for items stored before links were.
        dated_at: published, else updated; None when the source gives no date.
        entry_sha256: hash of the entry as it is stored.
        killed_text: the text of a killed item, by which it is known in whatever form it returns.
    """

    id: str
    guid: str | None
    link: str | None
    link_key: str | None
    title: str
    published_at: datetime | None
    dated_at: datetime | None
    member_id: str
    language: str
    version: int
    first_seen_at: datetime
    entry_sha256: str
    removed_at: datetime | None = None
    killed_at: datetime | None = None
    killed_text: str = ""
