"""What an event lacks before people are asked to come."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from stuifmail.model.events import DaySpan
from stuifmail.model.problems import Problem
from stuifmail.model.records import EventFacts, EventRecord, ProgrammeRow, Registration, Venue
from stuifmail.review.completeness import check_completeness

BOTH = {"nl": "Tekst", "en": "Text"}
FACTS = EventFacts(
    event_id="workshop",
    uid="workshop@coalition.example.org",
    title=BOTH,
    kind="workshop",
    starts_at=datetime(2026, 6, 8, 12, tzinfo=UTC),
    ends_at=datetime(2026, 6, 8, 15, tzinfo=UTC),
    time_zone="Europe/Amsterdam",
    venue=Venue(street="Voorbeeldlaan", number="18b", city="Utrecht"),
    registration=Registration(
        url="https://coalition.example.org/w",
        closes_on=date(2026, 6, 1),
        capacity=40,
        price={"nl": "kosteloos", "en": "free"},
        contact="programma@coalition.example.org",
    ),
    language="nl",
)
WHOLE = EventRecord(
    id="workshop",
    facts=FACTS,
    lead=BOTH,
    description=BOTH,
    programme=(ProgrammeRow(title=BOTH),),
    audience_id="network",
)


def findings(
    report: str = "", *, facts: dict[str, Any] | None = None, **changes: Any
) -> list[tuple[str, str]]:
    record = replace(WHOLE, facts=replace(FACTS, **(facts or {})), **changes)
    found = check_completeness(record, report)
    assert all(each.place == "workshop" and each.remedy for each in found)
    return [(each.severity, each.code) for each in found]


def with_registration(**changes: Any) -> list[tuple[str, str]]:
    return findings(facts={"registration": replace(FACTS.registration, **changes)})


def test_an_event_with_everything_lacks_nothing() -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"starts_at": None, "ends_at": None}, ("blocking", "event-no-start")),
        ({"ends_at": None}, ("warning", "event-no-end")),
        ({"venue": Venue()}, ("blocking", "event-no-place")),
        ({"venue": Venue(name="Voorbeeldlaan 18b, Utrecht")}, ("advice", "event-address")),
        ({"attendance": "online", "venue": Venue()}, ("warning", "event-no-link")),
        ({"language": ""}, ("advice", "event-no-language")),
        ({"status": "tentative"}, ("warning", "event-tentative")),
        ({"status": "cancelled"}, ("blocking", "event-off")),
        ({"status": "postponed"}, ("blocking", "event-off")),
    ],
)
def test_each_fact_that_lacks_is_named(facts: dict[str, Any], expected: tuple[str, str]) -> None:
    assert findings(facts=facts) == [expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"url": ""}, ("warning", "event-no-registration")),
        ({"closes_on": None}, ("warning", "event-no-deadline")),
        ({"contact": ""}, ("warning", "event-no-contact")),
        ({"capacity": None}, ("advice", "event-no-capacity")),
        ({"price": {}}, ("advice", "event-no-price")),
        ({"closes_on": date(2026, 6, 9)}, ("warning", "event-closes-late")),
        ({"registered_count": 41}, ("warning", "event-full")),
    ],
)
def test_each_gap_in_the_registration_is_named(changes: dict[str, Any], expected: tuple[str, str]) -> None:
    assert with_registration(**changes) == [expected]


def test_registration_may_close_on_the_day_itself_and_fill_the_room() -> None:
    assert with_registration(closes_on=date(2026, 6, 8), registered_count=40) == []


def test_the_day_of_closing_is_held_against_the_events_own_zone() -> None:
    # 8 June in Nairobi has begun while it is still 7 June in UTC.
    early = datetime(2026, 6, 7, 22, tzinfo=UTC)
    facts = {"time_zone": "Africa/Nairobi", "starts_at": early, "ends_at": None}
    registration = replace(FACTS.registration, closes_on=date(2026, 6, 8))
    assert findings(facts={**facts, "registration": registration}) == [("warning", "event-no-end")]


def test_texts_are_wanted_in_every_language_of_the_title() -> None:
    (found,) = check_completeness(replace(WHOLE, lead={"nl": "Tekst"}), "")
    assert (found.code, found.message) == ("event-no-lead", "no opening question or promise in en")
    assert findings(description={}) == [("warning", "event-no-description")]


def test_a_programme_and_an_audience_are_wanted() -> None:
    assert findings(programme=()) == [("advice", "event-no-programme")]
    assert findings(audience_id="") == [("blocking", "event-no-audience")]


def test_cet_in_june_is_the_wrong_clock_and_in_november_the_right_one() -> None:
    text = {"nl": "Maandag 8 juni 2026, 14:00 - 17:00 CET", "en": "Monday"}
    assert findings(description=text) == [("warning", "event-zone-label")]
    november = {
        "starts_at": datetime(2026, 11, 16, 13, tzinfo=UTC),
        "ends_at": datetime(2026, 11, 16, 16, tzinfo=UTC),
    }
    assert findings(facts=november, description=text) == []
    assert findings(description={"nl": "14:00 CEST", "en": "Text"}) == []


def test_words_that_hold_the_letters_of_a_clock_are_no_clock() -> None:
    assert findings(lead={"nl": "CETERA en Cet", "en": "Text"}) == []


def test_the_report_of_the_meeting_before_is_wanted() -> None:
    assert findings(follows="cop-1") == [("warning", "event-no-previous-report")]
    assert findings("https://coalition.example.org/verslag", follows="cop-1") == []


def test_29_may_without_a_year_is_told_as_our_reading() -> None:
    day = date(2026, 5, 29)
    span = DaySpan(first=day, last=day, precision="day", year_inferred=True, text="29 mei")
    codes = findings(facts={"starts_at": None, "ends_at": None, "span": span, "status": "tentative"})
    assert codes == [
        ("warning", "event-tentative"),
        ("warning", "event-no-start"),
        ("warning", "event-year-inferred"),
    ]


def test_days_to_choose_from_are_told() -> None:
    days = (date(2018, 11, 14), date(2018, 11, 15))
    span = DaySpan(first=days[0], last=days[1], precision="days", alternatives=days)
    record = replace(WHOLE, facts=replace(FACTS, starts_at=None, ends_at=None, span=span))
    (found,) = check_completeness(record, "")
    assert found.message == "its date is open: 14 November 2018 or 15 November 2018"


def test_differences_from_the_calendar_and_unreadable_cells_are_told() -> None:
    problem = Problem(file="p.csv", line=3, key="starts", message='"x" is no time', remedy="write 14:00")
    record = replace(WHOLE, differences={"starts": "Mon 8 June 2026 13:00"}, problems=(problem,))
    first, second = check_completeness(record, "")
    assert first.message == "the calendar says otherwise of starts: Mon 8 June 2026 13:00"
    assert (second.code, second.message) == ("event-unreadable", 'p.csv:3: starts: "x" is no time')
