from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from stuifmail.errors import EmbargoRefused
from stuifmail.model.publications import Embargo
from stuifmail.model.reviews import EmbargoRecord
from stuifmail.review.embargo import (
    MARGIN,
    check_embargo,
    end_of,
    find_embargo_trouble,
    find_locking,
    is_over,
    is_refused,
    is_sealed,
    read_civil,
    say_embargo,
)
from tests.aftermath import SENDING, UNTIL, make_figure, make_letter, make_release, with_figure

RECORD = EmbargoRecord(
    facts_id="nairobi-pers-1",
    event_id="nairobi",
    until_at=UNTIL.astimezone(UTC),
    time_zone="Europe/Amsterdam",
    reason="De ondertekening is op 10 juni.",
    set_by="eindredactie",
    set_at=SENDING,
)
LIFTED = replace(RECORD, lifted_at=SENDING, lifted_by="hoofdredactie", lift_reason="known elsewhere")


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-06-10 00:01", "Europe/Amsterdam", "2026-06-09T22:01"),
        ("2026-06-10T00:01", "Africa/Nairobi", "2026-06-09T21:01"),
        ("2026-03-29 01:59", "Europe/Amsterdam", "2026-03-29T00:59"),
        ("2026-03-29 03:00", "Europe/Amsterdam", "2026-03-29T01:00"),
        ("2026-10-25 01:59", "Europe/Amsterdam", "2026-10-24T23:59"),
        ("2026-10-25 02:30", "Europe/Amsterdam", "2026-10-25T01:30"),
        ("2026-10-25 03:00", "Europe/Amsterdam", "2026-10-25T02:00"),
        ("2026-06-10 00:01", "America/St_Johns", "2026-06-10T02:31"),
        ("2026-11-01 01:30", "America/St_Johns", "2026-11-01T05:00"),
    ],
)
def test_the_hour_is_that_of_the_zone_and_an_hour_that_is_struck_twice_is_the_later_one(text, zone, utc):
    assert read_civil(text, zone, place="x").astimezone(UTC).isoformat()[:16] == utc


@pytest.mark.parametrize(
    ("text", "zone", "told"),
    [
        ("2026-03-29 02:30", "Europe/Amsterdam", "never shows"),
        ("2026-06-10", "Europe/Amsterdam", "names no hour"),
        ("10 juni 0.01 uur", "Europe/Amsterdam", "is no moment"),
        ("2026-06-10 00:01+02:00", "Europe/Amsterdam", "a zone of its own"),
        ("2026-06-10 00:01", "Europe/Utrecht", "no time zone"),
        ("2026-06-10 00:01", "", "no time zone"),
    ],
)
def test_a_moment_that_is_none_is_refused_with_place_and_remedy(text, zone, told):
    with pytest.raises(EmbargoRefused, match=told) as caught:
        read_civil(text, zone, place="nairobi-pers-1")
    assert caught.value.place == "nairobi-pers-1"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"until": SENDING}, "has passed"),
        ({"until": SENDING - timedelta(days=1)}, "has passed"),
        ({"reason": {"nl": "Omdat."}}, "no reason in en"),
        ({"reason": {"nl": "Omdat.", "en": " "}}, "no reason in en"),
        ({"reason": {}}, "no reason in en, nl"),
        ({"time_zone": "CET-ish"}, "no time zone"),
    ],
)
def test_end_zone_and_a_reason_in_each_language_come_together_or_not_at_all(changes, told):
    whole = Embargo(until=UNTIL, time_zone="Europe/Amsterdam", reason={"nl": "Omdat.", "en": "Because."})
    check_embargo(whole, ["en", "nl"], at=SENDING, place="x")
    with pytest.raises(EmbargoRefused, match=told):
        check_embargo(replace(whole, **changes), ["en", "nl"], at=SENDING, place="x")


