"""From the settings of one event, its calendar entry and the event around it to its record. Pure.

Where sources.yaml says something, it counts; where it says nothing, the calendar does, and then
the event that it is a part of. Where sources.yaml and the calendar differ, an editor is told.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from stuifmail.config.events import OwnEvent, is_gap
from stuifmail.config.events import Party as PartySettings
from stuifmail.config.events import Quote as QuoteSettings
from stuifmail.config.events import Registration as RegistrationSettings
from stuifmail.config.events import Venue as VenueSettings
from stuifmail.config.models import NewsroomConfig
from stuifmail.model.event_words import say_end, say_moment
from stuifmail.model.events import DaySpan, Event, Precision
from stuifmail.model.problems import Problem
from stuifmail.model.records import (
    EventFacts,
    EventRecord,
    Party,
    ProgrammeRow,
    Quote,
    RecordStatus,
    Registration,
    Venue,
)
from stuifmail.model.times import MomentOrDay, is_backward

#: What calendars write in the place of a place.
_ONLINE = frozenset({"online", "digitaal", "virtueel", "virtual", "webinar"})
_SPLIT_NUMBER = re.compile(r"(\d+)\s+([a-z])\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around an event's own settings.

    Args:
        calendar: the harvested event it is known by; None for none.
        above: facts of the event that it is a part of; None for none.
        parts: ids of its own parts, in order.
        registered_count: as the participants sheet says; None when nobody counted.
    """

    calendar: Event | None = None
    above: EventFacts | None = None
    parts: tuple[str, ...] = ()
    registered_count: int | None = None


@dataclass(slots=True, kw_only=True)
class _Times:
    starts_at: MomentOrDay | None = None
    ends_at: MomentOrDay | None = None
    problems: list[Problem] = field(default_factory=list)


def zone_of(event: OwnEvent, around: Around, config: NewsroomConfig) -> str:
    """Answer the event's own zone: its settings', the calendar's, the one around it, the newsroom's."""
    said = event.time_zone or (around.calendar.entry.time_zone if around.calendar else "")
    return said or (around.above.time_zone if around.above else "") or config.organisation.time_zone


def make_facts(event: OwnEvent, around: Around, config: NewsroomConfig) -> tuple[EventFacts, list[Problem]]:
    """Answer what readers are told of an event, and what is wrong with its hours."""
    zone = zone_of(event, around, config)
    times = _read_times(event, around, zone)
    facts = EventFacts(
        event_id=event.id,
        uid=_uid_of(event, config),
        sequence=around.calendar.entry.sequence if around.calendar else 0,
        title=dict(event.title),
        kind=event.kind,
        status=_status_of(event, around),
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        span=_span_of(event, around),
        time_zone=zone,
        attendance=event.attendance,
        venue=_venue_of(event, around),
        registration=_registration_of(event.registration, around.registered_count),
        language=event.language or (around.above.language if around.above else ""),
        link=event.link or (around.calendar.entry.url if around.calendar else "") or "",
    )
    if around.above is not None and not _is_within(facts, around.above):
        message = f"it is not within the time of {around.above.event_id}, which it is a part of"
        times.problems.append(_problem(event, "part_of", message, "correct the time of one of them"))
    return facts, times.problems


def make_record(
    event: OwnEvent,
    facts: EventFacts,
    around: Around,
    config: NewsroomConfig,
    *,
    programme: tuple[ProgrammeRow, ...] = (),
    problems: tuple[Problem, ...] = (),
) -> EventRecord:
    """Answer the whole record of an event.

    Args:
        facts: as `make_facts` made them.
        problems: of its hours and of its programme.
    """
    return EventRecord(
        id=event.id,
        facts=facts,
        label=event.label,
        part_of=event.part_of or "",
        parts=around.parts,
        follows=event.follows or "",
        previous=event.previous or "",
        lead=dict(event.lead),
        description=dict(event.description),
        summary=dict(event.summary),
        formats=tuple(dict(each) for each in event.formats),
        parties=tuple(_make_party(party, config) for party in event.parties),
        programme=programme,
        quotes=tuple(_make_quote(quote, config) for quote in event.quotes),
        audience_id=event.audience or "",
        priority_functions=tuple(dict(each) for each in event.priority),
        report_url=event.report_url or "",
        funding=dict(event.funding),
        calendar_event_id=around.calendar.id if around.calendar else "",
        differences=find_differences(event, facts, around),
        problems=problems,
        campaign=event.campaign or "",
        purposes=event.purposes,
        join_grace_days=event.join_grace_days,
    )


