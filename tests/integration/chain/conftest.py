"""The sample newsroom at four points of its way; each test gets a copy of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chain import Chain, copy_newsroom
from tests.servers.smtp import SmtpServer


@pytest.fixture(scope="session")
def drafted_folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    chain = Chain(copy_newsroom(root, tmp_path_factory.mktemp("drafted") / "newsroom"))
    with chain.open() as newsroom:
        newsroom.harvest()
        newsroom.draft()
    return chain.folder


@pytest.fixture(scope="session")
def approved_folder(drafted_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    chain = Chain(copy_newsroom(drafted_folder, tmp_path_factory.mktemp("approved") / "newsroom"))
    chain.approve()
    return chain.folder


@pytest.fixture(scope="session")
def queued_folder(approved_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    chain = Chain(copy_newsroom(approved_folder, tmp_path_factory.mktemp("queued") / "newsroom"))
    chain.queue()
    return chain.folder


@pytest.fixture
def fresh(root: Path, tmp_path: Path) -> Chain:
    """Nothing was done yet."""
    return Chain(copy_newsroom(root, tmp_path / "newsroom"))


@pytest.fixture
def drafted(drafted_folder: Path, tmp_path: Path) -> Chain:
    """Harvested and drafted."""
    return Chain(copy_newsroom(drafted_folder, tmp_path / "newsroom"))


@pytest.fixture
def approved(approved_folder: Path, tmp_path: Path) -> Chain:
    """Proofed and approved."""
    return Chain(copy_newsroom(approved_folder, tmp_path / "newsroom"))


@pytest.fixture
def queued(queued_folder: Path, tmp_path: Path) -> Chain:
    """Waiting for its moment."""
    return Chain(copy_newsroom(queued_folder, tmp_path / "newsroom"))


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    """A well-behaved SMTP server on a free port; make it misbehave with `fault`."""
    with SmtpServer() as running:
        yield running
