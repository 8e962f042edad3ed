"""Corrections: to exactly those who got the error, and everywhere it can still be read."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from stuifmail.errors import UnknownRole, WrongState
from stuifmail.model.publications import CalendarPart
from stuifmail.newsroom.our_events.records import get_record
from stuifmail.store import figures as figure_table
from tests.aftermath import CHIEF, EDITOR, SENDING, make_aftermath, make_figure, make_letter, with_figure

LETTER = make_letter()
ID = LETTER.id
CORRECTION = f"{ID}-correctie"
LATER = SENDING + timedelta(hours=1)
READERS = {"een@lid.example.org", "twee@lid.example.org", "drie@lid.example.org"}
WORDS = {
    "wrong": [("nl", "17 landen"), ("en", "17 countries")],
    "right": [("nl", "16 landen"), ("en", "16 countries")],
}


@pytest.fixture
def room(tmp_path):
    return make_aftermath(tmp_path / "room")


@pytest.fixture
def sent(room):
    room.send(LETTER)
    return room


def correct(room, **how):
    values = {"reason": "the host called", "role": EDITOR, **how}
    return room.at(LATER, lambda newsroom: newsroom.correct(ID, **values))


def first_text(room, publication_id):
    return next(room.dossier(publication_id).revision.publication.blocks()).text


def test_a_correction_goes_to_exactly_those_who_got_it_after_four_eyes(sent):
    contacts = sent.folder / "contacts.csv"
    contacts.write_text(contacts.read_text() + "c-4,vier@lid.example.org,nl,confirmed,\n")
    report = correct(sent, **WORDS)
    assert (report.id, report.readers_count, report.has_calendar) == (CORRECTION, 3, False)
    assert sent.dossier(CORRECTION).state == "draft"
    blocking = sent.at(LATER, lambda newsroom: newsroom.proof(CORRECTION)).report.blocking
    assert blocking == ()
    with pytest.raises(UnknownRole):
        sent.at(LATER, lambda newsroom: newsroom.approve(CORRECTION, role=EDITOR))
    sent.at(LATER, lambda newsroom: newsroom.approve(CORRECTION, role=CHIEF))
    sent.at(LATER, lambda newsroom: newsroom.queue(CORRECTION, role=CHIEF, at=LATER))
    sent.dispatch(LATER)
    assert set(sent.copies(CORRECTION)) == sent.got(CORRECTION) == READERS


def test_its_subject_says_correction_and_its_first_sentence_wrong_and_right_in_each_language(sent):
    correct(sent, **WORDS)
    publication = sent.dossier(CORRECTION).revision.publication
    assert publication.subject == {
        "nl": "Correctie: Drie nieuwe leden",
        "en": "Correction: Three new members",
    }
    assert first_text(sent, CORRECTION) == {
        "nl": "In ons bericht van 9 juni 2026 stond ‘17 landen’; juist is ‘16 landen’.",
        "en": "Our message of 9 June 2026 said ‘17 countries’; it should have said ‘16 countries’.",
    }


def test_once_it_is_out_page_dossier_and_archive_of_the_first_one_say_so(sent):
    before = sent.page(ID)
    correct(sent, **WORDS)
    sent.queue(CORRECTION, now=LATER)
    assert sent.page(ID) == before
    sent.dispatch(LATER)
    page = sent.page(ID).partition("<body")[2]
    link = f"https://news.coalition.example.org/{CORRECTION}/nl/"
    assert page.index("Correctie") < page.index("‘17 landen’; juist is ‘16 landen’") < page.index(link)
    assert page.index(link) < page.index("Er kwamen leden bij.")
    assert "17 countries" in sent.page(ID, "en")
    assert sent.dossier(ID).corrected_by == CORRECTION
    assert sent.dossier(ID).state == "sent"
    archive = sent.folder / "outputs/archive" / ID
    assert [told["id"] for told in json.loads((archive / "corrections-2.json").read_text())] == [CORRECTION]
    assert "Correctie" not in (archive / "nl.html").read_text()
    for name in (ID, CORRECTION):
        assert sent.at(LATER, lambda newsroom, name=name: newsroom.verify_archive(name)) == []


def test_a_run_that_breaks_off_between_page_and_ledger_is_done_again(sent):
    correct(sent, **WORDS)
    sent.queue(CORRECTION, now=LATER)
    site = sent.folder / "outputs/site" / ID / "nl"
    kept = site.rename(site.with_name("away"))
    site.write_text("a file in the way")
    (report,) = sent.dispatch(LATER)
    assert (report.state, bool(report.error)) == ("queued", True)
    assert sent.dossier(ID).corrected_by == ""
    assert sent.got(CORRECTION) == READERS
    site.unlink()
    kept.rename(site)
    (report,) = sent.dispatch(LATER)
    assert (report.state, report.dispatched.attempted_count) == ("sent", 0)
    assert sent.dossier(ID).corrected_by == CORRECTION
    assert "‘16 landen’" in sent.page(ID)


def test_two_corrections_number_on_and_the_page_shows_the_newest(sent):
    for right, name in (("16 landen", CORRECTION), ("15 landen", f"{CORRECTION}-2")):
        report = correct(sent, wrong=[("nl", "17 landen")], right=[("nl", right)])
        assert report.id == name
        sent.queue(name, now=LATER)
        sent.dispatch(LATER)
    assert sent.dossier(ID).corrected_by == f"{CORRECTION}-2"
    assert "‘15 landen’" in sent.page(ID)


def test_a_language_that_nobody_wrote_blocks_until_the_editor_does(sent):
    report = correct(sent, wrong=[("en", "17")], right=[("en", "16")])
    assert set(report.sentences) == {"en"}
    assert "correction-first" in sent.codes(CORRECTION, now=LATER)


def put_figure(room, figure):
    def work(newsroom):
        with newsroom._house.store.begin() as connection:
            figure_table.put_figures(connection, [figure])

    room.at(LATER, work)


def test_a_figure_that_changed_in_its_record_is_found_and_stays_bound(room):
    put_figure(room, make_figure(value=85))
    room.send(with_figure(LETTER, make_figure(value=85)))
    with pytest.raises(WrongState, match="all its figures still are"):
        correct(room)
    put_figure(room, make_figure(value=84))
    correct(room)
    assert first_text(room, CORRECTION)["nl"].endswith(
        "stond ‘85 deelnemers’; juist is ‘[[nairobi.participants]] deelnemers’."
    )
    assert room.dossier(CORRECTION).revision.publication.figures[0].value == 84
    room.queue(CORRECTION, now=LATER)
    room.dispatch(LATER)
    assert "stond ‘85 deelnemers’; juist is ‘84 deelnemers’" in room.page(CORRECTION)
    assert "stond ‘85 deelnemers’; juist is ‘84 deelnemers’" in room.page(ID)


def test_a_right_number_that_is_the_records_is_bound_to_it(room):
    put_figure(room, make_figure(value=84))
    room.send(with_figure(LETTER, make_figure(value=85)))
    correct(room, wrong=[("nl", "85")], right=[("nl", "84")])
    assert "juist is ‘[[nairobi.participants]]’" in first_text(room, CORRECTION)["nl"]


def test_a_wrong_date_brings_readers_calendars_up_to_date_with_the_next_sequence(room):
    def told(newsroom):
        house = newsroom._house
        with house.store.begin() as connection:
            facts = get_record(house, connection, "nairobi").facts
        wrong = replace(facts, starts_at=facts.starts_at - timedelta(days=1), sequence=2)
        return CalendarPart(facts=wrong, organiser="nieuws@coalition.example.org")

    part = room.at(SENDING, told)
    room.send(replace(LETTER, calendar=part, event_id="nairobi"))
    assert correct(room, **WORDS).has_calendar
    facts = room.dossier(CORRECTION).revision.publication.calendar.facts
    assert (facts.sequence, facts.uid) == (3, part.facts.uid)
    assert facts.starts_at == part.facts.starts_at + timedelta(days=1)


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"wrong": [("nl", "17")]}, "do not go in pairs"),
        ({"wrong": [("fr", "17")], "right": [("fr", "16")]}, "it was not sent in fr"),
        ({**WORDS, "reason": " "}, "a reason is missing"),
        ({}, "all its figures still are"),
    ],
)
def test_what_is_not_whole_is_refused_and_drafts_nothing(sent, how, told):
    with pytest.raises(WrongState, match=told) as caught:
        correct(sent, **how)
    assert caught.value.remedy
    assert len(sent.at(LATER, lambda newsroom: newsroom.list_drafts())) == 1


def test_what_nobody_has_is_edited_and_not_corrected(room):
    room.draft(LETTER)
    with pytest.raises(WrongState, match="nobody has it yet"):
        correct(room, **WORDS)


def test_corrections_of_an_issue_move_no_period_of_the_next_one(sent):
    correct(sent, **WORDS)
    publication = sent.dossier(CORRECTION).revision.publication
    assert (publication.period_starts_at, publication.period_ends_at) == (
        LETTER.period_starts_at,
        LETTER.period_ends_at,
    )
