"""What is on the members' calendars."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from stuifmail.model.items import Provenance
from stuifmail.model.times import MomentOrDay

EventStatus: TypeAlias = Literal["confirmed", "tentative", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One VEVENT or agenda row, cleaned but not yet stored.

    Args:
        uid: as the calendar gives it, "" when it has none.
        recurrence_id: raw RECURRENCE-ID of a changed occurrence, "" otherwise.
        summary: plain text on one line.
        starts_at: aware UTC, or a date for all-day events; None when unreadable.
        ends_at: as `starts_at`; for dates the first day after (RFC 5545, 3.6.1).
        time_zone: IANA name in which the event happens; "" when floating or unknown.
        floating: the calendar says a clock time without a zone; `starts_at` is a reading of it.
        rrule: the raw recurrence rule, "" when it happens once.
        member: the member's name as a sheet gives it; "" for calendars.
    """

    uid: str = ""
    recurrence_id: str = ""
    summary: str = ""
    description: str = ""
    location: str = ""
    url: str | None = None
    starts_at: MomentOrDay | None = None
    ends_at: MomentOrDay | None = None
    time_zone: str = ""
    floating: bool = False
    status: EventStatus = "confirmed"
    sequence: int = 0
    rrule: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A stored calendar event.

    Args:
        id: short stable id, the same on every harvest.
        member_id: the member it belongs to, "" for the secretariat's own.
    """

    id: str
    source_id: str
    member_id: str
    entry: CalendarEntry
    provenance: Provenance
    version: int = 1
    first_seen_at: datetime
