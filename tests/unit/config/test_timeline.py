"""When messages around an event are due."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from stuifmail.config.events import Mailings, Message
from stuifmail.config.mailing_kinds import KINDS
from stuifmail.config.timeline import PlannedMessage, plan_messages, plan_moment, say_late
from stuifmail.model.events import DaySpan
from stuifmail.model.records import EventFacts

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def make_facts(**changes: Any) -> EventFacts:
    values: dict[str, Any] = {
        "event_id": "workshop-2026",
        "uid": "workshop-2026@coalition.example.org",
        "title": {"nl": "Workshop", "en": "Workshop"},
        "starts_at": datetime(2026, 6, 8, 12, tzinfo=UTC),
        "ends_at": datetime(2026, 6, 8, 15, tzinfo=UTC),
        "time_zone": "Europe/Amsterdam",
    }
    return EventFacts(**values | changes)


def plan(
    facts: EventFacts | None = None, own: dict[Any, Message] | None = None, **house: Any
) -> dict[str, PlannedMessage]:
    planned = plan_messages(
        facts or make_facts(),
        house=Mailings(**house),
        own=own or {},
        zone="Europe/Amsterdam",
        country="NL",
        is_meeting=True,
    )
    return {message.kind.id: message for message in planned}


def test_the_timeline_of_8_june_2026_keeps_clear_of_weekends_and_holidays() -> None:
    found = {name: f"{message.due_at:%a %d %b %H:%M}" for name, message in plan().items() if message.due_at}
    assert found == {
        "save_the_date": "Mon 16 Mar 09:30",
        "invitation": "Mon 20 Apr 09:30",
        "call_for_input": "Mon 11 May 09:30",
        "practical_update": "Mon 11 May 09:30",
        "group": "Mon 18 May 09:30",
        "programme": "Fri 22 May 09:30",
        "reminder": "Fri 22 May 09:30",
        "last_reminder": "Mon 01 Jun 09:30",
        "content_update": "Mon 01 Jun 09:30",
        "practical_update_2": "Fri 05 Jun 09:30",
        "thank_you": "Tue 09 Jun 09:30",
        "results": "Mon 15 Jun 09:30",
        "results_absent": "Mon 15 Jun 09:30",
        "report": "Mon 22 Jun 09:30",
    }


@pytest.mark.parametrize(
    ("days", "due_on", "shifted"),
    [
        (-42, date(2026, 4, 24), "2026-04-27 is King's Day"),
        (-14, date(2026, 5, 22), "2026-05-25 is Pentecost Monday"),
        (-2, date(2026, 6, 5), "2026-06-06 is Saturday"),
        (-34, date(2026, 5, 4), "2026-05-05 is Liberation Day"),
        (-7, date(2026, 6, 1), ""),
    ],
)
def test_before_the_event_the_shift_goes_earlier_and_says_why(days: int, due_on: date, shifted: str) -> None:
    message = plan(own={"invitation": Message(days=days)})["invitation"]
    assert message.due_at is not None
    assert message.due_at.date() == due_on
    assert message.shifted == shifted


def test_afterwards_the_shift_goes_later() -> None:
    friday = make_facts(
        starts_at=datetime(2026, 5, 22, 8, tzinfo=UTC), ends_at=datetime(2026, 5, 22, 9, tzinfo=UTC)
    )
    thanks = plan(friday)["thank_you"]
    assert thanks.due_at == datetime(2026, 5, 26, 9, 30, tzinfo=AMSTERDAM)  # not on Whit Monday either
    assert thanks.shifted == "2026-05-23 is Saturday"


def test_a_message_before_the_event_is_never_due_on_its_day() -> None:
    late = plan(own={"practical_update_2": Message(days=0)})["practical_update_2"]
    assert late.due_at == datetime(2026, 6, 5, 9, 30, tzinfo=AMSTERDAM)
    assert late.shifted == "2026-06-08 is the event itself"


def test_thanks_wait_until_an_event_of_several_days_is_over() -> None:
    facts = make_facts(starts_at=date(2026, 6, 8), ends_at=date(2026, 6, 11))
    assert plan(facts)["thank_you"].due_at == datetime(2026, 6, 11, 9, 30, tzinfo=AMSTERDAM)


def test_the_first_day_is_that_of_the_events_own_zone() -> None:
    evening_in_nairobi = make_facts(
        starts_at=datetime(2026, 6, 8, 22, tzinfo=UTC),
        ends_at=datetime(2026, 6, 8, 23, tzinfo=UTC),
        time_zone="Africa/Nairobi",
    )
    assert plan(evening_in_nairobi)["content_update"].counted_on == date(2026, 6, 2)


def test_an_hour_stays_the_same_across_the_change_of_clocks() -> None:
    april = make_facts(
        starts_at=datetime(2026, 4, 8, 12, tzinfo=UTC), ends_at=datetime(2026, 4, 8, 15, tzinfo=UTC)
    )
    before, after = (plan(april)[name].due_at for name in ("call_for_input", "last_reminder"))
    assert before is not None
    assert after is not None
    assert (before.hour, after.hour) == (9, 9)
    assert before.utcoffset() != after.utcoffset()


def test_rules_of_the_event_come_before_those_of_the_house() -> None:
    house = {"messages": {"invitation": Message(days=-30, time="11:00"), "report": Message(skip=True)}}
    found = plan(own={"invitation": Message(days=-28)}, **house)
    assert found["invitation"].due_at == datetime(2026, 5, 11, 11, 0, tzinfo=AMSTERDAM)
    assert found["report"].skipped
    assert not plan(own={"report": Message(days=20)}, **house)["report"].skipped


@pytest.mark.parametrize(
    "facts",
    [
        make_facts(status="tentative"),
        make_facts(
            starts_at=None,
            ends_at=None,
            status="tentative",
            span=DaySpan(
                first=date(2026, 5, 29), last=date(2026, 5, 29), precision="day", year_inferred=True
            ),
        ),
    ],
)
def test_of_a_date_that_is_not_sure_only_the_save_the_date_is_due(facts: EventFacts) -> None:
    found = plan(facts)
    assert found.pop("save_the_date").due_at is not None
    assert {message.waits for message in found.values()} == {"the date is not sure yet"}
    assert not any(message.due_at for message in found.values())


def test_without_any_date_nothing_is_due() -> None:
    found = plan(make_facts(starts_at=None, ends_at=None))
    assert {message.waits for message in found.values()} == {"there is no date yet"}


def test_a_cancelled_event_has_no_messages_left_and_a_postponed_one_waits() -> None:
    assert {message.skipped for message in plan(make_facts(status="cancelled")).values()} == {
        "the event is cancelled"
    }
    assert all(message.waits for message in plan(make_facts(status="postponed")).values())


def test_a_message_is_too_late_once_the_next_of_its_line_is_due() -> None:
    planned = plan()
    others = list(planned.values())

    def late(name: str, now: datetime) -> str:
        return say_late(planned[name], others, date(2026, 6, 8), now)

    fourth_of_may = datetime(2026, 5, 4, 7, tzinfo=UTC)
    assert late("save_the_date", fourth_of_may) == "invitation is due already"
    assert late("invitation", fourth_of_may) == ""
    assert late("programme", datetime(2026, 6, 8, 5, tzinfo=UTC)) == "the event has begun"
    assert late("thank_you", datetime(2026, 6, 16, 7, tzinfo=UTC)) == "results is due already"
    assert late("report", datetime(2026, 9, 1, 7, tzinfo=UTC)) == "it was due more than 42 days ago"


def test_the_brief_before_a_moment_comes_two_weeks_earlier_on_a_working_day() -> None:
    brief = plan_moment(date(2026, 5, 19), -14, house=Mailings(), zone="Europe/Amsterdam", country="NL")
    assert brief.due_at == datetime(2026, 5, 4, 9, 30, tzinfo=AMSTERDAM)
    assert brief.shifted == "2026-05-05 is Liberation Day"


def test_every_kind_has_a_name_of_its_own() -> None:
    slugs = [kind.slug for kind in KINDS.values()]
    assert len(slugs) == len(set(slugs))
