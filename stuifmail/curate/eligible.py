"""Which items may be news at all, and why others may not."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from stuifmail.config.models import Member
from stuifmail.curate.wording import say
from stuifmail.model.items import Item

#: So many characters behind these words are told, for they may name the day.
_EMBARGO_WORDS = 30
#: Words by which a text says that it may not come out yet. A trade embargo says it otherwise.
_EMBARGO = re.compile(
    r"\bembargo\s+(?:tot|t/m|until|till)\b|\bembargo\s*:|^\W*embargo\s*(?:[!–—-]|$)"
    r"|\b(?:onder|under)\s+(?:strikt\s+|strict\s+)?embargo\b|\bembargoed\b"
    r"|\bniet\s+(?:voor\s+publicatie|publiceren)\s+v(?:oo|óó)r\b"
    r"|\bnot\s+for\s+(?:publication|release)\s+(?:before|until)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What an item is judged against.

    Args:
        members: by id, those who left too.
        period: news from the first moment on, before the second one.
        already_sent: ids of items that stood in an issue.
        now: the moment of drafting.
        language: in which reasons are told.
    """

    members: Mapping[str, Member]
    period: tuple[datetime, datetime]
    already_sent: AbstractSet[str]
    now: datetime
    language: str


def in_period(item: Item, frame: Frame) -> bool:
    """Answer whether the item is of this period, or claims to be of the future."""
    start, end = frame.period
    return start <= item.dated_at and (item.dated_at < end or item.dated_at > frame.now)


def why_left_out(item: Item, frame: Frame) -> str:
    """Answer why an item of the period cannot be chosen, "" when it can."""
    return (
        _why_taken_back(item, frame)
        or _why_no_news(item, frame)
        or _why_embargoed(item, frame.language)
        or _why_no_member(item, frame)
    )


def _why_taken_back(item: Item, frame: Frame) -> str:
    if item.killed_at:
        return say(frame.language, "killed")
    if item.removed_at:
        return say(frame.language, "removed")
    return say(frame.language, "sent") if item.id in frame.already_sent else ""


def _why_no_news(item: Item, frame: Frame) -> str:
    entry, latest = item.entry, max(frame.now, frame.period[1])
    if not entry.title.strip():
        return say(frame.language, "no_title")
    if _is_undated(item):
        return say(frame.language, "undated")
    if item.dated_at > frame.now:
        return say(frame.language, "future", day=f"{item.dated_at:%Y-%m-%d}")
    if entry.expires_at and entry.expires_at <= latest:
        return say(frame.language, "expired", day=f"{entry.expires_at:%Y-%m-%d}")
    return say(frame.language, "answered") if entry.answered else ""


def _is_undated(item: Item) -> bool:
    # A member who hands in a row of a sheet says that it is news now; a feed says nothing.
    entry = item.entry
    return not (entry.published_at or entry.updated_at or entry.member or entry.kind != "news")


def _why_embargoed(item: Item, language: str) -> str:
    for text in (item.entry.title, item.entry.text):
        if found := _EMBARGO.search(text):
            end = found.end() + _EMBARGO_WORDS
            words = text[found.start() : end] if end >= len(text) else f"{_whole_words(text, found, end)}…"
            return say(language, "embargo", words=" ".join(words.split()))
    return ""


def _whole_words(text: str, found: re.Match[str], end: int) -> str:
    """Answer the text from what was found to the last word that is over before `end`."""
    last = max(text.rfind(" ", found.end(), end), found.end())
    return text[found.start() : last].rstrip(" .,;:")


def _why_no_member(item: Item, frame: Frame) -> str:
    if not item.member_id:
        return ""  # the secretariat's own
    member = frame.members.get(item.member_id)
    if member is None:
        return say(frame.language, "no_member")
    if member.left and member.left <= frame.now.date():
        return say(frame.language, "left")
    return ""
