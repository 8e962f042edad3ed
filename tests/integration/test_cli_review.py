"""Drafting, editing, proofing and approving, as communication staff do it."""

import re
from pathlib import Path

import pytest

from tests.commands import APPROVER, CHIEF, EDITOR, ISSUE, PROGRAM, Room

pytest_plugins = ["tests.rooms"]

RETITLE = "sed -i '0,/nl: /s/nl: /nl: Nieuw /' \"$1\""
BREAK = "sed -i 's/^sections:/sectoins:/; 0,/nl: /s/nl: /nl: Behouden /' \"$1\""


def subject(room: Room) -> str:
    return str(room.done("show", ISSUE, "--json").json["subject"]["nl"])


@pytest.mark.parametrize("command", ["show", "proof", "deliveries"])
def test_an_unknown_publication_is_answered_with_those_there_are(room: Room, command: str) -> None:
    ran = room.run(command, "nieuwsbrief-2026-06")
    assert ran.code == 1
    assert ran.err.startswith("nieuwsbrief-2026-06: there is no publication with this id")
    assert ISSUE in ran.err


def test_unknown_names_are_answered_with_the_known_ones(room: Room) -> None:
    role = room.run("approve", ISSUE, "--as", "directie")
    assert (role.code, CHIEF in role.err, APPROVER in role.err) == (1, True, True)
    newsletter = room.run("draft", "rondzendbrief")
    assert (newsletter.code, "there is nieuwsbrief" in newsletter.err) == (1, True)
    source = room.run("harvest", "--source", "rondzendbrief")
    assert (source.code, "stuifmail sources" in source.err) == (1, True)
    language = room.run("proof", ISSUE, "--language", "fr")
    assert (language.code, "only nl, en" in language.err) == (2, True)


def test_each_step_names_the_next_one_with_a_role_that_may(room: Room) -> None:
    assert f"stuifmail approve {ISSUE} --as {CHIEF} --newsroom " in room.done("proof", ISSUE).out
    assert f"stuifmail send {ISSUE} --as {CHIEF}" in room.done("approve", ISSUE, "--as", CHIEF).out
    assert f"stuifmail show {ISSUE}" in room.done("draft").out


def test_nothing_is_approved_without_a_proof_or_in_a_role_that_may_not(room: Room) -> None:
    wrong = room.run("approve", ISSUE, "--as", EDITOR)
    assert (wrong.code, f"who may: {CHIEF}, {APPROVER}" in wrong.err) == (1, True)
    assert room.edit(RETITLE).code == 0
    early = room.run("approve", ISSUE, "--as", CHIEF)
    assert (early.code, f"stuifmail proof {ISSUE}" in early.err) == (1, True)
    assert room.state() == "draft"


def test_the_last_editor_needs_another_pair_of_eyes_or_a_permitted_reason(room: Room) -> None:
    assert room.edit(RETITLE, role=CHIEF).code == 0
    room.done("proof", ISSUE)
    for reason in ([], ["--single-eye", "the others are ill"]):
        refused = room.run("approve", ISSUE, "--as", CHIEF, *reason)
        assert (refused.code, "let another role approve" in refused.err) == (1, True)
    room.change("single_eye: false", "single_eye: true")
    without = room.run("approve", ISSUE, "--as", CHIEF, "--single-eye", "  ")
    assert without.code == 1
    room.done("approve", ISSUE, "--as", CHIEF, "--single-eye", "the others are ill")
    assert "the others are ill" in room.done("show", ISSUE).out


def test_a_broken_draft_loses_nothing_and_is_opened_again(room: Room) -> None:
    broken = room.edit(BREAK)
    assert broken.code == 1
    [kept] = room.kept()
    assert f"{kept}:" in broken.err
    assert 'sectoins: this key is not known here: did you mean "sections"?' in broken.err
    assert (kept.stat().st_size > 1000, room.state()) == (True, "proofed")
    mended = room.edit("sed -i 's/^sectoins:/sections:/' \"$1\"")
    assert (mended.code, str(kept) in mended.err) == (0, True)
    assert subject(room).startswith("Behouden ")
    assert room.kept() == []


