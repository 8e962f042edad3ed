import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from stuifmail.errors import InvalidTemplate
from stuifmail.model.calendars import find_obstacle
from stuifmail.model.publications import ATTENDEE_MARK
from stuifmail.model.records import Venue
from stuifmail.render.ics import make_calendar
from stuifmail.render.ics_zones import list_observances
from tests.builders_calendar import STAMP, at, make_part, make_text

WILD = st.text(st.characters(exclude_categories=["Cs"]), max_size=150) | st.text(
    st.sampled_from('aé;,\\:"\r\n\t\x0b\x85\u2028 蜂🐝N'), max_size=150
)
ZONES = [
    "Europe/Amsterdam", "Africa/Nairobi", "Africa/Casablanca", "Europe/Dublin", "Australia/Lord_Howe",
    "America/St_Johns", "Asia/Kathmandu", "America/Santiago", "Asia/Almaty", "Africa/Cairo", "Asia/Gaza",
    "Pacific/Apia", "America/New_York", "Antarctica/Troll",
]  # fmt: skip


def parse(text):
    calendar = Calendar.from_ical(text.replace(ATTENDEE_MARK, "reader@example.org"))
    return calendar, calendar.events[0]


def lines_of(text):
    return text.split("\r\n")


def test_the_invitation_says_all_that_a_calendar_shows():
    text = make_text("PUBLISH")
    calendar, event = parse(text)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert calendar["PRODID"]
    assert event["UID"] == "workshop-communicatie-2026@coalition.example.org"
    assert (event["SEQUENCE"], event["STATUS"]) == (1, "CONFIRMED")
    assert event["SUMMARY"] == "Workshop: vertellen wat werkt"
    assert event["LOCATION"] == "De Kas, Voorbeeldlaan 18b, Utrecht"
    assert event["DESCRIPTION"] == (
        "Neem een voorbeeld mee.\nKoffie staat klaar.\n\nhttps://www.coalition.example.org/workshop"
    )
    assert event["URL"] == "https://www.coalition.example.org/workshop"
    assert event["ORGANIZER"] == "mailto:secretariaat@coalition.example.org"
    assert event["ORGANIZER"].params["CN"] == "Coalitie voor Bestuivers & Partners"
    assert event["CATEGORIES"].cats == ["WORKSHOP"]
    assert event.DTSTAMP == event.LAST_MODIFIED == STAMP
    assert (event.start, event.end) == (at("2026-06-08 14:00"), at("2026-06-08 17:00"))
    assert "DTSTART;TZID=Europe/Amsterdam:20260608T140000" in lines_of(text)


def test_making_it_again_gives_the_same_bytes():
    assert make_text() == make_text()


def test_the_other_language_has_its_own_words_and_the_same_uid():
    _, event = parse(make_text(language="en"))
    assert event["SUMMARY"] == "Workshop: telling what works"
    assert event["UID"] == parse(make_text())[1]["UID"]


def test_what_is_only_saved_names_no_attendee():
    assert "ATTENDEE" not in make_text("PUBLISH")


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_what_is_answered_has_one_attendee_whose_place_is_a_line_of_its_own(method):
    text = make_calendar(make_part(method), "nl", stamped_at=STAMP, with_attendee=True)
    assert text.count("ATTENDEE") == 1
    assert f"\r\nATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:\r\n {ATTENDEE_MARK}\r\nEND:VEVENT" in text
    assert parse(text)[1]["ATTENDEE"] == "mailto:reader@example.org"


def test_no_text_can_move_the_attendee():
    text = make_text("REQUEST", title={"nl": "x END:VEVENT\r\nEND:VEVENT\r\n", "en": "x"})
    assert parse(text)[1]["ATTENDEE"] == "mailto:reader@example.org"


def test_an_event_that_is_cancelled_keeps_its_uid_and_says_so():
    calendar, event = parse(make_text("CANCEL", sequence=2))
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    assert event["UID"] == parse(make_text())[1]["UID"]
    assert "ATTENDEE" not in event


@pytest.mark.parametrize("method", ["PUBLISH", "REQUEST", "CANCEL"])
def test_without_a_day_there_is_no_calendar_and_the_reason_is_known(method):
    assert make_text(method, starts_at=None, ends_at=None) == ""
    obstacle = find_obstacle(make_part(method, starts_at=None))
    assert obstacle is not None
    assert obstacle.code == "calendar-open-date"


@pytest.mark.parametrize("status", ["tentative", "postponed"])
def test_nobody_is_asked_to_accept_a_day_that_may_change(status):
    calendar, event = parse(make_text("REQUEST", status=status))
    assert (calendar["METHOD"], event["STATUS"]) == ("PUBLISH", "TENTATIVE")
    assert "ATTENDEE" not in event
    assert find_obstacle(make_part("REQUEST", status=status)).code == "calendar-tentative"
    assert find_obstacle(make_part("PUBLISH", status=status)) is None


def test_whole_days_need_no_zone_and_end_on_the_day_after():
    text = make_text(starts_at=date(2026, 6, 8), ends_at=date(2026, 6, 10))
    _, event = parse(text)
    assert "VTIMEZONE" not in text
    assert "DTSTART;VALUE=DATE:20260608" in lines_of(text)
    assert "DTEND;VALUE=DATE:20260610" in lines_of(text)
    assert (event.start, event.end) == (date(2026, 6, 8), date(2026, 6, 10))


