"""The pictures of a letter are those that were approved, or none."""

import hashlib

import pytest

from stuifmail.errors import StorageError
from stuifmail.publish.pictures import read_pictures
from tests.letters import make_rendering

BEE = b"a bee"
NAME = f"{hashlib.sha256(BEE).hexdigest()[:12]}-bee.png"


@pytest.fixture
def letter():
    return [make_rendering(pictures={f"https://news.example.org/images/{NAME}": "bee.png"})]


def test_a_picture_comes_from_the_newsroom(letter, tmp_path):
    (tmp_path / "bee.png").write_bytes(BEE)
    assert read_pictures(letter, tmp_path, tmp_path / "no site yet") == {NAME: BEE}


@pytest.mark.parametrize("changed", [b"a wasp", None], ids=["changed", "gone"])
def test_one_that_changed_since_comes_from_the_site_where_readers_see_it(letter, tmp_path, changed):
    if changed:
        (tmp_path / "bee.png").write_bytes(changed)
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / NAME).write_bytes(BEE)
    assert read_pictures(letter, tmp_path, tmp_path / "images") == {NAME: BEE}


def test_without_a_copy_a_changed_picture_is_refused(letter, tmp_path):
    (tmp_path / "bee.png").write_bytes(b"a wasp")
    with pytest.raises(
        StorageError, match=r"changed since the letter was approved.*put the approved one back"
    ):
        read_pictures(letter, tmp_path)


def test_the_same_picture_from_two_folders_is_one(letter, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "bee.png").write_bytes(BEE)
    address = f"https://news.example.org/images/{NAME}"
    letters = [make_rendering(pictures={address: f"{folder}/bee.png"}) for folder in ("a", "b")]
    assert read_pictures(letters, tmp_path) == {NAME: BEE}
