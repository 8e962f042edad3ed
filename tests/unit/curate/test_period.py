"""Who and what stood in all that was sent: shares, words, gaps, and silence that means nothing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from stuifmail.curate.period import Attention, count_words, measure_attention
from stuifmail.model.publications import Publication, StoryBlock
from tests.unit.curate.test_fairness import MEMBERS, VOCABULARIES, issue, story

MAY = date(2026, 5, 31)
LAST = {"a": datetime(2026, 4, 7, 8, tzinfo=UTC)}


def measure(
    *sent: Publication,
    troubles: Mapping[str, str] | None = None,
    on: date = MAY,
    passers_on: frozenset[str] = frozenset(),
) -> Attention:
    return measure_attention(
        sent,
        last=LAST,
        members=MEMBERS,
        vocabularies=VOCABULARIES,
        on=on,
        troubles=troubles or {},
        passers_on=passers_on,
    )


def wordy(number: int, words: int, *members: str) -> StoryBlock:
    return story(number, *members, title=" ".join(["woord"] * words))


def test_without_a_piece_everybody_is_silent_and_nothing_is_divided() -> None:
    found = measure()
    assert found.news_count == 0
    assert {member.count for member in found.members} == {0}
    assert {kind.percent for kind in found.kinds} == {0.0}
    assert [point.count for point in found.focus_points] == [0]


def test_words_of_a_piece_by_several_are_parted_evenly() -> None:
    sent = [issue(0, wordy(1, 6, "a", "b"), wordy(2, 9, "a"))]
    assert count_words(sent) == {"a": 12.0, "b": 3.0}
    assert count_words(sent, {"b"}) == {"a": 15.0}


def test_members_stand_by_pieces_and_words_and_those_who_left_are_not_named() -> None:
    found = measure(issue(0, wordy(1, 6, "b"), wordy(2, 2, "a"), wordy(3, 2, "weg")))
    assert [member.id for member in found.members] == ["b", "a", "c", "nieuw"]
    assert [member.words_percent for member in found.members] == [60.0, 20.0, 0.0, 0.0]
    assert found.members[1].last_at == LAST["a"]
    assert found.members[2].last_at is None


def test_who_left_later_is_named_in_the_report_of_before() -> None:
    assert "weg" in {member.id for member in measure(on=date(2025, 12, 31)).members}
    assert "nieuw" not in {member.id for member in measure(on=date(2025, 12, 31)).members}


def test_silence_is_told_apart_from_a_source_that_we_lack() -> None:
    found = measure(issue(0, story(1, "a")), troubles={"b": "no_source"})
    assert {member.id: member.trouble for member in found.members if not member.count} == {
        "b": "no_source",
        "c": "",
        "nieuw": "",
    }


def test_shares_are_held_against_what_would_be_even() -> None:
    found = measure(issue(0, story(1, "a"), story(2, "b"), story(3, "a"), story(4, "c")))
    assert {kind.id: (kind.count, kind.percent, kind.fair_percent) for kind in found.kinds} == {
        "ngo": (3, 75.0, 75.0),
        "bedrijf": (1, 25.0, 25.0),
    }
    assert [(country.id, country.count) for country in found.countries] == [("NL", 3), ("BE", 1)]
    assert {domain.id: (domain.count, domain.fair_percent) for domain in found.domains} == {
        "water": (4, 50.0),
        "land": (0, 50.0),
    }


def test_only_the_focus_points_of_that_year_are_told_with_their_gaps() -> None:
    with_verge = measure(issue(0, story(1, "a")))
    without = measure(issue(0, story(1, "a", title="Een markt op het plein")))
    assert [(point.id, point.count) for point in with_verge.focus_points] == [("meer-berm", 1)]
    assert [(point.id, point.count) for point in without.focus_points] == [("meer-berm", 0)]
    assert [point.id for point in measure(on=date(2025, 12, 31)).focus_points] == ["oud"]


def test_who_only_passes_news_on_is_not_featured_by_it() -> None:
    found = measure(issue(0, story(1, "a", "b")), passers_on=frozenset({"b"}))
    assert {member.id for member in found.members if member.count} == {"a"}
