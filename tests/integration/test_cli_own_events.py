"""Our own events, the ledger and prospects at the command line, on the sample newsroom."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from stuifmail.errors import UnknownEvent
from stuifmail.newsroom.house import House
from stuifmail.newsroom.our_events.ledger import joined_at, list_new_members, realise
from stuifmail.newsroom.our_events.records import find_previous_report, get_record, list_records
from stuifmail.store.database import Connection
from tests.commands import EDITOR, Room, copy_sample

pytestmark = pytest.mark.integration


@pytest.fixture
def room(root: Path, tmp_path: Path) -> Room:
    room = copy_sample(root, tmp_path)
    room.done("harvest", "--source", "agenda")
    return room


@dataclass(frozen=True)
class Desk:
    house: House
    connection: Connection


@pytest.fixture
def desk(room: Room) -> Iterator[Desk]:
    house = House.open(room.root, environment={})
    with house.store.begin() as connection:
        yield Desk(house, connection)
    house.store.close()


def test_the_sample_newsroom_has_its_events_in_the_order_of_their_days(desk: Desk) -> None:
    records = list_records(desk.house, desk.connection)
    assert list(records) == [
        "congres-2024",
        "congres-2025",
        "world-nature-meeting-2025",
        "nairobi-2025",
        "nairobi-werksessie-2025",
        "congres-2026",
        "cop-gemeenten-2026-1",
        "symposium-2026",
        "workshop-2026",
        "cop-gemeenten-2026-2",
    ]
    assert records["world-nature-meeting-2025"].parts == ("nairobi-2025",)
    assert records["nairobi-2025"].parts == ("nairobi-werksessie-2025",)
    assert records["nairobi-werksessie-2025"].facts.time_zone == "Africa/Nairobi"
    assert all(not record.problems and not record.differences for record in records.values())
    assert all(quote.approved_on for record in records.values() for quote in record.quotes)


def test_an_invitation_links_to_the_report_of_the_meeting_before(desk: Desk) -> None:
    records = list_records(desk.house, desk.connection)
    first, second = records["cop-gemeenten-2026-1"], records["cop-gemeenten-2026-2"]
    assert find_previous_report(desk.house, records, second) == first.report_url != ""
    assert find_previous_report(desk.house, records, first) == ""


def test_nairobi_was_announced_for_four_and_signed_by_three(desk: Desk) -> None:
    record = get_record(desk.house, desk.connection, "nairobi-2025")
    assert {member.id for member in joined_at(desk.house, record)} == {"estonia", "norway", "european-union"}
    found = realise(desk.house, record)
    assert (len(found.announced), len(found.realised)) == (4, 3)
    assert found.missing == ("Highland Hedge Club",)
    new = {each.member_id: each for each in list_new_members(desk.house, record)}
    assert new["european-union"].kind == {"nl": "unie van landen", "en": "union of countries"}
    assert str(new["norway"].signed_on) == "2025-11-18"


def test_an_event_that_is_not_there_names_those_that_are(desk: Desk) -> None:
    with pytest.raises(UnknownEvent, match="nairobi-2025, nairobi-werksessie-2025") as raised:
        get_record(desk.house, desk.connection, "nairobi")
    assert isinstance(raised.value, LookupError)


def test_our_own_events_are_listed_with_what_they_lack(room: Room) -> None:
    rows = {row["id"]: row for row in room.done("events", "--ours", "--json").json}
    assert rows["workshop-2026"]["findings"] == 0
    assert rows["symposium-2026"]["status"] == "tentative"
    assert rows["symposium-2026"]["findings"] > 3
    assert rows["congres-2024"]["findings"] == 0, "nobody is invited to what is over"
    assert "Mon 8 June 2026 14:00" in room.done("events", "--ours").out
    assert room.run("events", "--ours", "--changed-since", "2026-04-01").code == 2


def test_an_event_is_shown_whole_by_its_id(room: Room) -> None:
    shown = room.done("event", "nairobi-2025").out
    assert "Tue 18 November 2025 15:00 - 18:00 (Africa/Nairobi)" in shown
    assert "part: nairobi-werksessie-2025" in shown
    assert "15:45  presentation: Wat een berm op 1.700 meter hoogte kan" in shown
    assert "Hooi dat mag blijven liggen, Verein Wiesenläuten (did not take place)" in shown
    assert "announced (4):" in shown
    assert "joined (3): Estonia, European Union, Norway" in shown
    workshop = room.done("event", "workshop-2026").out
    assert "Voorbeeldlaan 18b, Utrecht" in workshop
    assert "nothing is missing" in workshop
    assert "it has no place (event-no-place)" in room.done("event", "symposium-2026").out


def test_a_calendar_that_says_otherwise_is_told(room: Room) -> None:
    room.change(
        "    calendar: {source: agenda, uid: workshop-communicatie-2026@coalition.example.org}\n",
        "    calendar: {source: agenda, uid: workshop-communicatie-2026@coalition.example.org}\n"
        "    starts: 2026-06-08 13:00\n    ends: 2026-06-08 17:00\n",
    )
    shown = room.done("event", "workshop-2026").out
    assert "the calendar says otherwise of starts: Mon 8 June 2026 14:00 (event-differs)" in shown


def test_what_an_editor_amended_in_the_calendar_counts_for_the_record(room: Room) -> None:
    (entry,) = (
        row["id"] for row in room.done("events", "--json").json if row["summary"].startswith("Workshop")
    )
    room.done("amend", entry, "starts=2026-06-09 14:00", "ends=2026-06-09 17:00", "--as", EDITOR)
    assert "Tue 9 June 2026 14:00 - 17:00" in room.done("event", "workshop-2026").out


def test_a_programme_that_is_gone_or_odd_costs_itself_only(room: Room) -> None:
    sheet = room.root / "samples" / "sheets" / "programma-workshop-2026.csv"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace("14:00,14:15", "half twee,14:15"), encoding="utf-8")
    shown = room.done("event", "workshop-2026").out
    assert 'programma-workshop-2026.csv:3: starts: "half twee" is no time (event-unreadable)' in shown
    assert "Schrappen: van persbericht naar praatje" in shown
    sheet.unlink()
    assert "the programme cannot be read (No such file" in room.done("event", "workshop-2026").out
    sheet.write_text("starts;ends\n14:00;15:00\n", encoding="utf-8")
    assert "no column with a title" in room.done("event", "workshop-2026").out


def test_the_ledger_tells_gross_net_and_tiers(room: Room) -> None:
    row = room.done("ledger", "--on", "2026-05-04", "--since", "2025-11-18", "--json").json
    assert (row["total"], row["by_tier"]) == (37, {"partner": 24, "supporter": 13})
    assert len(row["countries"]) == 17
    assert "EU" not in row["countries"]
    period = row["period"]
    assert (len(period["joined"]), len(period["left"]), period["net"]) == (6, 1, 5)
    before = room.done("ledger", "--on", "2025-11-17", "--json").json
    assert row["total"] - before["total"] == period["net"]
    shown = room.done("ledger", "--on", "2024-12-31", "--since", "2024-01-01").out
    assert "Gemeente Haverwoude: from supporter to partner on 2024-09-24" in shown
    assert "joined: 7" in shown
    assert "left: 1 (Flor do Restolho)" in shown


def test_a_period_does_not_end_before_it_begins(room: Room) -> None:
    ran = room.run("ledger", "--on", "2025-01-01", "--since", "2025-02-01")
    assert ran.code == 2
    assert "2025-02-01 is after 2025-01-01" in ran.err


def test_prospects_are_listed_the_longest_waiting_first(room: Room) -> None:
    found = room.done("prospects", "--json").json
    waiting = [row["waiting_days"] for row in found["prospects"] if row["waiting_days"] is not None]
    assert waiting == sorted(waiting, reverse=True)
    assert {row["id"] for row in found["prospects"] if row["is_member"]} == {
        "estonia",
        "norway",
        "european-union",
    }
    nairobi, coming = found["events"]
    assert (len(nairobi["announced"]), len(nairobi["joined"])) == (4, 3)
    assert (coming["has_begun"], coming["missing"]) == (False, [])
    shown = room.done("prospects", "--event", "nairobi-2025").out
    assert "nairobi-2025: 4 announced, 3 joined" in shown
    assert "announced, but did not join: Highland Hedge Club" in shown
    assert "Lake Basin Growers" not in shown
    assert room.run("prospects", "--event", "nairobi").code == 1


def test_the_timeline_shows_what_is_still_to_come_and_counts_the_rest(room: Room) -> None:
    shown = room.done("mailings", "--json").json
    assert {row["state"] for row in shown} == {"due", "planned", "waits for a date"}
    everything = room.done("mailings", "--all", "--json").json
    assert {row["state"] for row in everything} == {"due", "planned", "waits for a date", "too late"}
    more = len(everything) - len(shown)
    assert f"{more} more are sent, skipped or too late" in room.done("mailings").out
    assert "more are sent" not in room.done("mailings", "--all").out
    assert "no message is still to come" in room.done("mailings", "nairobi-2025").out
