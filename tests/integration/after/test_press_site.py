"""The press page, its feeds and ninjs around embargo, correction and withdrawal."""

import json
from datetime import timedelta

import feedparser
import pytest

from tests.aftermath import CHIEF, EDITOR, END, SENDING, make_aftermath, make_letter, make_release
from tests.schemas import list_troubles, read_schema

RELEASE = make_release()
OPEN = make_release(embargo=None)
LATER = SENDING + timedelta(hours=3)


@pytest.fixture
def room(store_url, tmp_path):
    return make_aftermath(tmp_path / "room", database=store_url)


def press(room):
    return room.folder / "outputs" / "site" / "press"


def items(room):
    return json.loads((press(room) / "feed.json").read_text(encoding="utf-8"))["items"]


def ninjs(room):
    file = room.folder / "outputs" / "site" / RELEASE.id / "nl" / "ninjs.json"
    piece = json.loads(file.read_text(encoding="utf-8"))
    assert list_troubles(read_schema("ninjs-schema_3.1.json"), piece) == []
    return piece


def test_a_release_is_on_the_press_page_in_both_feeds_and_in_ninjs_once_it_is_sent(room):
    room.send(OPEN)
    (item,) = items(room)
    assert (item["title"], item["language"]) == (OPEN.subject["nl"], "nl")
    assert item["content_text"] == "Drie landen tekenden vandaag."
    assert OPEN.subject["nl"] in (press(room) / "index.html").read_text(encoding="utf-8")
    (entry,) = feedparser.parse((press(room) / "feed.xml").read_bytes()).entries
    assert (entry.id, entry.link) == (item["id"], item["url"])
    piece = ninjs(room)
    assert (piece["uri"], piece["pubStatus"], piece["version"]) == (item["id"], "usable", "1")
    assert item["attachments"][0]["url"] == f"{item['url']}ninjs.json"


def test_before_the_embargo_ends_nothing_is_listed_whatever_else_is_sent(room):
    room.send(RELEASE)
    room.send(make_letter(event_id="", figures=()), now=SENDING)
    assert not press(room).exists() or items(room) == []
    room.dispatch(END)
    (item,) = items(room)
    assert item["title"] == RELEASE.subject["nl"]
    assert ninjs(room)["embargoedUntil"].startswith("2026-06-10T00:01:00+02:00")


def test_a_correction_updates_the_entry_and_the_version_and_not_the_address(room):
    room.send(OPEN)
    (before,) = items(room)
    report = room.at(
        LATER,
        lambda newsroom: newsroom.correct(
            OPEN.id,
            wrong=[("nl", "drie landen")],
            right=[("nl", "twee landen")],
            reason="the ledger says two",
            role=EDITOR,
        ),
    )
    room.queue(report.id, now=LATER)
    room.dispatch(LATER)
    (after,) = items(room)
    assert after["id"] == before["id"]
    assert after["date_published"] == before["date_published"]
    assert after["date_modified"] == LATER.isoformat(timespec="seconds")
    assert "twee landen" in after["summary"]
    piece = ninjs(room)
    assert (piece["version"], piece["pubStatus"]) == ("2", "usable")
    assert [one["rel"] for one in piece["associations"]] == ["correctedBy"]
    assert "twee landen" in room.page(OPEN.id).partition("</head>")[0]


def test_what_is_taken_back_goes_from_the_list_at_once_and_is_canceled_in_ninjs(room):
    room.send(OPEN)
    room.at(LATER, lambda newsroom: newsroom.withdraw(OPEN.id, reason="wrong", role=CHIEF, instead={}))
    assert items(room) == []
    assert feedparser.parse((press(room) / "feed.xml").read_bytes()).entries == []
    piece = ninjs(room)
    assert (piece["pubStatus"], piece["version"]) == ("canceled", "2")
    assert piece["versionCreated"] == LATER.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert "bodies" not in piece
    assert "tekenden vandaag" not in room.page(OPEN.id)
