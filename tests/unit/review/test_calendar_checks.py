import pytest

from stuifmail.review.calendar_checks import check_calendar
from tests.builders_calendar import make_part
from tests.builders_machine import build_release

SENDER = "secretariaat@coalition.example.org"


def codes(part, sender=SENDER):
    return [finding.code for finding in check_calendar(build_release(calendar=part), sender)]


@pytest.mark.parametrize("method", ["PUBLISH", "REQUEST", "CANCEL"])
def test_a_sure_date_gives_no_finding(method):
    assert codes(make_part(method)) == []


def test_what_has_no_calendar_part_gives_none():
    assert codes(None) == []


def test_an_open_date_is_said_since_nothing_goes_with_the_letter():
    assert codes(make_part(starts_at=None, ends_at=None)) == ["calendar-open-date"]


def test_a_date_that_may_change_can_be_saved_but_not_accepted():
    assert codes(make_part("PUBLISH", status="tentative")) == []
    assert codes(make_part("REQUEST", status="tentative")) == ["calendar-tentative"]


def test_who_invites_is_who_sends():
    (finding,) = check_calendar(build_release(calendar=make_part("REQUEST")), "nieuws@example.org")
    assert finding.code == "calendar-organiser"
    assert "nieuws@example.org" in finding.message
    assert codes(make_part("REQUEST"), sender=SENDER.upper()) == []
    assert codes(make_part("PUBLISH"), sender="nieuws@example.org") == []
