"""Corrections of what is still being sent, of corrections, and of what was taken back."""

from datetime import timedelta

import pytest

from tests.aftermath import (
    CHIEF,
    EDITOR,
    END,
    OTHERS,
    SENDING,
    TRUSTED,
    make_aftermath,
    make_letter,
    make_release,
)

RELEASE, LETTER = make_release(), make_letter()
ID = RELEASE.id
CORRECTION = f"{ID}-correctie"
LATER = SENDING + timedelta(hours=1)
AFTER = END + timedelta(minutes=1)


@pytest.fixture
def half(store_url, tmp_path):
    """A release under embargo of which the trusted desks have their copies."""
    room = make_aftermath(tmp_path / "room", database=store_url)
    room.send(RELEASE)
    return room


def correct(room, publication_id=ID, *, now=LATER, right="Twee landen", wrong="Drie landen"):
    def work(newsroom):
        return newsroom.correct(
            publication_id, wrong=[("nl", wrong)], right=[("nl", right)], reason="they called", role=EDITOR
        )

    return room.at(now, work)


def test_a_correction_between_the_waves_holds_the_copies_that_still_are_to_go(half):
    assert correct(half).held_count == len(OTHERS)
    assert half.dossier(ID).state == "held"
    half.dispatch(AFTER)
    assert half.got(ID) == TRUSTED
    assert half.page(ID) == ""


def test_once_the_correction_is_out_nobody_gets_the_first_version_any_more(half):
    correct(half)
    half.queue(CORRECTION, now=LATER)
    half.dispatch(LATER)
    assert half.got(CORRECTION) == TRUSTED
    assert {half.copies(ID)[address] for address in OTHERS} == {"suppressed"}
    half.at(LATER, lambda newsroom: newsroom.resume(ID, role=CHIEF))
    assert "Drie landen" not in half.page(ID)
    half.dispatch(AFTER)
    assert half.got(ID) == TRUSTED
    assert half.dossier(ID).state == "sent"
    page = half.page(ID).partition("<body")[2]
    assert page.index("juist is ‘Twee landen’") < page.index("Drie landen tekenden")


def test_who_resumes_first_lets_everybody_have_both_and_the_correction_is_approved_anew(half):
    correct(half)
    half.queue(CORRECTION, now=AFTER)
    half.at(LATER, lambda newsroom: newsroom.resume(ID, role=CHIEF))
    half.dispatch(AFTER, ID)
    assert half.got(ID) == TRUSTED | OTHERS
    (report,) = half.dispatch(AFTER, CORRECTION)
    assert "the audience changed" in report.error
    half.queue(CORRECTION, now=AFTER)
    half.dispatch(AFTER, CORRECTION)
    assert half.got(CORRECTION) == TRUSTED | OTHERS


def test_a_correction_drafted_and_then_withdrawn_leaves_the_rest_to_the_editor(half):
    correct(half)
    half.at(LATER, lambda newsroom: newsroom.withdraw(CORRECTION, reason="it was right", role=CHIEF))
    half.at(LATER, lambda newsroom: newsroom.resume(ID, role=CHIEF))
    half.dispatch(AFTER)
    assert half.got(ID) == TRUSTED | OTHERS


def test_what_everybody_has_is_not_held_by_its_correction(tmp_path):
    room = make_aftermath(tmp_path / "room")
    room.send(LETTER)
    assert correct(room, LETTER.id).held_count == 0
    assert room.dossier(LETTER.id).state == "sent"


def send_two_corrections(folder):
    """A letter, its correction, and the correction of that."""
    room = make_aftermath(folder)
    room.send(LETTER)
    first = correct(room, LETTER.id, wrong="17 landen", right="16 landen").id
    room.queue(first, now=LATER)
    room.dispatch(LATER)
    second = correct(room, first, wrong="16 landen", right="15 landen", now=LATER).id
    room.queue(second, now=LATER + timedelta(hours=1))
    room.dispatch(LATER + timedelta(hours=1))
    return room, first, second


def test_a_corrected_correction_is_told_on_the_page_of_what_it_corrected_too(tmp_path):
    room, first, second = send_two_corrections(tmp_path / "room")
    assert room.got(second) == room.got(first) == room.got(LETTER.id)
    for page in (room.page(first), room.page(LETTER.id)):
        assert "juist is ‘15 landen’" in page
        assert f"/{second}/nl/" in page
    assert room.dossier(first).corrected_by == second
    assert room.dossier(LETTER.id).corrected_by == first


def test_a_correction_that_is_taken_back_no_longer_stands_on_the_page_of_the_first_version(tmp_path):
    room = make_aftermath(tmp_path / "room")
    room.send(LETTER)
    first = correct(room, LETTER.id, wrong="17 landen", right="16 landen").id
    room.queue(first, now=LATER)
    room.dispatch(LATER)
    assert "juist is ‘16 landen’" in room.page(LETTER.id)
    report = room.at(LATER, lambda newsroom: newsroom.withdraw(first, reason="17 it was", role=CHIEF))
    assert "Dit bericht is ingetrokken." in room.page(first)
    assert "‘16 landen’" not in room.page(LETTER.id)
    room.queue(report.notice_id, now=LATER)
    room.dispatch(LATER)
    assert room.got(report.notice_id) == room.got(LETTER.id)
    assert "‘16 landen’" not in room.page(LETTER.id)
    assert "Er kwamen leden bij." in room.page(LETTER.id)


def test_a_correction_skips_who_withdrew_since_and_says_that_it_cannot_reach_them(tmp_path):
    room = make_aftermath(tmp_path / "room")
    room.send(LETTER)
    contacts = room.folder / "contacts.csv"
    contacts.write_text(
        contacts.read_text().replace("een@lid.example.org,nl,confirmed", "EEN@lid.example.org,nl,withdrawn")
    )
    first = correct(room, LETTER.id).id
    assert "correction-unreachable" in room.codes(first, now=LATER)
    room.queue(first, now=LATER)
    room.dispatch(LATER)
    assert room.got(first) == {"twee@lid.example.org", "drie@lid.example.org"}
