"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by their folder."""
    for item in items:
        for marker in ("integration", "browser"):
            if marker in item.path.parts:
                item.add_marker(marker)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real feeds, calendars and bounces; tests that need it skip without it."""
    folder = Path(os.environ.get("STUIFMAIL_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip("the corpus of real feeds is not here; set STUIFMAIL_CORPUS to its folder")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder, which is the sample newsroom too."""
    return ROOT