@pytest.mark.parametrize("script", ["exit 3", f"{RETITLE}; kill -9 $$"])
def test_an_editor_that_fails_saves_nothing_and_says_so(room: Room, script: str) -> None:
    ran = room.edit(script)
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "the editor stopped with an error" in ran.err
    assert room.done("show", ISSUE, "--json").json["revision"] == 1
    assert len(room.kept()) == ("Nieuw" in script)  # what was typed is kept, what was not is not


def test_without_an_editor_the_remedy_is_named(room: Room) -> None:
    for environment, told in (
        ({"EDITOR": "", "VISUAL": ""}, "no editor is named"),
        ({"EDITOR": "/nowhere/editor", "VISUAL": ""}, "/nowhere/editor"),
    ):
        ran = room.wait("edit", ISSUE, "--as", EDITOR, environment=environment)
        assert (ran.code, told in ran.err, "--file" in ran.err) == (1, True, True)


def test_a_role_that_may_not_edit_is_told_before_the_editor_opens(room: Room) -> None:
    ran = room.edit("touch opened", role=APPROVER)
    assert (ran.code, "this role may not edit" in ran.err) == (1, True)
    assert not (room.root / "opened").exists()


def test_when_another_saved_meanwhile_the_text_is_kept_and_the_remedy_is_true(room: Room) -> None:
    saved_by_chief = f"{PROGRAM[0]} -c 'from stuifmail.cli import main; main()' edit {ISSUE} --as {CHIEF}"
    other = "sed '1d; 0,/nl: /s/nl: /nl: Ander /' \"$1\" >other.yaml"
    ran = room.edit(f"{other}; {saved_by_chief} --file other.yaml; {RETITLE}")
    assert (ran.code, subject(room)[:6]) == (1, "Ander ")
    [kept] = room.kept()
    assert f"your text is kept in {kept}; the same command opens the newest revision" in ran.err
    assert "nl: Nieuw " in kept.read_text(encoding="utf-8")
    again = room.edit("grep -q 'nl: Ander ' \"$1\"")
    assert (again.code, "nothing changed" in again.out, str(kept) in again.err) == (0, True, True)
    given = room.run("edit", ISSUE, "--as", EDITOR, "--file", kept)
    assert (given.code, "take out the first line" in given.err) == (1, True)
    kept.write_text(kept.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")
    room.done("edit", ISSUE, "--as", EDITOR, "--file", kept)
    assert subject(room).startswith("Nieuw ")


def test_a_draft_can_be_changed_without_an_editor(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(room.done("show", ISSUE, "--yaml").out, encoding="utf-8")
    assert "nothing changed" in room.done("edit", ISSUE, "--as", EDITOR, "--file", file).out
    for round_number in (1, 2):  # the same file may be saved again by who saved it last
        text = file.read_text(encoding="utf-8").replace("  nl: ", f"  nl: Nieuw {round_number} ", 1)
        file.write_text(text, encoding="utf-8")
        room.done("edit", ISSUE, "--as", EDITOR, "--file", file)
    assert subject(room).startswith("Nieuw 2 ")


def test_a_file_is_saved_or_refused_with_its_lines(room: Room, tmp_path: Path) -> None:
    broken = tmp_path / "mine.yaml"
    broken.write_text("subject: {nl: Mei}\nsections: [\n", encoding="utf-8")
    ran = room.run("edit", ISSUE, "--as", EDITOR, "--file", broken)
    assert (ran.code, bool(re.search(rf"{broken}:\d+:\d+: ", ran.err))) == (1, True)
    for file, told in ((tmp_path, "Is a directory"), (tmp_path / "none.yaml", "No such file")):
        ran = room.run("edit", ISSUE, "--as", EDITOR, "--file", file)
        assert (ran.code, told in ran.err, ran.err.startswith(str(file))) == (1, True, True)


def test_translations_are_added_or_refused_with_their_lines(room: Room, root: Path, tmp_path: Path) -> None:
    room.done("translate", ISSUE, root / "samples" / "translations" / f"{ISSUE}.yaml", "--as", EDITOR)
    wrong = tmp_path / "english.yaml"
    wrong.write_text("blocks:\n  item-none:\n    title: {en: News}\n", encoding="utf-8")
    ran = room.run("translate", ISSUE, wrong, "--as", EDITOR)
    assert (ran.code, f"{wrong}:2:3: blocks.item-none: " in ran.err) == (1, True)
    assert room.done("show", ISSUE, "--json").json["revision"] == 2
