from datetime import UTC, date, datetime, timedelta

import pytest

from stuifmail.config.load import load_config
from stuifmail.config.models import Member, Source
from stuifmail.harvest.facts import describe_facts, note_since
from stuifmail.harvest.health import find_first_items, find_member_troubles, find_source_troubles
from stuifmail.model.health import FirstItem, MemberActivity
from stuifmail.model.items import Entry, Item, Provenance
from stuifmail.store.sources import SourceState

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=100)


@pytest.fixture(scope="module")
def config(root):
    return load_config(root)


def source(**changes):
    values = {"id": "bron", "member": "wilgenrade", "kind": "feed", "url": "https://lid.example.org/feed"}
    return Source(**{**values, **changes})


def state(**changes):
    values = {"id": "bron", "checked_at": NOW, "first_fetched_at": LONG_AGO, "facts": {}}
    return SourceState(**{**values, **changes})


def member(**changes):
    values = {"id": "wilgenrade", "name": "Wilgenrade", "kind": "municipality", "tier": "partner"}
    return Member(**{**values, "joined": date(2020, 1, 1), **changes})


def kinds(source, state, quiet_days=90):
    return [trouble.kind for trouble in find_source_troubles(source, state, now=NOW, quiet_days=quiet_days)]


def item(number, *, guid="", published_at=NOW, updated_at=None):
    provenance = Provenance(source_id="bron", url="https://lid.example.org/feed", fetched_at=NOW, sha256="")
    entry = Entry(guid=guid or f"guid-{number}", published_at=published_at, updated_at=updated_at)
    return Item(
        id=str(number),
        source_id="bron",
        member_id="wilgenrade",
        entry=entry,
        language="nl",
        provenance=provenance,
        first_seen_at=NOW,
    )


def facts(items, events_count=0):
    return describe_facts(items, events_count=events_count, now=NOW)


def test_a_source_with_news_of_last_week_is_well():
    newest = (NOW - timedelta(days=7)).isoformat()
    assert kinds(source(), state(facts={"newest_at": newest})) == []


def test_a_source_that_was_never_harvested_says_so():
    assert kinds(source(), None) == ["never"]
    assert kinds(source(), SourceState(id="bron")) == ["never"]


def test_a_broken_source_is_told_with_its_cause_and_since_when_and_nothing_else_of_it():
    broken = state(failing_since=LONG_AGO, error="there is no server of this name", facts={"one_guid": True})
    (trouble,) = find_source_troubles(source(), broken, now=NOW, quiet_days=90)
    assert (trouble.kind, trouble.since) == ("failing", LONG_AGO)
    assert trouble.words == "there is no server of this name"


@pytest.mark.parametrize(
    ("changes", "days", "for_member", "remedy"),
    [
        ({}, 0, False, "wait: it is tried again by itself"),
        ({}, 2, True, "send the member its note"),
        ({"url": None, "file": "feed.xml"}, 100, False, "stuifmail parse feed.xml"),
    ],
)
def test_a_member_is_not_bothered_with_a_bad_day_of_its_server_or_a_file_of_ours(
    changes, days, for_member, remedy
):
    broken = state(failing_since=NOW - timedelta(days=days), error="x")
    (trouble,) = find_source_troubles(source(**changes), broken, now=NOW, quiet_days=90)
    assert trouble.for_member is for_member
    assert remedy in trouble.remedy


def test_a_source_that_is_gone_for_good_is_retired_not_failing():
    assert kinds(source(), state(retired_at=NOW, failing_since=LONG_AGO)) == ["retired"]


def test_a_source_that_moved_is_told_with_the_command_that_follows_it():
    moved = state(moved_to="https://lid.example.org/rss", moved_since=LONG_AGO)
    (trouble,) = find_source_troubles(source(), moved, now=NOW, quiet_days=90)
    assert trouble.moved_to == "https://lid.example.org/rss"
    assert trouble.remedy == "stuifmail sources move bron https://lid.example.org/rss"
    assert trouble.since == LONG_AGO


def test_a_source_is_quiet_from_the_day_that_the_newsroom_sets():
    newest = (NOW - timedelta(days=90)).isoformat()
    (trouble,) = find_source_troubles(source(), state(facts={"newest_at": newest}), now=NOW, quiet_days=90)
    assert (trouble.kind, trouble.words) == ("quiet", "nothing new for 90 days")
    assert trouble.since == NOW - timedelta(days=90)
    assert kinds(source(), state(facts={"newest_at": newest}), quiet_days=91) == []


def test_a_source_without_dates_is_quiet_when_nothing_new_came_in():
    assert kinds(source(), state(last_new_at=LONG_AGO, facts={"newest_at": None})) == ["quiet"]


