"""The models of the coalition's own events, the messages around them, and who may join at them."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, NaiveDatetime, model_validator

from stuifmail.config.values import (
    ClockTime,
    Country,
    Email,
    File,
    Id,
    Language,
    Model,
    Name,
    NameText,
    OptionalText,
    Text,
    TimeZone,
    Url,
    Words,
    wrong,
)
from stuifmail.model.publications import MessageKind, Purpose
from stuifmail.model.records import Attendance, EventKind, PartyRole, RecordStatus

_REMEDY = "write 2026-06-08 14:00, or 2026-06-08 for a whole day; the zone stands in time_zone"


def _read_civil_time(value: Any) -> Any:
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise wrong("a time with a zone of its own", _REMEDY)
        return value
    if isinstance(value, date):
        return value
    try:
        text = str(value).strip()
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise wrong(f'"{value}" is no day and time', _REMEDY) from error
    if found.tzinfo is not None:
        raise wrong(f'"{value}" has a zone of its own', _REMEDY)
    return found.date() if len(text) <= 10 else found


#: Civil time in the event's own zone, or a whole day.
CivilTime = Annotated[
    NaiveDatetime | date,
    BeforeValidator(_read_civil_time),
    Words("a day and time in the event's own zone", "2026-06-08 14:00"),
]


class Venue(Model):
    """Where an event is, in parts."""

    name: str = Field("", description="of the building or room")
    street: str = Field("", description="the street, without the number")
    number: str = Field("", description='the house number with its addition, in quotes: "18b"')
    postcode: str = Field("", description="the postal code")
    city: str = Field("", description="the town")
    country: Country = Field("NL", description="ISO 3166 code")
    online_url: Url | None = Field(None, description="where it can be followed online")
    route: OptionalText = Field(default_factory=dict, description="how to get there, by language")


class Registration(Model):
    """How people sign up."""

    url: Url | None = Field(None, description="the form")
    closes_on: date | None = Field(None, description="last day on which people can sign up")
    capacity: int | None = Field(None, ge=1, description="number of places")
    price: OptionalText = Field(default_factory=dict, description="what it costs, by language")
    contact: Email | None = Field(None, description="role mailbox for questions")


class Party(Model):
    """Who has a part in the event: an organisation, or somebody's function. Never a name."""

    role: PartyRole = Field(description="which part")
    member: Id | None = Field(None, description="the member it is")
    name: str = Field("", description="the organisation, when it is no member")
    function: OptionalText = Field(default_factory=dict, description="the person's function, by language")
    phone: str = Field("", description="of somebody who can be reached there")
    on_site: bool = Field(False, description="can be reached there on the day")


class Programme(Model):
    """The sheet with the programme: one row for each part."""

    file: File = Field(description="CSV or XLSX, path from the newsroom's folder")
    columns: dict[str, str] = Field(
        default_factory=dict, description="our column name, then the sheet's, where they differ"
    )


class Quote(Model):
    """What somebody said, in the role in which it was said."""

    id: Id = Field(description="short name")
    text: Text = Field(description="the words, by language")
    speaker: Text = Field(description="the speaker's function, by language; never a name")
    member: Id | None = Field(None, description="the member that the speaker belongs to")
    organisation: str = Field("", description="or another organisation; empty for the coalition itself")
    approved_on: date | None = Field(None, description="the day on which the speaker agreed to these words")
    approved_how: str = Field("", description="how we know: a mail, a call")


class StatedFigure(Model):
    """A number of which no sheet is left, as it was once published."""

    metric: Id = Field(description="what was counted, such as participants")
    value: int = Field(ge=0, description="the number")
    definition: str = Field(
        pattern=r"^[a-z_]+/\d+$",
        description="how it was counted: participants/0 for a rule other than ours; "
        "two numbers are compared only when they were counted alike",
    )
    origin: str = Field(min_length=1, description="where it stands: a report, a page")


class EventCalendar(Model):
    """The harvested calendar entry that the event is known by."""

    source: Id = Field(description="the calendar, one of sources")
    uid: str = Field(min_length=1, description="the UID that the calendar gives it")