def test_an_event_without_an_end_has_none():
    assert "DTEND" not in make_text(ends_at=None)


def test_a_moment_stored_in_utc_is_told_in_the_events_own_zone():
    text = make_text(
        starts_at=datetime(2025, 11, 18, 6, tzinfo=UTC), ends_at=None, time_zone="Africa/Nairobi"
    )
    assert "DTSTART;TZID=Africa/Nairobi:20251118T090000" in lines_of(text)
    assert "TZID:Africa/Nairobi" in lines_of(text)


def test_an_event_in_utc_needs_no_rules():
    text = make_text(starts_at=datetime(2026, 6, 8, 12, tzinfo=UTC), ends_at=None, time_zone="UTC")
    assert "DTSTART:20260608T120000Z" in lines_of(text)
    assert "VTIMEZONE" not in text


def test_a_zone_that_does_not_exist_is_named():
    with pytest.raises(InvalidTemplate, match="Europe/Utrecht"):
        make_text(time_zone="Europe/Utrecht")


def test_an_event_that_is_only_online_is_where_it_can_be_followed():
    venue = Venue(online_url="https://meet.example.org/cop")
    assert parse(make_text(venue=venue))[1]["LOCATION"] == "https://meet.example.org/cop"


def test_of_a_mixed_event_the_description_says_where_it_can_be_followed():
    venue = Venue(name="De Kas", online_url="https://meet.example.org/cop")
    _, event = parse(make_text(venue=venue))
    assert event["LOCATION"] == "De Kas"
    assert "https://meet.example.org/cop" in event["DESCRIPTION"]


def test_a_part_of_an_event_is_related_to_the_whole():
    text = make_calendar(make_part(), "nl", stamped_at=STAMP, parent_uid="meeting@example.org")
    assert "RELATED-TO;RELTYPE=PARENT:meeting@example.org" in lines_of(text)


def test_the_usual_zones_have_one_pair_of_yearly_rules_as_old_programs_need_them():
    for moment in ("2026-06-08 14:00", "2026-12-08 14:00"):
        text = make_text(starts_at=at(moment), ends_at=None)
        assert [line for line in lines_of(text) if line.startswith("RRULE")] == [
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        ]
        assert "RDATE" not in text
        assert text.index("BEGIN:VTIMEZONE") < text.index("BEGIN:VEVENT")


@pytest.mark.parametrize("zone", ZONES)
def test_the_rules_of_a_zone_give_its_times_whatever_the_day(zone):
    """Read with nothing but the VTIMEZONE: icalendar knows no such name, nor has read it before."""
    for day in range(0, 366, 9):
        moment = datetime(2026, 1, 1, 11, 30, tzinfo=UTC) + timedelta(days=day)
        text = make_text(starts_at=moment, ends_at=moment + timedelta(days=3), time_zone=zone)
        _, event = parse(re.sub(rf"\bTZID([=:]){re.escape(zone)}", rf"TZID\1Nowhere/{zone}-{day}", text))
        assert event.start.astimezone(UTC) == moment
        assert event.end.astimezone(UTC) == moment + timedelta(days=3)


def test_a_zone_without_changes_has_one_time():
    (only,) = list_observances(ZoneInfo("Africa/Nairobi"), date(2025, 11, 18), date(2025, 11, 18))
    assert (only.offset_from, only.offset_to) == (timedelta(hours=3), timedelta(hours=3))


@given(title=WILD, place=WILD, description=WILD)
def test_any_words_arrive_and_no_word_becomes_a_line_of_the_calendar(title, place, description):
    part = make_part("REQUEST", title={"nl": title}, venue=Venue(name=place))
    part = replace(part, description={"nl": description})
    text = make_calendar(part, "nl", stamped_at=STAMP, organiser_name=title)
    calm = make_text("REQUEST")
    names = [line.split(":")[0].split(";")[0] for line in lines_of(text) if not line.startswith(" ")]
    wanted = {line.split(":")[0].split(";")[0] for line in lines_of(calm) if not line.startswith(" ")}
    assert set(names) <= wanted
    assert names.count("BEGIN") == names.count("END") == 5
    assert all(len(line.encode()) <= 75 for line in lines_of(text))
    assert not set("\r\n") & set(text.replace("\r\n", ""))
    _, event = parse(text)
    if not re.search(r"\\[nN]", title):  # which icalendar reads as a new line; ical.js does not
        assert event["SUMMARY"].split() == _printable(title).split()


def _printable(text):
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]", " ", text)


def test_a_backslash_before_an_n_is_no_new_line():
    assert "SUMMARY:C:\\\\Nieuws\\\\nu" in lines_of(make_text(title={"nl": "C:\\Nieuws\\nu"}))


def test_a_title_with_everything_that_is_escaped_arrives_as_it_was():
    title = 'Kennisinstituut "Zoem": wat, en; hoe\\waar {x} – één lint'
    assert parse(make_text(title={"nl": title}))[1]["SUMMARY"] == title
