"""No room, no access, interrupted, two at once: what a command says, and what it leaves behind."""

import asyncio
import shutil
import signal
import subprocess
import time
from collections.abc import Callable

import pytest

from stuifmail import Newsroom
from tests.commands import CHIEF, EDITOR, ISSUE, Room, approve
from tests.servers.smtp import SmtpServer
from tests.servers.web import WebServer

pytest_plugins = ["tests.rooms"]

WRITING = {
    "harvest": ("harvest",),
    "draft": ("draft",),
    "proof": ("proof", ISSUE),
    "edit": ("edit", ISSUE, "--as", EDITOR),
    "approve": ("approve", ISSUE, "--as", CHIEF),
    "dispatch": ("dispatch",),
}


@pytest.mark.parametrize("command", [*WRITING, "drafts", "archive"])
def test_a_file_in_the_place_of_outputs_is_named(room: Room, command: str) -> None:
    shutil.rmtree(room.root / "outputs")
    (room.root / "outputs").write_text("")
    ran = room.run(*WRITING.get(command, (command,)))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"{room.root}/outputs/")
    assert "writable" in ran.err


@pytest.mark.parametrize("command", WRITING)
def test_a_full_disk_is_named_and_leaves_nothing_half_written(room: Room, command: str) -> None:
    before = room.done("show", ISSUE, "--json").json
    limit = ("prlimit", "--fsize=4096")  # no file may grow beyond one page
    if shutil.which("prlimit") is None:
        pytest.fail("prlimit is missing; it belongs to util-linux")
    ran = room.wait(*WRITING[command], prefix=limit, environment={"EDITOR": "true", "VISUAL": ""})
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "make room" in ran.err
    assert room.done("show", ISSUE, "--json").json == before
    assert room.kept() == []


def _in_the_way(name: str) -> Callable[[Room], None]:
    def put(room: Room) -> None:
        place = room.root / "outputs" / name
        if place.is_dir():
            shutil.rmtree(place)
        place.write_text("")

    return put


def test_a_proof_that_cannot_be_laid_out_does_not_count(room: Room) -> None:
    assert room.edit("sed -i '0,/nl: /s/nl: /nl: Nieuw /' \"$1\"").code == 0
    _in_the_way("proofs")(room)
    ran = room.run("proof", ISSUE)
    assert (ran.code, f"{room.root}/outputs/proofs" in ran.err) == (1, True)
    assert room.state() == "draft"


@pytest.mark.parametrize("name", ["mail", "archive", "site", "state/edits"])
def test_a_file_in_the_place_of_a_folder_is_named_and_the_next_run_goes_on(room: Room, name: str) -> None:
    approve(room)
    _in_the_way(name)(room)
    send = ("send", ISSUE, "--as", CHIEF, "--now")
    ran = room.run("edit", ISSUE, "--as", EDITOR) if name == "state/edits" else room.run(*send)
    assert ran.code == 1
    assert f"outputs/{name}" in ran.err
    assert "make" in ran.err
    (room.root / "outputs" / name).unlink()
    room.done(*send) if name == "state/edits" else room.done("dispatch")
    states = {row["state"] for row in room.done("deliveries", ISSUE, "--json").json}
    assert states == {"accepted", "suppressed"}
    assert room.state() == "sent"


def test_the_desk_names_a_file_in_the_place_of_a_folder(room: Room) -> None:
    _in_the_way("site")(room)
    ran = room.run("desk", "--port", "0")
    assert (ran.code, ran.err.startswith(f"{room.root}/outputs/site: a file stands where")) == (1, True)


def test_a_damaged_database_is_named(room: Room) -> None:
    database = room.root / "outputs" / "state" / "stuifmail.db"
    database.write_bytes(b"no database " * 1000)
    ran = room.run("drafts")
    assert (ran.code, "this is no database, or it is damaged" in ran.err) == (1, True)


@pytest.mark.parametrize("work", ["harvest", "dispatch"])
def test_two_runs_at_once_the_second_is_told_to_wait(room: Room, work: str) -> None:
    with Newsroom.open(room.root) as newsroom, newsroom.only_one(work):
        ran = room.run(work)
    assert (ran.code, f"another {work} run is at work: try again" in ran.err) == (1, True)
    room.done(work)


def _interrupt(process: subprocess.Popen[str], ready: Callable[[], bool]) -> str:
    """Ctrl-C a command as soon as it is ready; answer what it said."""
    patience = time.monotonic() + 30
    while not ready():
        assert time.monotonic() < patience
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=15)
    assert process.returncode == 130
    assert "Traceback" not in told
    return told


async def _never(_writer: asyncio.StreamWriter, _headers: dict[str, str]) -> None:
    await asyncio.sleep(60)


def test_a_harvest_that_is_stopped_goes_on_the_next_time(fresh: Room) -> None:
    with WebServer() as server:
        address = server.serve("/slow", _never)
        fresh.change("file: samples/feeds/bonte-berm.xml", f"url: {address}")
        fresh.change("\nharvest:\n", "\nharvest:\n  allow_private: [127.0.0.1]\n")
        told = _interrupt(fresh.start("harvest"), lambda: server.asked["/slow"] > 0)
    assert "the same command goes on" in told
    fresh.change(f"url: {address}", "file: samples/feeds/bonte-berm.xml")
    fresh.done("harvest")
    whole = {row["id"] for row in fresh.done("items", "--json").json}
    assert len(whole) > 80
    assert "; 0 new" in fresh.done("harvest").out


def test_a_dispatch_that_is_stopped_mails_everybody_once(room: Room) -> None:
    with SmtpServer() as server:
        server.behaviour.delay_s = 0.05
        room.change(
            "transport: maildir",
            f"transport: smtp\n  smtp: {{host: 127.0.0.1, port: {server.port}, security: none}}\n ",
        )
        room.done("proof", ISSUE)
        approve(room)
        room.done("send", ISSUE, "--as", CHIEF)
        process = room.start("dispatch", "--moment", "2026-05-06 10:00")
        told = _interrupt(process, lambda: len(server.taken) > 3)
        assert "go on with: stuifmail dispatch" in told
        assert 3 < len(server.taken) < 40
        server.behaviour.delay_s = 0
        again = room.run("send", ISSUE, "--as", CHIEF, "--now")
        assert (again.code, "stuifmail dispatch" in again.err) == (1, True)
        room.done("dispatch", "--moment", "2026-05-06 10:00")
        got = [taken.recipient for taken in server.taken]
    accepted = room.done("deliveries", ISSUE, "--state", "accepted", "--json").json
    assert sorted(got) == sorted(row["address"] for row in accepted)
    assert room.state() == "sent"


def test_a_reader_that_goes_away_is_no_error(room: Room) -> None:
    with room.start("items", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "[\n"
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0
