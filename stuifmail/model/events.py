"""What is on the members' calendars."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from stuifmail.model.items import Change, Provenance
from stuifmail.model.times import Moment, MomentOrDay

Precision: TypeAlias = Literal["day", "days", "month", "part", "year", "open"]
EventStatus: TypeAlias = Literal["confirmed", "tentative", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySpan:
    """When something is, as far as a text says: "14 of 15 november", "29 mei", "begin 2019".

    Args:
        first, last: the first and the last day it can be on; None where it is open to that side.
        precision: what the text names: one day, a choice or range of days, a month, a part of a
            month or year ("begin", "eind", a season), a year, or an end only ("uiterlijk …").
        alternatives: the days to choose from, when it names them ("14 or 15 November").
        year_inferred: the text names no year; it was taken from the day it was read on.
        text: the words it was read from.
    """

    first: date | None
    last: date | None
    precision: Precision
    alternatives: tuple[date, ...] = ()
    year_inferred: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One dated instance of an event that repeats.

    Args:
        recurrence_id: when it was planned, in ISO form; its name for good, also after it moved.
        starts_at, ends_at: as those of CalendarEntry.
        summary, location: its own, where they differ from the event's; else "".
    """

    recurrence_id: str
    starts_at: MomentOrDay
    ends_at: MomentOrDay | None = None
    status: EventStatus = "confirmed"
    summary: str = ""
    location: str = ""


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
        occurrences: of a repeating event, within bounds, in order; cancelled ones too.
        span: when no moment or day can be said: what is known of it.
        modified_at: LAST-MODIFIED, else DTSTAMP: of two with one SEQUENCE the later counts.
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
    occurrences: tuple[Occurrence, ...] = ()
    span: DaySpan | None = None
    modified_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A stored calendar event.

    Args:
        id: short stable id, the same on every harvest.
        member_id: the member it belongs to, "" for the secretariat's own.
        entry: as it counts: what was harvested, with the editors' own words over it.
        harvested: what the source says; None where that is `entry`.
        conflicts: fields that both an editor and, later, the source changed; the editor's counts.
        removed_at: since when the source no longer has it, though it should; None while it has.
    """

    id: str
    source_id: str
    member_id: str
    entry: CalendarEntry
    provenance: Provenance
    version: int = 1
    first_seen_at: datetime
    harvested: CalendarEntry | None = None
    conflicts: tuple["FieldConflict", ...] = ()
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldConflict:
    """A field that an editor changed, and the source after that.

    Args:
        field: its name in CalendarEntry.
        base: what the source said when the editor changed it.
        ours: what the editor made of it; it counts until an editor says otherwise.
        theirs: what the source says now.
    """

    field: str
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEdit:
    """What an editor made of one field of an event.

    Args:
        field: its name in CalendarEntry.
        value: the editors' value, as in JSON.
        base: what the source said when it was edited, as in JSON.
        actor: the editor's role.
        edited_at: UTC.
    """

    event_id: str
    field: str
    value: str | None
    base: str | None
    actor: str
    reason: str = ""
    edited_at: datetime


ChangeKind: TypeAlias = Literal["moved", "postponed", "cancelled", "revived", "edited", "removed", "returned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChange:
    """What became other when a source changed an event.

    Args:
        kind: the gravest of what happened; "postponed" is moved to a date that is not known yet.
        recorded_at: UTC.
        changes: field by field, readable.
    """

    event_id: str
    version: int
    kind: ChangeKind
    recorded_at: datetime
    changes: tuple[Change, ...] = ()
