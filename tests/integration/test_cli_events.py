"""Events at the command line: what changed, what counts, and the editors' own words."""

from pathlib import Path

import pytest

from tests.commands import EDITOR, Room, copy_sample

pytestmark = pytest.mark.integration


@pytest.fixture
def room(root: Path, tmp_path: Path) -> Room:
    room = copy_sample(root, tmp_path)
    room.run("harvest", "--source", "agenda")
    return room


def workshop(room: Room) -> str:
    (event,) = (
        row["id"] for row in room.run("events", "--json").json if row["summary"].startswith("Workshop")
    )
    return str(event)


def move(room: Room, day: str) -> None:
    calendar = room.root / "samples" / "calendars" / "secretariaat.ics"
    content = calendar.read_bytes()
    for hour in (b"T140000", b"T170000"):
        content = content.replace(b"20260608" + hour, f"202606{day}".encode() + hour)
    calendar.write_bytes(content)
    room.run("harvest", "--source", "agenda")


def test_a_moved_event_is_listed_with_what_moved(room: Room) -> None:
    event = workshop(room)
    assert "no event changed since" in room.run("events", "--changed-since", "2026-04-07").out
    move(room, "10")
    (row,) = room.run("events", "--changed-since", "2026-04-07", "--json").json
    assert (row["id"], row["version"]) == (event, 2)
    shown = room.run("event", event[:6]).out
    assert "moved" in shown
    assert "starts: Mon 8 June 2026 14:00 -> Wed 10 June 2026 14:00" in shown


def test_an_editors_time_counts_until_the_source_contradicts_it_and_somebody_settles_that(room: Room) -> None:
    event = workshop(room)
    amended = room.run(
        "amend",
        event[:6],
        "starts=2026-06-09 14:00",
        "ends=2026-06-09 17:00",
        "--as",
        EDITOR,
        "--reason",
        "x",
    )
    assert "starts: Mon 8 June 2026 14:00 -> Tue 9 June 2026 14:00" in amended.out
    move(room, "10")
    row = room.run("event", event, "--json").json
    assert row["conflicting"] == ["starts", "ends"]
    assert row["entry"]["starts_at"] == "2026-06-09T12:00:00Z"
    assert row["harvested"]["starts_at"] == "2026-06-10T12:00:00Z"
    assert "CONFLICT: starts, ends" in room.run("events").out
    kept = room.run("amend", event, "starts=2026-06-09 14:00", "--as", EDITOR)
    assert "starts: the conflict is settled" in kept.out
    taken = room.run("amend", event, "--take", "ends", "--undo", "starts", "--as", EDITOR)
    assert "ends: Tue 9 June 2026 17:00 -> Wed 10 June 2026 17:00" in taken.out
    assert room.run("event", event, "--json").json["edits"] == []


def test_an_event_that_repeats_tells_its_next_date_as_its_own_clocks_do(room: Room) -> None:
    calendar = room.root / "samples" / "calendars" / "secretariaat.ics"
    content = calendar.read_bytes()
    weekly = content.replace(
        b"DTSTART;TZID=Europe/Amsterdam:20260608T140000",
        b"RRULE:FREQ=WEEKLY;COUNT=2\r\nDTSTART;TZID=Europe/Amsterdam:20260608T140000",
    )
    assert weekly != content
    calendar.write_bytes(weekly)
    room.run("harvest", "--source", "agenda")
    assert "next Mon 8 June 2026 14:00; 1 date after that is known" in room.run("event", workshop(room)).out
    assert "and 1 more date" in room.run("events").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("starts=2026-06-08 18:00",), "it would end before it starts"),
        (("plaats=Utrecht",), "no such field"),
        (("starts=2026-03-29 02:30",), "skip this time"),
        (("--undo", "summary"), "summary was not amended"),
        (("--take", "summary"), "summary has no conflict"),
        (("zomaar",), "is no FIELD=VALUE"),
        ((), "say what to amend"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    room: Room, arguments: tuple[str, ...], told: str
) -> None:
    event = workshop(room)
    before = room.run("event", event, "--json").json
    refused = room.run("amend", event, *arguments, "--as", EDITOR)
    assert refused.code != 0
    assert told in refused.told
    assert room.run("event", event, "--json").json == before


def test_events_and_roles_that_do_not_exist_are_named(room: Room) -> None:
    for name in ("zzz", ""):
        assert "there is no such event" in room.run("event", name).told
    refused = room.run("amend", workshop(room), "summary=x", "--as", "nobody")
    assert refused.code == 1
    assert "nobody" in refused.told
