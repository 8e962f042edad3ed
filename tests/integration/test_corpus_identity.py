"""Entries of real feeds are found again when newer ones come in, in whatever order they stand."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.cleaning.links import link_key
from stuifmail.harvest.formats.documents import parse_document
from stuifmail.harvest.identity.entry_identity import item_ids
from stuifmail.harvest.identity.matching import Marks, marks_of_entry, match_entries
from stuifmail.model.items import Entry, KnownItem
from tests.corpus import read_manifest

#: Feeds with fewer entries have no earlier state to speak of.
FEWEST = 3


@pytest.fixture(scope="module")
def real_feeds(corpus: Path) -> dict[str, tuple[Entry, ...]]:
    """The entries of every feed of the corpus, by file."""
    found = {}
    for row in read_manifest(corpus / "feeds"):
        file = corpus / "feeds" / row["file"]
        try:
            document = parse_document(file.read_bytes(), url="https://berm.example.org/feed", kind="feed")
        except UnreadableDocument:
            continue
        if len(document.entries) >= FEWEST:
            found[row["file"]] = document.entries
    assert len(found) > 60
    return found


def know(entries: tuple[Entry, ...], ids: tuple[str, ...]) -> list[KnownItem]:
    """Answer what is stored of these entries."""
    pairs = dict(zip(reversed(ids), reversed(entries), strict=True))
    return [
        KnownItem(
            id=item_id,
            guid=entry.guid,
            link=entry.link,
            link_key=link_key(entry.link) if entry.link else None,
            title=entry.title,
            published_at=entry.published_at,
            dated_at=entry.published_at,
            member_id="",
            language="nl",
            version=1,
            first_seen_at=datetime(2026, 5, 1, tzinfo=UTC),
            entry_sha256="0" * 64,
        )
        for item_id, entry in reversed(pairs.items())
    ]


def match(entries: tuple[Entry, ...], known: list[KnownItem]) -> tuple[str, ...]:
    return match_entries(entries, known, item_ids("berm", entries))


def test_newer_entries_take_no_id_from_older_ones(real_feeds: dict[str, tuple[Entry, ...]]) -> None:
    wrong = {}
    for file, entries in real_feeds.items():
        older = entries[len(entries) // 3 :]
        ids = item_ids("berm", older)
        found = match(entries, know(older, ids))
        same = {marks_of_entry(entry) for entry in older}
        newer = [
            item_id
            for item_id, entry in zip(found, entries, strict=True)
            if marks_of_entry(entry) not in same
        ]
        if found[len(entries) // 3 :] != ids or set(newer) & set(ids):
            wrong[file] = (ids, found)
    assert wrong == {}


def test_the_order_of_entries_makes_no_difference(real_feeds: dict[str, tuple[Entry, ...]]) -> None:
    for file, entries in real_feeds.items():
        ids = item_ids("berm", entries)
        assert match(entries[::-1], know(entries, ids)) == ids[::-1], file


@pytest.mark.parametrize("field", ["guid", "title", "text"])
def test_entries_are_found_after_all_were_edited_in_one_field(
    real_feeds: dict[str, tuple[Entry, ...]], field: str
) -> None:
    count = 0
    for file, entries in real_feeds.items():
        ids = item_ids("berm", entries)
        edited = tuple(
            replace(entry, **{field: f"{getattr(entry, field) or ''} gewijzigd"}) for entry in entries
        )
        found = match(edited, know(entries, ids))
        for place in find_telling(entries, ids, field):
            assert found[place] == ids[place], (file, place)
            count += 1
    assert count > 2000


def find_telling(entries: tuple[Entry, ...], ids: tuple[str, ...], field: str) -> list[int]:
    """Answer the places of the entries that another mark than this one tells from all others.

    A title of one or two words tells nothing: it comes again.
    """
    marks = [marks_of_entry(entry) for entry in entries]
    pieces = set(zip(marks, ids, strict=True))
    counts = Counter((name, getattr(each, name)) for each, _ in pieces for name in ("guid", "link", "title"))

    def is_told(each: Marks) -> bool:
        names = [name for name in ("guid", "link", "title") if name != field and getattr(each, name)]
        return any(
            counts[name, getattr(each, name)] == 1 and (name != "title" or len(each.title.split()) > 2)
            for name in names
        )

    return [place for place, each in enumerate(marks) if is_told(each)]