@pytest.mark.parametrize("changes", [{"kind": "calendar", "url": "https://lid.example.org/a.ics"}])
def test_a_calendar_is_never_quiet_for_want_of_news(changes):
    assert kinds(source(**changes), state(last_new_at=LONG_AGO)) == []


def test_facts_tell_what_is_odd_about_a_document():
    future = NOW + timedelta(days=30)
    odd = facts([item(1, guid="same", published_at=future), *(item(n, guid="same") for n in (2, 3))])
    assert odd == {
        "newest_at": NOW.isoformat(),
        "future_count": 1,
        "one_guid": True,
        "undated": False,
        "empty": False,
    }
    assert facts([item(1, published_at=None)])["undated"]
    assert facts([]) == {**odd, "newest_at": None, "future_count": 0, "one_guid": False, "empty": True}
    assert not facts([], events_count=1)["empty"]


def test_two_entries_of_one_id_prove_nothing_and_no_id_at_all_is_another_matter():
    assert not facts([item(1, guid="same"), item(2, guid="same")])["one_guid"]


def test_an_entry_of_tonight_is_not_of_the_future():
    assert facts([item(1, published_at=NOW + timedelta(hours=20))])["future_count"] == 0


def test_a_trouble_keeps_the_moment_since_when_it_is_there_until_it_is_gone():
    later = NOW + timedelta(days=1)
    first = note_since({"one_guid": True, "future_count": 0}, {}, NOW)
    assert first == {"one_guid": NOW.isoformat()}
    assert note_since({"one_guid": True, "undated": True}, first, later) == {
        "one_guid": NOW.isoformat(),
        "undated": later.isoformat(),
    }
    assert note_since({"one_guid": False}, first, later) == {}


def test_odd_facts_become_troubles_with_their_moment():
    odd = state(
        facts={"future_count": 2, "one_guid": True, "undated": False, "newest_at": NOW.isoformat()},
        facts_since={"future_count": LONG_AGO.isoformat(), "one_guid": NOW.isoformat()},
    )
    found = find_source_troubles(source(), odd, now=NOW, quiet_days=90)
    assert [(trouble.kind, trouble.since) for trouble in found] == [("one_guid", NOW), ("future", LONG_AGO)]


def test_an_empty_feed_is_told_once_and_not_as_quiet_too():
    empty = state(facts={"empty": True, "newest_at": None}, last_new_at=LONG_AGO)
    assert kinds(source(), empty) == ["empty"]


def activity(newest_at, first=None):
    return MemberActivity(member_id="wilgenrade", items_count=1, newest_at=newest_at, first=first)


def newsroom(config, members, sources):
    return config.model_copy(update={"members": tuple(members), "sources": tuple(sources)})


def test_a_member_is_silent_when_its_sources_work_and_bring_nothing_new(config):
    room = newsroom(config, [member()], [source()])
    (trouble,) = find_member_troubles(room, {"wilgenrade": activity(LONG_AGO)}, [], now=NOW)
    assert (trouble.kind, trouble.member_id, trouble.since) == ("silent", "wilgenrade", LONG_AGO)
    assert find_member_troubles(room, {"wilgenrade": activity(NOW)}, [], now=NOW) == ()


def test_a_member_whose_source_is_broken_is_not_called_silent(config):
    room = newsroom(config, [member()], [source()])
    broken = find_source_troubles(source(), state(failing_since=LONG_AGO), now=NOW, quiet_days=90)
    assert find_member_troubles(room, {}, broken, now=NOW) == ()


def test_a_member_without_a_source_is_told_unless_it_hands_in_news_or_has_left(config):
    room = newsroom(config, [member(website="https://lid.example.org/")], [])
    (trouble,) = find_member_troubles(room, {}, [], now=NOW)
    assert trouble.kind == "no_source"
    assert "stuifmail sources add https://lid.example.org/ --member wilgenrade" in trouble.remedy
    assert find_member_troubles(room, {"wilgenrade": activity(NOW)}, [], now=NOW) == ()
    gone = newsroom(config, [member(left=date(2026, 1, 1))], [])
    assert find_member_troubles(gone, {}, [], now=NOW) == ()


def test_the_first_news_of_a_new_member_is_told_and_that_of_an_old_one_is_not():
    first = FirstItem(
        member_id="wilgenrade", item_id="1", title="Wij zijn erbij", link=None, first_seen_at=NOW
    )
    found = {"wilgenrade": activity(NOW, first)}
    assert find_first_items([member(joined=date(2026, 2, 1))], found, now=NOW) == (first,)
    assert find_first_items([member()], found, now=NOW) == ()
    assert find_first_items([member(joined=date(2026, 2, 1))], {}, now=NOW) == ()
