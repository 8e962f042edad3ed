"""The coalition's own events, whole: what is known before, and what is told of them.

A calendar entry (`model.events`) says that something is; an event record says what it is, who
speaks, who is asked to come, and how it hangs together with other events.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal, TypeAlias

from stuifmail.model.events import DaySpan
from stuifmail.model.problems import Problem
from stuifmail.model.texts import LocalText
from stuifmail.model.times import Moment, MomentOrDay

_STRICT = {"extra": "forbid"}

EventKind: TypeAlias = Literal[
    "conference",
    "signing",
    "work_session",
    "workshop",
    "community_of_practice",
    "symposium",
    "congress",
    "training",
    "meeting",
]
RecordStatus: TypeAlias = Literal["confirmed", "tentative", "postponed", "cancelled"]
Attendance: TypeAlias = Literal["onsite", "online", "mixed"]
PartyRole: TypeAlias = Literal[
    "organiser", "host", "facilitator", "chair", "speaker", "expert", "partner", "funder", "contact"
]
RowKind: TypeAlias = Literal["presentation", "discussion", "workshop", "signing", "break", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """Where an event is, in parts.

    Args:
        number: house number with its addition ("18b").
        country: ISO 3166 code.
        online_url: where it can be followed, "" when it cannot.
        route: how to get there, by language.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    name: str = ""
    street: str = ""
    number: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    online_url: str = ""
    route: LocalText = field(default_factory=dict)

    @property
    def line(self) -> str:
        """The place on one line, without what is not known: "Voorbeeldlaan 18b, Utrecht"."""
        street = f"{self.street} {self.number}".strip()
        return ", ".join(part for part in (self.name, street, self.city) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """How people sign up.

    Args:
        closes_on: last day on which they can, in the event's zone.
        capacity: places, None when there is no limit or it is not known.
        price: by language, "" or missing when free or unknown.
        contact: role mailbox for questions.
        registered_count: how many signed up so far; None when nobody counted.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    url: str = ""
    closes_on: date | None = None
    capacity: int | None = None
    price: LocalText = field(default_factory=dict)
    contact: str = ""
    registered_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """What readers are told of an event: frozen into each publication that tells it.

    Two of these tell whether readers have to hear of a change.

    Args:
        event_id: the event's id in sources.yaml.
        uid: iCalendar UID, stable for life.
        sequence: iCalendar SEQUENCE: one more each time when, where or status is told anew.
        starts_at, ends_at: aware, or days for all-day events (the end is the first day after).
        span: what is known of a date that is open.
        time_zone: IANA name of the event's own zone; times are shown in it.
        link: the event's page.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    event_id: str
    uid: str
    sequence: int = 0
    title: LocalText
    kind: EventKind = "meeting"
    status: RecordStatus = "confirmed"
    starts_at: MomentOrDay | None = None
    ends_at: MomentOrDay | None = None
    span: DaySpan | None = None
    time_zone: str
    attendance: Attendance = "onsite"
    venue: Venue = Venue()
    registration: Registration = Registration()
    language: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation or function that has a part in an event.

    Args:
        name: the organisation; member_id where it is a member.
        function: role of the person ("schrijfdocent"), by language; never a person's name.
        on_site: reachable there, for the practical update and notes to editors.
        phone: of the on-site contact.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    role: PartyRole
    name: str = ""
    member_id: str = ""
    function: LocalText = field(default_factory=dict)
    phone: str = ""
    on_site: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow:
    """One line of a programme.

    Args:
        starts_at, ends_at: aware; None where the programme says no time.
        speaker: the speaker's function, by language.
        organisation: where the speaker comes from; member_id where it is a member.
        delivered: whether it took place; None before the event.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    starts_at: Moment | None = None
    ends_at: Moment | None = None
    kind: RowKind = "other"
    title: LocalText
    speaker: LocalText = field(default_factory=dict)
    organisation: str = ""
    member_id: str = ""
    delivered: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody said, in the role in which it was said.

    Args:
        speaker: function by language ("directeur"); organisation and member_id: of what.
        approved_on: the day on which the speaker agreed to these words; None: not yet.
        approved_how: how we know ("mail van 17 november").
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    id: str
    text: LocalText
    speaker: LocalText = field(default_factory=dict)
    organisation: str = ""
    member_id: str = ""
    approved_on: date | None = None
    approved_how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """One of the coalition's own events.

    Args:
        facts: what readers are told; `sequence` is its calendar entry's here, the one it is told
            with is never lower.
        label: what this edition is called ("2026"), "" outside of a series.
        part_of: id of the event that it is a part of; parts: ids of its own parts, in order.
        follows: id of the event that it builds on; previous: id of its previous edition.
        lead: the opening question or promise, by language; not the description.
        summary: one or two sentences afterwards, by language.
        audience_id: who is invited.
        priority_functions: for whom in particular; it restricts nobody.
        report_url: where the report is, "" while there is none.
        calendar_event_id: the harvested event it is known by, "" when in no calendar.
        differences: by field (starts, ends, status, place), what the calendar says otherwise: a
            finding for the editor.
        problems: what could not be read of its programme sheet, or of its hours.
        campaign: the dossier it belongs to, "" for none.
        purposes: what it is for (see publications.Purpose).
    """

    id: str
    facts: EventFacts
    label: str = ""
    part_of: str = ""
    parts: tuple[str, ...] = ()
    follows: str = ""
    previous: str = ""
    lead: LocalText = field(default_factory=dict)
    description: LocalText = field(default_factory=dict)
    summary: LocalText = field(default_factory=dict)
    formats: tuple[LocalText, ...] = ()
    parties: tuple[Party, ...] = ()
    programme: tuple[ProgrammeRow, ...] = ()
    quotes: tuple[Quote, ...] = ()
    audience_id: str = ""
    priority_functions: tuple[LocalText, ...] = ()
    report_url: str = ""
    funding: LocalText = field(default_factory=dict)
    calendar_event_id: str = ""
    differences: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    campaign: str = ""
    purposes: tuple[str, ...] = ()
    join_grace_days: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ProspectStep:
    """One step of an organisation that may join.

    Args:
        step: approached, intends, confirmed, signed or withdrew.
    """

    step: Literal["approached", "intends", "confirmed", "signed", "withdrew"]
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Realisation:
    """Who was announced to join at an event, and who did.

    Args:
        announced: names of those who had confirmed the day before it began.
        realised: names of those who joined during it, by the ledger.
    """

    event_id: str
    announced: tuple[str, ...]
    realised: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Announced, but did not join."""
        return tuple(name for name in self.announced if name not in self.realised)

    @property
    def unannounced(self) -> tuple[str, ...]:
        """Joined without having been announced."""
        return tuple(name for name in self.realised if name not in self.announced)
