"""The sample newsroom's page without a feed is read as samples/README.md says."""

from datetime import UTC, datetime
from pathlib import Path

from stuifmail.config.load import load_config
from stuifmail.harvest.discovery.describe import describe_file
from stuifmail.newsroom import Newsroom
from tests.newsrooms import copy_sample

PAGE = "samples/pages/de-blos.html"


def test_the_page_gives_its_news(root: Path) -> None:
    source = load_config(root).source("de-blos")
    described = describe_file(root / PAGE, source)
    assert described["kind"] == "page"
    assert [(entry["title"].split()[0], entry["published_at"]) for entry in described["entries"]] == [
        ("De", "2026-04-01T22:00:00Z"),
        ("Snoeihout", "2026-03-25T23:00:00Z"),
        ("Kersentelers", "2026-03-11T23:00:00Z"),
        ("Rondleiding", None),
    ]
    assert [entry["link"] for entry in described["entries"]][::3] == [
        "https://www.deblos.example.org/nieuws/bijenhotels-verhuisd.html",
        "https://www.deblos.example.org/telers/rondleiding.html",
    ]


def test_its_items_are_stored_without_tracking_and_one_without_a_date(tmp_path: Path) -> None:
    copy_sample(tmp_path / "room")
    with Newsroom.open(tmp_path / "room", now=datetime(2026, 5, 4, 7, tzinfo=UTC)) as newsroom:
        report = newsroom.harvest(["de-blos"])
        rows = {row["title"].split()[0]: row for row in newsroom.list_items()}
    (source,) = report.sources
    assert (source.outcome, source.new_count) == ("fetched", 4)
    assert rows["Snoeihout"]["link"] == "https://www.deblos.example.org/nieuws/snoeihout.html"
    assert {row["language"] for row in rows.values()} == {"nl"}
    assert rows["Rondleiding"]["dated_at"] == "2026-05-04T07:00:00Z"


def test_a_page_that_was_changed_names_the_selector_that_finds_nothing(tmp_path: Path) -> None:
    page = copy_sample(tmp_path / "room") / PAGE
    page.write_text(page.read_text(encoding="utf-8").replace('class="bericht"', 'class="item"'), "utf-8")
    with Newsroom.open(tmp_path / "room") as newsroom:
        (source,) = newsroom.harvest(["de-blos"]).sources
    assert source.outcome == "failed"
    assert "nothing on the page matches 'li.bericht' (page: entry)" in source.error
