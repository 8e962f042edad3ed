"""Entries become items with a member and a language."""

import pytest

from stuifmail.harvest.identity.normalise import MemberNames, make_items
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.items import Entry, Provenance
from tests.builders_harvest import NOW, make_config

MEMBER = {
    "id": "berm",
    "name": "De Bonte Berm",
    "aliases": ["Bonte Berm, Stg. De"],
    "kind": "ngo",
    "tier": "partner",
    "joined": "2020-01-01",
}
CONFIG = make_config(
    [{"id": "news", "file": "a.xml", "member": "berm"}, {"id": "sheet", "kind": "sheet", "file": "b.csv"}],
    members=[MEMBER],
)
FEED, SHEET = CONFIG.sources
PROVENANCE = Provenance(source_id="news", url="x", fetched_at=NOW, sha256="0" * 64)


@pytest.mark.parametrize("name", ["berm", "DE BONTE BERM", " De  Bonte Berm", "bonte berm, stg. de"])
def test_members_are_found_by_id_name_and_alias_whatever_their_capitals(name: str) -> None:
    assert MemberNames(CONFIG.members).find(name) == "berm"


def test_a_feed_belongs_to_its_member_and_a_row_to_the_member_that_it_names() -> None:
    document = ParsedDocument(kind="feed", entries=(Entry(title="a"),))
    ((item,), problems) = make_items(document, FEED, CONFIG, PROVENANCE)
    assert (item.member_id, item.first_seen_at, problems) == ("berm", NOW, [])
    rows = ParsedDocument(
        kind="sheet", entries=(Entry(title="a", member="Onbekend"), Entry(title="b", member="Berm"))
    )
    items, problems = make_items(rows, SHEET, CONFIG, PROVENANCE)
    assert [item.member_id for item in items] == ["", "berm"]
    assert problems == ["\"a\": no member is called 'Onbekend'; add the name as an alias in sources.yaml"]


def test_links_of_items_have_no_tracking() -> None:
    document = ParsedDocument(kind="feed", entries=(Entry(link="https://berm.example.org/1?utm_source=rss"),))
    ((item,), _) = make_items(document, FEED, CONFIG, PROVENANCE)
    assert item.entry.link == "https://berm.example.org/1"
