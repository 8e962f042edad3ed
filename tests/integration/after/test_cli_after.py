"""Embargo, hold, resume, correct and withdraw, as they are typed."""

import pytest

from tests.aftermath import CHIEF, EDITOR, make_aftermath, make_letter, make_release
from tests.commands import run_command

LETTER, RELEASE = make_letter().id, make_release().id


@pytest.fixture
def room(tmp_path):
    made = make_aftermath(tmp_path / "room")
    settings = made.folder / "sources.yaml"
    settings.write_text("clock: 2026-06-09T10:00:00+02:00\n" + settings.read_text())
    return made


def run(room, *arguments):
    return run_command(*arguments, "--newsroom", room.folder)


def test_an_embargo_is_shown_set_lifted_and_told_by_show(room):
    room.draft(make_release(embargo=None))
    assert run(room, "embargo", RELEASE).out == "nairobi-pers-1: no embargo\n"
    ran = run(room, "embargo", RELEASE, "--until", "2026-06-10 00:01", "--reason", "Omdat.", "--as", EDITOR)
    assert (ran.code, "no reason" in ran.told or "in force" in ran.told) == (0, True), ran.told
    assert "until Wed 10 Jun 2026 00:01 (Europe/Amsterdam), in force" in run(room, "embargo", RELEASE).out
    assert "embargo until 10 June 2026 00:01" in run(room, "show", RELEASE).out
    ran = run(room, "embargo", "nairobi-pers-1", "--lift", "--reason", "known", "--as", CHIEF)
    assert "lifted by hoofdredactie" in ran.out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--until", "2026-06-10 00:01", "--lift"), "exclude each other"),
        (("--lift", "--as", CHIEF), "and why, with --reason"),
        (("--withdraw", "--reason", "x"), "say in which role"),
    ],
)
def test_what_contradicts_itself_or_lacks_role_or_reason_is_not_done(room, options, told):
    room.draft(make_release())
    ran = run(room, "embargo", RELEASE, *options)
    assert (ran.code, told in ran.err) == (2, True)


def test_from_hold_to_correction_and_taking_back(room):
    room.draft(make_letter())
    assert "is held" in run(room, "hold", LETTER, "--as", EDITOR, "--reason", "a doubt").out
    assert "held; it was draft" in run(room, "show", LETTER).out
    assert "goes on: draft" in run(room, "resume", LETTER, "--as", EDITOR).out
    room.queue(LETTER)
    room.dispatch()
    how = (
        "--wrong",
        "nl=17 landen",
        "--right",
        "nl=16 landen",
        "--as",
        EDITOR,
        "--reason",
        "the host called",
    )
    ran = run(room, "correct", LETTER, *how)
    assert f"{LETTER}-correctie: a correction to 3 readers of {LETTER}" in ran.out
    assert "still to be written in en" in ran.out
    ran = run(room, "withdraw", LETTER, "--as", CHIEF, "--reason", "not true", "--instead", "nl=Bel ons.")
    assert "is taken back (sent); 0 copies stopped" in ran.out
    assert f"stuifmail proof {LETTER}-ingetrokken" in ran.out
    assert "taken back" in run(room, "show", LETTER).out


def test_correcting_between_the_waves_says_what_is_held_and_who_can_let_it_go(room):
    room.send(make_release())
    words = ("--wrong", "nl=Drie landen", "--right", "nl=Twee landen", "--reason", "they called")
    ran = run(room, "correct", RELEASE, *words, "--as", EDITOR)
    assert f"{RELEASE} is held: 2 copies had not gone out yet" in ran.out
    assert f"stuifmail resume {RELEASE} --as {CHIEF}" in ran.out
