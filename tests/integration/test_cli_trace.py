"""The commands that trace tell people in words what scripts get as JSON."""

from pathlib import Path

from tests.commands import ISSUE, Room

pytest_plugins = ["tests.rooms"]


def lead_of(room: Room) -> dict[str, object]:
    blocks = room.done("trace", ISSUE, "--json").json["blocks"]
    return dict(blocks[0])


def test_an_issue_is_traced_in_words(room: Room) -> None:
    told = room.done("trace", ISSUE).out
    assert told.startswith(f"{ISSUE}: proofed, revision 1\n")
    assert "[lead]" in told
    assert "version 1 of 7aabb43d7bca; credited: s-heerenwoude, " in told
    assert "s-heerenwoude from samples/feeds/s-heerenwoude.xml, Mon 4 May 2026 09:00; sha256 " in told
    assert "bytes, true to their hash" in told
    assert "never kept, because the sheet names people" in told
    assert "counted in the members in sources.yaml" in told


def test_an_item_is_traced_and_shown_with_what_changed(room: Room) -> None:
    feed = room.root / "samples/feeds/s-heerenwoude.xml"
    feed.write_bytes(feed.read_bytes().replace(b"Zes leden zaaien", b"Zeven leden zaaien"))
    room.done("harvest", "--source", "s-heerenwoude")
    for command in ("trace", "item"):
        told = room.done(command, "7aabb43d").out
        assert "title, before: [-Zes-] leden zaaien" in told
        assert "title, after:  {+Zeven+} leden zaaien" in told
        assert f"{ISSUE} [lead] item-7aabb43d (proofed), version 1, credited: s-heerenwoude" in told
        assert "not sent yet" in told
    assert "changed at its source since, now version 2" in room.done("trace", ISSUE).out


def test_the_bytes_come_to_a_file_or_to_the_screen(room: Room, tmp_path: Path) -> None:
    sha256 = lead_of(room)["document"]["sha256"]  # type: ignore[index]
    feed = (room.root / "samples/feeds/s-heerenwoude.xml").read_bytes()
    told = room.done("trace", ISSUE, "--bytes", sha256[:12], "--to", tmp_path / "feed.xml").out
    assert f"{len(feed)} bytes written to " in told
    assert (tmp_path / "feed.xml").read_bytes() == feed
    refused = room.run("trace", ISSUE, "--bytes", sha256[:12], "--to", tmp_path / "nowhere" / "feed.xml")
    assert refused.code == 1
    assert "name a file in a folder" in refused.err
    (tmp_path / "mine.txt").write_text("mine")
    refused = room.run("trace", ISSUE, "--bytes", sha256[:12], "--to", tmp_path / "mine.txt")
    assert "is there already; name another file" in refused.err
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert "--to goes with --bytes" in room.run("trace", ISSUE, "--to", tmp_path / "x").err


def test_the_bytes_go_to_another_program_as_they_were_fetched(room: Room) -> None:
    sha256 = lead_of(room)["document"]["sha256"]  # type: ignore[index]
    printed = room.wait("trace", ISSUE, "--bytes", sha256).out
    assert printed == (room.root / "samples/feeds/s-heerenwoude.xml").read_text(encoding="utf-8")


def test_items_are_listed_with_their_ids_and_states(room: Room) -> None:
    listed = room.done("items").out
    assert listed.split("\n", 1)[0].split() == ["id", "dated", "at", "member", "language", "state", "title"]
    assert "7aabb43d" in listed
    assert room.done("items", "--state", "removed").out == "no news that is removed\n"
