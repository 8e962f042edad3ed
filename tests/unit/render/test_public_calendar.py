import pytest

from stuifmail.model.publications import ATTENDEE_MARK
from stuifmail.render.public_calendar import calendar_url, publish_calendar
from tests.builders_calendar import make_part, make_text
from tests.builders_machine import build_release
from tests.letters import make_rendering


@pytest.mark.parametrize("method", ["PUBLISH", "REQUEST", "CANCEL"])
def test_what_everybody_may_save_invites_nobody(method):
    text = publish_calendar(make_rendering(calendar=make_text(method), calendar_method=method))
    assert "\r\nMETHOD:PUBLISH\r\n" in text
    assert "ATTENDEE" not in text
    assert ATTENDEE_MARK not in text
    assert ("STATUS:CANCELLED" in text) == (method == "CANCEL")
    assert text.count("METHOD:") == 1


def test_without_a_calendar_there_is_no_file_and_no_address():
    assert publish_calendar(make_rendering()) == ""
    assert calendar_url("https://news.example.org", build_release(), "nl") == ""
    open_date = build_release(calendar=make_part(starts_at=None, ends_at=None))
    assert calendar_url("https://news.example.org", open_date, "nl") == ""


def test_the_file_lies_beside_the_page():
    invitation = build_release(calendar=make_part())
    assert calendar_url("https://news.example.org/", invitation, "nl") == (
        "https://news.example.org/congres-2026-pers-2-nl/nl/event.ics"
    )
