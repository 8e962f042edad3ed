"""What the parsers make of one fetched document."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from stuifmail.model.events import CalendarEntry
from stuifmail.model.items import Entry

DocumentKind: TypeAlias = Literal["feed", "calendar", "sheet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """Entries and events of one document, in document order.

    Args:
        kind: feed, calendar or sheet.
        title: the document's own title, "" when it has none.
        language: the document's own language tag in lower case.
        problems: what was wrong but could be worked around, one sentence each.
    """

    kind: DocumentKind
    title: str = ""
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    events: tuple[CalendarEntry, ...] = ()
    problems: tuple[str, ...] = ()
