"""How sources and members are doing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

#: What can be the matter with a source, or (the last two) with a member; the gravest first.
TroubleKind: TypeAlias = Literal[
    "failing",  # the last harvest of it failed
    "retired",  # the server said that it is gone for good
    "empty",  # it can be read, but nothing is in it
    "moved",  # the server says that it has another address now
    "one_guid",  # all its entries have the same id
    "future",  # entries dated in the future
    "undated",  # none of its entries says when it is from
    "quiet",  # nothing new for a long time
    "never",  # it was never harvested
    "no_source",  # the member has no source that could be harvested
    "silent",  # nothing new of the member, though its sources work
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that is the matter, and since when.

    Args:
        member_id: whose source it is, "" for the secretariat's own.
        source_id: "" where it is the member's matter.
        place: the source's address or file.
        since: UTC; None when nobody knows.
        words: what is the matter, one sentence in English.
        remedy: what the secretariat can do.
        moved_to: the address to use from now on, "" for other troubles.
        for_member: whether the member can mend it by now, so that its note tells of it.
    """

    kind: TroubleKind
    member_id: str = ""
    source_id: str = ""
    place: str = ""
    since: datetime | None = None
    words: str
    remedy: str
    moved_to: str = ""
    for_member: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstItem:
    """The first piece of news of a member that joined not long ago."""

    member_id: str
    item_id: str
    title: str
    link: str | None
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberActivity:
    """What is stored of one member.

    Args:
        items_count: pieces of news, those that were killed apart.
        newest_at: the date of the newest piece, or when an event came in last, UTC; never in the future.
        first: the piece that came in first; None of who has events only.
    """

    member_id: str
    items_count: int
    newest_at: datetime | None
    first: FirstItem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A ready-made letter to a member about its sources.

    Args:
        to: the member's contact, "" where sources.yaml names none.
        language: two-letter code.
        text: of the whole letter, without its subject.
    """

    member_id: str
    to: str
    language: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthReport:
    """How all sources and members are doing.

    Args:
        checked_at: UTC.
        sources_count: all of sources.yaml.
        troubles: by member and source, in the order of sources.yaml.
        first_items: of members that joined not long ago, the newest first.
        notes: one for each member with a trouble that it can mend, in the same order.
    """

    checked_at: datetime
    sources_count: int
    troubles: tuple[Trouble, ...]
    first_items: tuple[FirstItem, ...]
    notes: tuple[Note, ...] = ()

    @property
    def healthy_count(self) -> int:
        """Sources with which nothing is the matter."""
        return self.sources_count - len({each.source_id for each in self.troubles if each.source_id})
