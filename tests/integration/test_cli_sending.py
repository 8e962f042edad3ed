"""Queueing, sending, settling and the archive, as communication staff do it."""

import re
import sqlite3

import pytest

from tests.commands import APPROVER, CHIEF, EDITOR, ISSUE, Room, approve

pytest_plugins = ["tests.rooms"]


@pytest.fixture
def approved(room: Room) -> Room:
    approve(room)
    return room


def test_nothing_goes_out_before_its_approval(room: Room) -> None:
    for ran in (room.run("send", ISSUE, "--as", CHIEF, "--now"), room.run("dispatch", ISSUE)):
        assert (ran.code, f"stuifmail approve {ISSUE}" in ran.err) == (1, True)
    assert room.done("dispatch").out == "nothing is due\n"
    assert room.done("deliveries", ISSUE, "--json").json == []


def test_a_role_that_may_not_send_is_told_who_may(approved: Room) -> None:
    ran = approved.run("send", ISSUE, "--as", APPROVER)
    assert (ran.code, f"who may: {CHIEF}" in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--at", "2020-01-01 10:00"], "has passed; to send at once, say --now"),
        (["--at", "morgen"], "write it as 2026-05-06"),
        (["--at", "2026-05-06", "--now"], "exclude each other"),
    ],
)
def test_a_moment_that_is_none_queues_nothing(approved: Room, options: list[str], told: str) -> None:
    ran = approved.run("send", ISSUE, "--as", CHIEF, *options)
    assert (ran.code, told in ran.err, approved.state()) == (2, True, "approved")


def test_what_waits_is_told_with_its_moment_in_the_newsrooms_zone(approved: Room) -> None:
    assert "goes out Wed 6 May 2026 10:00" in approved.done("send", ISSUE, "--as", CHIEF).out
    for arguments in ([], [ISSUE]):
        told = approved.done("dispatch", *arguments).out
        assert told == f"nothing is due\n  {ISSUE} goes out Wed 6 May 2026 10:00\n"
    moved = approved.done("send", ISSUE, "--as", CHIEF, "--at", "2026-05-05 08:30")
    assert "goes out Tue 5 May 2026 08:30" in moved.out
    [row] = approved.done("drafts", "--json").json
    assert (row["due_at"], row["send_at"]) == ("2026-05-05T06:30:00Z", "2026-05-06T08:00:00Z")


def test_a_planned_moment_that_has_passed_means_now(approved: Room) -> None:
    approved.change("clock: 2026-05-04", "clock: 2026-05-07")
    assert f"{ISSUE}: sent: " in approved.done("send", ISSUE, "--as", CHIEF).out
    [kept] = approved.done("archive", "--json").json
    assert kept["sent_at"].startswith("2026-05-07T")


def test_sending_once_is_all_there_is(approved: Room) -> None:
    told = approved.done("send", ISSUE, "--as", CHIEF, "--now").out
    assert re.search(rf"{ISSUE}: sent: \d+ accepted", told)
    copies = approved.done("deliveries", ISSUE, "--json").json
    assert approved.done("dispatch", "--json").json == []
    assert f"{ISSUE} was sent" in approved.done("dispatch", ISSUE).out
    for command in ("send", "edit"):
        ran = approved.run(command, ISSUE, "--as", CHIEF)
        assert (ran.code, "it has been sent and can no longer change" in ran.err) == (1, True)
    assert approved.done("deliveries", ISSUE, "--json").json == copies


def test_a_copy_is_settled_only_when_nobody_can_vouch_for_it(approved: Room) -> None:
    approved.done("send", ISSUE, "--as", CHIEF, "--now")
    address = approved.done("deliveries", ISSUE, "--state", "accepted", "--json").json[0]["address"]
    settle = ("--arrived", "--reason", "the reader has it", "--as")
    for arguments, told in (
        ((address, *settle, CHIEF), "only uncertain copies"),
        (("nobody@example.org", *settle, CHIEF), "there is no copy for this address"),
        ((address, *settle, EDITOR), "this role may not send"),
    ):
        ran = approved.run("settle", ISSUE, *arguments)
        assert (ran.code, told in ran.err) == (1, True)
    database = sqlite3.connect(approved.root / "outputs" / "state" / "stuifmail.db")
    with database:
        database.execute("UPDATE deliveries SET state = 'uncertain' WHERE address = ?", (address,))
    database.close()
    assert approved.done("settle", ISSUE, address, *settle, CHIEF).out.startswith(f"{address}: accepted")


def test_the_archive_tells_what_is_whole_what_is_not_and_what_is_not_there(approved: Room) -> None:
    assert approved.done("archive").out == "nothing has been sent yet\n"
    approved.done("send", ISSUE, "--as", CHIEF, "--now")
    assert approved.done("archive", "--verify", ISSUE).out == f"{ISSUE} is whole: every hash agrees\n"
    missing = approved.run("archive", "--verify", "nieuwsbrief-2026-06")
    assert (missing.code, "nothing is archived under this id" in missing.err) == (1, True)
    with (approved.root / "outputs" / "archive" / ISSUE / "nl.html").open("a") as page:
        page.write("<!-- later -->")
    for json in ([], ["--json"]):
        tampered = approved.run("archive", "--verify", ISSUE, *json)
        assert (tampered.code, f"{ISSUE}/nl.html: this file is not what was archived" in tampered.out) == (
            1,
            True,
        )
