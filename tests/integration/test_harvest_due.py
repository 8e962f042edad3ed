"""Sources are asked when they are due, and every decision is told."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from stuifmail.harvest import settling
from stuifmail.harvest.harvest import harvest_sources, raise_if_nothing
from stuifmail.model.harvests import HarvestReport, SheetCounts
from stuifmail.store.database import Store
from stuifmail.store.documents import get_document
from stuifmail.store.items import count_items, list_items
from stuifmail.store.sources import SourceState, get_states
from tests.builders_harvest import NOW, make_config, make_news, make_rss
from tests.servers import web
from tests.servers.web import WebServer

ROOT = Path(__file__).parents[2]
FEED = make_rss(make_news(1), make_news(2))
LIMITS: dict[str, Any] = {"timeout_s": 3, "allow_private": ["127.0.0.0/8"]}


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


def harvest(
    store: Store, root: Path, sources: list[dict[str, Any]], *, hours: float = 0, **more: Any
) -> HarvestReport:
    config = make_config(sources, harvest={**LIMITS, **more.pop("limits", {})})
    moment = NOW + timedelta(hours=hours)
    return harvest_sources(
        config.sources, config=config, root=root, store=store, clock=lambda: moment, **more
    )


def state_of(store: Store, source_id: str) -> SourceState:
    with store.begin() as connection:
        return get_states(connection, [source_id])[source_id]


def test_a_source_is_not_asked_before_it_is_due(store: Store, tmp_path: Path, server: WebServer) -> None:
    sources = [{"id": "web", "url": server.serve("/feed", web.document(FEED)), "every_hours": 10}]
    first = harvest(store, tmp_path, sources).sources[0]
    assert (first.answer, first.next_check_why) == ("200", "sources.yaml says every 10 hours")
    assert first.next_check_at is not None
    assert first.next_check_at >= NOW + timedelta(hours=10)
    waiting = harvest(store, tmp_path, sources, hours=5)
    assert [each.outcome for each in waiting.sources] == ["waiting"]
    assert waiting.sources[0].next_check_at == first.next_check_at
    assert (waiting.count("waiting"), server.asked["/feed"]) == (1, 1)
    raise_if_nothing(waiting)
    assert harvest(store, tmp_path, sources, hours=5, ask_all=True).sources[0].outcome == "unchanged"
    assert harvest(store, tmp_path, sources, hours=16).sources[0].outcome == "unchanged"
    assert server.asked["/feed"] == 3


def test_a_server_that_asks_for_patience_gets_it(store: Store, tmp_path: Path, server: WebServer) -> None:
    busy = web.status(429, Retry_After="14400")
    sources = [{"id": "web", "url": server.serve("/feed", busy)}]
    report = harvest(store, tmp_path, sources).sources[0]
    assert (report.outcome, report.answer) == ("failed", "the server says that we come too often (429)")
    assert "asks to wait for 4 hours" in report.next_check_why
    waiting = harvest(store, tmp_path, sources, hours=3.9).sources[0]
    assert (waiting.outcome, waiting.error, waiting.failing_since) == ("waiting", report.error, NOW)
    server.serve("/feed", web.document(FEED))
    assert harvest(store, tmp_path, sources, hours=6).sources[0].new_count == 2


def test_a_source_that_is_gone_for_good_is_left_alone_until_its_address_changes(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    source = {"id": "web", "url": server.serve("/feed", web.status(410))}
    first = harvest(store, tmp_path, [source]).sources[0]
    assert (first.outcome, first.error) == ("failed", "the address was removed for good (410)")
    for days in (1, 100):
        report = harvest(store, tmp_path, [source], hours=24 * days)
        assert (report.sources[0].outcome, server.asked["/feed"]) == ("retired", 1)
        raise_if_nothing(report)
    assert state_of(store, "web").retired_at == NOW
    elsewhere = {"id": "web", "url": server.serve("/new", web.document(FEED))}
    assert harvest(store, tmp_path, [elsewhere], hours=2401).sources[0].new_count == 2
    assert state_of(store, "web").retired_at is None


def test_a_move_for_good_is_proposed_as_a_change_of_sources_yaml_and_remembered(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    server.serve("/new", web.validated(FEED, '"1"'))
    source = {"id": "web", "url": server.serve("/old", web.redirect("/new", 301))}
    first = harvest(store, tmp_path, [source]).sources[0]
    second = harvest(store, tmp_path, [source], hours=30).sources[0]
    line = f"write url: {server.url('/new')} instead of url: {server.url('/old')}"
    assert [each.moved_to for each in (first, second)] == [server.url("/new")] * 2
    assert all(any(line in problem for problem in each.problems) for each in (first, second))
    state = state_of(store, "web")
    assert (state.moved_to, state.moved_since) == (server.url("/new"), NOW)
    harvest(store, tmp_path, [{"id": "web", "url": server.url("/new")}], hours=60)
    assert (state_of(store, "web").moved_to, state_of(store, "web").moved_since) == ("", None)


def test_it_is_remembered_when_documents_and_news_came(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    sources = [{"id": "web", "url": server.serve("/feed", web.validated(FEED, '"1"'))}]
    harvest(store, tmp_path, sources)
    harvest(store, tmp_path, sources, hours=30)
    server.serve("/feed", web.validated(make_rss(make_news(1), make_news(2), head="<ttl>5</ttl>"), '"2"'))
    harvest(store, tmp_path, sources, hours=60)
    state = state_of(store, "web")
    assert state.first_fetched_at == state.last_new_at == NOW
    assert (state.fetched_at, state.checked_at) == (NOW + timedelta(hours=60),) * 2
    assert state.facts["empty"] is False


def test_the_bytes_are_kept_for_what_was_read_and_not_of_participants(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    (tmp_path / "p.csv").write_bytes(b"name,organisation\nA,B\n")
    sources = [
        {"id": "web", "url": server.serve("/feed", web.document(FEED))},
        {"id": "p", "kind": "sheet", "holds": "participants", "about": "congres-2026", "file": "p.csv"},
    ]
    harvest(store, tmp_path, sources, take_participants=lambda *_: SheetCounts(rows_count=1))
    with store.begin() as connection:
        item = list_items(connection)[0]
        assert get_document(connection, item.provenance.sha256) == FEED
        participants = get_states(connection)["p"].sha256
        assert participants is not None
        assert get_document(connection, participants) is None


def test_a_feed_that_takes_too_long_to_read_fails_alone(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    big = make_rss(*(make_news(number) for number in range(40_000)))
    sources = [
        {"id": "big", "url": server.serve("/big", web.document(big))},
        {"id": "web", "url": server.serve("/feed", web.document(FEED))},
    ]
    limits = {"parse_timeout_s": 1, "max_entries": 100_000, "max_bytes": 50_000_000}
    reports = harvest(store, tmp_path, sources, limits=limits).sources
    assert [each.outcome for each in reports] == ["failed", "fetched"]
    assert "took longer than 1 seconds" in reports[0].error
    assert reports[0].answer == f"200, but {reports[0].error}"


def test_what_the_database_refuses_is_its_documents_failure(
    store: Store, tmp_path: Path, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = settling.store_items

    def refuse(connection: Any, source: Any, *rest: Any, **more: Any) -> Any:
        if source.id == "odd":
            raise ValueError("a character that no table takes")
        return real(connection, source, *rest, **more)

    monkeypatch.setattr(settling, "store_items", refuse)
    sources = [
        {"id": name, "url": server.serve(f"/{name}", web.document(FEED))} for name in ("a", "odd", "b")
    ]
    reports = harvest(store, tmp_path, sources).sources
    assert [(each.outcome, each.new_count) for each in reports] == [
        ("fetched", 2),
        ("failed", 0),
        ("fetched", 2),
    ]
    assert "a character that no table takes" in reports[1].error


KILLED = """
import json, sys
from datetime import datetime, timezone
from pathlib import Path
from stuifmail.config.models import NewsroomConfig
from stuifmail.harvest.harvest import harvest_sources
from stuifmail.store.database import Store