def find_differences(event: OwnEvent, facts: EventFacts, around: Around) -> dict[str, str]:
    """Answer by field what the calendar says otherwise than sources.yaml."""
    if around.calendar is None:
        return {}
    entry, found = around.calendar.entry, {}
    if event.starts is not None and entry.starts_at not in (None, facts.starts_at):
        found["starts"] = say_moment(entry.starts_at, entry.time_zone)
    if event.ends is not None and entry.ends_at not in (None, facts.ends_at):
        found["ends"] = say_end(entry.ends_at, entry.time_zone)
    if around.calendar.removed_at:
        found["status"] = "taken off the calendar"
    elif "status" in event.model_fields_set and _is_other_status(facts.status, entry.status):
        found["status"] = entry.status
    if event.venue is not None and entry.location and not _is_same_place(facts, entry.location):
        found["place"] = entry.location
    return found


def _is_other_status(ours: RecordStatus, theirs: str) -> bool:
    # A calendar has no word for "postponed": it says tentative, or cancelled.
    return ours != theirs and not (ours == "postponed" and theirs in ("tentative", "cancelled"))


def _is_same_place(facts: EventFacts, location: str) -> bool:
    """Answer whether a calendar's words name our place: its town, and its street or name."""
    venue, said = facts.venue, _words(location)
    if facts.attendance != "onsite" and said.strip() in _ONLINE:
        return True
    house = f"{venue.street} {venue.number}" if venue.street else ""
    wanted = [_words(text) for text in (venue.name, house) if text]
    has_town = not venue.city or _words(venue.city) in said
    return has_town and (not wanted or any(text in said for text in wanted))


def _words(text: str) -> str:
    """Answer the words with spaces around each, so that "18" is not found in "18b"."""
    words = _SPLIT_NUMBER.sub(r"\1\2", " ".join(re.findall(r"\w+", text.casefold())))
    return f" {words} "


def _uid_of(event: OwnEvent, config: NewsroomConfig) -> str:
    """Answer the calendar's own UID, else one that is the same for good."""
    domain = config.organisation.email.rpartition("@")[2]
    return event.calendar.uid if event.calendar else f"{event.id}@{domain}"


def _status_of(event: OwnEvent, around: Around) -> RecordStatus:
    if "status" in event.model_fields_set or around.calendar is None:
        return event.status
    return around.calendar.entry.status


def _read_times(event: OwnEvent, around: Around, zone: str) -> _Times:
    """Answer when it is; an hour that does not exist or an end before the start is named and left out."""
    times = _Times(starts_at=_to_moment(event.starts, zone), ends_at=_to_moment(_day_after(event.ends), zone))
    for key, value in (("starts", event.starts), ("ends", event.ends)):
        if isinstance(value, datetime) and is_gap(value, zone):
            message = f"{value:%Y-%m-%d %H:%M} does not exist in {zone}: the clock goes forward there"
            times.problems.append(_problem(event, key, message, "correct the time"))
    entry = around.calendar.entry if around.calendar else None
    if entry is not None:
        starts_at = entry.starts_at if times.starts_at is None and not event.alternatives else times.starts_at
        if event.ends is None and starts_at == entry.starts_at:
            times.ends_at = entry.ends_at
        times.starts_at = starts_at
    if _is_day(times.starts_at) and times.ends_at is None:
        times.ends_at = _day_after(times.starts_at)  # RFC 5545, 3.6.1: a day without an end is one day
    if _is_unordered(times.starts_at, times.ends_at):
        message = "it ends before it starts, so it has no end here"
        times.problems.append(_problem(event, "ends", message, "correct one of the two"))
        times.ends_at = None
    return times


