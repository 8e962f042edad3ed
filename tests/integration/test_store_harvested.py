"""Items, events and states of sources are stored once and found again, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event as hook

from stuifmail.model.events import CalendarEntry, DaySpan, Event, Occurrence
from stuifmail.model.harvests import StoredCounts
from stuifmail.model.items import Item, ItemVersion
from stuifmail.store.database import Store
from stuifmail.store.events import add_events, count_events, get_events, list_events, replace_events
from stuifmail.store.item_versions import list_versions
from stuifmail.store.items import count_items, get_items, list_items
from stuifmail.store.sources import SourceState, get_states, put_state
from tests.builders_harvest import NOW, make_item, put_items


def put(store: Store, *items: Item) -> StoredCounts:
    with store.begin() as connection:
        return put_items(connection, *items)


def make_event(number: int = 1, **changes: object) -> Event:
    entry = CalendarEntry(
        uid=f"w-{number}",
        summary=f"Werkdag {number}",
        starts_at=datetime(2026, 6, number, 12, tzinfo=UTC),
        time_zone="Europe/Amsterdam",
    )
    values = {"id": f"event-{number}", "source_id": "agenda", "member_id": "berm", "entry": entry}
    provenance = replace(make_item().provenance, source_id="agenda")
    return Event(**{**values, "provenance": provenance, "first_seen_at": NOW, **changes})


def test_storing_twice_stores_nothing_twice(store: Store) -> None:
    items = [make_item(number) for number in range(1, 4)]
    assert put(store, *items) == StoredCounts(new_count=3)
    assert put(store, *items) == StoredCounts()
    with store.begin() as connection:
        assert count_items(connection) == 3
        assert list_items(connection) == sorted(items, key=lambda item: item.dated_at, reverse=True)


def test_an_edit_upstream_updates_the_item_and_raises_its_version(store: Store) -> None:
    item = make_item()
    put(store, item)
    later = NOW + timedelta(days=1)
    edited = replace(
        item,
        entry=replace(item.entry, title="Verbeterd"),
        provenance=replace(item.provenance, fetched_at=later, sha256="1" * 64),
        first_seen_at=later,
    )
    assert put(store, edited) == StoredCounts(changed_count=1)
    with store.begin() as connection:
        (stored,) = list_items(connection)
        earlier = list_versions(connection, [item.id])
    assert stored == replace(edited, version=2, first_seen_at=NOW)
    first = ItemVersion(number=1, entry=item.entry, language="nl", provenance=item.provenance)
    assert earlier == {item.id: [first]}
    assert put(store, edited) == StoredCounts()


def test_another_member_or_language_is_stored_without_being_an_edit(store: Store) -> None:
    item = make_item()
    put(store, item)
    refetched = replace(
        item,
        language="en",
        member_id="koolzaad",
        provenance=replace(item.provenance, fetched_at=NOW + timedelta(1), sha256="1" * 64),
    )
    assert put(store, refetched) == StoredCounts()
    with store.begin() as connection:
        assert list_items(connection) == [replace(item, language="en", member_id="koolzaad")]


def test_of_two_items_with_one_id_the_first_counts(store: Store) -> None:
    first = make_item()
    second = replace(first, entry=replace(first.entry, text="Tweede"))
    assert put(store, first, second) == StoredCounts(new_count=1)
    with store.begin() as connection:
        assert get_items(connection, [first.id, "unknown"]) == {first.id: first}


def test_undated_news_keeps_the_day_on_which_it_was_first_seen(store: Store) -> None:
    item = make_item()
    undated = replace(item, entry=replace(item.entry, published_at=None))
    put(store, undated)
    put(
        store,
        replace(undated, entry=replace(undated.entry, text="nieuw"), first_seen_at=NOW + timedelta(days=9)),
    )
    with store.begin() as connection:
        (stored,) = list_items(connection, dated_from=NOW, dated_before=NOW + timedelta(days=1))
    assert (stored.version, stored.dated_at) == (2, NOW)


def test_a_period_holds_its_first_moment_and_not_its_last(store: Store) -> None:
    items = [make_item(number) for number in range(1, 6)]
    put(store, *items)
    with store.begin() as connection:
        found = list_items(connection, dated_from=items[1].dated_at, dated_before=items[3].dated_at)
        others = list_items(connection, source_ids=["other"])
        newest = list_items(connection, limit=1)
    assert [item.id for item in found] == ["item-3", "item-2"]
    assert others == []
    assert [item.id for item in newest] == ["item-5"]


@pytest.mark.parametrize("count", [10, 2500])
def test_the_number_of_statements_does_not_grow_with_each_item(store: Store, count: int) -> None:
    statements: list[str] = []
    hook.listen(store.engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
    items = [make_item(number) for number in range(count)]
    put(store, *items)
    with store.begin() as connection:
        assert len(get_items(connection, [item.id for item in items])) == count
    assert len([each for each in statements if each.startswith(("SELECT", "INSERT"))]) <= 12


def test_texts_of_all_scripts_survive(store: Store) -> None:
    item = make_item()
    entry = replace(
        item.entry, title="Coöperatie 蜜蜂 🐝 \"'", text="a\n\nb", categories=("a", "b"), guid="é" * 2000
    )
    put(store, replace(item, entry=entry))
    with store.begin() as connection:
        assert get_items(connection, [item.id])[item.id].entry == entry


def test_events_are_stored_replaced_and_listed_by_their_day(store: Store) -> None:
    events = [make_event(number) for number in range(1, 4)]
    moved = replace(events[0], entry=replace(events[0].entry, starts_at=date(2026, 7, 1)))
    undated = make_event(4, entry=CalendarEntry(summary="Ooit"))
    with store.begin() as connection:
        add_events(connection, [*events, undated])
        replace_events(connection, [moved])
        listed = list_events(connection)
        june = list_events(connection, starts_from=date(2026, 6, 3), starts_before=date(2026, 7, 1))
        assert count_events(connection, "agenda") == 4
        assert get_events(connection, ["event-1"])["event-1"] == moved
    assert [event.id for event in listed] == ["event-2", "event-3", "event-1", "event-4"]
    assert june == [events[2]]


def test_an_event_stands_on_the_day_of_its_own_zone(store: Store) -> None:
    late = CalendarEntry(starts_at=datetime(2026, 6, 8, 22, 30, tzinfo=UTC), time_zone="Europe/Amsterdam")
    with store.begin() as connection:
        add_events(connection, [make_event(1, entry=late)])
        assert list_events(connection, starts_before=date(2026, 6, 9)) == []
        assert len(list_events(connection, starts_from=date(2026, 6, 9))) == 1


def test_an_event_is_listed_as_long_as_something_of_it_may_still_happen(store: Store) -> None:
    weekly = tuple(
        Occurrence(recurrence_id=f"2026-06-{day:02}", starts_at=date(2026, 6, day)) for day in (1, 8, 15)
    )
    by_september = DaySpan(first=None, last=date(2026, 9, 30), precision="open")
    from_july = DaySpan(first=date(2026, 7, 1), last=None, precision="open")
    entries = {
        "days": CalendarEntry(starts_at=date(2026, 6, 1), ends_at=date(2026, 6, 4)),
        "weekly": CalendarEntry(starts_at=date(2020, 6, 1), rrule="FREQ=WEEKLY", occurrences=weekly),
        "until": CalendarEntry(span=by_september, status="tentative"),
        "after": CalendarEntry(span=from_july, status="tentative"),
    }
    with store.begin() as connection:
        add_events(connection, [make_event(id=name, entry=entry) for name, entry in entries.items()])
        for day, wanted in {
            date(2026, 6, 3): {"days", "weekly", "until", "after"},
            date(2026, 6, 15): {"weekly", "until", "after"},
            date(2026, 6, 16): {"until", "after"},
            date(2026, 10, 1): {"after"},
        }.items():
            assert {event.id for event in list_events(connection, starts_from=day)} == wanted


def test_the_state_of_a_source_is_replaced_and_found(store: Store) -> None:
    state = SourceState(
        id="berm", etag='"1"', sha256="0" * 64, url="https://x", fetched_at=NOW, entries_count=3
    )
    failing = replace(state, failing_since=NOW, failures_count=2, error="the server is overloaded (503)")
    with store.begin() as connection:
        put_state(connection, state)
        put_state(connection, failing)
        assert get_states(connection, ["berm", "other"]) == {"berm": failing}
        assert get_states(connection) == {"berm": failing}
