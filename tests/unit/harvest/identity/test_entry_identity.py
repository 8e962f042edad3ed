"""The same piece of news has the same id on every harvest."""

from dataclasses import replace
from datetime import UTC, datetime

from stuifmail.harvest.identity.entry_identity import item_ids
from stuifmail.model.items import Entry

NEWS = Entry(
    guid="news-12",
    title="Berm bloeit",
    link="https://berm.example.org/12",
    published_at=datetime(2026, 4, 28, 8, tzinfo=UTC),
)


def only_id(entry: Entry, source_id: str = "berm") -> str:
    (found,) = item_ids(source_id, [entry])
    return found


def test_an_edit_of_title_text_and_link_keeps_the_id_where_there_is_a_guid() -> None:
    edited = replace(NEWS, title="Berm bloeit weer", text="Nieuw", link="https://berm.example.org/nieuw")
    assert only_id(edited) == only_id(NEWS)


def test_the_same_guid_of_two_sources_means_two_items() -> None:
    assert only_id(NEWS, "berm") != only_id(NEWS, "koolzaad")


def test_without_a_guid_the_link_counts_and_tracking_does_not() -> None:
    plain = replace(NEWS, guid=None)
    tracked = replace(plain, title="Anders", link="http://www.berm.example.org/12/?utm_source=rss")
    assert only_id(plain) == only_id(tracked)
    assert only_id(plain) != only_id(replace(plain, link="https://berm.example.org/13"))


def test_without_guid_and_link_title_and_day_count() -> None:
    bare = replace(NEWS, guid=None, link=None)
    assert only_id(bare) == only_id(replace(bare, title="BERM bloeit", text="Nieuw"))
    assert only_id(bare) != only_id(replace(bare, published_at=datetime(2026, 4, 29, 8, tzinfo=UTC)))


def test_a_guid_repeated_for_different_entries_is_salted() -> None:
    other = replace(NEWS, title="Iets anders", link="https://berm.example.org/13")
    ids = item_ids("berm", [NEWS, other])
    assert len(set(ids)) == 2
    assert item_ids("berm", [other, NEWS]) == ids[::-1]


def test_a_link_shared_by_entries_without_guid_is_salted_with_their_titles() -> None:
    home = [Entry(title=title, link="https://berm.example.org/") for title in ("a", "b", "c")]
    assert len(set(item_ids("berm", home))) == 3


def test_an_entry_that_stands_there_twice_is_one_item() -> None:
    assert len(set(item_ids("berm", [NEWS, NEWS, replace(NEWS, text="langer")]))) == 1


def test_entries_with_nothing_but_text_are_told_apart_by_it() -> None:
    assert len(set(item_ids("berm", [Entry(text="a"), Entry(text="b"), Entry()]))) == 3
