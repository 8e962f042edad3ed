"""Records of our own events: what sources.yaml says, what the calendar says, and what is inherited."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from stuifmail.config.events import OwnEvent
from stuifmail.model.events import CalendarEntry, DaySpan, Event
from stuifmail.model.items import Provenance
from stuifmail.model.records import EventFacts, EventRecord, Venue
from stuifmail.newsroom.our_events.record_making import Around, make_facts, make_record
from stuifmail.newsroom.our_events.records import days_of
from tests.builders_harvest import NOW, make_config

CONFIG = make_config()
START, END = datetime(2026, 6, 8, 12, tzinfo=UTC), datetime(2026, 6, 8, 15, tzinfo=UTC)


def own(**values: Any) -> OwnEvent:
    base = {"id": "workshop", "kind": "workshop", "title": {"nl": "Dag", "en": "Day"}}
    return OwnEvent.model_validate({**base, **values})


def calendar(**values: Any) -> Event:
    entry: dict[str, Any] = {
        "uid": "w@coalition.example.org",
        "starts_at": START,
        "ends_at": END,
        "time_zone": "Europe/Amsterdam",
    }
    return Event(
        id="abc",
        source_id="agenda",
        member_id="",
        entry=CalendarEntry(**{**entry, **values}),
        provenance=Provenance(source_id="agenda", url="agenda.ics", fetched_at=NOW, sha256="0"),
        first_seen_at=NOW,
        removed_at=None,
    )


def facts_of(event: OwnEvent, **around: Any) -> EventFacts:
    return make_facts(event, Around(**around), CONFIG)[0]


def record_of(event: OwnEvent, **around: Any) -> EventRecord:
    facts, problems = make_facts(event, Around(**around), CONFIG)
    return make_record(event, facts, Around(**around), CONFIG, problems=tuple(problems))


def nairobi(**values: Any) -> EventFacts:
    return facts_of(
        own(
            id="fair",
            starts="2025-11-17",
            ends="2025-11-21",
            time_zone="Africa/Nairobi",
            venue={"name": "Acacia Campus", "city": "Nairobi", "country": "KE"},
            language="en",
            **values,
        )
    )


def test_the_calendar_says_what_sources_yaml_leaves_out() -> None:
    entry = calendar(location="Voorbeeldlaan 18b, Utrecht", url="https://coalition.example.org/w")
    record = record_of(own(calendar={"source": "agenda", "uid": "w@coalition.example.org"}), calendar=entry)
    facts = record.facts
    assert (facts.starts_at, facts.ends_at, facts.time_zone) == (START, END, "Europe/Amsterdam")
    assert facts.venue.line == "Voorbeeldlaan 18b, Utrecht"
    assert facts.link == "https://coalition.example.org/w"
    assert facts.uid == "w@coalition.example.org"
    assert record.calendar_event_id == "abc"
    assert record.differences == {}


def test_an_event_in_no_calendar_has_a_uid_for_good() -> None:
    assert facts_of(own()).uid == "workshop@coalition.example.org"


def test_where_both_speak_sources_yaml_counts_and_the_difference_is_told() -> None:
    event = own(
        starts="2026-06-08 14:30",
        ends="2026-06-08 17:00",
        status="confirmed",
        venue={"street": "Voorbeeldlaan", "number": "18", "city": "Utrecht"},
    )
    record = record_of(event, calendar=calendar(location="Voorbeeldlaan 18b, Utrecht", status="tentative"))
    assert record.facts.starts_at == START + timedelta(minutes=30)
    assert record.differences == {
        "starts": "Mon 8 June 2026 14:00",
        "status": "tentative",
        "place": "Voorbeeldlaan 18b, Utrecht",
    }


@pytest.mark.parametrize(
    "location", ["Voorbeeldlaan 18b, Utrecht", "Utrecht, Voorbeeldlaan 18 B", "Secretariaat, Utrecht"]
)
def test_the_same_place_in_other_words_is_no_difference(location: str) -> None:
    venue = {"name": "Secretariaat", "street": "Voorbeeldlaan", "number": "18b", "city": "Utrecht"}
    assert record_of(own(venue=venue), calendar=calendar(location=location)).differences == {}


def test_online_is_a_place_of_an_online_event() -> None:
    event = own(attendance="online", venue={"online_url": "https://coalition.example.org/mee"})
    assert record_of(event, calendar=calendar(location="Online")).differences == {}
    assert facts_of(own(attendance="online"), calendar=calendar(location="Online")).venue == Venue()


def test_an_event_that_its_calendar_took_away_is_told() -> None:
    gone = calendar()
    gone = Event(**{name: getattr(gone, name) for name in gone.__slots__} | {"removed_at": NOW})
    assert record_of(own(), calendar=gone).differences == {"status": "taken off the calendar"}


def test_a_cancellation_of_the_calendar_counts_where_sources_yaml_is_silent() -> None:
    assert facts_of(own(), calendar=calendar(status="cancelled")).status == "cancelled"


def test_a_part_inherits_zone_place_and_language() -> None:
    event = own(id="signing", part_of="fair", starts="2025-11-18 15:00", ends="2025-11-18 18:00")
    facts = facts_of(event, above=nairobi())
    assert facts.time_zone == "Africa/Nairobi"
    assert facts.starts_at == datetime(2025, 11, 18, 12, tzinfo=UTC)
    assert (facts.venue.city, facts.language) == ("Nairobi", "en")


def test_a_part_that_the_calendar_puts_outside_of_its_event_is_named() -> None:
    late = calendar(starts_at=datetime(2025, 11, 25, 12, tzinfo=UTC), ends_at=None)
    record = record_of(own(part_of="fair"), above=nairobi(), calendar=late)
    assert ["not within the time of fair" in problem.message for problem in record.problems] == [True]


def test_a_tentative_event_keeps_the_days_to_choose_from() -> None:
    event = own(status="tentative", alternatives=["2018-11-15", "2018-11-14"])
    facts = facts_of(event)
    assert facts.starts_at is None
    assert facts.span == DaySpan(
        first=date(2018, 11, 14),
        last=date(2018, 11, 15),
        precision="days",
        alternatives=(date(2018, 11, 14), date(2018, 11, 15)),
    )
    assert days_of(facts) == (date(2018, 11, 14), date(2018, 11, 15))


def test_29_may_without_a_year_stays_marked_as_our_reading() -> None:
    day = date(2026, 5, 29)
    span = DaySpan(first=day, last=day, precision="day", year_inferred=True, text="29 mei")
    entry = calendar(starts_at=None, ends_at=None, span=span, status="tentative")
    facts = facts_of(own(calendar={"source": "agenda", "uid": "x"}), calendar=entry)
    assert facts.status == "tentative"
    assert facts.span is not None
    assert facts.span.year_inferred
    assert days_of(facts) == (day, day)


def test_an_event_without_anything_is_a_record_still() -> None:
    record = record_of(own())
    assert (record.facts.starts_at, record.facts.ends_at, record.facts.span) == (None, None, None)
    assert days_of(record.facts) is None


def test_a_start_without_an_end_stays_without() -> None:
    assert facts_of(own(starts="2026-06-08 14:00")).ends_at is None


def test_whole_days_end_on_the_first_day_after() -> None:
    facts = nairobi()
    assert (facts.starts_at, facts.ends_at) == (date(2025, 11, 17), date(2025, 11, 22))
    assert days_of(facts) == (date(2025, 11, 17), date(2025, 11, 21))
    assert facts_of(own(starts="2026-05-29")).ends_at == date(2026, 5, 30)


def test_what_ends_at_midnight_was_on_the_day_before() -> None:
    facts = facts_of(own(starts="2026-06-08 20:00", ends="2026-06-09 00:00"))
    assert days_of(facts) == (date(2026, 6, 8), date(2026, 6, 8))


def test_the_days_are_those_of_the_events_own_zone() -> None:
    facts = facts_of(own(starts="2025-11-19 01:00", time_zone="Africa/Nairobi"))
    assert facts.starts_at == datetime(2025, 11, 18, 22, tzinfo=UTC)
    assert days_of(facts) == (date(2025, 11, 19), date(2025, 11, 19))


def test_an_hour_that_does_not_exist_in_the_calendars_zone_is_named() -> None:
    event = own(starts="2026-03-29 02:30", calendar={"source": "agenda", "uid": "x"})
    (problem,) = record_of(event, calendar=calendar()).problems
    assert problem.key == "events.workshop.starts"
    assert "2026-03-29 02:30 does not exist in Europe/Amsterdam" in problem.message


def test_an_end_before_the_calendars_start_is_named_and_left_out() -> None:
    event = own(ends="2026-06-08 13:00", calendar={"source": "agenda", "uid": "x"})
    record = record_of(event, calendar=calendar())
    assert record.facts.ends_at is None
    assert "ends before it starts" in record.problems[0].message


def test_the_number_of_registrations_comes_with_the_facts() -> None:
    event = own(registration={"capacity": 40})
    registration = facts_of(event, registered_count=17).registration
    assert (registration.capacity, registration.registered_count) == (40, 17)
    assert facts_of(event).registration.registered_count is None


def test_titles_keep_curly_quotes_and_colons_and_house_numbers_their_letter() -> None:
    event = own(
        title={"nl": "“Zo: ‘klein’ leven”", "en": "“So: ‘small’ lives”"},
        venue={"street": "Voorbeeldlaan", "number": "18b", "city": "Utrecht"},
    )
    facts = facts_of(event)
    assert facts.title["nl"] == "“Zo: ‘klein’ leven”"
    assert facts.venue.line == "Voorbeeldlaan 18b, Utrecht"


def test_parties_and_quotes_carry_the_members_own_name() -> None:
    quote = {"id": "a", "text": {"nl": "Ja.", "en": "Yes."}, "speaker": {"nl": "x", "en": "x"}}
    event = own(
        parties=[{"role": "host", "member": "berm"}, {"role": "facilitator", "name": "De Komma"}],
        quotes=[{**quote, "member": "berm", "approved_on": "2026-05-01", "approved_how": "mail"}],
    )
    record = record_of(event)
    assert [(party.name, party.member_id) for party in record.parties] == [
        ("De Bonte Berm", "berm"),
        ("De Komma", ""),
    ]
    assert record.quotes[0].organisation == "De Bonte Berm"
    assert record.quotes[0].approved_on == date(2026, 5, 1)
