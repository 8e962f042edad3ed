"""Week after week one piece of news stays one item, on both databases."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from stuifmail.harvest.harvest import harvest_sources
from stuifmail.model.harvests import SourceReport
from stuifmail.model.items import Item
from stuifmail.store.database import Store
from stuifmail.store.item_versions import list_versions
from stuifmail.store.items import get_kill, list_items, mark_killed
from tests.builders_harvest import NOW, make_config, make_rss

SHEET = "id,titel,tekst\n"


class Source:
    """A member's file that changes from week to week."""

    def __init__(self, store: Store, folder: Path, name: str = "berm.xml", **settings: Any) -> None:
        self.store, self.folder, self.name = store, folder, name
        self.settings = {"id": "berm", "file": name, "member": "berm", **settings}
        self.week = 0

    def show(self, content: bytes | str) -> SourceReport:
        """Harvest this content, a week after the last one."""
        self.week += 1
        data = content if isinstance(content, bytes) else content.encode()
        (self.folder / self.name).write_bytes(data)
        config = make_config([self.settings])
        now = NOW + timedelta(days=7 * self.week)
        report = harvest_sources(
            config.sources, config=config, root=self.folder, store=self.store, clock=lambda: now
        )
        assert report.sources[0].outcome == "fetched", report.sources[0].error
        return report.sources[0]

    def items(self) -> dict[str, Item]:
        """Answer the stored items by the last part of their link."""
        with self.store.begin() as connection:
            return {(item.entry.link or "/").rsplit("/", 1)[-1]: item for item in list_items(connection)}


@pytest.fixture
def source(store: Store, tmp_path: Path) -> Source:
    return Source(store, tmp_path)


def news(number: int, *, guid: str | None = None, title: str = "", text: str = "De berm bloeit.") -> str:
    """Answer one <item>, dated on that day of April 2026."""
    return (
        f"<guid isPermaLink='false'>{guid or f'news-{number}'}</guid>"
        f"<title>{title or f'Nieuws van de {number}e berm'}</title>"
        f"<link>https://berm.example.org/nieuws/{number}</link>"
        f"<pubDate>{number:02} Apr 2026 10:00:00 +0200</pubDate><description>{text}</description>"
    )


def feed(*numbers: int, **more: Any) -> bytes:
    return make_rss(*(news(number, **more) for number in numbers))


def test_a_guid_that_comes_to_mean_several_entries_changes_no_item(source: Source) -> None:
    source.show(feed(1, guid="nieuws"))
    first = source.items()["1"]
    report = source.show(feed(3, 2, 1, guid="nieuws"))
    assert (report.new_count, report.changed_count, report.removed_count) == (2, 0, 0)
    ids = {number: item.id for number, item in source.items().items()}
    assert ids["1"] == first.id
    report = source.show(feed(4, 3, 2, guid="nieuws"))
    assert (report.new_count, report.changed_count, report.removed_count) == (1, 0, 0)
    report = source.show(feed(4, guid="nieuws"))
    assert (report.new_count, report.changed_count, report.removed_count) == (0, 0, 0)
    assert {number: item.id for number, item in source.items().items() if number != "4"} == ids


def test_a_site_that_moves_brings_no_news_twice(source: Source) -> None:
    source.show(feed(2, 1))
    moved = feed(2, 1, guid="").replace(b"berm.example.org/", b"nieuw.example.org/")
    report = source.show(moved.replace(b"news-", b"https://nieuw.example.org/?p="))
    assert (report.new_count, report.changed_count) == (0, 2)
    assert len(source.items()) == 2


def test_an_edit_keeps_the_version_before_with_the_document_it_stood_in(source: Source) -> None:
    source.show(feed(1))
    before = source.items()["1"]
    assert source.show(feed(1, text="De berm  bloeit. ")).changed_count == 0
    assert source.show(feed(1, text="De berm bloeit weer.")).changed_count == 1
    after = source.items()["1"]
    with source.store.begin() as connection:
        (first,) = list_versions(connection, [before.id])[before.id]
    assert (after.id, after.version, after.entry.text) == (before.id, 2, "De berm bloeit weer.")
    assert (first.number, first.entry.text, first.provenance) == (1, "De berm bloeit.", before.provenance)
    assert after.provenance.sha256 != first.provenance.sha256


