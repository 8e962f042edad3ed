import email
import email.policy
from dataclasses import replace

import pytest
from icalendar import Calendar

from stuifmail.dispatch.messages import MessageBuilder
from stuifmail.errors import InvalidMessage
from tests.builders_calendar import make_text
from tests.letters import SECRET, make_deliveries, make_letterhead, make_rendering


def make_builder(method, *, calendar=None, said=None):
    rendering = make_rendering(
        calendar=make_text(method) if calendar is None else calendar, calendar_method=said or method
    )
    return MessageBuilder(make_letterhead(), {"nl": rendering}, SECRET)


def build(method, address="reader-1@example.org", **changes):
    row = replace(make_deliveries(2)[1], address=address)
    return make_builder(method, **changes).build(row)[1]


def parse(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def types_of(message):
    return [part.get_content_type() for part in message.walk()]


def read_calendar(part):
    """The part's own bytes: a mail program unpacks nothing but the base64."""
    return part.get_payload(decode=True)


def test_a_calendar_to_be_saved_is_attached_to_the_letter():
    message = parse(build("PUBLISH"))
    assert types_of(message) == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar"
    ]  # fmt: skip
    attached = list(message.walk())[-1]
    assert attached["Content-Type"].params == {
        "method": "PUBLISH",
        "charset": "utf-8",
        "name": "invitation.ics",
    }
    assert attached["Content-Transfer-Encoding"] == "base64"
    assert (attached.get_content_disposition(), attached.get_filename()) == ("attachment", "invitation.ics")
    assert read_calendar(attached) == make_text("PUBLISH").encode()
    assert not any(part.defects for part in message.walk())


def test_a_calendar_to_be_answered_stands_beside_the_html_and_is_attached_as_a_file():
    message = parse(build("REQUEST"))
    assert types_of(message) == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
        "application/ics",
    ]  # fmt: skip
    beside, attached = list(message.walk())[-2:]
    assert beside["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert beside.get_content_disposition() is None
    assert attached.get_filename() == "invitation.ics"
    assert read_calendar(beside) == read_calendar(attached)
    assert not any(part.defects for part in message.walk())


@pytest.mark.parametrize("method", ["PUBLISH", "REQUEST"])
def test_both_places_name_the_same_method_and_line_ends_arrive_as_they_were(method):
    for part in parse(build(method)).walk():
        if part.get_content_type() != "text/calendar":
            continue
        content = read_calendar(part)
        assert Calendar.from_ical(content)["METHOD"] == part["Content-Type"].params["method"] == method
        assert b"\r\r\n" not in content
        assert content.count(b"\n") == content.count(b"\r\n")
        assert max(len(line) for line in content.split(b"\r\n")) <= 75


@pytest.mark.parametrize(
    "address",
    [
        "reader-1@example.org",
        f"{'l' * 60}@{'d' * 60}.{'e' * 60}.example.org",
        "a+b@example.org",
        "r@bijén.nl",
    ],
)
def test_the_one_attendee_is_whom_the_message_is_to(address):
    message = parse(build("REQUEST", address=address))
    (event,) = Calendar.from_ical(read_calendar(list(message.walk())[-2])).events
    assert event["ATTENDEE"] == f"mailto:{message['To'].addresses[0].addr_spec}"
    assert event["ATTENDEE"].params == {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    lines = read_calendar(list(message.walk())[-1]).split(b"\r\n")
    assert max(map(len, lines)) <= 75


def test_an_address_with_signs_of_its_own_stays_one_address():
    (event,) = Calendar.from_ical(
        read_calendar(list(parse(build("REQUEST", address="a?b/c%d@example.org")).walk())[-2])
    ).events
    assert event["ATTENDEE"] == "mailto:a%3Fb%2Fc%25d@example.org"


def test_what_takes_an_answered_invitation_back_names_its_reader_too():
    text = make_text("REQUEST").replace("METHOD:REQUEST", "METHOD:CANCEL")
    message = parse(build("CANCEL", calendar=text))
    assert types_of(message)[-2:] == ["text/calendar", "application/ics"]
    assert b"reader-1@example.org" in read_calendar(list(message.walk())[-1])


def test_what_takes_a_saved_date_back_is_attached():
    message = parse(build("CANCEL"))
    assert types_of(message)[-1] == "text/calendar"
    assert list(message.walk())[-1]["Content-Type"].params["method"] == "CANCEL"


def test_only_the_reader_of_a_copy_is_named_in_it():
    builder = make_builder("REQUEST")
    rows = make_deliveries(4)
    raw = builder.build(rows[3])[1]
    calendars = [
        read_calendar(part) for part in parse(raw).walk() if "multipart" not in part.get_content_type()
    ]
    assert not any(b"reader-1@" in content for content in calendars)
    assert sum(b"reader-3@" in content for content in calendars) == 2


@pytest.mark.parametrize("method", ["PUBLISH", "REQUEST", "CANCEL"])
def test_the_message_stays_ascii_with_short_lines_and_the_same_bytes(method):
    raw = build(method)
    assert raw.isascii()
    assert raw == build(method)
    assert raw.endswith(b"--\r\n")
    assert b"\n." not in raw
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


@pytest.mark.parametrize(
    ("method", "said", "text"),
    [
        ("PUBLISH", "REQUEST", make_text("PUBLISH")),
        ("REQUEST", "REQUEST", make_text("PUBLISH").replace("METHOD:PUBLISH", "METHOD:REQUEST")),
        ("PUBLISH", "PUBLISH", make_text("REQUEST").replace("METHOD:REQUEST", "METHOD:PUBLISH")),
        ("ADD", "ADD", make_text("PUBLISH").replace("METHOD:PUBLISH", "METHOD:ADD")),
        ("PUBLISH", "PUBLISH", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    ],
)
def test_a_calendar_that_contradicts_its_mail_is_refused_before_anything_is_sent(method, said, text):
    with pytest.raises(InvalidMessage) as caught:
        make_builder(method, said=said, calendar=text)
    assert caught.value.place == "edition nl"


def test_a_letter_without_a_calendar_is_as_it_was():
    message = parse(build("PUBLISH", calendar=""))
    assert types_of(message) == ["multipart/alternative", "text/plain", "text/html"]
