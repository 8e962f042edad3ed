"""The sample newsroom, harvested once for all tests of press releases."""

from pathlib import Path

import pytest

from tests.commands import Room, copy_sample


@pytest.fixture(scope="session")
def harvested_once(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """A newsroom with everything harvested; nobody may change it."""
    made = copy_sample(root, tmp_path_factory.mktemp("press"))
    made.done("harvest")
    return made


@pytest.fixture
def room(harvested_once: Room, tmp_path: Path) -> Room:
    """A newsroom of one's own, harvested."""
    return harvested_once.copy(tmp_path / "room")