def test_reading_the_same_bytes_otherwise_is_no_edit_of_the_member(store: Store, tmp_path: Path) -> None:
    columns = {"title": "titel", "text": "tekst"}
    sheet = Source(store, tmp_path, "inzendingen.csv", kind="sheet", holds="submissions", columns=columns)
    rows = SHEET + "1,Wie leent ons een zaaimachine?,Graag\n2,Te koop,Bijenkast\n"
    sheet.show(rows)
    sheet.settings["columns"] = {"title": "tekst", "text": "titel"}
    report = sheet.show(rows)
    assert (report.new_count, report.changed_count) == (0, 0)
    with store.begin() as connection:
        found = list_items(connection)
    assert {(item.version, item.entry.title) for item in found} == {(1, "Graag"), (1, "Bijenkast")}
    assert sheet.show(rows.replace("Graag", "Gauw")).changed_count == 1


def test_what_a_member_took_away_is_marked_and_the_mark_goes_when_it_is_back(source: Source) -> None:
    source.show(feed(4, 3, 2, 1))
    assert source.show(feed(4, 2, 1)).removed_count == 1
    assert source.items()["3"].removed_at == NOW + timedelta(days=14)
    assert source.show(feed(5, 4, 2, 1)).removed_count == 0
    back = source.show(feed(5, 4, 3, 2, 1))
    assert (back.new_count, back.changed_count) == (0, 1)
    assert source.items()["3"].removed_at is None


def test_what_falls_off_the_end_of_a_feed_is_not_marked(source: Source) -> None:
    source.show(feed(4, 3, 2, 1))
    assert source.show(feed(6, 5, 4, 3)).removed_count == 0
    assert not [item for item in source.items().values() if item.removed_at]


def test_a_broken_feed_takes_no_history_with_it(source: Source) -> None:
    source.show(feed(*range(10, 0, -1)))
    report = source.show(feed(10, 1))
    assert report.removed_count == 0
    assert any("missing at once" in problem for problem in report.problems)
    assert source.show(make_rss()).removed_count == 0
    assert not [item for item in source.items().values() if item.removed_at]


def test_a_row_that_left_a_sheet_is_marked(store: Store, tmp_path: Path) -> None:
    columns = {"title": "titel", "text": "tekst"}
    sheet = Source(store, tmp_path, "inzendingen.csv", kind="sheet", holds="submissions", columns=columns)
    sheet.show(SHEET + "1,Wie leent ons een zaaimachine?,Graag\n2,Te koop,Bijenkast\n")
    report = sheet.show(SHEET + "2,Te koop,Bijenkast\n3,Nieuw,Bericht\n")
    assert (report.new_count, report.removed_count) == (1, 1)
    with store.begin() as connection:
        gone = [item.entry.title for item in list_items(connection) if item.removed_at]
    assert gone == ["Wie leent ons een zaaimachine?"]


def test_the_same_guid_of_two_sources_means_two_items(store: Store, tmp_path: Path) -> None:
    Source(store, tmp_path).show(feed(1))
    other = Source(store, tmp_path, "koolzaad.xml", id="koolzaad")
    assert other.show(feed(1)).new_count == 1
    with store.begin() as connection:
        assert len({item.id for item in list_items(connection)}) == 2


@pytest.mark.parametrize(
    "again",
    [
        feed(1),
        feed(1, text="Geheel anders", title="Anders"),
        feed(1, guid="opnieuw"),
        feed(1, guid="opnieuw").replace(b"/nieuws/1", b"/artikel/elders"),
        feed(2, 1, guid="nieuws"),
    ],
)
def test_what_an_editor_killed_never_returns(source: Source, again: bytes) -> None:
    source.show(feed(1))
    killed = source.items()["1"]
    with source.store.begin() as connection:
        mark_killed(connection, killed.id, at=NOW, by="redactie", reason="klopt niet")
    report = source.show(again + b"<!-- another document -->")
    assert report.changed_count == 0
    living = [item for item in source.items().values() if item.killed_at is None]
    assert [item.entry.guid for item in living] == (["nieuws"] if b"/nieuws/2" in again else [])
    with source.store.begin() as connection:
        assert get_kill(connection, killed.id) == ("redactie", "klopt niet")


def test_what_an_editor_killed_is_known_by_its_words_in_whatever_form_it_returns(source: Source) -> None:
    text = "In de berm langs de dijk bloeien weer margrieten en knoopkruid."
    source.show(feed(1, text=text))
    (killed,) = source.items().values()
    with source.store.begin() as connection:
        mark_killed(connection, killed.id, at=NOW, by="redactie", reason="klopt niet")
    report = source.show(feed(20, 1, text=text, title="Nieuws van de 1e berm!", guid=""))
    assert (report.new_count, report.changed_count) == (0, 0)
    assert source.show(feed(21, text="Iets anders.", title="Nieuws van de 1e berm")).new_count == 1
