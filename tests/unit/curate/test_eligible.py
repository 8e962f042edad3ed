"""What was taken back, by its member or by an editor, is no news any more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stuifmail.curate.eligible import Frame, why_left_out
from tests.builders_harvest import NOW, make_item


@pytest.mark.parametrize(
    ("marks", "language", "reason"),
    [
        ({"removed_at": NOW}, "nl", "door het lid verwijderd"),
        ({"removed_at": NOW}, "en", "removed by the member"),
        ({"killed_at": NOW}, "nl", "door een redacteur geschrapt"),
        ({"killed_at": NOW, "removed_at": NOW}, "en", "struck out by an editor"),
        ({}, "nl", ""),
    ],
)
def test_an_item_that_was_taken_back_is_left_out_and_says_by_whom(
    marks: dict[str, object], language: str, reason: str
) -> None:
    frame = Frame(
        members={},
        period=(NOW - timedelta(days=40), NOW),
        already_sent=set(),
        now=NOW,
        language=language,
    )
    assert why_left_out(make_item(member_id="", **marks), frame) == reason


@pytest.mark.parametrize(
    ("changes", "language", "reason"),
    [
        ({"answered": True}, "nl", "de vraag is beantwoord"),
        ({"answered": True}, "en", "the question was answered"),
        ({"expires_at": NOW - timedelta(days=1)}, "nl", "verlopen op 2026-05-03"),
        ({}, "nl", ""),
    ],
)
def test_a_question_that_was_answered_or_is_over_is_not_asked_again(
    changes: dict[str, object], language: str, reason: str
) -> None:
    item = make_item(member_id="")
    item = replace(item, entry=replace(item.entry, kind="help_request", **changes))
    frame = Frame(
        members={},
        period=(NOW - timedelta(days=40), NOW),
        already_sent=set(),
        now=NOW,
        language=language,
    )
    assert why_left_out(item, frame) == reason


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "EMBARGO tot 12 mei 2026, 10.00 uur. De handtekening volgt.",
            "EMBARGO tot 12 mei 2026, 10.00 uur. De…",
        ),
        ("Onder embargo tot 12 mei.", "Onder embargo tot 12 mei."),
    ],
)
def test_of_an_embargo_whole_words_are_told(text: str, told: str) -> None:
    frame = Frame(
        members={}, period=(NOW - timedelta(days=40), NOW), already_sent=set(), now=NOW, language="nl"
    )
    item = make_item(member_id="")
    item = replace(item, entry=replace(item.entry, text=text))
    assert why_left_out(item, frame) == f"onder embargo, want er staat: {told}"
