"""Making and checking a newsroom, and looking at files: what a newcomer types first."""

import json
import re
from pathlib import Path

import pytest

from tests.commands import Room, run_command

pytest_plugins = ["tests.rooms"]


def test_a_new_newsroom_can_be_made_from_anywhere_and_tells_each_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = run_command("init", "our newsroom")
    assert made.code == 0
    assert "stuifmail check --newsroom 'our newsroom'" in made.out
    new = Room(tmp_path / "our newsroom")
    assert "in order; next: stuifmail harvest" in new.done("check").out
    for command, told in (
        ("items", "no news yet; next: stuifmail harvest"),
        ("events", "no events yet; next: stuifmail harvest"),
        ("drafts", "no drafts yet; next: stuifmail draft"),
        ("archive", "nothing has been sent yet"),
        ("dispatch", "nothing is due"),
    ):
        assert new.done(command).out.startswith(told)
    drafted = new.done("draft").out
    assert "0 stories" in drafted
    assert "stuifmail sources" in drafted
    issue = new.done("drafts", "--json").json[0]["id"]
    proofed = new.done("proof", issue).out
    assert "next: mend what blocks: stuifmail edit" in proofed
    assert run_command("init", "our newsroom").code == 1  # never overwritten


def test_a_folder_without_templates_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run_command("init", tmp_path / "new", "--templates", tmp_path / "empty")
    assert (ran.code, "--templates" in ran.err, (tmp_path / "new").exists()) == (1, True, False)


COMMANDS = ("check", "harvest", "drafts", "dispatch", "desk")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_is_no_newsroom_is_named_with_what_to_do(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("")
    for folder, told in (
        (tmp_path / "nowhere", "there is no such folder"),
        (tmp_path / "file", "this is a file, no folder"),
        (tmp_path, "there is no sources.yaml here"),
    ):
        ran = Room(folder).run(command)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith(f"{folder}: {told}: ")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_no_yaml_is_told_with_line_and_column(tmp_path: Path, command: str) -> None:
    (tmp_path / "sources.yaml").write_text("organisation:\n  name: [Wij\n", encoding="utf-8")
    ran = Room(tmp_path).run(command)
    assert ran.code == 1
    assert re.search(r"sources\.yaml:\d+:\d+: .+: ", ran.told)
    assert not (tmp_path / "outputs").exists()


def test_check_tells_every_problem_and_counts_them(fresh: Room) -> None:
    fresh.change("audience: ", "audeince: ")
    fresh.change("transport: maildir", "transport: pigeon")
    ran = fresh.run("check")
    assert ran.code == 1
    assert "audeince" in ran.out
    assert "pigeon" in ran.out
    found = fresh.run("check", "--json").json
    assert [problem["line"] for problem in found] == sorted(problem["line"] for problem in found)
    assert ran.err == f"{len(found)} problems\n"


def test_check_looks_into_templates_and_labels(fresh: Room) -> None:
    templates = fresh.root / "templates"
    (templates / "partials" / "agenda.mjml").write_text("\n{% for x in y %}", encoding="utf-8")
    labels = templates / "labels" / "nl.yaml"
    labels.write_text(labels.read_text(encoding="utf-8").replace("direction:", "dircetion:"), "utf-8")
    ran = fresh.run("check")
    assert ran.code == 1
    assert "templates/partials/agenda.mjml:2:1: syntax error" in ran.out
    assert "templates/labels/nl.yaml:" in ran.out
    assert "dircetion" in ran.out
    found = fresh.run("check", "--json").json
    assert ran.err == f"{len(found)} problems\n"
    fresh.change("organisation:", "organisatoin:")
    assert "templates/" not in fresh.run("check").out


def test_parse_describes_every_file_and_fails_only_for_those_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body>hello</body></html>")
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "noise.xml").write_bytes(bytes(range(256)) * 10)
    with (tmp_path / "large.xml").open("wb") as large:
        large.truncate(60_000_000)
    told = {
        "page.html": "this is a web page, not a feed",
        "empty.xml": "the document is empty",
        "noise.xml": "this is no feed, calendar or sheet",
        "large.xml": "the document is larger than 50 MB",
    }
    ran = run_command("parse", *(tmp_path / name for name in told), "--json")
    assert ran.code == 0
    lines = [json.loads(line) for line in ran.out.splitlines()]
    for (name, problem), line in zip(told.items(), lines, strict=True):
        assert line["file"] == str(tmp_path / name)
        assert line["problems"][0].startswith(problem)
    missing = run_command("parse", tmp_path / "page.html", tmp_path / "none.xml", tmp_path)
    assert missing.code == 1
    assert "problem: there is no such file: correct the path" in missing.out
    assert "problem: this is a folder, not a file" in missing.out


def test_parse_shows_times_as_the_newsrooms_clocks_do_and_the_words_of_an_open_date(fresh: Room) -> None:
    shown = fresh.run("parse", fresh.root / "samples" / "calendars" / "secretariaat.ics").out
    assert "2026-06-08 14:00  confirmed  Workshop" in shown
    sheet = fresh.root / "samples" / "sheets" / "momenten.csv"
    sheet.write_text("titel;begin\nLedendag;14 of 15 november\n", encoding="utf-8")
    assert "tentative  Ledendag  14 of 15 november" in fresh.run("parse", sheet).out


def test_a_harvest_tells_what_failed_why_and_since_when_in_the_newsrooms_zone(fresh: Room) -> None:
    ran = fresh.done("harvest")
    assert "brakelveen: there is no such file (since Mon 4 May 2026 09:00): correct the path" in ran.err
    assert "1 failed; " in ran.out
    again = fresh.done("harvest")
    assert "failed; 0 new" in again.out
    failing = [row for row in fresh.done("sources", "--json").json if row["state"] == "failing"]
    assert [(row["id"], row["failing_since"]) for row in failing] == [("brakelveen", "2026-05-04T07:00:00Z")]