def _is_within(inner: EventFacts, outer: EventFacts) -> bool:
    """Answer whether an event lies within another one; also while that cannot be said."""
    start = _as_moment(inner.starts_at, inner.time_zone)
    first, end = (_as_moment(when, outer.time_zone) for when in (outer.starts_at, outer.ends_at))
    if start is None or first is None or end is None:
        return True
    return first <= start and (_as_moment(inner.ends_at, inner.time_zone) or start) <= end


def _as_moment(when: MomentOrDay | None, zone: str) -> datetime | None:
    """Answer the moment; of a day its first one in that zone."""
    if when is None or isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _is_unordered(start: MomentOrDay | None, end: MomentOrDay | None) -> bool:
    if start is not None and end is not None and _is_day(start) != _is_day(end):
        return True
    return is_backward(start, end)


def _to_moment(value: MomentOrDay | None, zone: str) -> MomentOrDay | None:
    return value.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if isinstance(value, datetime) else value


def _day_after(value: MomentOrDay | None) -> MomentOrDay | None:
    return value + timedelta(days=1) if _is_day(value) and value is not None else value


def _is_day(value: MomentOrDay | None) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _problem(event: OwnEvent, key: str, message: str, remedy: str) -> Problem:
    return Problem(file="sources.yaml", key=f"events.{event.id}.{key}", message=message, remedy=remedy)


def _span_of(event: OwnEvent, around: Around) -> DaySpan | None:
    """Answer what is known of an open date: the days to choose from, else what the calendar says."""
    days = tuple(sorted(event.alternatives))
    if days:
        precision: Precision = "days" if len(days) > 1 else "day"
        return DaySpan(first=days[0], last=days[-1], precision=precision, alternatives=days)
    return around.calendar.entry.span if around.calendar and event.starts is None else None


def _venue_of(event: OwnEvent, around: Around) -> Venue:
    if event.venue is not None:
        return _make_venue(event.venue)
    location = around.calendar.entry.location if around.calendar else ""
    if location and _words(location).strip() not in _ONLINE:
        return Venue(name=location)
    return around.above.venue if around.above and not location else Venue()


def _make_venue(venue: VenueSettings) -> Venue:
    return Venue(
        name=venue.name,
        street=venue.street,
        number=venue.number,
        postcode=venue.postcode,
        city=venue.city,
        country=venue.country,
        online_url=venue.online_url or "",
        route=dict(venue.route),
    )


def _registration_of(settings: RegistrationSettings, registered_count: int | None) -> Registration:
    return Registration(
        url=settings.url or "",
        closes_on=settings.closes_on,
        capacity=settings.capacity,
        price=dict(settings.price),
        contact=settings.contact or "",
        registered_count=registered_count,
    )


def _make_party(party: PartySettings, config: NewsroomConfig) -> Party:
    return Party(
        role=party.role,
        name=_name_of(party.member, party.name, config),
        member_id=party.member or "",
        function=dict(party.function),
        phone=party.phone,
        on_site=party.on_site,
    )


def _make_quote(quote: QuoteSettings, config: NewsroomConfig) -> Quote:
    return Quote(
        id=quote.id,
        text=dict(quote.text),
        speaker=dict(quote.speaker),
        organisation=_name_of(quote.member, quote.organisation, config),
        member_id=quote.member or "",
        approved_on=quote.approved_on,
        approved_how=quote.approved_how,
    )


def _name_of(member_id: str | None, name: str, config: NewsroomConfig) -> str:
    member = config.member(member_id) if member_id else None
    return member.name if member else name


def order_key(facts: Mapping[str, EventFacts], event_id: str) -> tuple[str, str]:
    """Answer what to sort events by: the day they start, those without one last."""
    found = facts[event_id]
    start = found.starts_at or (found.span.first if found.span else None)
    moment = start.astimezone(UTC).isoformat() if isinstance(start, datetime) else str(start or "9")
    return moment, event_id
