"""Hold, resume and take back, before, during and after sending; on both kinds of database."""

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from stuifmail.errors import UnknownRole, WrongState
from stuifmail.newsroom import Newsroom
from tests.aftermath import CHIEF, EDITOR, SENDING, make_aftermath, make_letter

LETTER = make_letter()
ID = LETTER.id
LATER = SENDING + timedelta(hours=1)
READERS = {"een@lid.example.org", "twee@lid.example.org", "drie@lid.example.org"}


@pytest.fixture
def room(store_url, tmp_path):
    return make_aftermath(tmp_path / "room", database=store_url)


@pytest.fixture
def sent(room):
    room.send(LETTER)
    assert room.got(ID) == READERS
    return room


def during(room, work):
    """Dispatch, and do something else once the first copy has gone; answer the report."""
    done = []

    def on_copy(_count, _total):
        if not done:
            done.append(True)
            worker = threading.Thread(target=lambda: room.at(SENDING, work))
            worker.start()
            worker.join()

    with Newsroom.open(room.folder, environment=room.environment, now=SENDING) as newsroom:
        (report,) = newsroom.dispatch(ID, on_copy=on_copy)
    return report


def one_by_one(room):
    """A relay cannot be asked what it took, so its copies are claimed and told one by one."""
    settings = room.folder / "sources.yaml"
    settings.write_text(
        settings.read_text()
        + "  transport: smtp\n  smtp: {host: 127.0.0.1, port: PORT, security: none, timeout_s: 20}\n"
    )


@pytest.fixture
def relay(room, server):
    """The same newsroom, sending over a server."""
    one_by_one(room)
    settings = room.folder / "sources.yaml"
    settings.write_text(settings.read_text().replace("PORT", f"{server.port}"))
    return room


def hold(newsroom):
    return newsroom.hold(ID, reason="a figure may be wrong", role=EDITOR)


def resume(newsroom):
    return newsroom.resume(ID, role=CHIEF)


def withdraw(newsroom):
    return newsroom.withdraw(ID, reason="not true", role=CHIEF)


@pytest.mark.parametrize("state", ["draft", "proofed", "approved", "queued"])
def test_held_in_any_state_it_stays_there_and_goes_back_to_it(room, state):
    room.draft(LETTER)
    if state == "proofed":
        room.codes(ID)
    if state in ("approved", "queued"):
        room.approve(ID)
    if state == "queued":
        room.at(SENDING, lambda newsroom: newsroom.queue(ID, role=CHIEF))
    assert room.dossier(ID).state == state
    room.at(SENDING, hold)
    dossier = room.dossier(ID)
    assert (dossier.state, dossier.held_from) == ("held", state)
    assert room.dispatch(LATER) == []
    with pytest.raises(WrongState, match="cannot hold a publication that is held"):
        room.at(SENDING, hold)
    room.at(SENDING, resume)
    assert (room.dossier(ID).state, room.dossier(ID).held_from) == (state, "")
    assert room.verbs(ID)[-2:] == ["hold", "resume"]
    if state == "queued":
        room.dispatch(LATER)
        assert room.got(ID) == READERS


def test_the_proof_of_what_is_held_says_so_and_how_it_goes_on(room):
    room.draft(LETTER)
    room.at(SENDING, hold)
    page = room.at(SENDING, lambda newsroom: newsroom.proof(ID, role=EDITOR).page).read_text()
    said = " ".join(re.sub("<[^>]+>", "", page).split())
    assert f"stuifmail resume {ID} --as {CHIEF}" in said
    assert "Aangehouden: er gaat niets meer uit" in said


def test_what_is_not_held_cannot_be_resumed_and_what_was_sent_not_be_held(sent):
    with pytest.raises(WrongState, match="it is not held but sent"):
        sent.at(SENDING, resume)
    with pytest.raises(WrongState, match="cannot hold a publication that is sent"):
        sent.at(SENDING, hold)


def test_only_who_may_send_lets_a_queued_one_go_on(room):
    room.draft(LETTER)
    room.queue(ID)
    room.at(SENDING, hold)
    with pytest.raises(UnknownRole, match="may not send"):
        room.at(SENDING, lambda newsroom: newsroom.resume(ID, role=EDITOR))
    assert room.dossier(ID).state == "held"


