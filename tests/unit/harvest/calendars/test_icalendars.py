"""iCalendar documents become calendar entries."""

from datetime import UTC, date, datetime

import pytest

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.calendars.icalendars import parse_calendar
from stuifmail.model.events import CalendarEntry
from tests.builders_harvest import make_calendar


def only_event(text: str, head: str = "") -> CalendarEntry:
    (event,) = parse_calendar(make_calendar(text, head=head), url="x").events
    return event


def test_an_event_gives_all_that_an_agenda_needs() -> None:
    event = only_event(
        "UID:w-1@example.org\nSUMMARY:Werkdag\\, berm \\; sloot\n"
        "DTSTART;TZID=Europe/Amsterdam:20260608T140000\n"
        "DTEND;TZID=Europe/Amsterdam:20260608T170000\nLOCATION:Voorbeeldlaan 18b\\nUtrecht\n"
        "DESCRIPTION:Regel een\\n\\nRegel\n  twee\nURL:https://berm.example.org/w\nSTATUS:TENTATIVE\nSEQUENCE:3\n"
        "RRULE:FREQ=YEARLY;COUNT=2"
    )
    assert (event.uid, event.summary) == ("w-1@example.org", "Werkdag, berm ; sloot")
    assert (event.starts_at, event.ends_at) == (
        datetime(2026, 6, 8, 12, tzinfo=UTC),
        datetime(2026, 6, 8, 15, tzinfo=UTC),
    )
    assert (event.time_zone, event.floating) == ("Europe/Amsterdam", False)
    assert (event.location, event.description) == ("Voorbeeldlaan 18b Utrecht", "Regel een\n\nRegel twee")
    assert (event.url, event.status, event.sequence) == ("https://berm.example.org/w", "tentative", 3)
    assert event.rrule == "FREQ=YEARLY;COUNT=2"


def test_all_day_events_are_days_and_end_on_the_first_day_after() -> None:
    event = only_event("DTSTART;VALUE=DATE:20260529\nSUMMARY:Symposium")
    assert (event.starts_at, event.ends_at) == (date(2026, 5, 29), date(2026, 5, 30))
    assert only_event("DTSTART;TZID=Europe/Amsterdam:20260529").starts_at == date(2026, 5, 29)


def test_a_duration_stands_for_an_end() -> None:
    event = only_event("DTSTART:20260529T100000Z\nDURATION:PT90M")
    assert event.ends_at == datetime(2026, 5, 29, 11, 30, tzinfo=UTC)


def test_a_time_in_utc_does_not_say_where_it_happens() -> None:
    assert only_event("DTSTART:20260529T100000Z").time_zone == ""


def test_floating_times_are_taken_in_the_newsrooms_zone_and_it_is_said() -> None:
    document = parse_calendar(
        make_calendar("UID:1\nDTSTART:20260608T140000"), url="x", zone="Europe/Amsterdam"
    )
    (event,) = document.events
    assert event.floating
    assert event.starts_at == datetime(2026, 6, 8, 12, tzinfo=UTC)
    assert document.problems == (
        "1 of the events say no time zone; their times are taken as Europe/Amsterdam",
    )


def test_windows_zone_names_are_known() -> None:
    event = only_event('DTSTART;TZID="W. Europe Standard Time":20260608T140000')
    assert event.starts_at == datetime(2026, 6, 8, 12, tzinfo=UTC)
    assert event.time_zone == "Europe/Berlin"


def test_an_unknown_zone_makes_a_time_floating_and_is_named() -> None:
    document = parse_calendar(make_calendar("SUMMARY:Dag\nDTSTART;TZID=Ons Kantoor:20260608T140000"), url="x")
    assert document.events[0].floating
    assert "line 4, Dag: the time zone Ons Kantoor is unknown" in document.problems


def test_an_impossible_date_costs_only_itself() -> None:
    document = parse_calendar(
        make_calendar("SUMMARY:Kapot\nDTSTART:20261332T100000", "SUMMARY:Heel\nDTSTART:20260601T100000Z"),
        url="x",
    )
    assert [(event.summary, event.starts_at is None) for event in document.events] == [
        ("Kapot", True),
        ("Heel", False),
    ]
    assert document.problems[0].startswith("line 4, Kapot: DTSTART cannot be read")


def test_broken_lines_are_reported_with_their_number_and_left_out() -> None:
    document = parse_calendar(
        make_calendar("SUMMARY:Werkdag\nzomaar een regel\nUID:1\nDTSTART;;VALUE=DATE-TIME:20260601T100000Z"),
        url="x",
    )
    (event,) = document.events
    assert (event.summary, event.starts_at) == ("Werkdag", datetime(2026, 6, 1, 10, tzinfo=UTC))
    assert document.problems == ("line 6 is no calendar line (zomaar een regel); left out",)


def test_a_broken_alarm_or_free_busy_block_costs_nothing() -> None:
    alarm = "BEGIN:VALARM\nTRIGGER:PT-2H\nSUMMARY:Alarm\nEND:VALARM"
    busy = "BEGIN:VFREEBUSY\nDTSTART:20270601T100000Z\nDTEND:20260601T100000Z\nEND:VFREEBUSY\n"
    event = only_event(f"SUMMARY:Werkdag\nDTSTART:20260601T100000Z\n{alarm}", head=busy)
    assert event.summary == "Werkdag"


