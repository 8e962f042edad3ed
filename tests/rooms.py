"""Fixtures: copies of the sample newsroom, harvested and proofed once for all tests of a folder."""

from pathlib import Path

import pytest

from tests.commands import ISSUE, Room, copy_sample


@pytest.fixture(scope="session")
def proofed_once(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """The sample newsroom with the May issue proofed; nobody may change it."""
    made = copy_sample(root, tmp_path_factory.mktemp("proofed"))
    made.done("harvest")
    made.done("draft")
    made.done("proof", ISSUE)
    return made


@pytest.fixture
def room(proofed_once: Room, tmp_path: Path) -> Room:
    """A newsroom of one's own, with the May issue proofed."""
    return proofed_once.copy(tmp_path / "room")


@pytest.fixture
def fresh(root: Path, tmp_path: Path) -> Room:
    """A newsroom of one's own, with nothing harvested yet."""
    return copy_sample(root, tmp_path / "fresh")
