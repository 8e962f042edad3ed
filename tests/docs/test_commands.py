import json
import re
from pathlib import Path
from typing import Any

import pytest

from stuifmail.cli import cli
from stuifmail.cli.json_keys import KEYS
from stuifmail.cli.reference import main, write_reference
from tests.commands import CHIEF, EDITOR, ISSUE, Room, copy_sample, run_command

WITHOUT_NEWSROOM = {"init"}
LISTINGS = {
    *"check harvest parse sources items item trace events event ledger prospects press-list audience".split(),
    *"figures mailings mailing press quotes addresses health rank draft drafts show proof".split(),
    *"deliveries dispatch archive report".split(),
}


def options_of(name: str) -> set[str]:
    return {option for parameter in cli.commands[name].params for option in parameter.opts}


def test_the_reference_is_what_the_commands_say(root: Path) -> None:
    written = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == write_reference(), "run python -m stuifmail.cli.reference"


def test_the_reference_can_be_written_to_a_file(tmp_path: Path) -> None:
    main([str(tmp_path / "commands.md")])
    assert (tmp_path / "commands.md").read_text(encoding="utf-8") == write_reference()


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_takes_a_newsroom_and_every_listing_json(name: str) -> None:
    assert ("--newsroom" in options_of(name)) == (name not in WITHOUT_NEWSROOM)
    assert ("--json" in options_of(name)) == (name in LISTINGS)
    assert (name in KEYS) == (name in LISTINGS)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_option_and_command_is_explained(name: str) -> None:
    command = cli.commands[name]
    assert command.get_short_help_str(64).endswith("."), "too long for a line of --help"
    assert "..." not in command.get_short_help_str(64)
    assert [p.name for p in command.params if p.param_type_name == "option" and not p.help] == []


def _override_and_recount(room: Room) -> None:
    """Put an editor's number over a figure whose sheet changes afterwards."""
    room.done("override", "nairobi-2025.participants", "45", "--reason", "the door list", "--as", EDITOR)
    sheet = room.root / "samples" / "sheets" / "nairobi-2025.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("no_show", "attended", 1), "utf-8")
    room.done("harvest", "--source", "nairobi-2025")


@pytest.fixture(scope="module")
def printed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What every listing prints on the sample newsroom, from the first harvest to the archive."""
    room = copy_sample(root, tmp_path_factory.mktemp("room"))
    documents: dict[str, list[Any]] = {name: [] for name in LISTINGS}

    def keep(name: str, *arguments: str | Path) -> None:
        documents[name].append(room.run(name, *arguments, "--json").json)

    for name in ("check", "harvest", "sources", "items", "addresses", "events", "health", "rank", "draft"):
        keep(name)
    keep("proof", ISSUE)
    keep("drafts")
    assert room.edit("sed -i '0,/nl: /s/nl: /nl: Ook /' \"$1\"").code == 0
    room.done("proof", ISSUE)
    room.done("approve", ISSUE, "--as", CHIEF)
    room.done("send", ISSUE, "--as", CHIEF, "--at", "2026-05-05 10:00")
    keep("dispatch", "--moment", "2026-05-05 10:00")
    for name in ("show", "deliveries", "trace"):
        keep(name, ISSUE)
    item = next(block["item_id"] for block in documents["show"][0]["content"]["sections"][0]["blocks"])
    feed = room.root / "samples" / "feeds" / "s-heerenwoude.xml"
    feed.write_bytes(feed.read_bytes().replace(b"Zes leden zaaien", b"Zeven leden zaaien"))
    room.done("harvest", "--source", "s-heerenwoude")
    for name in ("item", "trace"):
        keep(name, item)
    (event,) = (row["id"] for row in documents["events"][0] if row["summary"].startswith("Workshop"))
    room.done("amend", event, "summary=Workshop vertellen", "--as", EDITOR)
    calendar = room.root / "samples" / "calendars" / "secretariaat.ics"
    calendar.write_bytes(calendar.read_bytes().replace(b"SUMMARY:Workshop voor", b"SUMMARY:Middag voor"))
    room.done("harvest", "--source", "agenda")
    keep("events")
    keep("event", event)
    keep("events", "--ours")
    for ours in ("nairobi-2025", "symposium-2026"):
        keep("event", ours)
    keep("ledger")
    keep("ledger", "--since", "2024-01-01")
    for name in ("prospects", "press-list"):
        keep(name)
    for audience in ("readers", "press-international"):
        keep("audience", audience)
    keep("mailings")
    keep("mailing", "--due")
    keep("mailing", "congres-2026", "results")
    for made in ("congres-2026-resultaten", "workshop-2026-uitnodiging"):
        keep("show", made)
    keep("press", "nairobi-2025", "--stage", "results")
    keep("quotes", "nairobi-2025-pers-2-nl")
    keep("show", "nairobi-2025-pers-2-nl")
    keep("archive")
    keep("report", "--year", "2026")
    _override_and_recount(room)
    keep("figures")
    room.change("audience: ", "audeince: ")
    keep("check")
    documents["parse"] = _parsed(root)
    return documents


def _parsed(root: Path) -> list[Any]:
    files = [
        path for path in sorted((root / "samples").rglob("*")) if path.suffix in (".xml", ".ics", ".csv")
    ]
    lines = run_command("parse", *files, root / "samples", "--json").out.splitlines()
    return [json.loads(line) for line in lines]


def paths_in(value: Any, path: str = "") -> set[str]:
    """The paths of all keys: `[].title`, `subject.nl`."""
    if isinstance(value, dict) and value:
        below = [paths_in(inner, f"{path}.{key}" if path else key) for key, inner in value.items()]
        return set().union(*below)
    if isinstance(value, list) and value:
        return set().union(*(paths_in(inner, f"{path}[]") for inner in value))
    return {f"{path}[]" if value == [] else path}


def pattern_of(documented: str) -> re.Pattern[str]:
    escaped = re.escape(documented).replace("…", ".+")
    return re.compile(re.sub(r"(?<=\.)[A-Z]+", r"[^.\\[\\]]+", escaped))


@pytest.mark.parametrize("name", sorted(LISTINGS))
def test_the_documented_keys_are_those_that_the_sample_newsroom_prints(
    name: str, printed: dict[str, list[Any]]
) -> None:
    found = set().union(*(paths_in(document) for document in printed[name]))
    patterns = {path: pattern_of(path) for path, _ in KEYS[name]}

    def is_documented(path: str) -> bool:
        """True for a documented key, and for one whose document has nothing in it here."""
        return any(p.fullmatch(path) for p in patterns.values()) or any(k.startswith(path) for k in patterns)

    assert {path for path in found if not is_documented(path)} == set()
    assert {path for path, p in patterns.items() if not any(map(p.fullmatch, found))} == set()
