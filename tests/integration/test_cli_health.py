"""How sources and members do, at the command line."""

from pathlib import Path

import pytest

from tests.commands import Room, copy_sample

pytestmark = pytest.mark.integration


@pytest.fixture
def room(root: Path, tmp_path: Path) -> Room:
    return copy_sample(root, tmp_path)


def test_before_the_first_harvest_nobody_is_written_to_about_it(room: Room) -> None:
    report = room.run("health", "--member", "zoem", "--json").json
    assert [(each["kind"], each["for_member"]) for each in report["troubles"]] == [("never", False)]
    assert "no member needs a note" in room.run("health", "--notes", "--member", "zoem").out


def test_a_note_names_the_members_site_and_never_a_file_of_ours(room: Room) -> None:
    room.run("harvest")
    shown = room.run("health", "--member", "gele-koolzaad").out
    assert "1 entry is dated in the future" in shown
    assert "0 of 1 sources are well" in shown
    assert "ready-made: 1 note to members, see: stuifmail health --notes --member gele-koolzaad" in shown
    notes = room.run("health", "--notes").out
    assert "To: kantoor@gelekoolzaad.example.org" in notes
    assert "- https://www.gelekoolzaad.example.org/\n" in notes
    assert "samples/" not in notes
    broken = room.run("health", "--member", "brakelveen").out
    assert "stuifmail parse samples/feeds/brakelveen.xml" in broken


def test_a_note_is_in_the_members_language(room: Room) -> None:
    sources = room.root / "sources.yaml"
    content = sources.read_text(encoding="utf-8")
    changed = content.replace("  - id: summwerk\n", "  - id: summwerk\n    language: en\n", 1)
    sources.write_text(changed, encoding="utf-8")
    (note,) = room.run("health", "--member", "summwerk", "--json").json["notes"]
    assert (note["language"], note["subject"]) == ("en", "Your news in the CPP newsletter")
    assert "Dear colleagues at Summwerk e.V.," in note["text"]


def test_a_member_that_only_fills_in_a_calendar_is_not_silent(room: Room) -> None:
    sources = room.root / "sources.yaml"
    content = sources.read_text(encoding="utf-8")
    start = content.index("  - id: wilgenrade\n    member: wilgenrade\n    kind: feed")
    end = content.index("  - id: weide-en-water\n    member: weide-en-water\n    kind: feed")
    sources.write_text(content[:start] + content[end:], encoding="utf-8")
    room.run("harvest", "--source", "agenda-wilgenrade")
    shown = room.run("health", "--member", "wilgenrade", "--json").json
    assert shown["sources_count"] == 1
    assert shown["troubles"] == []


def test_a_member_that_does_not_exist_is_refused_with_where_ids_stand(room: Room) -> None:
    refused = room.run("health", "--member", "nobody")
    assert refused.code == 1
    assert "nobody: there is no such member: its id stands in sources.yaml, under members" in refused.err
