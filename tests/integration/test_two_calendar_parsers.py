"""icalendar and ical.js read our calendars alike: the second is what several web calendars use."""

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from stuifmail.dispatch.messages import MessageBuilder
from stuifmail.model.records import Venue
from stuifmail.render.ics import make_calendar
from tests.builders_calendar import STAMP, at, make_part, make_text
from tests.ical_js import read_with_ical_js
from tests.letters import SECRET, make_deliveries, make_letterhead, make_rendering

pytestmark = pytest.mark.integration

MOMENTS = {
    "Amsterdam in summer": ("2026-06-08 14:00", "2026-06-08 17:00", "Europe/Amsterdam"),
    "Amsterdam in winter": ("2026-12-08 14:00", "2026-12-08 17:00", "Europe/Amsterdam"),
    "Nairobi": ("2025-11-18 09:00", "2025-11-18 17:30", "Africa/Nairobi"),
    "over the change to summer time": ("2026-03-28 20:00", "2026-03-29 10:00", "Europe/Amsterdam"),
    "over the change to winter time": ("2026-10-24 20:00", "2026-10-25 10:00", "Europe/Amsterdam"),
    "several days": ("2026-06-08 09:00", "2026-06-12 17:00", "Europe/Amsterdam"),
    "over New Year": ("2026-12-31 22:00", "2027-01-01 01:00", "Europe/Amsterdam"),
    "Casablanca in Ramadan": ("2026-02-20 09:00", "2026-02-20 12:00", "Africa/Casablanca"),
    "Dublin, whose winter time is the odd one": ("2026-01-20 09:00", "2026-01-20 12:00", "Europe/Dublin"),
    "Lord Howe, half an hour of summer time": (
        "2026-01-20 09:00", "2026-01-20 12:00", "Australia/Lord_Howe"
    ),
    "Kathmandu": ("2026-01-20 09:00", "2026-01-20 12:00", "Asia/Kathmandu"),
    "New York": ("2026-03-08 12:00", "2026-03-08 13:00", "America/New_York"),
    "UTC": ("2026-03-08 12:00", "2026-03-08 13:00", "UTC"),
}  # fmt: skip


def write(name):
    starts, ends, zone = MOMENTS[name]
    return make_text(starts_at=at(starts, zone), ends_at=at(ends, zone), time_zone=zone)


def as_js(moment):
    """Answer a moment as JavaScript writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


@pytest.mark.parametrize("zone", ["UTC", "Europe/Amsterdam", "America/Los_Angeles"])
def test_both_parsers_find_the_same_moments_wherever_the_reader_is(zone):
    texts = [write(name) for name in MOMENTS]
    for (starts, ends, own), text, found in zip(
        MOMENTS.values(), texts, read_with_ical_js(texts, zone), strict=True
    ):
        (event,) = Calendar.from_ical(text).events
        assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == (
            at(starts, own).astimezone(UTC),
            at(ends, own).astimezone(UTC),
        )
        assert (found["starts_at"], found["ends_at"]) == (as_js(event.start), as_js(event.end))
        assert found["zones"] == ([] if own == "UTC" else [own])


def test_both_parsers_find_whole_days():
    text = make_text(starts_at=date(2026, 3, 28), ends_at=date(2026, 3, 31))
    (found,) = read_with_ical_js([text], "America/Los_Angeles")
    (event,) = Calendar.from_ical(text).events
    assert (found["starts_at"], found["ends_at"]) == ("2026-03-28", "2026-03-31")
    assert (event.start, event.end) == (date(2026, 3, 28), date(2026, 3, 31))


def test_both_parsers_find_the_same_words():
    title = 'Kennisinstituut "Zoem": wat, en; hoe\\waar – één lint 🐝'
    text = make_text(title={"nl": title}, venue=Venue(name="Zaal; 1, \\links", city="'s-Heerenwoude"))
    (found,) = read_with_ical_js([text])
    (event,) = Calendar.from_ical(text).events
    assert found["summary"] == event["SUMMARY"] == title
    assert found["location"] == event["LOCATION"] == "Zaal; 1, \\links, 's-Heerenwoude"
    assert found["description"] == event["DESCRIPTION"]
    assert (found["uid"], found["sequence"], found["status"]) == (event["UID"], 1, "CONFIRMED")
    assert found["organiser"] == "mailto:secretariaat@coalition.example.org"
    assert found["attendees"] == []


def test_a_backslash_before_an_n_arrives():
    (found,) = read_with_ical_js([make_text(title={"nl": "C:\\Nieuws\\nu"})])
    assert found["summary"] == "C:\\Nieuws\\nu"


@pytest.mark.parametrize("method", ["PUBLISH", "REQUEST", "CANCEL"])
def test_both_parsers_find_the_method_and_the_attendee_in_the_mail_as_it_is_sent(method):
    calendar = make_calendar(make_part(method), "nl", stamped_at=STAMP, with_attendee=method != "PUBLISH")
    rendering = make_rendering(calendar=calendar, calendar_method=method)
    reader = replace(make_deliveries(2)[1], address=f"{'lang' * 15}@example.org")
    _, raw = MessageBuilder(make_letterhead(), {"nl": rendering}, SECRET).build(reader)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [part for part in message.walk() if part.get_content_subtype() in ("calendar", "ics")]
    for part, found in zip(
        parts,
        read_with_ical_js([part.get_payload(decode=True).decode() for part in parts]),
        strict=True,
    ):
        (event,) = Calendar.from_ical(part.get_payload(decode=True)).events
        assert found["method"] == method == part["Content-Type"].params.get("method", method)
        if method == "PUBLISH":
            assert found["attendees"] == []
            continue
        wanted = {"address": f"mailto:{reader.address}", "partstat": "NEEDS-ACTION", "rsvp": "TRUE"}
        assert found["attendees"] == [wanted]
        assert event["ATTENDEE"] == wanted["address"]


WILD = st.text(st.characters(exclude_categories=["Cs"]), max_size=120) | st.text(
    st.sampled_from('aé;,\\:"\r\n\t\x0b 蜂🐝N^'), max_size=120
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.lists(st.tuples(WILD, WILD, WILD), min_size=30, max_size=30))
def test_both_parsers_agree_on_any_words(words):
    texts = [
        make_calendar(
            replace(
                make_part("REQUEST", title={"nl": title}, venue=Venue(name=place)),
                description={"nl": description},
            ),
            "nl",
            stamped_at=STAMP,
            organiser_name=title,
        )
        for title, place, description in words
    ]
    for text, found, said in zip(texts, read_with_ical_js(texts), words, strict=True):
        if re.search(r"\\[nN]", "".join(said)):  # icalendar reads a new line there
            continue
        (event,) = Calendar.from_ical(text).events
        assert found["summary"] == event["SUMMARY"]
        assert found["location"] == event.get("LOCATION", "")
        assert found["description"] == event["DESCRIPTION"]
        assert found["events_count"] == 1
        assert len(found["attendees"]) == 1
        assert found["starts_at"] == as_js(datetime(2026, 6, 8, 12, tzinfo=UTC))
