"""What a source took away is told from what fell off its feed, and from a broken feed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from stuifmail.harvest.identity.removals import Missing, find_missing
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.items import Entry, KnownItem

START = datetime(2026, 4, 1, 8, tzinfo=UTC)


def date(day: int) -> datetime:
    return START + timedelta(days=day)


def know(days: Sequence[int | None], **changes: object) -> list[KnownItem]:
    """Answer stored items of these days, called after their place."""
    values = {
        "guid": None,
        "link": None,
        "link_key": None,
        "title": "Bericht",
        "member_id": "berm",
        "language": "nl",
        "version": 1,
        "first_seen_at": START,
        "entry_sha256": "0" * 64,
        **changes,
    }
    dates = [None if day is None else date(day) for day in days]
    return [
        KnownItem(id=str(place), published_at=moment, dated_at=moment, **values)
        for place, moment in enumerate(dates)
    ]


def show(*days: int | None, problems: Sequence[str] = (), is_whole: bool = False) -> ParsedDocument:
    """Answer a document with entries of these days, in this order."""
    entries = tuple(Entry(title="Bericht", published_at=None if day is None else date(day)) for day in days)
    return ParsedDocument(kind="feed", entries=entries, problems=tuple(problems), is_whole=is_whole)


def missing(document: ParsedDocument, known: Sequence[KnownItem], *found: int) -> tuple[str, ...]:
    return find_missing(document, known, [str(place) for place in found]).ids


def test_a_missing_piece_newer_than_the_oldest_entry_was_taken_away() -> None:
    assert missing(show(5, 3, 1), know([5, 4, 3, 1]), 0, 2, 3) == ("1",)


def test_a_missing_piece_newer_than_all_entries_was_taken_away() -> None:
    assert missing(show(4, 3, 1), know([5, 4, 3, 1]), 1, 2, 3) == ("0",)


def test_a_missing_piece_older_than_all_entries_fell_off_the_end() -> None:
    assert missing(show(6, 5, 4), know([5, 4, 3, 2]), 0, 1) == ()


def test_a_piece_without_a_date_may_have_fallen_off_too() -> None:
    assert missing(show(5, 3, 1), know([5, None, 3, 1]), 0, 2, 3) == ()


def test_an_old_piece_pinned_to_the_top_does_not_move_the_feeds_end() -> None:
    assert missing(show(-300, 9, 8, 7), know([-300, 9, 8, 7, 3, 2]), 0, 1, 2, 3) == ()
    assert missing(show(-300, 9, 8, 6), know([-300, 9, 8, 7, 6]), 0, 1, 2, 4) == ("3",)


def test_a_feed_with_its_oldest_entry_first_is_read_from_there() -> None:
    assert missing(show(3, 5, 6), know([6, 5, 4, 3, 2]), 0, 1, 3) == ("2",)


def test_a_feed_in_no_order_of_time_says_nothing() -> None:
    assert missing(show(4, 9, 1, 8, 2, 7), know([4, 9, 1, 8, 2, 7, 5]), 0, 1, 2, 3, 4, 5) == ()


def test_an_empty_document_takes_nothing_away() -> None:
    assert find_missing(show(), know([3, 2, 1]), []) == Missing()
    assert find_missing(show(is_whole=True), know([3, 2, 1]), []) == Missing()


def test_a_feed_that_misses_nearly_all_is_not_believed_and_said_so() -> None:
    answer = find_missing(show(9, 0), know(range(10)), ["9", "0"])
    assert answer.ids == ()
    assert answer.problem.startswith("8 of 9 pieces are missing at once")


@pytest.mark.parametrize(("gone", "believed"), [(2, True), (3, False)])
def test_a_document_with_problems_is_believed_less(gone: int, believed: bool) -> None:
    there = [0, *range(gone + 1, 11)]
    document = show(*reversed(there), problems=["it ends in the middle"])
    answer = find_missing(document, know(range(11)), list(map(str, there)))
    assert bool(answer.ids) == believed
    assert bool(answer.problem) != believed


def test_all_that_a_whole_sheet_lacks_was_taken_away() -> None:
    known = know([None, None, None, 7])
    assert missing(show(None, is_whole=True), known, 2) == ("0", "1", "3")
    assert missing(show(None, is_whole=True, problems=["line 3: the title is empty"]), known, 2) == ()


def test_what_is_marked_or_killed_already_is_not_marked_again() -> None:
    removed = know([4, 3], removed_at=START)
    assert missing(show(5, 1), removed) == ()
    assert missing(show(5, 1), know([4, 3], killed_at=START)) == ()
