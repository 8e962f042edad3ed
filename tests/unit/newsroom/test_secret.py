"""The key for unsubscribe links: made once, never replaced."""

from pathlib import Path

import pytest

from stuifmail.errors import StoreError, StoreUnwritable, StuifmailError
from stuifmail.newsroom.house import House
from stuifmail.newsroom.secret import keep_secret
from tests.builders import make_newsroom


def test_a_new_key_is_long_kept_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "secret"
    first = keep_secret(path)
    assert len(first) == 64
    assert keep_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret"]


@pytest.mark.parametrize("content", ["", "\n", "short"])
def test_a_damaged_key_is_reported_and_not_replaced(tmp_path: Path, content: str) -> None:
    path = tmp_path / "secret"
    path.write_text(content)
    with pytest.raises(StoreError, match="restore it from a backup"):
        keep_secret(path)
    assert path.read_text() == content


def test_a_key_that_cannot_be_read_is_reported_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.mkdir()
    with pytest.raises(StoreUnwritable, match="or set STUIFMAIL_SECRET"):
        keep_secret(path)
    assert path.is_dir()


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the way")
    with pytest.raises(StoreUnwritable, match="make the folder writable"):
        keep_secret(tmp_path / "state" / "secret")


def open_house(folder: Path, **environment: str) -> House:
    return House.open(make_newsroom(folder / "newsroom"), environment=environment)


def test_the_key_of_the_environment_wins_and_nothing_is_kept(tmp_path: Path) -> None:
    house = open_house(tmp_path, STUIFMAIL_SECRET="a key that somebody chose")
    assert house.secret() == b"a key that somebody chose"
    assert not (house.outputs / "state" / "secret").exists()
    house.store.close()


def test_a_key_that_is_too_short_to_protect_is_refused(tmp_path: Path) -> None:
    house = open_house(tmp_path, STUIFMAIL_SECRET="123")
    with pytest.raises(StuifmailError, match="STUIFMAIL_SECRET: the key for unsubscribe links is too short"):
        house.secret()
    house.store.close()
