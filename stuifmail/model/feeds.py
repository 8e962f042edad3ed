"""What the public press page and its feeds list."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One press release, in one language.

    Args:
        id: the same for all versions of the piece: its page's address.
        url: its page.
        language: of all its texts.
        text, html: the body, plain and as simple HTML.
        published_at, changed_at: aware; they differ once it was corrected.
        categories: themes and kind, in its language.
        correction: what was wrong and is right now, "" for nothing.
        ninjs_url: the same for newsrooms' systems.
    """

    id: str
    url: str
    language: str
    title: str
    summary: str
    text: str
    html: str
    published_at: datetime
    changed_at: datetime
    categories: tuple[str, ...] = ()
    correction: str = ""
    ninjs_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressFeed:
    """The press page with its feeds.

    Args:
        title: in the page's language.
        author: who publishes.
        home_url: the page; json_url, rss_url: the feeds.
        contact: role mailbox for questions, "" for none.
        entries: newest first, in all languages.
    """

    language: str
    title: str
    description: str
    author: str
    home_url: str
    json_url: str
    rss_url: str
    contact: str = ""
    entries: tuple[FeedEntry, ...] = ()

    @property
    def changed_at(self) -> datetime | None:
        """When something in it last became other; None while it is empty."""
        return max((entry.changed_at for entry in self.entries), default=None)