def test_a_calendar_cut_off_in_the_middle_keeps_its_events_and_says_so() -> None:
    whole = make_calendar("SUMMARY:Een\nDTSTART:20260601T100000Z", "SUMMARY:Twee\nDTSTART:20260602T100000Z")
    document = parse_calendar(whole[: whole.index(b"DTSTART:20260602")], url="x")
    assert [event.summary for event in document.events] == ["Een", "Twee"]
    assert "stops in the middle" in document.problems[0]


def test_several_calendars_in_one_document_are_all_read_and_a_cancelling_one_cancels() -> None:
    first = make_calendar("SUMMARY:Een\nDTSTART:20260601")
    second = make_calendar("SUMMARY:Twee\nDTSTART:20260602", head="METHOD:CANCEL\n")
    events = parse_calendar(first + second, url="x").events
    assert [(event.summary, event.status) for event in events] == [
        ("Een", "confirmed"),
        ("Twee", "cancelled"),
    ]


def test_a_changed_occurrence_keeps_its_recurrence_id() -> None:
    event = only_event("UID:a\nRECURRENCE-ID;TZID=Europe/Amsterdam:20260608T140000\nDTSTART:20260609T100000Z")
    assert event.recurrence_id == "20260608T140000"


def test_descriptions_in_html_become_text() -> None:
    event = only_event("DTSTART:20260601\nDESCRIPTION:<p>Kom<script>x()</script> ook</p><p>Tot dan</p>")
    assert event.description == "Kom ook\n\nTot dan"


def test_bytes_that_are_not_utf8_are_read_and_it_is_said() -> None:
    document = parse_calendar(
        make_calendar("SUMMARY:Société\nDTSTART:20260601").decode().encode("cp1252"), url="x"
    )
    assert document.events[0].summary == "Société"
    assert "windows-1252" in document.problems[0]


def test_bytes_without_a_calendar_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="no calendar"):
        parse_calendar(b"BEGIN:VCARD", url="x")


def test_an_end_before_its_start_and_a_missing_uid_are_told_once_for_each_kind() -> None:
    timed = "SUMMARY:Dag {n}\nDTSTART:20260601T100000Z\nDTEND:20260601T090000Z"
    days = "UID:d\nSUMMARY:Week\nDTSTART;VALUE=DATE:20260605\nDTEND;VALUE=DATE:20260601"
    calendar = make_calendar(*(timed.format(n=n) for n in range(1, 5)), days)
    missing, early = parse_calendar(calendar, url="x").problems
    assert missing == (
        'events without a UID: event 1 "Dag 1" (line 4), event 2 "Dag 2" (line 9), '
        'event 3 "Dag 3" (line 14), and 1 more'
    )
    assert early.startswith("events end before they start (DTEND before DTSTART): event 1")
    assert early.endswith("and 2 more")


def test_a_day_that_the_calendar_ends_at_once_is_no_trouble() -> None:
    day = "UID:d\nSUMMARY:Dag\nDTSTART;VALUE=DATE:20260605\nDTEND;VALUE=DATE:20260605"
    assert parse_calendar(make_calendar(day), url="x").problems == ()


def test_lines_of_dates_that_are_broken_cost_only_themselves() -> None:
    lines = (
        "EXDATE:",
        "EXDATE:20260608T100000Z,,",
        "RDATE:zomaar",
        "DURATION:lang",
        "RRULE:FREQ=DAILY;COUNT=9",
    )
    event = "UID:1\nSUMMARY:Dag\nDTSTART:20260607T100000Z\n" + "\n".join(lines)
    window = date(2026, 6, 1), date(2026, 6, 10)
    document = parse_calendar(make_calendar(event), url="x", window=window)
    starts = [each.starts_at for each in document.events[0].occurrences]
    assert starts == [datetime(2026, 6, day, 10, tzinfo=UTC) for day in (7, 9, 10)]
    assert [problem.split(" cannot")[0] for problem in document.problems] == [
        "line 4, Dag: RDATE",
        "line 4, Dag: DURATION",
    ]


def test_a_calendar_that_is_cut_off_or_tells_of_single_events_is_not_whole() -> None:
    whole = make_calendar("UID:1\nSUMMARY:Een\nDTSTART:20260601T100000Z")
    assert parse_calendar(whole, url="x").is_whole
    assert not parse_calendar(whole[:-20], url="x").is_whole
    cancel = make_calendar("UID:1\nDTSTART:20260601T100000Z", head="METHOD:CANCEL\n")
    assert not parse_calendar(cancel, url="x").is_whole


def test_a_tentative_event_keeps_the_other_day_that_its_text_names() -> None:
    day = "DTSTART;VALUE=DATE:20261114\nSUMMARY:Top\nDESCRIPTION:Het wordt 14 of 15 november.\nSTATUS:"
    event = only_event(f"{day}TENTATIVE")
    assert event.starts_at == date(2026, 11, 14)
    assert event.span is not None
    assert event.span.alternatives == (date(2026, 11, 14), date(2026, 11, 15))
    assert not event.span.year_inferred
    assert only_event(f"{day}CONFIRMED").span is None
    assert only_event(f"{day}TENTATIVE".replace("20261114", "00010101")).span is None
    assert only_event(f"{day}TENTATIVE".replace("14 of 15", "1 of 2")).span is None