def test_held_in_the_middle_the_others_wait_and_get_their_one_copy_later(relay, server):
    relay.draft(LETTER)
    relay.queue(ID)
    report = during(relay, hold)
    assert (report.state, report.error, len(server.taken)) == ("held", "", 1)
    assert sorted(relay.copies(ID).values()) == ["accepted", "planned", "planned"]
    assert relay.dispatch(LATER) == []
    relay.at(LATER, resume)
    relay.dispatch(LATER)
    assert server.counts() == dict.fromkeys(READERS, 1)
    assert relay.dossier(ID).state == "sent"


def test_taken_back_before_sending_it_never_goes_and_nobody_is_told(room):
    room.draft(LETTER)
    room.queue(ID)
    report = room.at(SENDING, withdraw)
    assert (report.state, report.notice_id) == ("killed", "")
    assert room.dispatch(LATER) == []
    assert (room.copies(ID), room.page(ID)) == ({}, "")
    for act in (withdraw, hold):
        with pytest.raises(WrongState):
            room.at(SENDING, act)
    with pytest.raises(WrongState, match="cannot edit a publication that is killed"):
        room.at(SENDING, lambda newsroom: newsroom.open_draft(ID))


def test_taken_back_in_the_middle_nobody_else_gets_it_and_who_has_it_is_told(relay, server):
    relay.draft(LETTER)
    relay.queue(ID)
    report = during(relay, withdraw)
    assert (report.state, len(server.taken)) == ("queued", 1)
    (report,) = relay.dispatch(LATER)
    assert (report.state, report.error, len(server.taken)) == ("sent", "", 1)
    assert sorted(relay.copies(ID).values()) == ["accepted", "suppressed", "suppressed"]
    notice = f"{ID}-ingetrokken"
    relay.queue(notice, now=LATER)
    relay.dispatch(LATER)
    assert set(relay.copies(notice)) == relay.got(ID)
    assert relay.dossier(ID).state == "killed"
    assert relay.at(LATER, lambda newsroom: newsroom.verify_archive(ID)) == []


def test_a_notice_that_is_out_before_the_first_one_is_closed_ends_both(relay, server):
    relay.draft(LETTER)
    relay.queue(ID)
    during(relay, withdraw)
    relay.queue(f"{ID}-ingetrokken", now=LATER)
    relay.dispatch(LATER, f"{ID}-ingetrokken")
    assert relay.dossier(ID).state == "queued"
    relay.dispatch(LATER)
    assert relay.dossier(ID).state == "killed"
    assert len(server.taken) == 2


def test_taken_back_after_sending_the_page_is_replaced_at_once_and_exactly_its_readers_are_told(sent):
    assert "Er kwamen leden bij." in sent.page(ID)
    contacts = sent.folder / "contacts.csv"
    contacts.write_text(contacts.read_text() + "c-4,vier@lid.example.org,nl,confirmed,\n")
    report = sent.at(
        LATER, lambda n: n.withdraw(ID, reason="not true", role=CHIEF, instead={"nl": "Bel ons."})
    )
    assert (report.state, report.notice_id) == ("sent", f"{ID}-ingetrokken")
    for language, words in (
        ("nl", "Dit bericht is ingetrokken."),
        ("en", "This message has been withdrawn."),
    ):
        assert words in sent.page(ID, language)
        assert "Members joined." not in sent.page(ID, language)
    assert "not true" not in sent.page(ID)
    sent.queue(report.notice_id, now=LATER)
    sent.dispatch(LATER)
    assert sent.got(report.notice_id) == READERS
    assert "Bel ons." in sent.page(report.notice_id)
    dossier = sent.dossier(ID)
    assert (dossier.state, dossier.killed_at, dossier.kill_reason) == ("killed", LATER, "not true")
    assert sent.at(LATER, lambda newsroom: newsroom.verify_archive(ID)) == []


def test_a_kill_notice_is_approved_like_anything_else(sent):
    notice = sent.at(LATER, withdraw).notice_id
    assert sent.dispatch(LATER) == []
    with pytest.raises(WrongState):
        sent.at(LATER, lambda newsroom: newsroom.queue(notice, role=CHIEF))
    assert not {"correction-label", "correction-first"} & sent.codes(notice, now=LATER)
    dossier = sent.dossier(notice)
    sent.edit(replace(dossier.revision.publication, subject={"nl": "Update", "en": "Withdrawn: x"}))
    assert {"correction-label", "correction-euphemism"} <= sent.codes(notice, now=LATER)
