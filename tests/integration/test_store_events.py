"""Events are followed from harvest to harvest, on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from stuifmail.harvest.calendars.event_making import make_events
from stuifmail.harvest.calendars.icalendars import parse_calendar
from stuifmail.harvest.calendars.occurrences import window_around
from stuifmail.harvest.calendars.storing_events import store_events
from stuifmail.harvest.formats.sheets import parse_sheet
from stuifmail.model.events import Event, EventChange, EventEdit
from stuifmail.model.harvests import StoredCounts
from stuifmail.model.items import Provenance
from stuifmail.store.database import Store
from stuifmail.store.event_changes import list_changes
from stuifmail.store.event_edits import list_edits, put_edit
from stuifmail.store.events import list_events
from tests.builders_harvest import NOW, make_calendar, make_config

pytestmark = pytest.mark.integration

CONFIG = make_config([{"id": "agenda", "kind": "calendar", "file": "a.ics"}])
WORKSHOP = (
    "UID:w-1@example.org\nSUMMARY:Workshop\nLOCATION:Utrecht\nDTSTART;TZID=Europe/Amsterdam:20260608T140000\n"
    "DTEND;TZID=Europe/Amsterdam:20260608T170000"
)
MEETING = "UID:m-1@example.org\nSUMMARY:Vergadering\nDTSTART;TZID=Europe/Amsterdam:20260901T100000"


def harvest(store: Store, *events: str, days: int = 0, head: str = "", whole: bool = True) -> StoredCounts:
    """Store a calendar with these events, so many days after the first harvest."""
    at = NOW + timedelta(days=days)
    content = make_calendar(*events, head=head)
    document = parse_calendar(
        content if whole else content[:-20], url="x", zone="Europe/Amsterdam", window=window_around(at)
    )
    provenance = Provenance(source_id="agenda", url="x", fetched_at=at, sha256=f"{days:064}")
    found, _ = make_events(document, CONFIG.sources[0], CONFIG, provenance)
    with store.begin() as connection:
        return store_events(connection, CONFIG.sources[0], document, found, at=at)


def stored(store: Store) -> list[Event]:
    with store.begin() as connection:
        return list_events(connection)


def changes(store: Store) -> list[EventChange]:
    with store.begin() as connection:
        return list_changes(connection)


def edit(store: Store, event: Event, field: str, value: str, base: str | None) -> None:
    with store.begin() as connection:
        put_edit(
            connection,
            EventEdit(event_id=event.id, field=field, value=value, base=base, actor="editor", edited_at=NOW),
        )


def kinds(store: Store) -> Sequence[str]:
    return [change.kind for change in changes(store)]


def test_the_same_calendar_twice_stores_nothing_twice(store: Store) -> None:
    assert harvest(store, WORKSHOP, MEETING) == StoredCounts(new_count=2)
    assert harvest(store, WORKSHOP, MEETING, days=1) == StoredCounts()
    assert [event.version for event in stored(store)] == [1, 1]


def test_a_moved_event_is_the_same_event_and_says_what_moved_in_its_own_zone(store: Store) -> None:
    harvest(store, WORKSHOP)
    moved = WORKSHOP.replace("0608T", "0609T").replace("Utrecht", "Zeist")
    assert harvest(store, moved, days=1) == StoredCounts(changed_count=1)
    (event,) = stored(store)
    assert (event.version, event.entry.starts_at) == (2, datetime(2026, 6, 9, 12, tzinfo=UTC))
    assert event.first_seen_at == NOW
    (change,) = changes(store)
    assert change.kind == "moved"
    assert [(each.field, each.before, each.after) for each in change.changes] == [
        ("starts_at", "Mon 8 June 2026 14:00", "Tue 9 June 2026 14:00"),
        ("ends_at", "Mon 8 June 2026 17:00", "Tue 9 June 2026 17:00"),
        ("location", "Utrecht", "Zeist"),
    ]


def test_cancelled_and_revived_events_stay_one_event(store: Store) -> None:
    harvest(store, WORKSHOP, MEETING)
    harvest(store, f"{WORKSHOP}\nSTATUS:CANCELLED\nSEQUENCE:1", MEETING, days=1)
    assert stored(store)[0].entry.status == "cancelled"
    harvest(store, f"{WORKSHOP}\nSEQUENCE:2", MEETING, days=2)
    assert kinds(store) == ["cancelled", "revived"]


def test_a_message_that_cancels_says_nothing_about_the_other_events(store: Store) -> None:
    harvest(store, WORKSHOP, MEETING)
    harvest(store, f"{WORKSHOP}\nSEQUENCE:1", days=1, head="METHOD:CANCEL\n")
    assert kinds(store) == ["cancelled"]
    assert [event.removed_at for event in stored(store)] == [None, None]


def test_an_event_is_postponed_when_its_title_says_so(store: Store) -> None:
    harvest(store, WORKSHOP)
    harvest(store, WORKSHOP.replace("SUMMARY:Workshop", "SUMMARY:UITGESTELD: Workshop"), days=1)
    assert kinds(store) == ["postponed"]


def test_a_stale_copy_changes_nothing_and_is_told(store: Store) -> None:
    harvest(store, f"{WORKSHOP}\nSEQUENCE:3")
    counts = harvest(store, f"{WORKSHOP.replace('0608T', '0607T')}\nSEQUENCE:2", days=1)
    assert counts == StoredCounts(problems=('older versions than were known are left out: "Workshop"',))
    assert stored(store)[0].entry.starts_at == datetime(2026, 6, 8, 12, tzinfo=UTC)


def test_of_two_versions_in_one_calendar_the_highest_sequence_counts_then_the_latest(store: Store) -> None:
    later = WORKSHOP.replace("0608T", "0610T")
    stamps = ("LAST-MODIFIED:20260402T000000Z", "LAST-MODIFIED:20260401T000000Z")
    harvest(
        store,
        f"{later}\nSEQUENCE:2",
        f"{WORKSHOP}\nSEQUENCE:1",
        f"{MEETING}\nLOCATION:Zeist\n{stamps[0]}",
        f"{MEETING}\nLOCATION:Driebergen\n{stamps[1]}",
    )
    assert [(event.entry.summary, event.entry.sequence) for event in stored(store)] == [
        ("Workshop", 2),
        ("Vergadering", 0),
    ]
    assert stored(store)[1].entry.location == "Zeist"


def test_an_event_that_a_whole_calendar_misses_is_removed_and_may_return(store: Store) -> None:
    harvest(store, WORKSHOP, MEETING)
    assert harvest(store, MEETING, days=1) == StoredCounts(removed_count=1)
    assert stored(store)[0].removed_at == NOW + timedelta(days=1)
    assert harvest(store, MEETING, days=2) == StoredCounts()
    assert harvest(store, WORKSHOP, MEETING, days=3) == StoredCounts(changed_count=1)
    assert stored(store)[0].removed_at is None
    assert kinds(store) == ["removed", "returned"]


def test_what_is_over_is_not_removed_nor_what_a_broken_or_empty_calendar_misses(store: Store) -> None:
    harvest(store, WORKSHOP, MEETING)
    assert harvest(store, MEETING, days=60).removed_count == 0
    assert harvest(store, MEETING, days=1, whole=False).removed_count == 0
    assert harvest(store, days=1).removed_count == 0


def test_an_event_pushed_off_the_end_of_a_list_of_the_next_ones_is_not_removed(store: Store) -> None:
    harvest(store, WORKSHOP, MEETING)
    between = MEETING.replace("m-1", "m-2").replace("0901T", "0701T")
    assert harvest(store, WORKSHOP, between, days=1) == StoredCounts(new_count=1)


def test_without_a_uid_an_event_that_moved_is_found_by_title_and_place(store: Store) -> None:
    nameless = WORKSHOP.split("\n", 1)[1]
    harvest(store, nameless, MEETING)
    assert harvest(store, nameless.replace("0608T", "0615T"), MEETING, days=1).changed_count == 1
    assert len(stored(store)) == 2
    assert kinds(store) == ["moved"]


def test_without_a_uid_an_event_is_found_by_its_address_whatever_else_changed(store: Store) -> None:
    nameless = WORKSHOP.split("\n", 1)[1] + "\nURL:https://www.example.org/agenda/workshop"
    harvest(store, nameless)
    other = nameless.replace("SUMMARY:Workshop", "SUMMARY:Oefenmiddag").replace("0608T", "0615T")
    harvest(store, other, days=1)
    assert [event.entry.summary for event in stored(store)] == ["Oefenmiddag"]


def test_two_events_without_a_uid_that_look_alike_are_never_taken_for_one(store: Store) -> None:
    nameless = WORKSHOP.split("\n", 1)[1]
    harvest(store, nameless, nameless.replace("0608T", "0622T"))
    harvest(store, nameless.replace("0608T", "0615T"), nameless.replace("0608T", "0629T"), days=1)
    assert len(stored(store)) == 4


def test_a_calendar_that_gives_new_uids_at_each_export_keeps_its_events(store: Store) -> None:
    harvest(store, WORKSHOP, MEETING)
    counts = harvest(store, WORKSHOP.replace("w-1", "x-9"), MEETING.replace("m-1", "x-8"), days=1)
    assert counts == StoredCounts()
    assert len(stored(store)) == 2


def test_one_date_of_a_repeating_event_that_moves_is_a_change_of_that_event(store: Store) -> None:
    weekly = WORKSHOP + "\nRRULE:FREQ=WEEKLY;COUNT=10"
    harvest(store, weekly)
    override = WORKSHOP.replace("20260608T140000", "20260623T140000").replace("0608T17", "0623T17")
    override += "\nRECURRENCE-ID;TZID=Europe/Amsterdam:20260622T140000"
    assert harvest(store, weekly, override, days=1) == StoredCounts(changed_count=1)
    harvest(store, f"{weekly}\nEXDATE;TZID=Europe/Amsterdam:20260629T140000", override, days=2)
    said = [(change.kind, each.before, each.after) for change in changes(store) for each in change.changes]
    assert said == [
        ("moved", "Mon 22 June 2026 14:00", "Tue 23 June 2026 14:00"),
        ("cancelled", "Mon 29 June 2026 14:00", "cancelled"),
    ]
    assert len(stored(store)) == 1


def test_dates_that_come_into_sight_as_months_pass_are_stored_and_are_no_change(store: Store) -> None:
    weekly = WORKSHOP + "\nRRULE:FREQ=WEEKLY"
    harvest(store, weekly)
    before = stored(store)[0]
    assert harvest(store, weekly, days=60) == StoredCounts()
    after = stored(store)[0]
    assert after.version == 1
    assert after.entry.occurrences[-1].recurrence_id > before.entry.occurrences[-1].recurrence_id


def test_an_edit_outlives_harvests_and_a_change_upstream_of_another_field_comes_through(store: Store) -> None:
    harvest(store, WORKSHOP)
    edit(store, stored(store)[0], "summary", "Workshop: vertellen", "Workshop")
    harvest(store, WORKSHOP.replace("Utrecht", "Zeist"), days=1)
    (event,) = stored(store)
    assert (event.entry.summary, event.entry.location) == ("Workshop: vertellen", "Zeist")
    assert event.harvested is not None
    assert (event.harvested.summary, event.conflicts) == ("Workshop", ())


def test_a_field_that_both_changed_stays_the_editors_and_is_told(store: Store) -> None:
    harvest(store, WORKSHOP)
    edit(store, stored(store)[0], "starts_at", "2026-06-10T12:00:00Z", "2026-06-08T12:00:00Z")
    harvest(store, WORKSHOP.replace("0608T14", "0609T14").replace("0608T17", "0609T17"), days=1)
    (event,) = stored(store)
    assert event.entry.starts_at == datetime(2026, 6, 10, 12, tzinfo=UTC)
    (conflict,) = event.conflicts
    assert (conflict.field, conflict.base) == ("starts_at", "Mon 8 June 2026 14:00")
    assert (conflict.ours, conflict.theirs) == ("Wed 10 June 2026 14:00", "Tue 9 June 2026 14:00")
    with store.begin() as connection:
        assert list_events(connection, starts_from=date(2026, 6, 10)) == [event]


def test_a_start_of_ours_keeps_the_length_of_an_event_that_its_source_moved(store: Store) -> None:
    harvest(store, WORKSHOP)
    edit(store, stored(store)[0], "starts_at", "2026-06-08T13:00:00Z", "2026-06-08T12:00:00Z")
    assert stored(store)[0].entry.ends_at == datetime(2026, 6, 8, 15, tzinfo=UTC)
    harvest(store, WORKSHOP.replace("0608T14", "0615T14").replace("0608T17", "0615T17"), days=1)
    (event,) = stored(store)
    assert event.entry.starts_at == datetime(2026, 6, 8, 13, tzinfo=UTC)
    assert event.entry.ends_at == datetime(2026, 6, 8, 16, tzinfo=UTC)
    harvest(
        store,
        WORKSHOP.replace("TZID=Europe/Amsterdam:", "VALUE=DATE:")
        .replace("T140000", "")
        .replace("20260608T170000", "20260610"),
        days=2,
    )
    assert stored(store)[0].entry.ends_at is None


def test_an_end_of_ours_does_not_stay_before_a_start_that_moved(store: Store) -> None:
    harvest(store, WORKSHOP)
    edit(store, stored(store)[0], "ends_at", "2026-06-08T14:00:00Z", "2026-06-08T15:00:00Z")
    harvest(store, WORKSHOP.replace("0608T14", "0615T14").replace("0608T17", "0615T17"), days=1)
    (event,) = stored(store)
    assert event.entry.ends_at == datetime(2026, 6, 15, 15, tzinfo=UTC)
    assert [conflict.field for conflict in event.conflicts] == ["ends_at"]


def test_an_edit_that_the_source_takes_over_is_no_edit_any_more(store: Store) -> None:
    harvest(store, WORKSHOP)
    edit(store, stored(store)[0], "summary", "Oefenmiddag", "Workshop")
    harvest(store, WORKSHOP.replace("SUMMARY:Workshop", "SUMMARY:Oefenmiddag"), days=1)
    with store.begin() as connection:
        assert list_edits(connection) == {}
    (event,) = stored(store)
    assert (event.entry.summary, event.harvested) == ("Oefenmiddag", None)


def test_changes_can_be_listed_since_a_moment(store: Store) -> None:
    harvest(store, WORKSHOP)
    harvest(store, WORKSHOP.replace("Utrecht", "Zeist"), days=1)
    harvest(store, WORKSHOP, days=2)
    with store.begin() as connection:
        (latest,) = list_changes(connection, since=NOW + timedelta(days=2))
    assert latest == replace(changes(store)[1])


def test_a_date_without_a_year_keeps_the_year_in_which_it_was_first_read(store: Store) -> None:
    for days in (0, 60):
        at = NOW + timedelta(days=days)
        document = parse_sheet(b"title,starts\nSymposium,29 mei\n", url="x.csv", holds="events", now=at)
        provenance = Provenance(source_id="agenda", url="x", fetched_at=at, sha256="0" * 64)
        found, _ = make_events(document, CONFIG.sources[0], CONFIG, provenance)
        with store.begin() as connection:
            store_events(connection, CONFIG.sources[0], document, found, at=at)
    (event,) = stored(store)
    assert event.entry.span is not None
    assert (event.entry.span.first, event.version) == (date(2026, 5, 29), 1)
