"""An item is found again whatever its source does to guids, links and titles."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.harvest.cleaning.links import link_key
from stuifmail.harvest.identity.entry_identity import item_ids
from stuifmail.harvest.identity.matching import marks_of_entry, match_entries
from stuifmail.model.items import Entry, KnownItem

SITE = "https://berm.example.org"
NEWS = Entry(
    guid="news-12",
    title="Berm bloeit weer volop",
    link=f"{SITE}/nieuws/12",
    published_at=datetime(2026, 4, 28, 8, tzinfo=UTC),
)
OTHER = Entry(
    guid="news-13",
    title="Subsidie voor veldbloemen",
    link=f"{SITE}/nieuws/13",
    published_at=datetime(2026, 4, 29, 8, tzinfo=UTC),
)
THIRD = Entry(
    guid="news-14",
    title="Cursus zaaien in mei",
    link=f"{SITE}/nieuws/14",
    published_at=datetime(2026, 4, 30, 8, tzinfo=UTC),
)


def know(entries: Sequence[Entry], ids: Sequence[str] = (), *, killed: bool = False) -> list[KnownItem]:
    """Answer what is stored after these entries were harvested, each under its id."""
    stored = {}
    for item_id, entry in zip(ids or item_ids("berm", entries), entries, strict=True):
        stored[item_id] = KnownItem(
            id=item_id,
            guid=entry.guid,
            link=entry.link,
            link_key=link_key(entry.link) if entry.link else None,
            title=entry.title,
            published_at=entry.published_at,
            dated_at=entry.published_at,
            member_id="berm",
            language="nl",
            version=1,
            first_seen_at=datetime(2026, 5, 1, tzinfo=UTC),
            entry_sha256="0" * 64,
            killed_at=datetime(2026, 5, 2, tzinfo=UTC) if killed else None,
            killed_text=entry.text if killed else "",
        )
    return list(stored.values())


def match(entries: Sequence[Entry], known: Sequence[KnownItem]) -> tuple[str, ...]:
    return match_entries(entries, known, item_ids("berm", entries))


def is_found(before: Entry, after: Entry) -> bool:
    known = know([before], ["old"])
    return match([after], known) == ("old",)


def test_without_anything_stored_the_ids_are_the_new_ones() -> None:
    assert match([NEWS, OTHER], []) == item_ids("berm", [NEWS, OTHER])


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Anders", "link": f"{SITE}/elders", "text": "Nieuw"},
        {"title": "Anders", "published_at": datetime(2026, 5, 9, tzinfo=UTC)},
        {"guid": None, "title": "Anders"},
        {"guid": "news-112"},
        {"guid": "news-112", "title": "Anders"},
        {"guid": "news-112", "link": "https://nieuw.example.org/berm-bloeit"},
        {"guid": None, "link": None},
        {"link": "http://www.berm.example.org/nieuws/12/?utm_source=rss", "guid": None},
        {"text": "langer"},
    ],
)
def test_one_edit_of_an_entry_makes_no_other_item(changes: dict[str, object]) -> None:
    assert is_found(NEWS, replace(NEWS, **changes))


def test_a_guid_that_is_an_address_may_change_its_scheme_while_all_else_is_edited() -> None:
    before = replace(NEWS, guid="http://www.berm.example.org/nieuws/12/")
    after = replace(before, guid=f"{SITE}/nieuws/12", title="Anders", link=f"{SITE}/elders")
    assert is_found(before, after)


def test_without_guid_an_edited_title_is_found_by_its_link() -> None:
    bare = replace(NEWS, guid=None)
    assert is_found(bare, replace(bare, title="Anders", published_at=OTHER.published_at))
    assert not is_found(bare, replace(bare, link=f"{SITE}/nieuws/15", title="Anders"))


def test_without_guid_and_link_title_and_day_count() -> None:
    bare = replace(NEWS, guid=None, link=None)
    assert is_found(bare, replace(bare, title="BERM bloeit weer volop", text="Nieuw"))
    assert not is_found(bare, replace(bare, published_at=OTHER.published_at))


def test_an_entry_that_agrees_in_nothing_is_new() -> None:
    assert not is_found(NEWS, OTHER)


def test_a_guid_with_another_link_title_and_day_is_another_piece() -> None:
    assert not is_found(NEWS, replace(OTHER, guid=NEWS.guid))


def test_pieces_that_come_in_turn_on_one_page_are_no_edits_of_each_other() -> None:
    assert not is_found(replace(NEWS, link=f"{SITE}/nieuws"), replace(OTHER, link=f"{SITE}/nieuws"))


def test_a_common_title_with_another_guid_and_link_is_another_piece() -> None:
    vacancy = replace(NEWS, title="Vacature")
    assert not is_found(vacancy, replace(vacancy, guid="news-13", link=OTHER.link))


def test_the_front_page_as_link_says_nothing() -> None:
    entries = [replace(entry, link=f"{SITE}/", guid=None) for entry in (NEWS, OTHER)]
    known = know(entries, ["a", "b"])
    found = match([replace(THIRD, link=f"{SITE}/", guid=None), *entries[::-1]], known)
    assert found[1:] == ("b", "a")
    assert found[0] not in "ab"
    assert not is_found(entries[0], entries[1])


def test_with_one_guid_for_all_a_new_entry_adds_one_item_and_changes_none() -> None:
    entries = [replace(entry, guid="nieuws") for entry in (NEWS, OTHER)]
    new = replace(THIRD, guid="nieuws")
    known = know(entries)
    for document in ([new, *entries], [new, entries[0]], [*entries, new]):
        found = dict(zip([entry.title for entry in document], match(document, known), strict=True))
        assert {item_id for title, item_id in found.items() if title != new.title} <= {k.id for k in known}
        assert found[NEWS.title] == known[0].id
        assert found[new.title] not in {item.id for item in known}
    assert match([new], known)[0] not in {item.id for item in known}


def test_an_entry_with_the_guid_of_all_is_found_after_an_edit_of_its_title() -> None:
    entries = [replace(entry, guid="nieuws") for entry in (NEWS, OTHER, THIRD)]
    edited = [replace(entries[0], title="Anders"), *entries[1:]]
    assert match(edited, know(entries, ["a", "b", "c"])) == ("a", "b", "c")


def test_when_a_second_entry_takes_a_guid_the_first_one_keeps_its_id() -> None:
    copy = replace(OTHER, guid=NEWS.guid)
    known = know([NEWS])
    for document in ([copy, NEWS], [NEWS, copy], [replace(NEWS, title="Anders"), copy]):
        ids = dict(zip([entry.link for entry in document], match(document, known), strict=True))
        assert ids[NEWS.link] == known[0].id
        assert ids[copy.link] != known[0].id
    both = know([NEWS, copy], match([NEWS, copy], known))
    assert match([NEWS], both) == (known[0].id,)
    assert match([copy], both) == (both[1].id,)


def test_swapped_guids_do_not_swap_the_items() -> None:
    swapped = [replace(NEWS, guid=OTHER.guid), replace(OTHER, guid=NEWS.guid)]
    assert match(swapped, know([NEWS, OTHER], ["a", "b"])) == ("a", "b")


def test_the_order_of_entries_does_not_matter() -> None:
    known = know([NEWS, OTHER, THIRD], ["a", "b", "c"])
    assert match([THIRD, NEWS, OTHER], known) == ("c", "a", "b")


def test_an_entry_that_stands_there_twice_is_one_item() -> None:
    known = know([NEWS], ["a"])
    assert match([NEWS, OTHER, NEWS, replace(NEWS, text="langer")], known)[::2] == ("a", "a")
    assert len(set(match([OTHER, OTHER], known))) == 1


def test_titles_without_guid_and_link_on_one_day_are_told_apart_by_their_texts() -> None:
    entries = [replace(NEWS, guid=None, link=None, title="Vacature", text=text) for text in ("a", "b")]
    known = know(entries)
    assert match(entries[::-1], known) == (known[1].id, known[0].id)
    assert len({*match([*entries, replace(entries[0], text="c")], known)}) == 3


def test_entries_with_nothing_but_text_are_found_by_it() -> None:
    known = know([Entry(text="a")], ["x"])
    same = know([Entry(text="a")])
    assert match([Entry(text="a")], same) == (same[0].id,)
    assert match([Entry(text="b")], known) != ("x",)


def test_ids_that_the_old_way_made_for_salted_guids_are_kept() -> None:
    entries = [replace(entry, guid="nieuws") for entry in (NEWS, OTHER)]
    salted = know(entries)
    assert match([NEWS, OTHER], salted) == tuple(item.id for item in salted)
    assert match(entries[:1], salted) == (salted[0].id,)
    assert item_ids("berm", entries[:1]) != (salted[0].id,)


def test_of_an_item_that_the_old_way_stored_twice_the_first_is_found() -> None:
    known = know([NEWS, NEWS], ["first", "second"])
    assert match([NEWS], known) == ("first",)
    assert match([replace(NEWS, title="Anders")], known) == ("first",)


def test_a_new_item_never_gets_an_id_that_another_has() -> None:
    other = replace(OTHER, guid=NEWS.guid)
    known = know([NEWS])
    assert item_ids("berm", [other]) == (known[0].id,)
    assert match([other], known) != (known[0].id,)


@pytest.mark.parametrize(
    "changes",
    [
        {"guid": "x", "title": "Anders", "published_at": OTHER.published_at},
        {"guid": "x", "link": f"{SITE}/nieuws/99", "title": "BERM bloeit weer volop"},
        {"title": "Anders", "link": f"{SITE}/elders"},
    ],
)
def test_what_an_editor_killed_is_found_under_another_guid_or_link(changes: dict[str, object]) -> None:
    known = know([NEWS], ["killed"], killed=True)
    assert match([replace(NEWS, **changes)], known) == ("killed",)


RETURNED = {
    "guid": "x-1",
    "link": f"{SITE}/elders",
    "title": "Berm bloeit weer volop!",
    "published_at": datetime(2026, 7, 1, tzinfo=UTC),
}
TEXT = "In de berm langs de dijk bloeien weer margrieten en knoopkruid."


def test_what_an_editor_killed_is_found_by_title_and_text_when_all_else_is_new() -> None:
    known = know([replace(NEWS, text=TEXT)], ["killed"], killed=True)
    again = replace(NEWS, text=TEXT, **RETURNED)
    assert match([again], known) == ("killed",)
    assert match([again, replace(NEWS, text=TEXT)], known) == ("killed", "killed")


@pytest.mark.parametrize("text", ["", "Lees verder", f"{TEXT} En er is een nieuwe foto."])
def test_another_piece_under_the_title_of_a_killed_one_is_news(text: str) -> None:
    known = know([replace(NEWS, text=TEXT if text else "")], ["killed"], killed=True)
    assert match([replace(NEWS, text=text, **RETURNED)], known) != ("killed",)


def test_of_two_equals_the_killed_one_is_found() -> None:
    known = [*know([NEWS], ["living"]), *know([NEWS], ["killed"], killed=True)]
    assert match([NEWS], known) == ("killed",)


ENTRIES = st.builds(
    Entry,
    guid=st.sampled_from([None, "a", "b", f"{SITE}/a", "http://www.berm.example.org/a/"]),
    link=st.sampled_from([None, f"{SITE}/", f"{SITE}/a", f"{SITE}/b", f"{SITE}/a?utm_source=rss"]),
    title=st.sampled_from(["", "Vacature", "Berm bloeit weer volop", "Subsidie voor veldbloemen"]),
    published_at=st.sampled_from([None, NEWS.published_at, OTHER.published_at]),
    text=st.sampled_from(["", "een", "twee"]),
)
DOCUMENTS = st.lists(ENTRIES, max_size=6)


def harvest(documents: Sequence[Sequence[Entry]]) -> dict[str, Entry]:
    """Answer by id what is stored after these documents, one after the other."""
    stored: dict[str, Entry] = {}
    for document in documents:
        ids = match(document, know(list(stored.values()), list(stored)))
        stored |= dict(zip(reversed(ids), reversed(document), strict=True))
    return stored


@given(st.lists(DOCUMENTS, max_size=3), DOCUMENTS)
def test_whatever_came_before_the_same_document_again_changes_nothing(
    before: list[list[Entry]], document: list[Entry]
) -> None:
    once = harvest([*before, document])
    again = harvest([*before, document, document])
    assert again.keys() == once.keys()
    assert again == once


@given(st.lists(DOCUMENTS, max_size=3), DOCUMENTS)
def test_different_pieces_of_one_document_never_get_one_id(
    before: list[list[Entry]], document: list[Entry]
) -> None:
    stored = harvest(before)
    ids = match(document, know(list(stored.values()), list(stored)))
    told = {}
    for item_id, entry in zip(ids, document, strict=True):
        assert told.setdefault(item_id, marks_of_entry(entry)) == marks_of_entry(entry)


@given(st.lists(DOCUMENTS, max_size=2), DOCUMENTS, st.randoms())
def test_in_another_order_the_same_entries_are_found(
    before: list[list[Entry]], document: list[Entry], chance: Random
) -> None:
    stored = harvest(before)
    known = know(list(stored.values()), list(stored))
    found = set(match(document, known)) & stored.keys()
    shuffled = chance.sample(document, len(document))
    assert set(match(shuffled, known)) & stored.keys() == found