class Message(Model):
    """When a message about an event is due, where that differs from the house rules."""

    days: int | None = Field(
        None, ge=-400, le=400, description="days from the first day; negative: before it"
    )
    time: ClockTime | None = Field(None, description="civil time in the organisation's zone")
    skip: bool = Field(False, description="true: this message is not sent for this event")


class OwnEvent(Model):
    """One of our own events. What a calendar says of it need not be repeated here."""

    id: Id = Field(description="short name; it must stay the same, figures are called after it")
    kind: EventKind = Field(description="what it is")
    title: Text = Field(description="the event's name, by language")
    label: str = Field("", description='what this edition is called, such as "2026"')
    status: RecordStatus = Field("confirmed", description="whether it is sure")
    starts: CivilTime | None = Field(None, description="civil time in its zone; else as the calendar says")
    ends: CivilTime | None = Field(None, description="likewise; of whole days the last one")
    alternatives: tuple[date, ...] = Field((), description="tentative: the days that it can be on")
    time_zone: TimeZone | None = Field(
        None, description="where it takes place; empty: as the calendar says, else the organisation's"
    )
    calendar: EventCalendar | None = Field(None, description="the calendar entry that it is known by")
    part_of: Id | None = Field(None, description="the event that it is a part of")
    follows: Id | None = Field(None, description="the event that it builds on")
    previous: Id | None = Field(None, description="its previous edition")
    attendance: Attendance = Field("onsite", description="how people take part")
    venue: Venue | None = Field(None, description="where it is; else as the calendar says")
    language: Language | None = Field(None, description="in which it is held")
    link: Url | None = Field(None, description="the event's page; else as the calendar says")
    lead: OptionalText = Field(default_factory=dict, description="opening question or promise, by language")
    description: OptionalText = Field(default_factory=dict, description="what happens there, by language")
    summary: OptionalText = Field(
        default_factory=dict, description="afterwards: one or two sentences, by language"
    )
    formats: tuple[Text, ...] = Field((), description="discussion, co-creation, …, by language")
    parties: tuple[Party, ...] = Field((), description="who has a part in it")
    programme: Programme | None = Field(None, description="the sheet with the programme")
    quotes: tuple[Quote, ...] = Field((), description="what was said, for press releases")
    audience: Id | None = Field(None, description="who is invited, one of audiences")
    priority: tuple[Text, ...] = Field((), description="for whom in particular, by language")
    registration: Registration = Field(Registration(), description="how people sign up")
    report_url: Url | None = Field(None, description="where the report is")
    funding: OptionalText = Field(default_factory=dict, description="credit line of a funder, by language")
    campaign: Id | None = Field(None, description="the dossier that it belongs to")
    purposes: tuple[Purpose, ...] = Field((), description="what it is for; else by the kind of message")
    figures: tuple[StatedFigure, ...] = Field((), description="numbers of which no sheet is left")
    join_grace_days: int = Field(
        1, ge=0, le=60, description="who joins so many days afterwards still joined at the event"
    )
    messages: dict[MessageKind, Message] = Field(
        default_factory=dict, description="by kind of message: when it is due, or that it is skipped"
    )

    @model_validator(mode="after")
    def _times_in_order(self) -> "OwnEvent":
        if self.time_zone:
            for key, value in (("starts", self.starts), ("ends", self.ends)):
                _refuse_gap(key, value, self.time_zone)
        if self.starts is None and self.ends is not None and self.calendar is None:
            remedy = "say when it starts, or name its calendar entry"
            raise wrong("it ends, but does not start", remedy, "ends")
        if self.starts is None or self.ends is None:
            return self
        if isinstance(self.starts, datetime) != isinstance(self.ends, datetime):
            raise wrong("one of starts and ends has a time", "give both a time, or neither", "ends")
        if self.ends < self.starts:
            raise wrong(f"it ends ({self.ends}) before it starts ({self.starts})", "correct one", "ends")
        return self


def _refuse_gap(key: str, value: datetime | date | None, zone: str) -> None:
    """Refuse an hour that the change to summer time leaves out."""
    if isinstance(value, datetime) and is_gap(value, zone):
        message = f"{value:%Y-%m-%d %H:%M} does not exist in {zone}: the clock goes forward there"
        raise wrong(message, "correct the time", key)


