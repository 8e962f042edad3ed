"""What readers were told of an event changes: exactly one message says so."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from stuifmail.config.codec import from_data
from stuifmail.model.blocks import ChangesBlock, DetailsBlock
from stuifmail.model.publications import Publication
from stuifmail.newsroom.mailings.messages import MailingReport
from tests.chain import APPROVER, EDITOR, MONDAY, SENDER, SENDING, Chain, copy_newsroom

pytestmark = pytest.mark.integration

INVITATION, UPDATE = "workshop-2026-uitnodiging", "workshop-2026-wijziging-1"
#: Stands in sources.yaml right behind the workshop's label.
WORKSHOP = "calendar: {source: agenda, uid: workshop-communicatie-2026@coalition.example.org}"
LATER = SENDING + timedelta(hours=2)


@pytest.fixture(scope="session")
def invited_folder(drafted_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    chain = Chain(copy_newsroom(drafted_folder, tmp_path_factory.mktemp("invited") / "newsroom"))
    chain.act("draft_mailing", "workshop-2026", "invitation")
    send(chain, INVITATION, SENDING)
    return chain.folder


@pytest.fixture
def invited(invited_folder: Path, tmp_path: Path) -> Chain:
    """The invitation to the workshop of 8 June is out."""
    return Chain(copy_newsroom(invited_folder, tmp_path / "newsroom"))


def send(chain: Chain, publication: str, now: datetime) -> None:
    chain.act("proof", publication, now=now)
    chain.act("approve", publication, role=APPROVER, now=now)
    chain.act("queue", publication, role=SENDER, at=now, now=now)
    (report,) = chain.act("dispatch", publication, now=now)
    assert report.state == "sent", report.error


def move(chain: Chain, *lines: str) -> None:
    """Say otherwise in sources.yaml than the calendar does."""
    chain.change("sources.yaml", WORKSHOP, "\n    ".join([WORKSHOP, *lines]))


def to_the_10th(chain: Chain) -> None:
    move(chain, "starts: 2026-06-10 14:00", "ends: 2026-06-10 17:00")


def draft_due(chain: Chain, now: datetime = LATER) -> list[MailingReport]:
    """The updates about the workshop that were made or brought up to date."""
    reports: list[MailingReport] = chain.act("draft_due_mailings", now=now)
    about = [report for report in reports if report.about == "workshop-2026" and report.is_new]
    return [report for report in about if report.kind in ("change", "cancellation")]


def read(chain: Chain, publication: str) -> Publication:
    found: Publication = from_data(Publication, chain.act("describe_draft", publication)["content"])
    return found


def lines_of(publication: Publication) -> dict[str, tuple[str, str]]:
    (block,) = (block for block in publication.blocks() if isinstance(block, ChangesBlock))
    return {line.fact: (line.before["nl"], line.after["nl"]) for line in block.lines}


def blocking(chain: Chain, publication: str) -> set[str]:
    report = chain.act("proof", publication, now=LATER).report
    return {finding.code for finding in report.blocking}


def ids(chain: Chain) -> set[str]:
    rows: list[dict[str, Any]] = chain.act("list_drafts")
    names = {row["id"] for row in rows}
    return {name for name in names if name == INVITATION or name.startswith("workshop-2026-wijziging")}


def test_an_event_that_moves_is_told_once_to_all_who_know_of_it(invited: Chain) -> None:
    to_the_10th(invited)
    (report,) = draft_due(invited)
    assert (report.publication_id, report.kind) == (UPDATE, "change")
    update = read(invited, UPDATE)
    assert lines_of(update) == {
        "when": ("maandag 8 juni 2026, 14.00–17.00 uur", "woensdag 10 juni 2026, 14.00–17.00 uur")
    }
    assert update.subject["nl"] == "Gewijzigd: Workshop voor communicatiemedewerkers, 8 juni"
    assert update.responses == ("invited", "registered")
    assert blocking(invited, UPDATE) == set()
    assert draft_due(invited) == []
    assert ids(invited) == {INVITATION, UPDATE}


def test_a_calendar_takes_the_new_date_for_the_same_event(invited: Chain) -> None:
    to_the_10th(invited)
    draft_due(invited)
    first, second = read(invited, INVITATION).calendar, read(invited, UPDATE).calendar
    assert first is not None
    assert second is not None
    assert second.facts.uid == first.facts.uid
    assert (first.facts.sequence, second.facts.sequence) == (1, 2)
    assert second.method == "PUBLISH"


def test_a_sent_update_is_what_readers_know_from_then_on(invited: Chain) -> None:
    to_the_10th(invited)
    draft_due(invited)
    send(invited, UPDATE, LATER)
    assert draft_due(invited, LATER + timedelta(hours=1)) == []
    assert len([mail for mail in invited.mails() if mail["Subject"].startswith("Gewijzigd")]) > 0
    invited.change("sources.yaml", "2026-06-10 17:00", "2026-06-10 18:00")
    (again,) = draft_due(invited, LATER + timedelta(hours=1))
    assert again.publication_id == "workshop-2026-wijziging-2"
    calendar = read(invited, "workshop-2026-wijziging-2").calendar
    assert calendar is not None
    assert calendar.facts.sequence == 3


def test_another_place_is_told_by_its_address(invited: Chain) -> None:
    invited.change("sources.yaml", "street: Voorbeeldlaan", "street: Lindelaan")
    draft_due(invited)
    assert lines_of(read(invited, UPDATE)) == {
        "where": (
            "Secretariaat van de coalitie, Voorbeeldlaan 18b, Utrecht",
            "Secretariaat van de coalitie, Lindelaan 18b, Utrecht",
        )
    }


def test_a_cancelled_event_is_taken_out_of_calendars(invited: Chain) -> None:
    move(invited, "status: cancelled")
    (report,) = draft_due(invited)
    assert report.kind == "cancellation"
    update = read(invited, UPDATE)
    assert update.calendar is not None
    assert (update.calendar.method, update.calendar.facts.sequence) == ("CANCEL", 2)
    assert update.subject["nl"] == "Gaat niet door: de workshop van 8 juni"
    assert blocking(invited, UPDATE) == set()
    states = {row.kind: row.state for row in invited.act("list_timeline", "workshop-2026", now=LATER)}
    assert states["reminder"] == "skipped"


def test_an_event_that_goes_on_after_all_is_told_anew(invited: Chain) -> None:
    move(invited, "status: cancelled")
    draft_due(invited)
    send(invited, UPDATE, LATER)
    invited.change("sources.yaml", "status: cancelled", "status: confirmed")
    (report,) = draft_due(invited, LATER + timedelta(hours=1))
    update = read(invited, report.publication_id)
    assert report.publication_id == "workshop-2026-wijziging-2"
    assert lines_of(update) == {"status": ("gaat niet door", "gaat door")}
    assert update.calendar is not None
    assert (update.calendar.method, update.calendar.facts.sequence) == ("PUBLISH", 3)


def test_a_postponed_event_leaves_calendars_until_there_is_a_date(invited: Chain) -> None:
    move(invited, "status: postponed")
    (report,) = draft_due(invited)
    update = read(invited, UPDATE)
    assert report.kind == "change"
    assert lines_of(update) == {"status": ("gaat door", "uitgesteld, een nieuwe datum volgt")}
    assert update.calendar is not None
    assert update.calendar.method == "CANCEL"
    assert not any("when" in block.show for block in update.blocks() if isinstance(block, DetailsBlock))


def test_a_second_change_before_sending_renews_the_draft_that_waits(invited: Chain) -> None:
    to_the_10th(invited)
    draft_due(invited)
    invited.change("sources.yaml", "starts: 2026-06-10 14:00", "starts: 2026-06-10 13:00")
    (report,) = draft_due(invited)
    assert (report.publication_id, report.renewed) == (UPDATE, True)
    assert lines_of(read(invited, UPDATE))["when"][1] == "woensdag 10 juni 2026, 13.00–17.00 uur"
    assert invited.act("describe_draft", UPDATE)["revision"] == 2
    assert ids(invited) == {INVITATION, UPDATE}


def test_a_cancellation_takes_the_place_of_a_change_that_was_not_sent(invited: Chain) -> None:
    to_the_10th(invited)
    draft_due(invited)
    move(invited, "status: cancelled")
    (report,) = draft_due(invited)
    assert (report.publication_id, report.kind, report.renewed) == (UPDATE, "cancellation", True)


def test_an_edited_update_stays_its_editors_and_blocks_until_it_is_saved_again(invited: Chain) -> None:
    to_the_10th(invited)
    draft_due(invited)
    text, base = invited.act("open_draft", UPDATE)
    edited = text.replace("Er is iets veranderd", "Er is iets belangrijks veranderd")
    invited.act("save_draft", UPDATE, edited, role=EDITOR, base=base)
    invited.change("sources.yaml", "starts: 2026-06-10 14:00", "starts: 2026-06-10 13:00")
    assert draft_due(invited) == []
    assert blocking(invited, UPDATE) == {"changed-facts"}
    text, base = invited.act("open_draft", UPDATE)
    invited.act("save_draft", UPDATE, text, role=EDITOR, base=base)
    update = read(invited, UPDATE)
    assert blocking(invited, UPDATE) == set()
    assert lines_of(update)["when"][1] == "woensdag 10 juni 2026, 13.00–17.00 uur"
    assert any("belangrijks" in str(block) for block in update.blocks())
    assert ids(invited) == {INVITATION, UPDATE}


def test_a_change_that_is_undone_before_it_was_told_blocks_its_update(invited: Chain) -> None:
    to_the_10th(invited)
    draft_due(invited)
    invited.change("sources.yaml", "starts: 2026-06-10 14:00", "starts: 2026-06-08 14:00")
    invited.change("sources.yaml", "ends: 2026-06-10 17:00", "ends: 2026-06-08 17:00")
    assert draft_due(invited) == []
    assert "nothing-changed" in blocking(invited, UPDATE)


def test_an_update_that_was_taken_back_is_not_drafted_again(invited: Chain) -> None:
    to_the_10th(invited)
    draft_due(invited)
    invited.act("withdraw", UPDATE, reason="we call everybody", role=SENDER, now=LATER)
    assert draft_due(invited) == []
    assert ids(invited) == {INVITATION, UPDATE}


def test_other_drafts_with_old_facts_block_until_they_are_saved_again(invited: Chain) -> None:
    invited.act("draft_mailing", "workshop-2026", "practical-update")
    to_the_10th(invited)
    name = "workshop-2026-praktisch"
    assert "changed-facts" in blocking(invited, name)
    text, base = invited.act("open_draft", name)
    assert "voorbeeldlaan" not in text.lower()  # facts are the record's, and not for editing
    invited.act("save_draft", name, text, role=EDITOR, base=base)
    assert "changed-facts" not in blocking(invited, name)


def test_an_approval_falls_when_the_event_moves_before_sending(drafted: Chain) -> None:
    drafted.act("draft_mailing", "workshop-2026", "invitation")
    drafted.act("proof", INVITATION)
    drafted.act("approve", INVITATION, role=APPROVER)
    drafted.act("queue", INVITATION, role=SENDER, at=SENDING)
    to_the_10th(drafted)
    (report,) = drafted.act("dispatch", INVITATION, now=SENDING)
    assert "no longer stands" in report.error
    assert drafted.mails() == []


def test_before_readers_were_told_anything_a_change_is_no_message(drafted: Chain) -> None:
    to_the_10th(drafted)
    reports = drafted.act("draft_due_mailings", now=MONDAY)
    assert not any(report.kind in ("change", "cancellation") for report in reports)


def test_when_nobody_has_to_hear_any_more_nothing_is_drafted(invited: Chain) -> None:
    to_the_10th(invited)
    assert draft_due(invited, datetime(2026, 6, 20, 8, tzinfo=UTC)) == []


def readers_of(chain: Chain, publication: str) -> set[str]:
    """Who gets mail of those who would get it."""
    found = chain.act("describe_audience", publication, now=LATER)
    return {reader["address"].lower() for reader in found["readers"] if not reader["suppressed"]}


def test_a_change_goes_to_those_who_were_told_or_registered_and_to_nobody_else(invited: Chain) -> None:
    with (invited.folder / "samples/contacts.csv").open("a") as sheet:
        sheet.write(
            "c-900,nieuw@zoem.example.org,Nieuw,nl,zoem,partner,communication,,confirmed,2026-05-04,x,\n"
        )
    with (invited.folder / "samples/sheets/workshop-2026.csv").open("a") as sheet:
        sheet.write("W26-090,laat@berm.example.org,Berm,,NL,ngo,speaker,registered,onsite,nl\n")
    left = "communicatie@veldenrode.example.org"
    invited.change_reader(left, ",communication,", ",policy,")
    to_the_10th(invited)
    draft_due(invited)
    told = {
        row["address"].lower()
        for row in invited.act("list_deliveries", INVITATION)
        if row["state"] == "accepted"
    }
    readers = readers_of(invited, UPDATE)
    assert "nieuw@zoem.example.org" not in readers, "in the audience, and told nothing yet"
    assert "laat@berm.example.org" in readers, "registered, whatever audience"
    assert left in readers, "was told, and is in the audience no more"
    # Who cancelled, or is there as staff, has no need of it.
    assert told - readers == {"milieueducatie@haverwoude.example.org"}
    send(invited, UPDATE, LATER)
    rows = invited.act("list_deliveries", UPDATE)
    assert {row["address"].lower() for row in rows if row["state"] == "accepted"} == readers
    assert len(rows) == len({row["address"].lower() for row in rows})


def test_who_signs_up_after_a_reminder_was_approved_drops_out_and_voids_nothing(invited: Chain) -> None:
    reminder = "workshop-2026-herinnering"
    invited.act("draft_mailing", "workshop-2026", "reminder", now=LATER)
    invited.act("proof", reminder, now=LATER)
    invited.act("approve", reminder, role=APPROVER, now=LATER)
    invited.act("queue", reminder, role=SENDER, at=LATER, now=LATER)
    late = "communicatie@veldenrode.example.org"
    assert late in readers_of(invited, reminder)
    with (invited.folder / "samples/sheets/workshop-2026.csv").open("a") as sheet:
        sheet.write(f"W26-090,{late},Veldenrode,,NL,municipality,member,registered,onsite,nl\n")
    (report,) = invited.act("dispatch", reminder, now=LATER)
    assert (report.state, report.error) == ("sent", "")
    assert late not in {row["address"] for row in invited.act("list_deliveries", reminder)}


def test_who_is_added_after_a_reminder_was_approved_voids_the_approval(invited: Chain) -> None:
    reminder = "workshop-2026-herinnering"
    invited.act("draft_mailing", "workshop-2026", "reminder", now=LATER)
    invited.act("proof", reminder, now=LATER)
    invited.act("approve", reminder, role=APPROVER, now=LATER)
    invited.act("queue", reminder, role=SENDER, at=LATER, now=LATER)
    with (invited.folder / "samples/contacts.csv").open("a") as sheet:
        sheet.write(
            "c-900,nieuw@zoem.example.org,Nieuw,nl,zoem,partner,communication,,confirmed,2026-05-04,x,\n"
        )
    (report,) = invited.act("dispatch", reminder, now=LATER)
    assert "the audience changed" in report.error
    assert invited.act("list_deliveries", reminder) == []