def test_it_ends_two_minutes_late_or_at_once_when_it_is_lifted():
    assert timedelta(minutes=2) == MARGIN
    for seconds, over in ((-1, False), (0, True), (1, True)):
        assert is_over(RECORD, UNTIL + MARGIN + timedelta(seconds=seconds)) is over
    assert not is_over(RECORD, UNTIL)
    assert end_of(LIFTED) == SENDING
    assert is_over(LIFTED, SENDING)


def test_one_withdrawn_locks_until_its_end():
    withdrawn = replace(RECORD, withdrawn_at=SENDING)
    assert not is_over(withdrawn, UNTIL)
    assert is_over(withdrawn, UNTIL + MARGIN)


@pytest.mark.parametrize(
    ("publication", "locked"),
    [
        (make_release(), True),
        (make_release(facts_id="other", event_id=""), False),
        (make_letter(), False),
        (make_letter(event_id="nairobi"), True),
        (with_figure(make_letter(), make_figure()), True),
        (replace(with_figure(make_letter(), make_figure()), figures=()), True),
        (with_figure(make_letter(), make_figure("nairobi-2.participants")), False),
        (make_letter(intro={"nl": "Al [[nairobi.participants]] deelnemers"}), True),
    ],
    ids=["facts", "others", "no event", "event", "figure", "named only", "likely name", "in the intro"],
)
def test_the_same_facts_event_or_figures_are_locked_and_nothing_else(publication, locked):
    assert (find_locking([RECORD], publication, SENDING) == RECORD) is locked
    assert find_locking([LIFTED], publication, SENDING) is None
    assert find_locking([RECORD], publication, UNTIL + MARGIN) is None


@pytest.mark.parametrize(
    ("figure", "value", "locked"),
    [("congres.new_members", 3, True), ("congres.new_members", 4, False), ("congres.participants", 3, False)],
    ids=["the same number", "another number", "another figure"],
)
def test_the_same_number_of_a_related_event_is_locked_too(figure, value, locked):
    letter = with_figure(make_letter(), make_figure(figure, value))
    secrets = {RECORD.facts_id: {("congres.new_members", 3)}}
    assert (find_locking([RECORD], letter, SENDING, secrets) == RECORD) is locked


def test_of_two_embargoes_the_one_that_ends_last_counts():
    later = replace(RECORD, facts_id="nairobi-pers-2", until_at=RECORD.until_at + timedelta(days=1))
    for records in ([RECORD, later], [later, RECORD]):
        assert find_locking(records, make_letter(event_id="nairobi"), SENDING) == later


def test_the_release_itself_goes_in_waves_others_not_at_all_and_what_takes_back_at_any_time():
    release = make_release()
    assert is_sealed(release, RECORD)
    assert not is_refused(release, RECORD)
    assert is_refused(replace(release, embargo=None), RECORD)
    assert is_refused(make_letter(event_id="nairobi"), RECORD)
    assert not is_refused(make_letter(event_id="nairobi"), None)
    assert not is_refused(make_letter(event_id="nairobi", kind="kill", corrects="x"), RECORD)


def test_findings_name_the_end_and_tell_an_embargo_that_nobody_recorded():
    (locked,) = find_embargo_trouble(make_letter(event_id="nairobi"), RECORD, None)
    assert (locked.code, locked.severity) == ("embargo-locked", "blocking")
    assert "until 10 June 2026 00:01 (Europe/Amsterdam)" in locked.message
    assert find_embargo_trouble(make_release(), RECORD, RECORD) == []
    (unknown,) = find_embargo_trouble(make_release(), None, None)
    assert (unknown.code, unknown.severity) == ("embargo-unrecorded", "blocking")
    moved = replace(RECORD, until_at=RECORD.until_at + timedelta(hours=1))
    assert find_embargo_trouble(make_release(), moved, moved)[0].code == "embargo-unrecorded"


def test_an_embargo_is_said_with_what_became_of_it():
    assert say_embargo(RECORD, SENDING).endswith("in force")
    assert say_embargo(RECORD, UNTIL + MARGIN).endswith("over")
    assert say_embargo(LIFTED, SENDING).endswith("lifted by hoofdredactie: known elsewhere")
