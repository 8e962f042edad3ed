"""`stuifmail export` on the sample newsroom."""

import json
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from tests.commands import ISSUE, copy_sample
from tests.ical_js import read_with_ical_js
from tests.schemas import list_troubles, read_schema

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def room(root, tmp_path_factory):
    made = copy_sample(root, tmp_path_factory.mktemp("export"))
    made.done("harvest")
    made.done("draft")
    return made


def read(room, *arguments):
    return json.loads(room.done("export", *arguments).out)


def test_an_issue_comes_as_ninjs_in_each_of_its_languages(room):
    schema = read_schema("ninjs-schema_3.1.json")
    for language in ("nl", "en"):
        piece = read(room, ISSUE, "--language", language)
        assert list_troubles(schema, piece) == []
        assert (piece["language"], piece["type"]) == (language, "composite")


def test_an_issue_comes_as_it_is_sent(room):
    assert "<html" in room.done("export", ISSUE, "--form", "html").out
    assert "@@unsubscribe_url@@" in room.done("export", ISSUE, "--form", "text").out
    assert read(room, ISSUE, "--form", "jsonld")["@type"] == "PublicationIssue"


def test_what_is_under_embargo_is_said_to_be_so_beside_and_not_in_the_export(room):
    assert room.done("export", ISSUE, "--form", "html").err == ""
    embargo = ("--embargo", "2026-06-10 00:01", "--zone", "Africa/Nairobi")
    reason = ("--reason", "nl=De ondertekening.", "--reason", "en=The signing.")
    room.done("press", "congres-2026", "--stage", "results", *embargo, *reason)
    for form in ("post", "html", "ninjs"):
        result = room.done("export", "congres-2026-pers-2-nl", "--form", form)
        assert "under embargo until 10 June 2026 00:01 (Africa/Nairobi): do not pass this on" in result.err
        assert "do not pass this on" not in result.out
    # The issue shows the congress's figures, too.
    assert "under embargo" in room.done("export", ISSUE, "--form", "html").err


def test_an_event_comes_for_calendars_in_its_own_zone(room, tmp_path):
    file = tmp_path / "nairobi.ics"
    room.done("export", "nairobi-2025", "--form", "ics", "--to", file)
    content = file.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    (event,) = Calendar.from_ical(content).events
    assert str(event["UID"]) == "sign-up-2025@coalition.example.org"
    assert event["RELATED-TO"].params["RELTYPE"] == "PARENT"
    assert b"TZID:Africa/Nairobi" in content
    (found,) = read_with_ical_js([content.decode()])
    assert found["starts_at"][:19] == event.start.astimezone(UTC).isoformat()[:19]


def test_the_workshop_starts_at_two_in_the_afternoon_whatever_its_page_calls_that(room):
    (event,) = Calendar.from_ical(room.done("export", "workshop-2026", "--form", "ics").out).events
    assert event.start.astimezone(UTC) == datetime(2026, 6, 8, 12, tzinfo=UTC)
    assert "ATTENDEE" not in event


def test_an_event_comes_as_json_ld_with_the_whole_and_its_parts(room):
    signing = read(room, "nairobi-2025", "--form", "jsonld", "--language", "en")
    assert (signing["@type"], signing["superEvent"]["name"]) == ("Event", "World Nature Meeting")
    assert signing["subEvent"]
    workshop = read(room, "workshop-2026", "--form", "jsonld")
    assert workshop["maximumAttendeeCapacity"] == 40
    assert workshop["startDate"] == "2026-06-08T14:00:00+02:00"


def test_a_tentative_event_is_no_date_in_a_calendar_but_is_expected_by_machines(room):
    schema = read_schema("ninjs-schema_3.1.json")
    piece = read(room, "symposium-2026")
    assert list_troubles(schema, piece) == []
    assert "startDate" not in piece["eventDetails"]["dates"]
    assert piece["eventDetails"]["dates"]["expectedStartDate"].startswith("2026-05")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("no-such-thing",), "no such publication, nor such an event"),
        ((ISSUE, "--form", "ics"), "no calendar part"),
        ((ISSUE, "--language", "fr"), "it is in nl, en"),
        (("workshop-2026", "--form", "html"), "ics, jsonld and ninjs"),
    ],
)
def test_what_cannot_be_exported_is_said_with_what_can(room, arguments, words):
    result = room.run("export", *arguments)
    assert result.code == 1
    assert words in result.err


def test_no_other_file_is_overwritten(room, tmp_path):
    file = tmp_path / "letter.json"
    file.write_text("mine")
    assert room.run("export", ISSUE, "--to", file).code == 2
    assert file.read_text() == "mine"
