"""The sample workshop's invitation: one date in mail, archive, web page and export."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.commands import CHIEF, copy_sample
from tests.ical_js import read_with_ical_js

INVITATION = "workshop-2026-uitnodiging"
MOMENT = "2026-05-05 10:00"


def send(room):
    room.done("harvest")
    room.done("mailing", "workshop-2026", "invitation")
    room.done("proof", INVITATION)
    room.done("approve", INVITATION, "--as", CHIEF)
    room.done("send", INVITATION, "--as", CHIEF, "--at", MOMENT)
    room.done("dispatch", "--moment", MOMENT)
    return room


def mails(room):
    folder = Path(room.root) / "outputs" / "mail" / "new"
    return [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.iterdir())]


def calendars(message):
    wanted = ("text/calendar", "application/ics")
    return [part for part in message.walk() if part.get_content_type() in wanted]


@pytest.fixture(scope="module")
def saved(root, tmp_path_factory):
    """Sent as a date to be saved."""
    return send(copy_sample(root, tmp_path_factory.mktemp("saved")))


@pytest.fixture(scope="module")
def asked(root, tmp_path_factory):
    """Sent with the question to accept."""
    room = copy_sample(root, tmp_path_factory.mktemp("asked"))
    file = Path(room.root) / "sources.yaml"
    text = file.read_text(encoding="utf-8")
    setting = "  calendar_method: REQUEST\n"
    if "\nmailings:\n" in text:
        lines = [line for line in text.splitlines(keepends=True) if "calendar_method:" not in line]
        text = "".join(lines).replace("\nmailings:\n", f"\nmailings:\n{setting}", 1)
    else:
        text += f"\nmailings:\n{setting}"
    file.write_text(text, encoding="utf-8")
    return send(room)


def test_every_reader_gets_the_date_once_and_the_same(saved):
    attached = {part.get_payload(decode=True) for mail in mails(saved) for part in calendars(mail)}
    editions = {mail["Content-Language"] for mail in mails(saved)}
    assert len(attached) == len(editions)
    assert all(len(calendars(mail)) == 1 for mail in mails(saved))
    for content in attached:
        (event,) = Calendar.from_ical(content).events
        assert event["UID"] == "workshop-communicatie-2026@coalition.example.org"
        assert event.start.isoformat() == "2026-06-08T14:00:00+02:00"
        assert "ATTENDEE" not in event


def test_archive_web_page_and_mail_have_the_same_calendar(saved):
    outputs = Path(saved.root) / "outputs"
    (sent,) = {
        part.get_payload(decode=True)
        for mail in mails(saved)
        if mail["Content-Language"] == "nl"
        for part in calendars(mail)
    }
    assert (outputs / "archive" / INVITATION / "nl.ics").read_bytes() == sent
    assert (outputs / "site" / INVITATION / "nl" / "event.ics").read_bytes() == sent
    assert "every hash agrees" in saved.done("archive", "--verify", INVITATION).out


def test_who_is_asked_to_accept_is_the_only_one_named(asked):
    for mail in mails(asked):
        beside, attached = calendars(mail)
        content = beside.get_payload(decode=True)
        assert content == attached.get_payload(decode=True)
        assert beside["Content-Type"].params["method"] == "REQUEST"
        (event,) = Calendar.from_ical(content).events
        assert event["ATTENDEE"] == f"mailto:{mail['To'].addresses[0].addr_spec}"
        (found,) = read_with_ical_js([content.decode()])
        assert (found["method"], len(found["attendees"])) == ("REQUEST", 1)


def test_neither_archive_nor_web_page_names_a_reader(asked):
    outputs = Path(asked.root) / "outputs"
    public = (outputs / "site" / INVITATION / "nl" / "event.ics").read_text(encoding="utf-8")
    assert "ATTENDEE" not in public
    assert "METHOD:PUBLISH" in public
    assert "@@attendee@@" in (outputs / "archive" / INVITATION / "nl.ics").read_text(encoding="utf-8")
