import resource
import signal

import pytest

from stuifmail.config.models import Archive
from stuifmail.errors import StorageError
from stuifmail.publish.storage import open_storage
from stuifmail.publish.storage.local import LocalStorage


@pytest.fixture
def storage(tmp_path):
    return LocalStorage(tmp_path / "archive", "outputs/archive")


def test_content_comes_back_and_is_written_once(storage):
    assert storage.put("a/b.txt", b"one", "text/plain")
    assert not storage.put("a/b.txt", b"one", "text/plain")
    assert storage.get("a/b.txt") == b"one"
    assert storage.exists("a/b.txt")
    assert not storage.exists("a")


def test_other_content_is_refused_unless_it_may_be_replaced(storage):
    storage.put("a.txt", b"one", "text/plain")
    with pytest.raises(StorageError, match="never changes") as caught:
        storage.put("a.txt", b"two", "text/plain")
    assert caught.value.place == "outputs/archive/a.txt"
    assert storage.get("a.txt") == b"one"
    storage.put("a.txt", b"two", "text/plain", replace=True)
    assert storage.get("a.txt") == b"two"


def test_keys_are_listed_in_order_and_without_what_broke_off(storage, tmp_path):
    for key in ("b/2.txt", "b/1.txt", "a/1.txt"):
        storage.put(key, b"", "text/plain")
    (tmp_path / "archive" / "b" / ".3.txt.abcd.part").write_text("half")
    assert storage.list() == ["a/1.txt", "b/1.txt", "b/2.txt"]
    assert storage.list("b/") == ["b/1.txt", "b/2.txt"]


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "../out", "a/../b", "a//b", "a/.hidden", "a b", "a\\b", "a\0b", "é"]
)
def test_no_key_leads_out_of_the_archive(storage, key):
    for act in (
        lambda: storage.put(key, b"", "text/plain"),
        lambda: storage.get(key),
        lambda: storage.exists(key),
    ):
        with pytest.raises(StorageError, match="no key of the archive"):
            act()


def test_what_is_not_there_is_named(storage):
    with pytest.raises(StorageError, match="nothing is kept here") as caught:
        storage.get("a/b.txt")
    assert caught.value.place == "outputs/archive/a/b.txt"


def test_a_file_in_place_of_the_folder_is_an_error_with_a_remedy(tmp_path):
    (tmp_path / "archive").write_text("not a folder")
    with pytest.raises(StorageError, match="cannot be read or written") as caught:
        LocalStorage(tmp_path / "archive").put("a.txt", b"", "text/plain")
    assert "make room" in caught.value.remedy


def test_a_full_disk_leaves_the_old_content_and_no_half_file(storage, tmp_path):
    storage.put("a.txt", b"one", "text/plain")
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(StorageError, match="File too large"):
            storage.put("a.txt", b"x" * 500, "text/plain", replace=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert storage.get("a.txt") == b"one"
    assert [path.name for path in (tmp_path / "archive").iterdir()] == ["a.txt"]


def test_the_archive_lies_in_the_newsrooms_folder_by_default(tmp_path):
    storage = open_storage(Archive(), tmp_path, {})
    storage.put("a.txt", b"one", "text/plain")
    assert storage.place == "outputs/archive"
    assert (tmp_path / "outputs" / "archive" / "a.txt").read_bytes() == b"one"
