"""What the parsers make of one fetched document."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from stuifmail.model.events import CalendarEntry
from stuifmail.model.items import Entry

DocumentKind: TypeAlias = Literal["feed", "calendar", "sheet", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """Entries and events of one document, in document order.

    Args:
        kind: feed, calendar, sheet or page.
        title: the document's own title, "" when it has none.
        language: the document's own language tag in lower case.
        problems: what was wrong but could be worked around, one sentence each.
        check_after_s: how long the feed itself asks to wait before the next look (ttl,
            sy:updatePeriod), in seconds; None when it does not say.
        is_whole: it lists all there is, so what is missing was taken away (sheets).
    """

    kind: DocumentKind
    title: str = ""
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    events: tuple[CalendarEntry, ...] = ()
    problems: tuple[str, ...] = ()
    check_after_s: int | None = None
    is_whole: bool = False