def is_gap(value: datetime, zone: str) -> bool:
    """Answer whether this civil time does not exist in the zone: the clock is put forward over it."""
    aware = value.replace(tzinfo=ZoneInfo(zone))
    return aware.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != value


class Step(Model):
    """One step of an organisation that may join."""

    step: Literal["approached", "intends", "confirmed", "signed", "withdrew"] = Field(
        description="how far it is"
    )
    on: date = Field(description="since when")
    note: str = Field("", description="a remark for colleagues; never sent")


class Prospect(Model):
    """An organisation that may join, or wanted to."""

    id: Id = Field(description="short name; once it joined, the member's own id")
    name: Name = Field(description="the name as it is printed")
    kind: Id = Field(description="one of vocabularies.member_kinds")
    country: Country = Field("NL", description="ISO 3166 code; EU for the European Union")
    event: Id | None = Field(None, description="the event at which it would sign")
    contact: Email | None = Field(None, description="role mailbox")
    steps: tuple[Step, ...] = Field(min_length=1, description="what happened, in order")

    @model_validator(mode="after")
    def _steps_in_order(self) -> "Prospect":
        for index, (before, after) in enumerate(zip(self.steps, self.steps[1:], strict=False), start=1):
            if after.on < before.on:
                message = f"step {index + 1} ({after.on}) was before step {index} ({before.on})"
                raise wrong(message, "put the steps in order", "steps")
        return self


class GroupMember(Model):
    """A member in a group, and how far it is."""

    member: Id = Field(description="one of members")
    maturity: Literal["frontrunner", "underway", "starter"] = Field("underway", description="how far it is")
    themes: tuple[Id, ...] = Field((), description="on which themes; empty: all")


class Group(Model):
    """A community of practice or working group, which meets."""

    id: Id = Field(description="short name")
    name: Text = Field(description="the group's name, by language")
    audience: Id = Field(description="who gets its mail, one of audiences")
    events: tuple[Id, ...] = Field((), description="its meetings, in order")
    members: tuple[GroupMember, ...] = Field((), description="who is how far; others are underway")
    holds: tuple[str, ...] = Field(
        ("help_request",), description="kinds of items that its mail brings: help_request, policy, …"
    )


class MomentOfYear(Model):
    """A day around which the communication network speaks with one voice."""

    id: Id = Field(description="short name")
    name: Text = Field(description="the moment, by language")
    on: date = Field(description="the day; the latest one where it is not sure")
    is_open: bool = Field(False, description="true: the day may still change")
    audience: Id = Field(description="who gets the brief, one of audiences")
    lines: OptionalText = Field(default_factory=dict, description="lines to take, by language")
    figures: tuple[str, ...] = Field((), description="ids of figures to use, such as members.partners")
    contacts: tuple[Email, ...] = Field((), description="role mailboxes for questions")
    days: int = Field(-14, ge=-400, le=0, description="when the brief is due, in days from the moment")


class Mailings(Model):
    """House rules for messages around events."""

    name: NameText = Field(
        {"nl": "Uitnodigingen en berichten", "en": "Invitations and notices"},
        description="what these messages are called, by language",
    )
    time: ClockTime = Field("09:30", description="civil time at which messages are due")
    draft_days: int = Field(5, ge=0, le=60, description="how many days before it is due one is drafted")
    messages: dict[MessageKind, Message] = Field(
        default_factory=dict, description="by kind of message: when it is due, or that it is skipped"
    )
    calendar_method: Literal["PUBLISH", "REQUEST"] = Field(
        "PUBLISH",
        description="REQUEST shows buttons to accept; only where somebody reads the answers",
    )
    template: str = Field("mailings/mailing", description="template in the templates folder")


__all__ = [
    "CivilTime",
    "EventCalendar",
    "Group",
    "GroupMember",
    "Mailings",
    "Message",
    "MomentOfYear",
    "OwnEvent",
    "Party",
    "Programme",
    "Prospect",
    "Quote",
    "Registration",
    "StatedFigure",
    "Step",
    "Venue",
    "is_gap",
]
