"""Sources on the command line: found, added, moved, imported, exported, and asked for in a form."""

import json
import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from stuifmail.config.load import load_config
from stuifmail.harvest.discovery.opml import read_opml
from stuifmail.harvest.formats.sheets import parse_sheet
from tests.builders_harvest import make_calendar, make_news, make_rss
from tests.commands import Room, run_command
from tests.servers import web
from tests.servers.web import WebServer

pytest_plugins = ["tests.rooms"]

CALENDAR = make_calendar("UID:a\nSUMMARY:Open dag\nDTSTART:20260516T100000Z")


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


@pytest.fixture
def open_room(fresh: Room) -> Room:
    """A newsroom that may ask the server of the test."""
    fresh.change("\nharvest:\n", '\nharvest:\n  allow_private: ["127.0.0.1"]\n')
    return fresh


def site(server: WebServer) -> str:
    """Serve a site with a feed and a calendar; answer its address."""
    page = (
        "<html lang='nl'><head><title>Meidoornveen</title>"
        "<link rel='alternate' type='application/rss+xml' href='/feed/'></head>"
        "<body><a href='/agenda.ics'>Agenda</a></body></html>"
    )
    server.serve("/feed/", web.document(make_rss(make_news(1), make_news(2))))
    server.serve("/agenda.ics", web.document(CALENDAR))
    return server.serve("/", web.document(page.encode()))


def text_of(room: Room) -> bytes:
    return (room.root / "sources.yaml").read_bytes()


