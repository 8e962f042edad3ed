"""What is wrong with entries is told in one sentence for each kind of trouble."""

from datetime import UTC, datetime

from stuifmail.harvest.formats.remarks import remark_entries, sum_up
from stuifmail.model.items import Entry

DAY = datetime(2026, 5, 5, tzinfo=UTC)


def entry(title: str = "Bericht", **changes: object) -> Entry:
    values = {"title": title, "link": "https://berm.example.org/1", "published_at": DAY, **changes}
    return Entry(**values)  # type: ignore[arg-type]


def remarks(*entries: Entry) -> list[str]:
    return list(remark_entries(entries, refused_links={}, unreadable_dates={}))


def test_good_entries_have_no_remarks() -> None:
    assert remarks(entry(guid="1"), entry("Twee", guid="2")) == []


def test_a_guid_of_different_entries_is_told_but_not_that_of_the_same_entry_twice() -> None:
    assert remarks(entry(guid="1"), entry(guid="1")) == []
    (found,) = remarks(entry(guid="1"), entry("Ander", guid="1"))
    assert found.startswith("different entries have the same guid: entry 1 \"Bericht\" ('1'), entry 2")


def test_entries_without_title_link_or_date_are_named() -> None:
    assert remarks(entry(), entry(""), entry("Twee", link=None), entry("Drie", published_at=None)) == [
        "entries with no title: entry 2",
        'entries with no link: entry 3 "Twee"',
        'entries with no date: entry 4 "Drie"; without a date they are no news',
    ]


def test_a_feed_without_any_dates_is_told_so_in_one_sentence() -> None:
    found = remarks(*(entry(f"Bericht {number}", published_at=None) for number in range(40)))
    assert found == ["none of the 40 entries has a date; without a date they are no news"]


def test_of_many_the_first_are_named_and_titles_are_shortened() -> None:
    assert sum_up("no link", ["a", "b", "c", "d", "e"]) == "no link: a, b, c, and 2 more"
    (found,) = remarks(entry(), entry("Zeer lang " * 20, link=None))
    assert found == 'entries with no link: entry 2 "Zeer lang Zeer lang Zeer lang Zeer lang…"'
