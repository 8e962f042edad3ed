"""The harvest: what is new is stored once, and a failing source never stops the others."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from stuifmail.config.models import Source
from stuifmail.errors import InvalidSheet, NothingHarvested, StoreUnwritable
from stuifmail.harvest.harvest import harvest_sources, raise_if_nothing
from stuifmail.model.harvests import HarvestReport, SheetCounts, SourceReport
from stuifmail.model.items import Provenance
from stuifmail.store.database import Store
from stuifmail.store.events import list_events
from stuifmail.store.items import count_items, list_items
from stuifmail.store.sources import get_states
from tests.builders_harvest import NOW, make_calendar, make_config, make_news, make_rss
from tests.commands import run_command
from tests.servers import web
from tests.servers.web import WebServer

FEED = make_rss(make_news(1), make_news(2))
LIMITS = {"timeout_s": 3, "max_bytes": 200_000, "allow_private": ["127.0.0.0/8"]}


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


def harvest(store: Store, root: Path, sources: list[dict[str, Any]], **more: Any) -> HarvestReport:
    config = make_config(sources, harvest=LIMITS)
    days = more.pop("days", 0)
    return harvest_sources(
        config.sources,
        config=config,
        root=root,
        store=store,
        clock=lambda: NOW + timedelta(days=days),
        **more,
    )


def counts(report: SourceReport) -> tuple[str, int, int, int]:
    return report.outcome, report.entries_count, report.new_count, report.changed_count


def count_all(store: Store) -> int:
    with store.begin() as connection:
        return count_items(connection)


def test_a_second_harvest_finds_nothing_new_and_asks_conditionally(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    sources = [
        {"id": "web", "url": server.serve("/feed", web.validated(FEED, '"1"'))},
        {"id": "disk", "file": "berm.xml"},
    ]
    (tmp_path / "berm.xml").write_bytes(make_rss(make_news(3)))
    first = harvest(store, tmp_path, sources)
    second = harvest(store, tmp_path, sources, days=1)
    assert [counts(report) for report in first.sources] == [("fetched", 2, 2, 0), ("fetched", 1, 1, 0)]
    assert [counts(report) for report in second.sources] == [("unchanged", 2, 0, 0), ("unchanged", 1, 0, 0)]
    assert server.seen["/feed"]["if-none-match"] == '"1"'
    assert (first.new_count, second.new_count, count_all(store)) == (3, 0, 3)


def test_items_carry_their_provenance(store: Store, tmp_path: Path, server: WebServer) -> None:
    url = server.serve("/feed", web.document(FEED))
    harvest(
        store, tmp_path, [{"id": "web", "member": "berm", "url": server.serve("/old", web.redirect("/feed"))}]
    )
    with store.begin() as connection:
        item = list_items(connection)[0]
    assert (item.source_id, item.member_id, item.language, item.entry.guid) == ("web", "berm", "nl", "news-2")
    assert (item.provenance.url, item.provenance.fetched_at, item.first_seen_at) == (url, NOW, NOW)
    assert len(item.provenance.sha256) == 64


def test_an_upstream_edit_updates_the_item_and_nothing_else(store: Store, tmp_path: Path) -> None:
    sources = [{"id": "disk", "file": "berm.xml"}]
    (tmp_path / "berm.xml").write_bytes(FEED)
    harvest(store, tmp_path, sources)
    (tmp_path / "berm.xml").write_bytes(make_rss(make_news(1, "Verbeterd"), make_news(2), make_news(3)))
    report = harvest(store, tmp_path, sources, days=1)
    assert counts(report.sources[0]) == ("fetched", 3, 1, 1)
    with store.begin() as connection:
        by_guid = {item.entry.guid: item for item in list_items(connection)}
    assert (by_guid["news-1"].entry.title, by_guid["news-1"].version) == ("Verbeterd 1", 2)
    assert (by_guid["news-1"].first_seen_at, by_guid["news-2"].version) == (NOW, 1)


def test_other_settings_make_an_unchanged_document_be_read_again(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    url = server.serve("/feed", web.validated(FEED, '"1"'))
    harvest(store, tmp_path, [{"id": "web", "url": url}])
    report = harvest(store, tmp_path, [{"id": "web", "url": url, "member": "berm"}])
    assert counts(report.sources[0]) == ("fetched", 2, 0, 0)
    assert "if-none-match" not in server.seen["/feed"]
    with store.begin() as connection:
        assert {item.member_id for item in list_items(connection)} == {"berm"}


def test_a_failing_source_stops_no_other_and_is_named_with_cause_and_since_when(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    bad = {
        "gone": (web.status(404), "the address no longer exists (404)"),
        "busy": (web.status(503), "the server is overloaded (503)"),
        "page": (web.document(b"<!DOCTYPE html><html></html>"), "this is a web page, not a feed"),
        "empty": (web.document(b""), "the document is empty"),
        "large": (web.document(b"x" * 300_000), "the document is larger than 0.2 MB"),
        "bomb": (web.endless(packed=True), "the document is larger than 0.2 MB"),
        "endless": (web.endless(), "the document is larger than 0.2 MB"),
        "drip": (web.dripping(FEED), "the answer was not complete after 3 seconds"),
        "cut": (web.cut_off(FEED), "the server broke off before the end"),
        "rubbish": (web.document(bytes(range(256)) * 9), "this is no feed, calendar or sheet"),
    }
    good = [{"id": "good", "url": server.serve("/good", web.document(FEED))}]
    sources = [
        {"id": name, "url": server.serve(f"/{name}", answer)} for name, (answer, _) in bad.items()
    ] + good
    harvest(store, tmp_path, sources)
    *failed, fetched = harvest(store, tmp_path, sources, days=1).sources
    assert counts(fetched) == ("unchanged", 2, 0, 0)
    assert {report.source_id: report.error for report in failed} == {
        name: words for name, (_, words) in bad.items()
    }
    assert all(report.failing_since == NOW and report.remedy for report in failed)
    with store.begin() as connection:
        state = get_states(connection, ["gone"])["gone"]
    assert (state.failures_count, state.error) == (2, "the address no longer exists (404)")
    assert count_all(store) == 2


def test_a_source_that_recovers_is_no_longer_failing_and_loses_nothing(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    url = server.serve("/feed", web.validated(FEED, '"1"'))
    sources = [{"id": "web", "url": url}]
    harvest(store, tmp_path, sources)
    server.serve("/feed", web.status(500))
    assert harvest(store, tmp_path, sources, days=1).sources[0].failing_since == NOW + timedelta(days=1)
    server.serve("/feed", web.validated(make_rss(make_news(1), make_news(9)), '"2"'))
    report = harvest(store, tmp_path, sources, days=2).sources[0]
    assert (counts(report), report.failing_since, report.error) == (("fetched", 2, 1, 0), None, "")
    assert count_all(store) == 3
    with store.begin() as connection:
        state = get_states(connection)["web"]
    assert (state.failing_since, state.failures_count, state.error, state.etag) == (None, 0, "", '"2"')


def test_an_unreadable_document_does_not_replace_the_validators_of_the_stored_one(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    sources = [{"id": "web", "url": server.serve("/feed", web.validated(FEED, '"1"'))}]
    harvest(store, tmp_path, sources)
    server.serve("/feed", web.document(b"<html></html>", ETag='"2"'))
    assert harvest(store, tmp_path, sources, days=1).sources[0].outcome == "failed"
    server.serve("/feed", web.validated(FEED, '"1"'))
    report = harvest(store, tmp_path, sources, days=2).sources[0]
    assert (report.outcome, report.entries_count, report.failing_since) == ("unchanged", 2, None)


def test_what_could_be_worked_around_is_told(store: Store, tmp_path: Path, server: WebServer) -> None:
    server.serve("/feed", web.document(b"\n" + FEED[: FEED.index(b"news-2")]))
    sources = [{"id": "web", "kind": "calendar", "url": server.serve("/old", web.redirect("/feed", 308))}]
    report = harvest(store, tmp_path, sources).sources[0]
    moved, kind, space, middle, *_ = report.problems
    assert report.new_count >= 1
    assert moved == (
        "the source moved for good; in sources.yaml, at id: web, "
        f"write url: {server.url('/feed')} instead of url: {server.url('/old')}: stuifmail sources move web"
    )
    assert kind == "sources.yaml says that this is a calendar, but it is a feed; read as such"
    assert "white space" in space
    assert "stops in the middle" in middle


def test_calendars_and_sheets_are_stored_too(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(make_calendar("UID:1\nSUMMARY:Werkdag\nDTSTART:20260608T140000"))
    (tmp_path / "s.csv").write_text(
        "id,title,member,published\n1,Vraag,de bonte berm,2026-05-01\n2,Meer,?,\n"
    )
    sources = [
        {"id": "agenda", "kind": "calendar", "file": "a.ics"},
        {"id": "copy", "kind": "sheet", "holds": "submissions", "file": "s.csv"},
    ]
    agenda, sheet = harvest(store, tmp_path, sources).sources
    assert (counts(agenda), counts(sheet)) == (("fetched", 1, 1, 0), ("fetched", 2, 2, 0))
    assert "no member is called '?'" in sheet.problems[0]
    with store.begin() as connection:
        assert [event.entry.summary for event in list_events(connection)] == ["Werkdag"]
        assert [item.member_id for item in list_items(connection, source_ids=["copy"])] == ["", "berm"]


def test_participants_are_handed_over_and_counted_as_figures(store: Store, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(b"x,y\n1,2\n")
    source = {"id": "p", "kind": "sheet", "holds": "participants", "about": "congres-2026", "file": "p.csv"}
    taken: list[tuple[str, bytes, str]] = []

    def take(config: Source, content: bytes, provenance: Provenance) -> SheetCounts:
        taken.append((config.id, content, provenance.url))
        return SheetCounts(rows_count=1, new_count=2, changed_count=1, problems=("one row has no country",))

    first = harvest(store, tmp_path, [source], take_participants=take)
    second = harvest(store, tmp_path, [source], take_participants=take)
    assert taken == [("p", b"x,y\n1,2\n", "p.csv")]
    assert counts(first.sources[0]) == ("fetched", 1, 2, 1)
    assert first.sources[0].problems == ("one row has no country",)
    assert (second.sources[0].outcome, second.sources[0].entries_count) == ("unchanged", 1)


def test_a_broken_participants_sheet_fails_alone_and_is_tried_again(store: Store, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(b"x,y\n1,2\n")
    (tmp_path / "a.xml").write_bytes(FEED)
    source = {"id": "p", "kind": "sheet", "holds": "participants", "about": "congres-2026", "file": "p.csv"}

    def refuse(*_: object) -> SheetCounts:
        raise InvalidSheet("missing column", place="p.csv:1", remedy="add it")

    report = harvest(store, tmp_path, [source, {"id": "a", "file": "a.xml"}], take_participants=refuse)
    assert [each.outcome for each in report.sources] == ["failed", "fetched"]
    assert "p.csv:1: missing column" in report.sources[0].error
    again = harvest(store, tmp_path, [source], take_participants=lambda *_: SheetCounts(new_count=1))
    assert again.sources[0].new_count == 1


def test_reports_come_as_they_are_ready_and_stand_in_the_order_of_the_sources(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    sources = [
        {"id": "slow", "url": server.serve("/slow", web.dripping(b"<rss version='2.0'/>", 0.02))},
        {"id": "fast", "url": server.serve("/fast", web.document(FEED))},
    ]
    seen: list[str] = []
    report = harvest(store, tmp_path, sources, on_report=lambda each: seen.append(each.source_id))
    assert seen == ["fast", "slow"]
    assert [each.source_id for each in report.sources] == ["slow", "fast"]


def test_it_works_within_a_running_event_loop(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(FEED)

    async def flow() -> HarvestReport:
        return harvest(store, tmp_path, [{"id": "a", "file": "a.xml"}])

    assert asyncio.run(flow()).new_count == 2


def test_a_crash_while_storing_leaves_neither_items_nor_validators(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.xml").write_bytes(FEED)
    sources = [{"id": "a", "file": "a.xml"}]
    with monkeypatch.context() as patch:
        patch.setattr("stuifmail.harvest.settling.put_states", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            harvest(store, tmp_path, sources)
    assert count_all(store) == 0
    assert harvest(store, tmp_path, sources).new_count == 2


def test_only_when_every_source_failed_it_is_an_error_with_the_causes(store: Store, tmp_path: Path) -> None:
    gone = [{"id": f"gone-{number}", "file": f"{number}.xml"} for number in range(7)]
    with pytest.raises(NothingHarvested, match=r"gone-0: there is no such file.*and 2 more"):
        raise_if_nothing(harvest(store, tmp_path, gone))
    (tmp_path / "a.xml").write_bytes(FEED)
    raise_if_nothing(harvest(store, tmp_path, [*gone, {"id": "a", "file": "a.xml"}]))
    raise_if_nothing(harvest(store, tmp_path, []))


def test_a_read_only_database_is_told_and_loses_nothing(tmp_path: Path) -> None:
    store = Store.open("sqlite:///state.db", tmp_path)
    (tmp_path / "a.xml").write_bytes(FEED)
    harvest(store, tmp_path, [{"id": "a", "file": "a.xml"}])
    store.close()
    (tmp_path / "a.xml").write_bytes(make_rss(make_news(7)))
    read_only = Store.open("sqlite:///state.db", tmp_path)

    def refuse_writes(*about: Any) -> None:
        about[0].execute("PRAGMA query_only=ON")

    from sqlalchemy import event

    read_only.engine.dispose()
    event.listen(read_only.engine, "connect", refuse_writes)
    with pytest.raises(StoreUnwritable, match="cannot be written") as refused:
        harvest(read_only, tmp_path, [{"id": "a", "file": "a.xml"}])
    assert refused.value.remedy
    read_only.close()
    with sqlite3.connect(tmp_path / "state.db") as database:
        assert database.execute("SELECT count(*) FROM items").fetchone() == (2,)
    database.close()


def test_parse_reads_the_newsrooms_own_sheets_as_sources_yaml_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(__file__).parents[2]
    sheet = root / "samples/sheets/congres-2025.csv"
    monkeypatch.chdir(root)
    known = run_command("parse", sheet, "--json")
    assert json.loads(known.out)["problems"] == []
    assert json.loads(known.out)["rows"] > 0
    (tmp_path / "sources.yaml").write_text("sources: [")
    monkeypatch.chdir(tmp_path)
    broken = run_command("parse", sheet, "--json")
    assert broken.code == 0
    assert 'missing column: "title"' in json.loads(broken.out)["problems"][0]
    assert "sources.yaml cannot be used, so files are read without it" in broken.err
