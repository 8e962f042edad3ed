"""An event and its calendar part, for tests of calendars and machine forms."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from stuifmail.model.publications import CalendarPart
from stuifmail.model.records import EventFacts, Registration, Venue
from stuifmail.render.ics import make_calendar

STAMP = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)


def at(text: str, zone: str = "Europe/Amsterdam") -> datetime:
    """Answer the moment of a civil time in a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def make_facts(**changes: Any) -> EventFacts:
    """Answer the facts of a workshop on a Monday afternoon in June."""
    values: dict[str, Any] = {
        "event_id": "workshop-2026",
        "uid": "workshop-communicatie-2026@coalition.example.org",
        "sequence": 1,
        "title": {"nl": "Workshop: vertellen wat werkt", "en": "Workshop: telling what works"},
        "kind": "workshop",
        "starts_at": at("2026-06-08 14:00"),
        "ends_at": at("2026-06-08 17:00"),
        "time_zone": "Europe/Amsterdam",
        "venue": Venue(name="De Kas", street="Voorbeeldlaan", number="18b", city="Utrecht", country="NL"),
        "registration": Registration(
            url="https://www.coalition.example.org/aanmelden", capacity=40, closes_on=date(2026, 6, 1)
        ),
        "language": "nl",
        "link": "https://www.coalition.example.org/workshop",
    }
    return EventFacts(**(values | changes))


def make_part(method: str = "PUBLISH", **changes: Any) -> CalendarPart:
    """Answer the workshop's calendar part; `changes` are of its facts."""
    return CalendarPart(
        method=method,  # type: ignore[arg-type]
        facts=make_facts(**changes),
        organiser="secretariaat@coalition.example.org",
        description={"nl": "Neem een voorbeeld mee.\nKoffie staat klaar.", "en": "Bring an example."},
    )


def make_text(method: str = "PUBLISH", language: str = "nl", **changes: Any) -> str:
    """Answer the calendar part as iCalendar text."""
    return make_calendar(
        make_part(method, **changes),
        language,
        stamped_at=STAMP,
        organiser_name="Coalitie voor Bestuivers & Partners",
    )