def test_a_source_is_added_with_a_remark_and_every_other_byte_stays(
    open_room: Room, server: WebServer
) -> None:
    before = text_of(open_room)
    ran = open_room.done("sources", "add", site(server), "--member", "meidoornveen", "--yes")
    assert "sources.yaml has 1 more: meidoornveen" in ran.out
    after = text_of(open_room)
    place = next(n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    length = len(after) - len(before)
    assert any(
        after[:start] + after[start + length :] == before for start in range(place - length, place + 1)
    )
    assert (
        "\n  # De Bonte Berm: RSS, 2 entries, the newest of 3 April 2026.\n"
        "  # Added on 4 May 2026; found as: the page names it.\n"
        "  # Mind: excerpts only.\n"
        f"  - id: meidoornveen\n    member: meidoornveen\n    kind: feed\n    url: {server.url('/feed/')}\n\n"
    ) in after.decode()
    report = open_room.done("harvest", "--source", "meidoornveen", "--json").json
    assert (report["sources"][0]["outcome"], report["sources"][0]["new_count"]) == ("fetched", 2)


def test_several_can_be_chosen_by_number(open_room: Room, server: WebServer) -> None:
    ran = open_room.done("sources", "add", site(server), "--member", "meidoornveen", "--choose", "1,2")
    assert "meidoornveen, agenda-meidoornveen" in ran.out
    config = load_config(open_room.root)
    assert [(s.id, s.kind, s.holds) for s in config.sources[-2:]] == [
        ("meidoornveen", "feed", "news"),
        ("agenda-meidoornveen", "calendar", "events"),
    ]


def test_a_dry_run_shows_the_lines_and_writes_nothing(open_room: Room, server: WebServer) -> None:
    before = text_of(open_room)
    ran = open_room.done("sources", "add", site(server), "--id", "nieuw", "--dry-run")
    assert "  - id: nieuw\n" in ran.out
    assert "member: bonte-berm" in ran.out, "the title of the feed names the member"
    assert text_of(open_room) == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--member", "nobody", "--yes"), 'there is no member "nobody"'),
        (("--id", "zoem", "--yes"), "there is a source with this id"),
        (("--id", "Nee!", "--yes"), "sources[25].id"),
        (("--choose", "7"), "'7' is none of 1 to 2"),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(
    open_room: Room, server: WebServer, options: tuple[str, ...], message: str
) -> None:
    before = text_of(open_room)
    ran = open_room.run("sources", "add", site(server), *options)
    assert ran.code != 0
    assert message in ran.told
    assert text_of(open_room) == before


def test_an_address_that_is_a_source_already_is_refused_with_its_place(
    open_room: Room, server: WebServer
) -> None:
    open_room.done("sources", "add", site(server), "--id", "eerste", "--yes")
    ran = open_room.run("sources", "add", server.url("/feed"), "--yes")
    assert ran.code == 1
    server.serve("/feed", web.document(make_rss(make_news(1))))
    ran = open_room.run("sources", "add", server.url("/feed"), "--yes")
    assert re.match(r"sources\.yaml:\d+:5: this is the source eerste already", ran.err)


def test_nothing_found_ends_with_advice(open_room: Room, server: WebServer) -> None:
    ran = open_room.run("sources", "add", server.serve("/", web.document(b"<html><body>Niets</body></html>")))
    assert ran.code == 1
    assert "no feed or calendar was found" in ran.err
    assert "stuifmail sources template" in ran.err


def test_addresses_inside_our_own_walls_are_refused(fresh: Room, server: WebServer) -> None:
    ran = fresh.run("sources", "add", site(server), "--yes")
    assert ran.code == 1
    assert server.asked["/"] == 0


def test_a_page_without_a_feed_becomes_a_source_of_its_own(open_room: Room, server: WebServer) -> None:
    news = "".join(
        f"<article><h2>Stuk {n}</h2><time datetime='2026-04-0{n}'></time><a href='/{n}'>lees</a></article>"
        for n in range(1, 4)
    )
    page = f"<html><head><title>Meidoornveen</title></head><body>{news}</body></html>"
    open_room.done("sources", "add", server.serve("/nieuws", web.document(page.encode())), "--yes")
    source = load_config(open_room.root).sources[-1]
    assert (source.id, source.kind, source.member) == ("meidoornveen", "page", "meidoornveen")
    report = open_room.done("harvest", "--source", "meidoornveen", "--json").json
    assert (report["sources"][0]["new_count"], report["sources"][0]["problems"]) == (
        3,
        ["in none of the 3 pieces does anything match 'p' (page: text)"],
    )


def test_a_permanent_redirect_is_told_and_taken_over_with_one_command(
    open_room: Room, server: WebServer
) -> None:
    server.serve("/oud", web.document(make_rss(make_news(1))))
    open_room.done("sources", "add", server.url("/oud"), "--id", "blos", "--member", "meidoornveen", "--yes")
    open_room.done("harvest", "--source", "blos")
    server.serve("/nieuw", web.document(make_rss(make_news(1), make_news(2))))
    server.serve("/oud", web.redirect(server.url("/nieuw")))
    open_room.done("harvest", "--source", "blos")
    listed = open_room.done("sources")
    assert f"blos moved to {server.url('/nieuw')}" in listed.out
    before = text_of(open_room)
    open_room.done("sources", "move", "blos")
    assert text_of(open_room) == before.replace(b"/oud\n", b"/nieuw\n")
    report = open_room.done("harvest", "--source", "blos", "--json").json
    assert report["sources"][0]["new_count"] == 0, "items are known by their source, wherever it is"
    assert open_room.run("sources", "move", "blos").code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("brakelveen", "https://www.brakelveen.example.org/feed/"), "the source is a file"),
        (("nobody", "https://www.brakelveen.example.org/feed/"), "there is no such source"),
        (("brakelveen",), "its server names no other address"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(fresh: Room, arguments: tuple[str, ...], message: str) -> None:
    ran = fresh.run("sources", "move", *arguments)
    assert ran.code == 1
    assert message in ran.err


OPML = """<opml version="2.0"><body>
<outline text="Gemeenten"><outline text="Meidoornveen" xmlUrl="https://www.meidoornveen.example.org/feed/"/></outline>
<outline text="Fältlabbet" xmlUrl="https://www.faltlabbet.example.org/en/feed/" language="en"/>
<outline text="Onbekend" xmlUrl="https://iemand.example.org/feed"/>
<outline text="Onbekend" type="ics" xmlUrl="webcal://iemand.example.org/agenda.ics"/>
<outline text="Zonder adres"/>
</body></opml>"""


def test_a_list_of_feeds_comes_in_in_one_go_and_goes_out_again(fresh: Room, tmp_path: Path) -> None:
    file = tmp_path / "leden.opml"
    file.write_text(OPML, encoding="utf-8")
    ran = fresh.done("sources", "import", file)
    assert "sources.yaml has 4 more: meidoornveen, faltlabbet, onbekend, agenda-onbekend" in ran.out
    assert "'Zonder adres' has no address (xmlUrl); left out" in ran.err
    assert "onbekend: nobody of members is called 'Onbekend'" in ran.err
    new = load_config(fresh.root).sources[-4:]
    assert [(s.member, s.kind, s.language) for s in new] == [
        ("meidoornveen", "feed", None),
        ("faltlabbet", "feed", "en"),
        (None, "feed", None),
        (None, "calendar", None),
    ]
    assert "# Meidoornveen. Added on 4 May 2026 from leden.opml under Gemeenten." in text_of(fresh).decode()
    again = fresh.done("sources", "import", file)
    assert "'Meidoornveen' is the source meidoornveen already; left out" in again.err
    assert "nothing to add" in again.out
    fresh.done("sources", "export", tmp_path / "uit.opml")
    outlines, problems = read_opml((tmp_path / "uit.opml").read_bytes(), file="uit.opml")
    assert problems == []
    assert {(each.address, each.kind, each.groups) for each in outlines} == {
        ("https://www.meidoornveen.example.org/feed/", "feed", ("gemeente",)),
        ("https://www.faltlabbet.example.org/en/feed/", "feed", ("kennisinstituut",)),
        ("https://iemand.example.org/feed", "feed", ("CPP",)),
        ("https://iemand.example.org/agenda.ics", "calendar", ("CPP",)),
    }


def test_an_export_can_be_printed_and_tells_what_is_left_out(fresh: Room) -> None:
    ran = fresh.done("sources", "export", "-")
    assert ran.out.startswith("<?xml")
    assert "25 sources have no address or are sheets, and are left out: bonte-berm" in ran.err


def test_a_hostile_list_changes_nothing(fresh: Room, tmp_path: Path) -> None:
    before = text_of(fresh)
    file = tmp_path / "x.opml"
    file.write_text('<!DOCTYPE opml [<!ENTITY a "b">]><opml><body>&a;</body></opml>', encoding="utf-8")
    ran = fresh.run("sources", "import", file)
    assert ran.code == 1
    assert "defines entities" in ran.err
    assert text_of(fresh) == before


@pytest.mark.parametrize(("language", "head"), [("nl", "Soort"), ("en", "Kind")])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_form_for_members_is_read_as_it_is(
    fresh: Room, tmp_path: Path, language: str, head: str, ending: str
) -> None:
    file = tmp_path / f"formulier.{ending}"
    fresh.done("sources", "template", file, "--language", language)
    content = file.read_bytes()
    cells = ["hulpvraag", "Zoem", "Zaad", "Tekst", "Wie?", "", "nl", "2026-05-04", "rol", "", "ja", "nee", ""]
    if ending == "csv":
        assert content.decode("utf-8-sig").startswith(head)
        sign = ";" if language == "nl" else ","
        content += (sign.join(cells) + "\r\n").encode()
    else:
        book = openpyxl.load_workbook(BytesIO(content))
        assert book.worksheets[0]["A1"].value == head
        for column, cell in enumerate(cells, 1):
            book.worksheets[0].cell(2, column).value = cell
        book.save(file)
        content = file.read_bytes()
    document = parse_sheet(content, url=file.name, holds="submissions")
    assert document.problems == ()
    (entry,) = document.entries
    assert (entry.kind, entry.member, entry.asker, entry.answered) == ("help_request", "Zoem", "rol", True)
    assert entry.text == "Wie?\n\nTekst"
    assert fresh.run("sources", "template", file).code == 2, "what is there is never overwritten"


def test_the_list_fits_a_hundred_columns_and_tells_who_fails_since_when(fresh: Room) -> None:
    fresh.done("harvest")
    listed = fresh.wait("sources", environment={"COLUMNS": "100"})
    assert max(map(len, listed.out.splitlines())) <= 100
    assert re.search(r"brakelveen +failing .*since 4 May 09:00", listed.out)
    shown = fresh.done("sources", "show", "brakelveen")
    assert re.search(r"^failing since +2026-05-04 09:00$", shown.out, re.MULTILINE)
    assert fresh.done("sources", "show", "brakelveen", "--json").json["failures"] == 1
    assert fresh.run("sources", "show", "nobody").code == 1


def test_the_newsroom_may_be_named_before_the_second_word(fresh: Room) -> None:
    ran = run_command("sources", "--newsroom", fresh.root, "show", "zoem", "--json")
    assert json.loads(ran.out)["id"] == "zoem"


def test_without_an_answer_nothing_is_added(open_room: Room, server: WebServer) -> None:
    before = text_of(open_room)
    ran = open_room.wait("sources", "add", site(server), environment=dict(os.environ))
    assert ran.code == 130
    assert text_of(open_room) == before


def test_an_address_that_is_none_and_a_member_that_is_none_are_named_before_anything_is_written(
    open_room: Room, server: WebServer
) -> None:
    before = text_of(open_room)
    for words, told in [
        (["geen adres"], "geen adres: this is no address: give one like"),
        ([server.url("/nowhere")], "open the member's website in a browser"),
        ([site(server), "--yes", "--member", "nobody"], '--member: there is no member "nobody"'),
    ]:
        ran = open_room.run("sources", "add", *words)
        assert (ran.code, told in ran.err) == (1, True), ran.err
        assert "sources.yaml:" not in ran.err
    assert text_of(open_room) == before


def test_an_export_never_takes_the_place_of_another_kind_of_file(open_room: Room, tmp_path: Path) -> None:
    before = text_of(open_room)
    ran = open_room.run("sources", "export", open_room.root / "sources.yaml")
    assert (ran.code, "is no OPML; name another file" in ran.err) == (2, True)
    assert text_of(open_room) == before
    for _ in range(2):
        open_room.done("sources", "export", tmp_path / "out.opml")


def test_an_opml_without_a_feed_is_told(open_room: Room, tmp_path: Path) -> None:
    (tmp_path / "empty.opml").write_text('<opml version="2.0"><body/></opml>')
    assert "no feed was found in it" in open_room.done("sources", "import", tmp_path / "empty.opml").out


def test_a_source_that_moved_to_where_another_one_is_should_go(open_room: Room, server: WebServer) -> None:
    address = site(server) + "feed/"
    open_room.done("sources", "add", address, "--member", "meidoornveen", "--yes")
    ran = open_room.run("sources", "move", "countries", address)
    assert "this is the source meidoornveen already: one of the two is enough: take countries out" in ran.err


def test_a_source_that_waits_says_until_when_and_what_it_said(open_room: Room, server: WebServer) -> None:
    address = site(server) + "feed/"
    open_room.done("sources", "add", address, "--member", "meidoornveen", "--yes")
    server.serve("/feed/", web.status(429, Retry_After="14400"))
    failed = open_room.run("harvest", "--source", "meidoornveen")
    assert "meidoornveen: the one source that was asked gave nothing (the server says" in failed.err
    told = " ".join(open_room.done("harvest", "--all").out.split())
    assert "the server asks to wait for 4 hours; last time: the server says that we come too often" in told
