"""Our own events, whole: what sources.yaml, the calendar, the programme and the figures say of each."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from stuifmail.config.events import OwnEvent
from stuifmail.errors import InvalidSheet, UnknownEvent
from stuifmail.figures.programme import ProgrammeSetting, ProgrammeSheet, read_programme
from stuifmail.model.events import Event
from stuifmail.model.problems import Problem
from stuifmail.model.records import EventFacts, EventRecord
from stuifmail.newsroom.house import House
from stuifmail.newsroom.our_events.record_making import Around, make_facts, make_record, order_key
from stuifmail.store import events as event_table
from stuifmail.store import figures as figure_table
from stuifmail.store.database import Connection


def list_records(house: House, connection: Connection) -> dict[str, EventRecord]:
    """Answer the records of our own events by id, the earliest first; those without a date last.

    An event of which little is known has a record, too: `check_completeness` names what lacks.
    """
    calendar = _calendar_events(house, connection)
    counted = {
        figure.id.removesuffix(".registered"): figure.value
        for figure in figure_table.list_figures(connection)
        if figure.id.endswith(".registered")
    }
    facts: dict[str, EventFacts] = {}
    problems: dict[str, list[Problem]] = {}
    arounds: dict[str, Around] = {}
    for event in _outermost_first(house.config.events):
        around = Around(
            calendar=calendar.get(event.id),
            above=facts.get(event.part_of or ""),
            registered_count=counted.get(event.id),
        )
        facts[event.id], problems[event.id] = make_facts(event, around, house.config)
        arounds[event.id] = around
    by_id = {event.id: event for event in house.config.events}
    return {
        event_id: _whole(house, by_id[event_id], facts, arounds[event_id], problems[event_id])
        for event_id in sorted(facts, key=lambda each: order_key(facts, each))
    }


def get_record(house: House, connection: Connection, event_id: str) -> EventRecord:
    """Answer the record of one of our own events.

    Raises:
        UnknownEvent: sources.yaml has no such event; the ids it has are named.
    """
    records = list_records(house, connection)
    if event_id not in records:
        known = ", ".join(records) or "none yet"
        raise UnknownEvent(
            "there is no such event of ours",
            place=event_id,
            remedy=f"add it to events: in sources.yaml; there are {known}",
        )
    return records[event_id]


def find_previous_report(house: House, records: Mapping[str, EventRecord], record: EventRecord) -> str:
    """Answer where the report of the meeting before this one is: of what it follows, else of its group's.

    Returns:
        "" when there is no meeting before it, or no report of that yet.
    """
    before = record.follows or record.previous
    for group in house.config.groups:
        if not before and record.id in group.events:
            at = group.events.index(record.id)
            before = group.events[at - 1] if at else ""
    return records[before].report_url if before in records else ""


def days_of(facts: EventFacts) -> tuple[date, date] | None:
    """Answer the first and the last day of an event in its own zone; None while it has no date.

    Of an open date they are the first and the last day that it may be on.
    """
    first = _day_in_zone(facts.starts_at, facts.time_zone)
    if first is None:
        span = facts.span
        return (span.first, span.last) if span and span.first and span.last else None
    if facts.ends_at is None:
        return first, first
    # What ends at midnight was on the day before; of days the end is the first one after.
    step = timedelta(microseconds=1) if isinstance(facts.ends_at, datetime) else timedelta(days=1)
    last = _day_in_zone(facts.ends_at - step, facts.time_zone) or first
    return first, max(first, last)


def _day_in_zone(when: datetime | date | None, zone: str) -> date | None:
    return when.astimezone(ZoneInfo(zone)).date() if isinstance(when, datetime) else when


def _outermost_first(events: tuple[OwnEvent, ...]) -> list[OwnEvent]:
    """Answer the events so that each comes after the one that it is a part of."""
    above = {event.id: event.part_of for event in events}

    def depth(event_id: str | None) -> int:
        seen: set[str] = set()
        while event_id in above and event_id not in seen:
            seen.add(event_id)
            event_id = above[event_id]
        return len(seen)

    return sorted(events, key=lambda event: depth(event.id))


def _calendar_events(house: House, connection: Connection) -> dict[str, Event]:
    """Answer the harvested event by the id of ours that is known by it."""
    known = {
        (event.calendar.source, event.calendar.uid): event.id
        for event in house.config.events
        if event.calendar
    }
    if not known:
        return {}
    found = event_table.list_events(connection, source_ids={source for source, _ in known})
    named = [((event.source_id, event.entry.uid), event) for event in found]
    return {known[key]: event for key, event in named if key in known}


def _whole(
    house: House,
    event: OwnEvent,
    facts: Mapping[str, EventFacts],
    around: Around,
    problems: list[Problem],
) -> EventRecord:
    parts = [each.id for each in house.config.events if each.part_of == event.id]
    programme = _read_programme(house, event, facts[event.id])
    return make_record(
        event,
        facts[event.id],
        Around(
            calendar=around.calendar,
            above=around.above,
            parts=tuple(sorted(parts, key=lambda each: order_key(facts, each))),
            registered_count=around.registered_count,
        ),
        house.config,
        programme=programme.rows,
        problems=(*problems, *programme.problems),
    )


def _read_programme(house: House, event: OwnEvent, facts: EventFacts) -> ProgrammeSheet:
    """Answer the event's programme; a sheet that cannot be read is a problem, and stops nothing else."""
    if event.programme is None:
        return ProgrammeSheet()
    file, days = event.programme.file, days_of(facts)
    setting = ProgrammeSetting(
        file=file,
        zone=facts.time_zone,
        first=days[0] if days else None,
        last=days[1] if days else None,
        language=facts.language or house.config.organisation.languages[0],
        members=house.config.members,
    )
    try:
        return read_programme((house.root / file).read_bytes(), setting, event.programme.columns)
    except OSError as error:
        message = f"the programme cannot be read ({error.strerror})"
        remedy = f"put it back, or correct programme: of the event {event.id} in sources.yaml"
        return ProgrammeSheet(problems=(Problem(file=file, message=message, remedy=remedy),))
    except InvalidSheet as error:
        file, _, line = error.place.rpartition(":") if error.place != file else (file, "", "0")
        problem = Problem(file=file, line=int(line), message=error.message, remedy=error.remedy)
        return ProgrammeSheet(problems=(problem,))
