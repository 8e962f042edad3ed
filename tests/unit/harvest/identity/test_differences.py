"""An edit is told so that an editor can read it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stuifmail.harvest.identity.differences import compare_entries, is_edit, mark_words
from stuifmail.model.items import Change, Entry

NEWS = Entry(
    guid="1",
    title="Berm bloeit weer",
    link="https://berm.example.org/12",
    published_at=datetime(2026, 4, 28, 8, tzinfo=UTC),
    text="De berm bloeit.\n\nKom kijken.",
    categories=("natuur", "stad"),
)


def test_words_that_went_and_came_are_marked_where_they_stood() -> None:
    before, after = mark_words("De berm bloeit in mei weer", "De berm bloeit volop in juni weer")
    assert before == "De berm bloeit in [-mei-] weer"
    assert after == "De berm bloeit {+volop+} in {+juni+} weer"


def test_each_field_that_changed_is_told_once() -> None:
    moved = datetime(2026, 4, 30, 8, tzinfo=UTC)
    after = replace(
        NEWS, title="Berm bloeit volop", published_at=moved, image_url="https://berm.example.org/b.jpg"
    )
    assert compare_entries(NEWS, after) == (
        Change(field="title", before="Berm bloeit [-weer-]", after="Berm bloeit {+volop+}"),
        Change(field="published_at", before="2026-04-28T08:00:00Z", after="2026-04-30T08:00:00Z"),
        Change(field="image_url", before="", after="https://berm.example.org/b.jpg"),
    )


def test_of_a_long_text_only_the_changed_sentences_are_shown_with_their_neighbours() -> None:
    sentences = [f"Dit is zin nummer {number}." for number in range(40)]
    changed = [*sentences[:20], "Dit is zin nummer twintig.", *sentences[21:]]
    (change,) = compare_entries(
        replace(NEWS, text=" ".join(sentences)), replace(NEWS, text=" ".join(changed))
    )
    assert change.before == "… Dit is zin nummer 19. Dit is zin nummer [-20.-] Dit is zin nummer 21. …"
    assert change.after == "… Dit is zin nummer 19. Dit is zin nummer {+twintig.+} Dit is zin nummer 21. …"


def test_a_sentence_that_only_came_in_shows_its_place_in_both() -> None:
    sentences = [f"Dit is zin nummer {number}." for number in range(40)]
    longer = [*sentences[:20], "Nieuw.", *sentences[20:]]
    (change,) = compare_entries(replace(NEWS, text=" ".join(sentences)), replace(NEWS, text=" ".join(longer)))
    assert change.before == "… Dit is zin nummer 19. Dit is zin nummer 20. …"
    assert change.after == "… Dit is zin nummer 19. {+Nieuw.+} Dit is zin nummer 20. …"


def test_a_long_text_that_went_is_cut() -> None:
    (change,) = compare_entries(replace(NEWS, text="woord " * 200), replace(NEWS, text=""))
    assert len(change.before) <= 241
    assert change.before.endswith("woord…")
    assert change.after == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "De  berm bloeit. \n Kom\u00a0kijken."},
        {"link": "http://www.berm.example.org/12/?utm_source=rss"},
        {"categories": ("stad", "natuur")},
        {"updated_at": datetime(2026, 5, 1, tzinfo=UTC)},
        {"html": "<p>De berm bloeit.</p>", "links": ("https://example.org/",), "guid": "2"},
    ],
)
def test_what_readers_do_not_see_is_no_edit(changes: dict[str, object]) -> None:
    assert not is_edit(NEWS, replace(NEWS, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Berm bloeit"},
        {"text": "De berm bloeit niet."},
        {"link": "https://berm.example.org/13"},
        {"published_at": None},
        {"answered": True},
        {"expires_at": datetime(2026, 6, 1, tzinfo=UTC)},
        {"categories": ("natuur",)},
    ],
)
def test_what_readers_see_is_an_edit_and_is_told(changes: dict[str, object]) -> None:
    after = replace(NEWS, **changes)
    assert is_edit(NEWS, after)
    assert [change.field for change in compare_entries(NEWS, after)] == list(changes)
