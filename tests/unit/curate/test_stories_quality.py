"""How well stories are told apart and together, on the labelled set: floors, not wishes.

`python -m benchmarks.stories` prints the figures; tests/data/stories/README.md describes the set.
"""

from pathlib import Path

import pytest

from benchmarks.labelled_stories import (
    Labelled,
    Scores,
    read_corpus,
    read_labelled,
    read_samples,
    score_groups,
)
from benchmarks.stories import group_by_jaccard, group_by_marks, group_by_story


def measure(part: Labelled) -> Scores:
    return score_groups(part, group_by_story(part.items, part.aggregators))


@pytest.mark.parametrize(
    ("name", "precision", "recall"), [("tuning", 0.97, 0.95), ("held_out", 0.97, 0.90), ("fresh", 0.85, 0.80)]
)
def test_pairs_are_right_and_found_on_the_labelled_pieces(name: str, precision: float, recall: float) -> None:
    scores = measure(read_labelled(name))
    assert scores.precision >= precision, scores.wrong
    assert scores.recall >= recall, scores.missed


@pytest.mark.parametrize("name", ["tuning", "held_out", "fresh"])
def test_more_is_found_than_by_equal_titles_and_links_or_by_shared_words(name: str) -> None:
    part = read_labelled(name)
    ours = measure(part).f1
    assert ours > score_groups(part, group_by_marks(part.items)).f1
    assert ours > max(score_groups(part, group_by_jaccard(part.items, at / 10)).f1 for at in range(1, 10))


def test_the_sample_newsroom_has_one_story_told_three_times(root: Path) -> None:
    scores = measure(read_samples(root / "samples"))
    assert (scores.wrong, scores.missed) == ((), ())


def test_hardly_anything_of_real_feeds_is_put_together_wrongly(corpus: Path) -> None:
    part = read_corpus(corpus)
    scores = measure(part)
    assert len(part.items) > 3_000
    assert scores.precision >= 0.90, scores.wrong
    assert scores.recall >= 0.98, scores.missed


def test_all_labels_are_of_pieces_that_are_there() -> None:
    for name in ("tuning", "held_out", "fresh"):
        part = read_labelled(name)
        ids = [item.id for item in part.items]
        assert len(set(ids)) == len(ids) == len(part.story_of)
