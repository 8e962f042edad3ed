"""What readers were told of an event, held against its record."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from stuifmail.model.events import DaySpan
from stuifmail.model.records import EventFacts, Registration, Venue
from stuifmail.model.told import find_changed_facts, number_facts

TOLD = EventFacts(
    event_id="workshop",
    uid="workshop@example.org",
    sequence=2,
    title={"nl": "Workshop"},
    starts_at=datetime(2026, 6, 8, 12, tzinfo=UTC),
    ends_at=datetime(2026, 6, 8, 15, tzinfo=UTC),
    time_zone="Europe/Amsterdam",
    venue=Venue(street="Voorbeeldlaan", number="18b", city="Utrecht", online_url="https://example.org/a"),
    registration=Registration(closes_on=date(2026, 6, 1), capacity=40, registered_count=17),
)
SPAN = DaySpan(first=date(2026, 6, 8), last=date(2026, 6, 9), precision="days")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"starts_at": datetime(2026, 6, 8, 13, tzinfo=UTC)}, ("when",)),
        ({"status": "cancelled"}, ("status",)),
        ({"status": "tentative"}, ("status",)),
        ({"venue": replace(TOLD.venue, city="Zeist")}, ("where",)),
        ({"venue": replace(TOLD.venue, online_url="https://example.org/b")}, ("online_url",)),
        ({"attendance": "online"}, ("where",)),
        ({"registration": replace(TOLD.registration, closes_on=date(2026, 6, 3))}, ("deadline",)),
        ({"registration": replace(TOLD.registration, registered_count=40)}, ("places",)),
        ({"registration": replace(TOLD.registration, registered_count=30)}, ()),
        ({"title": {"nl": "Middag"}}, ()),
        ({"starts_at": datetime(2026, 6, 8, 12, tzinfo=UTC).astimezone()}, ()),
    ],
)
def test_only_what_readers_act_upon_is_a_change(change: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert find_changed_facts(TOLD, replace(TOLD, **change)) == expected


def test_what_was_not_known_before_is_no_change() -> None:
    before = replace(TOLD, venue=Venue(), registration=Registration(), starts_at=None, ends_at=None)
    assert find_changed_facts(before, TOLD) == ()


@pytest.mark.parametrize(("day", "expected"), [(8, ()), (9, ()), (10, ("when",))])
def test_a_date_that_became_sure_is_a_change_only_on_another_day(day: int, expected: tuple[str, ...]) -> None:
    before = replace(TOLD, status="tentative", starts_at=None, ends_at=None, span=SPAN)
    now = replace(TOLD, starts_at=datetime(2026, 6, day, 12, tzinfo=UTC))
    assert find_changed_facts(before, now) == expected


def test_the_sequence_goes_up_for_what_stands_in_calendars_only() -> None:
    moved = replace(TOLD, starts_at=datetime(2026, 6, 8, 13, tzinfo=UTC))
    longer = replace(TOLD, registration=Registration(closes_on=date(2026, 6, 3), capacity=40))
    assert number_facts(moved, TOLD, 2).sequence == 3
    assert number_facts(longer, TOLD, 2).sequence == 2
    assert number_facts(replace(TOLD, sequence=0), None, 0).sequence == 0


def test_the_sequence_is_never_lower_than_that_of_the_calendar_entry() -> None:
    entry = replace(TOLD, sequence=7)
    assert number_facts(entry, None, 0).sequence == 7
    assert number_facts(entry, TOLD, 2).sequence == 7
    moved = replace(entry, status="cancelled")
    assert number_facts(moved, TOLD, 7).sequence == 8
