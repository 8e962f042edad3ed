"""The guides for editors tell the truth, in both languages."""

import re
import shlex
import sys
from pathlib import Path

import click
import pytest

from stuifmail import Newsroom
from stuifmail.cli import cli
from stuifmail.cli.reference import list_commands
from tests.commands import run_command
from tests.newsrooms import copy_sample

GUIDES = ("guide.md", "gids.md")
#: What cannot succeed on the sample newsroom: a broken source, a reader who is not there, an own draft.
SHOWS_A_FAILURE = ("harvest --source", "settle ", "edit nieuwsbrief-2026-05 --as eindredactie --file")
#: What waits for visitors until it is stopped.
STAYS_OPEN = ("desk",)


def read_guide(root: Path, name: str) -> str:
    return (root / "docs" / name).read_text(encoding="utf-8")


def blocks_of(text: str, kind: str) -> list[str]:
    return re.findall(rf"^ *```{kind}\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)


def typed_commands(text: str) -> list[str]:
    """What stands in the boxes, without the program's name."""
    lines = "\n".join(blocks_of(text, "sh")).splitlines()
    return [line.removeprefix("stuifmail ") for line in lines if line.startswith("stuifmail ")]


def named_commands(text: str) -> list[str]:
    """What running text names: `stuifmail harvest`."""
    return [found.strip() for found in re.findall(r"`stuifmail ([^`]+)`", text)]


def command_of(words: list[str]) -> click.Command:
    """The command that these words name: of one word or of two."""
    return list_commands().get(" ".join(words[:2]), cli.commands[words[0]])


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_that_a_guide_names_exists_with_its_options(root: Path, name: str) -> None:
    text = read_guide(root, name)
    commands = [*typed_commands(text), *named_commands(text)]
    assert len(commands) > 30
    for command in commands:
        words, rest = shlex.split(command), shlex.split(command)[1:]
        parameters = command_of(words).params
        known = {
            option for parameter in parameters for option in (*parameter.opts, *parameter.secondary_opts)
        }
        assert {word for word in rest if word.startswith("--")} <= known | {"--help"}, command


@pytest.mark.parametrize("name", GUIDES)
def test_every_option_that_a_guide_mentions_belongs_to_some_command(root: Path, name: str) -> None:
    known = {
        option
        for command in list_commands().values()
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    mentioned = set(re.findall(r"`(--[a-z-]+)", read_guide(root, name)))
    assert {"--now", "--again", "--single-eye"} <= mentioned
    assert mentioned <= known | {"--help"}


@pytest.mark.parametrize("name", GUIDES)
def test_every_box_can_be_typed_as_it_stands(root: Path, name: str) -> None:
    commands = typed_commands(read_guide(root, name))
    assert len(commands) > 10
    for command in commands:
        first, *rest = shlex.split(command)
        with cli.commands[first].make_context(first, rest) as context:  # raises on a bad value
            assert context.params, command


def test_both_guides_tell_the_same_in_the_same_order(root: Path) -> None:
    english, dutch = (read_guide(root, name) for name in GUIDES)
    shape = [re.findall(r"^(#+) |^(\| ?-|```\w*)", text, re.MULTILINE) for text in (english, dutch)]
    assert shape[0] == shape[1]
    assert [command.split()[0] for command in typed_commands(english)] == [
        command.split()[0] for command in typed_commands(dutch)
    ]
    assert len(re.findall(r"^\|", english, re.MULTILINE)) == len(re.findall(r"^\|", dutch, re.MULTILINE))
    assert english.count("\n**") == dutch.count("\n**")


@pytest.mark.parametrize("name", GUIDES)
def test_every_link_and_file_of_a_guide_exists(root: Path, name: str) -> None:
    text = read_guide(root, name)
    files = {link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link}
    assert [file for file in files if not (root / "docs" / file).exists()] == []
    paths = set(re.findall(r"`((?:samples|templates)/[\w./-]+)`", text))
    assert len(paths) >= 4
    assert [path for path in paths if not (root / path).exists()] == []
    anchors = set(re.findall(r"\]\(#([\w-]+)\)", text))
    headings = {title.lower().replace(" ", "-") for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    assert anchors <= headings


#: An editor that gives the first story under "members" the picture that the guide shows.
_EDITOR = """
import sys
from pathlib import Path
draft, picture = Path(sys.argv[2]), Path(sys.argv[1]).read_text(encoding="utf-8")
head, members = draft.read_text(encoding="utf-8").split("- id: members", 1)
before, link, after = members.partition("        link: ")
address, rest = after.split("\\n", 1)
draft.write_text(f"{head}- id: members{before}{link}{address}\\n{picture}{rest}", encoding="utf-8")
"""


@pytest.mark.parametrize("name", GUIDES)
def test_the_month_of_a_guide_can_be_lived(
    root: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = read_guide(root, name)
    picture = next(block for block in blocks_of(text, "yaml") if "picture:" in block)
    (tmp_path / "picture.yaml").write_text(re.sub("^  ", "", picture, flags=re.MULTILINE), encoding="utf-8")
    (tmp_path / "editor.py").write_text(_EDITOR, encoding="utf-8")
    words = [sys.executable, str(tmp_path / "editor.py"), str(tmp_path / "picture.yaml")]
    monkeypatch.setenv("EDITOR", shlex.join(words))
    monkeypatch.delenv("VISUAL", raising=False)
    newsroom = copy_sample(tmp_path / "newsroom")
    monkeypatch.chdir(newsroom)
    told = _live(text)
    assert "48 accepted, 6 suppressed" in told
    assert "every hash agrees" in told
    with Newsroom.open(newsroom) as opened:
        shown = opened.describe_draft("nieuwsbrief-2026-05")
    assert shown["state"] == "sent"
    mails = (newsroom / "outputs" / "mail" / "new").iterdir()
    assert any(b"theme-city.png" in mail.read_bytes() for mail in mails)


def _live(text: str) -> str:
    """Type every box; answer what was said."""
    told = []
    for command in typed_commands(text):
        if command.startswith(STAYS_OPEN):
            continue
        ran = run_command(*shlex.split(command))
        expected_code = 1 if command.startswith(SHOWS_A_FAILURE) else 0
        assert ran.code == expected_code, (command, ran.told)
        told.append(ran.told)
    return "\n".join(told)


@pytest.mark.parametrize("name", GUIDES)
def test_what_a_guide_says_that_is_said_is_said(root: Path, name: str, tmp_path: Path) -> None:
    newsroom = copy_sample(tmp_path / "newsroom")
    (line,) = blocks_of(read_guide(root, name), "text")
    assert line.strip() in run_command("harvest", "--newsroom", newsroom).told
    troubles = "".join(
        file.read_text(encoding="utf-8") for file in (root / "stuifmail" / "harvest").glob("*.py")
    )
    table = read_guide(root, name).split("`stuifmail sources`", 1)[1].split("\n\n", 4)[3]
    said = [row.split("|")[1].strip() for row in table.splitlines() if row.startswith("| the ")]
    for sentence in (part.strip() for row in said for part in row.split(";")):
        assert re.split(r"\d|…", sentence)[0].strip() in troubles, sentence


def test_the_commands_of_the_guides_are_those_of_the_program(root: Path) -> None:
    text = read_guide(root, "guide.md")
    used = {command.split()[0] for command in typed_commands(text)}
    assert used == set(cli.commands)
    named = {" ".join(command.split()[:2]) for command in (*typed_commands(text), *named_commands(text))}
    below = {f"sources {name}" for name in cli.commands["sources"].commands}
    assert below - named == {"sources show"}, "a guide has no room for everything, but for new sources"
