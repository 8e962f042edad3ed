"""Embargoes as desks and the public meet them, on both kinds of database."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stuifmail.errors import EmbargoRefused, UnknownRole, WrongState
from stuifmail.model.publications import Embargo
from tests.aftermath import (
    CHIEF,
    EDITOR,
    END,
    OTHERS,
    SENDING,
    TRUSTED,
    UNTIL,
    make_aftermath,
    make_figure,
    make_letter,
    make_release,
    with_figure,
)

RELEASE = make_release()
ID = RELEASE.id


@pytest.fixture
def room(store_url, tmp_path):
    return make_aftermath(tmp_path / "room", database=store_url)


@pytest.fixture
def half(room):
    """The release has gone to the trusted desks."""
    room.send(RELEASE)
    return room


def mails(room):
    folder = room.folder / "outputs/mail/new"
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def site(room):
    """The public files that tell of the release, by name or content."""
    folder = room.folder / "outputs/site"
    files = {path for path in folder.rglob("*") if path.is_file()}
    signs = (b"Drie landen", ID.encode(), RELEASE.facts_id.encode())
    return {
        path
        for path in files
        if ID in str(path.relative_to(folder)) or any(sign in path.read_bytes() for sign in signs)
    }


def test_trusted_desks_get_it_before_the_end_and_all_others_the_same_after_it(room):
    (report,) = room.send(RELEASE)
    assert (report.state, report.waits_until, report.error) == ("queued", END, "")
    assert room.got(ID) == TRUSTED
    first = mails(room)
    (report,) = room.dispatch(END)
    assert (report.state, report.waits_until) == ("sent", None)
    assert room.got(ID) == TRUSTED | OTHERS
    assert mails(room).items() > first.items()
    assert len(mails(room)) == len(TRUSTED | OTHERS)
    assert room.at(END, lambda newsroom: newsroom.verify_archive(ID)) == []


def test_nothing_is_on_the_site_before_the_end_and_its_page_is_there_with_the_second_wave(half):
    for now in (SENDING, UNTIL, END - timedelta(seconds=1)):
        half.dispatch(now)
        assert site(half) == set()
        assert half.got(ID) == TRUSTED
    half.dispatch(END)
    assert "Drie landen" in half.page(ID)


@pytest.mark.parametrize("minutes", [-2, -1, 0, 1])
def test_a_clock_up_to_two_minutes_fast_lets_nothing_out_before_the_end(half, minutes):
    """The true time is before the end; ours shows up to two minutes more."""
    true_time = UNTIL - timedelta(seconds=1)
    half.dispatch(true_time + timedelta(minutes=minutes))
    assert (half.got(ID), site(half)) == (TRUSTED, set())


def test_a_clock_two_minutes_slow_sends_late_and_not_never(half):
    half.dispatch(END - timedelta(minutes=2))
    assert half.got(ID) == TRUSTED
    half.dispatch(END + timedelta(minutes=2))
    assert half.got(ID) == TRUSTED | OTHERS


def test_where_all_desks_are_trusted_the_page_still_waits_for_the_end(room):
    desks = room.folder / "press.csv"
    desks.write_text("".join(row for row in desks.read_text().splitlines(keepends=True) if ",no," not in row))
    desks.write_text(desks.read_text().replace("trade,,", "trade,yes,"))
    room.send(RELEASE)
    assert set(room.copies(ID).values()) == {"accepted"}
    assert (room.dossier(ID).state, site(room)) == ("queued", set())
    room.dispatch(END)
    assert room.dossier(ID).state == "sent"
    assert "Drie landen" in room.page(ID)


@pytest.mark.parametrize(
    ("until", "end"),
    [
        (datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Amsterdam"), fold=1), "2026-10-25T01:32"),
        (datetime(2026, 3, 29, 3, 0, tzinfo=ZoneInfo("Europe/Amsterdam")), "2026-03-29T01:02"),
    ],
    ids=["the clock goes back", "the clock goes forward"],
)
def test_the_change_of_summer_time_moves_nothing(room, until, end):
    before = until.astimezone(UTC) - timedelta(hours=6)
    embargo = Embargo(until=until, time_zone="Europe/Amsterdam", reason={"nl": "Omdat."})
    room.send(replace(RELEASE, embargo=embargo, send_at=before), now=before)
    moment = datetime.fromisoformat(f"{end}:00+00:00")
    for now in (moment - timedelta(hours=1), moment - timedelta(seconds=1)):
        room.dispatch(now)
        assert room.got(ID) == TRUSTED
    room.dispatch(moment)
    assert room.got(ID) == TRUSTED | OTHERS


def test_lifted_it_goes_to_everybody_at_the_next_dispatch_and_who_did_it_stays_known(half):
    with pytest.raises(UnknownRole):
        half.at(SENDING, lambda newsroom: newsroom.lift_embargo(ID, reason="known", role=EDITOR))
    later = SENDING + timedelta(hours=1)
    report = half.at(later, lambda n: n.lift_embargo(ID, reason="known elsewhere", role=CHIEF))
    assert (report.is_over, report.record.lifted_by, report.record.lifted_at) == (True, CHIEF, later)
    half.dispatch(later)
    assert half.got(ID) == TRUSTED | OTHERS
    assert "Drie landen" in half.page(ID)
    assert "lift" in half.verbs(ID)
    with pytest.raises(EmbargoRefused, match="ended already"):
        half.at(later, lambda newsroom: newsroom.lift_embargo(ID, reason="again", role=CHIEF))


def test_lifted_before_anything_left_the_line_goes_and_approval_is_needed_anew(room):
    room.draft(RELEASE)
    room.queue(ID)
    room.at(SENDING, lambda newsroom: newsroom.lift_embargo(ID, reason="known", role=CHIEF))
    dossier = room.dossier(ID)
    assert (dossier.state, dossier.approval) == ("draft", None)
    assert dossier.revision.publication.embargo is None
    room.queue(ID)
    room.dispatch()
    assert room.got(ID) == TRUSTED | OTHERS


def test_withdrawn_the_others_never_get_it_and_a_notice_is_drafted_to_those_who_did(half):
    (report,) = half.at(SENDING, lambda n: n.withdraw_embargoed(ID, reason="not signed", role=CHIEF))
    assert (report.stopped_count, report.notice_id) == (2, f"{ID}-ingetrokken")
    half.dispatch(END)
    assert half.got(ID) == TRUSTED
    assert {half.copies(ID)[address] for address in OTHERS} == {"suppressed"}
    assert site(half) == set()
    half.queue(report.notice_id, now=END)
    half.dispatch(END)
    assert half.got(report.notice_id) == set(half.copies(report.notice_id)) == TRUSTED
    assert site(half) == set()
    assert half.dossier(ID).state == "killed"
    shown = half.at(END, lambda newsroom: newsroom.show_embargo(ID)).record
    assert (shown.withdrawn_by, shown.withdraw_reason) == (CHIEF, "not signed")


@pytest.mark.parametrize(
    "letter",
    [
        with_figure(make_letter(), make_figure()),
        make_letter(event_id="nairobi"),
        make_release(id="nairobi-pers-1-kort", embargo=None),
    ],
    ids=["the same figures", "the same event", "the same facts without embargo"],
)
def test_what_tells_the_same_is_blocked_and_does_not_slip_through(room, letter):
    room.draft(letter)
    room.queue(letter.id)  # approved while there was no embargo yet
    room.draft(RELEASE)
    (report,) = room.dispatch(SENDING)
    assert (report.state, report.dispatched) == ("queued", None)
    assert "under embargo until 10 June 2026 00:01" in report.error
    assert report.waits_until == END
    assert (room.copies(letter.id), site(room)) == ({}, set())
    assert "embargo-locked" in room.codes(letter.id)
    assert "embargo-locked" not in room.codes(letter.id, now=END)


def test_what_tells_the_same_goes_out_after_the_end(room):
    letter = with_figure(make_letter(send_at=END), make_figure())
    room.draft(RELEASE, now=SENDING)
    room.draft(letter)
    assert "embargo-locked" not in room.codes(letter.id)


def test_a_letter_that_tells_other_facts_is_free(room):
    room.draft(RELEASE)
    (report,) = room.send(make_letter())
    assert report.state == "sent"


def test_set_later_it_voids_the_approval_and_stands_in_all_versions(room):
    bare = replace(RELEASE, embargo=None)
    sister = replace(bare, id="nairobi-pers-1-en")
    room.draft(bare, sister)
    room.approve(ID)
    how = {"until": "2026-06-10 00:01", "zone": "Europe/Amsterdam", "role": EDITOR}
    with pytest.raises(EmbargoRefused, match="no reason in nl"):
        room.at(SENDING, lambda newsroom: newsroom.set_embargo(ID, reason={"en": "x"}, **how))
    report = room.at(SENDING, lambda n: n.set_embargo("nairobi-pers-1", reason={"nl": "Omdat."}, **how))
    assert report.publication_ids == ("nairobi-pers-1-en", ID)
    assert room.dossier(ID).approval is None
    for name in report.publication_ids:
        assert room.dossier(name).revision.publication.embargo.until == UNTIL
    assert "embargo-unrecorded" not in room.codes(ID)


def test_in_the_past_it_is_refused_and_nothing_changes(room):
    room.draft(replace(RELEASE, embargo=None))
    how = {"zone": "Europe/Amsterdam", "reason": {"nl": "Omdat."}, "role": EDITOR}
    with pytest.raises(EmbargoRefused, match="has passed") as caught:
        room.at(SENDING, lambda newsroom: newsroom.set_embargo(ID, until="2026-06-09 09:59", **how))
    assert (caught.value.place, bool(caught.value.remedy)) == (RELEASE.facts_id, True)
    assert room.dossier(ID).revision.number == 1
    assert room.at(SENDING, lambda newsroom: newsroom.show_embargo(ID)).record is None


def test_once_it_is_on_its_way_the_embargo_can_only_end(half):
    how = {"zone": "Europe/Amsterdam", "reason": {"nl": "Omdat."}, "role": EDITOR}
    with pytest.raises(WrongState, match="can no longer change"):
        half.at(SENDING, lambda newsroom: newsroom.set_embargo(ID, until="2026-06-11 00:01", **how))


def test_only_press_releases_have_one(room):
    room.draft(make_letter())
    with pytest.raises(EmbargoRefused, match="only press releases"):
        room.at(SENDING, lambda newsroom: newsroom.show_embargo("nieuwsbrief-2026-06"))


def test_an_embargo_that_an_editor_typed_blocks_until_it_is_recorded(room):
    later = replace(RELEASE.embargo, until=UNTIL + timedelta(hours=1))
    room.draft(RELEASE)
    room.edit(replace(RELEASE, embargo=later))
    assert "embargo-unrecorded" in room.codes(ID)
    how = {"until": "2026-06-10 01:01", "zone": "Europe/Amsterdam", "reason": {"nl": "Omdat."}}
    room.at(SENDING, lambda newsroom: newsroom.set_embargo(ID, role=EDITOR, **how))
    assert "embargo-unrecorded" not in room.codes(ID)
