"""Editing a draft as YAML: nothing is lost on the way out and back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.errors import InvalidDraft
from stuifmail.model.publications import Publication
from stuifmail.review.editing import bind_figures, draft_to_yaml, unwrap_text, wrap_text, yaml_to_draft
from tests.builders_publication import build_publication


@pytest.fixture(scope="module")
def issue() -> Publication:
    built = build_publication()
    figures = {figure.id: figure for figure in built.figures}
    return replace(built, figures=bind_figures(built, figures))


def read(text: str, issue: Publication) -> Publication:
    known = {figure.id: figure for figure in issue.figures}
    return yaml_to_draft(text, base=issue, figures=known, file="issue.yaml")


def problems_of(text: str, issue: Publication) -> list[str]:
    with pytest.raises(InvalidDraft) as caught:
        read(text, issue)
    return [str(problem) for problem in caught.value.problems]


def to_yaml(issue: Publication) -> str:
    return draft_to_yaml(issue, revision=1, author="stuifmail")


def test_a_draft_that_nobody_changed_comes_back_the_same(issue: Publication) -> None:
    once = read(to_yaml(issue), issue)
    assert read(to_yaml(once), issue) == once
    assert [block.id for block in once.blocks()] == [block.id for block in issue.blocks()]
    assert once.figures == issue.figures


def test_an_editor_sees_no_line_longer_than_a_screen_in_running_text(issue: Publication) -> None:
    lines = [line for line in to_yaml(issue).splitlines() if "http" not in line and "why:" not in line]
    assert max(map(len, lines)) <= 110


def test_a_changed_title_is_taken_over(issue: Publication) -> None:
    title = next(block.title["nl"] for block in issue.blocks())
    edited = read(to_yaml(issue).replace(title, "Een nieuwe kop", 1), issue)
    assert "Een nieuwe kop" in [block.title.get("nl") for block in edited.blocks()]


def test_a_misspelt_key_is_named_with_its_line_and_the_right_key(issue: Publication) -> None:
    text = to_yaml(issue).replace("preheader:", "preheeder:", 1)
    line = text.splitlines().index("preheeder:") + 1
    found = problems_of(text, issue)
    assert any(f"issue.yaml:{line}:" in problem and "preheader" in problem for problem in found)


def test_broken_yaml_is_refused_with_its_line(issue: Publication) -> None:
    text = to_yaml(issue).replace("subject:", "subject: [", 1)
    assert all(problem.startswith("issue.yaml:") for problem in problems_of(text, issue))


def test_the_id_cannot_be_changed(issue: Publication) -> None:
    text = to_yaml(issue).replace(f"id: {issue.id}", "id: iets-anders", 1)
    assert any("cannot be changed here" in problem for problem in problems_of(text, issue))


def test_an_unknown_figure_is_refused_with_the_known_ones(issue: Publication) -> None:
    known = issue.figures[0].id
    text = to_yaml(issue).replace(f"- {known}", "- congres-2031.participants", 1)
    found = problems_of(text, issue)
    assert any("congres-2031.participants" in problem and known in problem for problem in found)


def test_two_blocks_with_one_id_are_refused(issue: Publication) -> None:
    first, second, *_ = [block.id for block in issue.blocks()]
    text = to_yaml(issue).replace(f"id: {second}\n", f"id: {first}\n", 1)
    assert any(f"two blocks are called {first}" in problem for problem in problems_of(text, issue))


def test_a_number_that_an_editor_writes_into_the_records_is_ignored(issue: Publication) -> None:
    edited = read(to_yaml(issue) + "figures: []\n", issue)
    assert edited.figures == issue.figures


paragraphs = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), min_size=1
)


@given(st.lists(paragraphs.map(" ".join), min_size=1, max_size=4).map("\n\n".join))
def test_wrapping_and_unwrapping_changes_no_word(text: str) -> None:
    assert unwrap_text(wrap_text(text)) == unwrap_text(text)