root = Path(sys.argv[1])
config = NewsroomConfig.model_validate_json(Path(root, "config.json").read_text())
store = Store.open("sqlite:///state.db", root)
harvest_sources(
    config.sources, config=config, root=root, store=store,
    clock=lambda: datetime(2026, 5, 4, 7, tzinfo=timezone.utc),
    on_report=lambda report: print(report.source_id, flush=True),
)
"""


def test_a_harvest_that_is_killed_in_the_midst_loses_nothing(tmp_path: Path, server: WebServer) -> None:
    sources = [
        {"id": f"s{number}", "url": server.serve(f"/{number}", web.document(make_rss(make_news(number))))}
        for number in range(300)
    ]
    sources.append({"id": "slow", "url": server.serve("/slow", web.silent)})
    limits = {**LIMITS, "timeout_s": 100, "max_connections": 5, "per_host": 5}
    config = make_config(sources, harvest=limits)
    (tmp_path / "config.json").write_text(config.model_dump_json())
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        told = {process.stdout.readline().strip() for _ in range(60)}
        process.send_signal(signal.SIGKILL)
        told |= set(process.stdout.read().split())
    store = Store.open("sqlite:///state.db", tmp_path)
    with store.begin() as connection:
        stored, states = count_items(connection), get_states(connection)
    assert told <= set(states)
    assert stored == len(states) < 300
    sources.pop()
    report = harvest(store, tmp_path, sources, hours=48, limits={"per_host": 20})
    assert report.new_count == 300 - stored
    with store.begin() as connection:
        assert count_items(connection) == 300
    store.close()


def test_an_interrupt_ends_fetching_and_reading_at_once(
    store: Store, tmp_path: Path, server: WebServer
) -> None:
    sources = [
        {"id": "web", "url": server.serve("/feed", web.document(FEED))},
        {"id": "slow", "url": server.serve("/slow", web.silent)},
    ]

    def interrupt(_report: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        harvest(store, tmp_path, sources, on_report=interrupt, limits={"timeout_s": 300})
    assert harvest(store, tmp_path, sources[:1], hours=48).sources[0].outcome == "unchanged"
