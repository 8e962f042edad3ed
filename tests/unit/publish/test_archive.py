import hashlib
import json
from dataclasses import replace

import pytest

from stuifmail.errors import StorageError
from stuifmail.publish.archive import ArchiveEntry, archive_publication, list_archive, verify_archive
from stuifmail.publish.storage.local import LocalStorage
from tests.letters import ISSUE, make_record, make_rendering

FILES = [
    "approval.json", "deliveries.json", "en.html", "en.txt", "history.json", "manifest.json", "nl.html",
    "nl.txt", "pictures/bee.png", "provenance.json", "publication.json", "report.json",
]  # fmt: skip


class Tracing(LocalStorage):
    """Notes what is written, and breaks off at a wish."""

    def __init__(self, folder, break_at=0):
        super().__init__(folder)
        self.written, self.break_at = [], break_at

    def put(self, key, content, content_type, *, replace=False):
        if self.break_at and len(self.written) + 1 == self.break_at:
            raise StorageError("the disk is full", place=key)
        written = super().put(key, content, content_type, replace=replace)
        if written:
            self.written.append(key.removeprefix(f"{ISSUE}/"))
        return written


@pytest.fixture
def storage(tmp_path):
    return Tracing(tmp_path / "archive")


def read(storage, name):
    return json.loads(storage.get(f"{ISSUE}/{name}"))


def test_everything_is_kept_and_the_manifest_comes_last(storage, tmp_path):
    place = archive_publication(storage, make_record(tmp_path))
    assert place == f"{storage.place}/{ISSUE}"
    assert sorted(storage.written) == FILES
    assert storage.written[-1] == "manifest.json"
    assert storage.get(f"{ISSUE}/nl.html").decode() == make_rendering("nl").html
    assert storage.get(f"{ISSUE}/pictures/bee.png") == b"a picture"
    assert read(storage, "approval.json")["role"] == "eindredactie"
    assert read(storage, "publication.json")["publication"]["subject"] == {"nl": "Nieuws", "en": "News"}
    assert verify_archive(storage, ISSUE) == []


def test_a_calendar_part_is_kept_as_it_was_sent_and_another_one_is_another_letter(storage, tmp_path):
    invitation = {"nl": make_rendering("nl", calendar="BEGIN:VCALENDAR\r\n", calendar_method="PUBLISH")}
    archive_publication(storage, make_record(tmp_path, renderings=invitation))
    assert storage.get(f"{ISSUE}/nl.ics") == b"BEGIN:VCALENDAR\r\n"
    assert verify_archive(storage, ISSUE) == []
    other = {"nl": replace(invitation["nl"], calendar="BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")}
    with pytest.raises(StorageError, match=r"nl\.ics"):
        archive_publication(storage, make_record(tmp_path, renderings=other))
    (tmp_path / "archive" / ISSUE / "nl.ics").chmod(0o644)
    (tmp_path / "archive" / ISSUE / "nl.ics").write_bytes(b"other")
    assert verify_archive(storage, ISSUE) == [f"{ISSUE}/nl.ics: this file is not what was archived"]


def test_what_an_earlier_version_archived_without_a_later_field_is_the_same_letter(storage, tmp_path):
    record = make_record(tmp_path)
    archive_publication(storage, record)
    file, manifest = (tmp_path / "archive" / ISSUE / name for name in ("publication.json", "manifest.json"))
    older = json.loads(file.read_text())
    del older["publication"]["mailing"], older["publication"]["breakdowns"]
    content = json.dumps(older).encode()
    listed = json.loads(manifest.read_text())
    listed["files"]["publication.json"] |= {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }
    for path, written in ((file, content), (manifest, json.dumps(listed).encode())):
        path.chmod(0o644)
        path.write_bytes(written)
    before = list(storage.written)
    archive_publication(storage, record)
    assert storage.written == before
    assert verify_archive(storage, ISSUE) == []


def test_the_manifest_names_each_file_with_hash_and_size(storage, tmp_path):
    archive_publication(storage, make_record(tmp_path))
    manifest = read(storage, "manifest.json")
    assert sorted([*manifest["files"], "manifest.json"]) == FILES
    assert manifest["files"]["pictures/bee.png"] == {
        "sha256": hashlib.sha256(b"a picture").hexdigest(),
        "bytes": 9,
        "stored_as": "pictures/bee.png",
    }
    assert (manifest["sent_at"], manifest["stuifmail_version"]) == ("2026-05-06T08:00:00+00:00", "0.1.0")


def test_no_address_of_a_reader_is_archived(storage, tmp_path):
    archive_publication(storage, make_record(tmp_path, deliveries={"accepted": 2, "uncertain": 1}))
    assert read(storage, "deliveries.json") == {"accepted": 2, "uncertain": 1}
    assert not any(b"reader-" in storage.get(key) for key in storage.list())


def test_archiving_the_same_again_writes_nothing(storage, tmp_path):
    archive_publication(storage, make_record(tmp_path))
    storage.written.clear()
    archive_publication(storage, make_record(tmp_path, stuifmail_version="0.2.0"))
    assert storage.written == []


@pytest.mark.parametrize("number", range(1, len(FILES) + 1))
def test_an_archive_that_broke_off_anywhere_is_unfinished_and_is_written_again(tmp_path, number):
    folder = tmp_path / "archive"
    with pytest.raises(StorageError, match="disk is full"):
        archive_publication(Tracing(folder, break_at=number), make_record(tmp_path))
    storage = LocalStorage(folder)
    if number > 1:
        assert list_archive(storage) == (ArchiveEntry(publication_id=ISSUE, finished=False),)
    assert "unfinished" in verify_archive(storage, ISSUE)[0]
    archive_publication(storage, make_record(tmp_path, deliveries={"accepted": 4}))
    assert verify_archive(storage, ISSUE) == []
    assert read(storage, "deliveries.json") == {"accepted": 4}


def test_what_grew_after_sending_gets_new_files_beside_the_old_ones(storage, tmp_path):
    archive_publication(storage, make_record(tmp_path))
    storage.written.clear()
    archive_publication(storage, make_record(tmp_path, deliveries={"accepted": 4}, provenance={}))
    assert storage.written == ["deliveries-2.json", "manifest-2.json"]
    assert read(storage, "deliveries.json") == {"accepted": 3}
    assert read(storage, "deliveries-2.json") == {"accepted": 4}
    assert verify_archive(storage, ISSUE) == []
    storage.written.clear()
    archive_publication(storage, make_record(tmp_path, deliveries={"accepted": 4}))
    assert storage.written == []
    archive_publication(storage, make_record(tmp_path, deliveries={"accepted": 5}))
    assert storage.written == ["deliveries-3.json", "manifest-3.json"]


@pytest.mark.parametrize(
    ("name", "renderings"),
    [
        ("nl.html", {"nl": make_rendering("nl", html="<p>other</p>"), "en": make_rendering("en")}),
        ("en.html", {"nl": make_rendering("nl")}),
        ("fr.txt", {"nl": make_rendering("nl"), "en": make_rendering("en"), "fr": make_rendering("fr")}),
    ],
)
def test_another_letter_under_the_same_id_is_refused_and_nothing_is_written(
    storage, tmp_path, name, renderings
):
    archive_publication(storage, make_record(tmp_path))
    storage.written.clear()
    with pytest.raises(StorageError, match=f"differs in .*{name}") as caught:
        archive_publication(storage, make_record(tmp_path, renderings=renderings))
    assert storage.written == []
    assert caught.value.remedy


def test_each_damage_is_found(storage, tmp_path):
    archive_publication(storage, make_record(tmp_path))
    folder = tmp_path / "archive" / ISSUE
    (folder / "nl.html").write_text("forged")
    (folder / "approval.json").unlink()
    (folder / "extra.txt").write_text("who put this here?")
    assert verify_archive(storage, ISSUE) == [
        f"{ISSUE}/approval.json: this file is gone",
        f"{ISSUE}/nl.html: this file is not what was archived",
        f"{ISSUE}/extra.txt: no manifest lists this file",
    ]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"format": "other"}', '{"format": "stuifmail-archive/1", "files": {"a": {}}}'],
)
def test_a_broken_manifest_is_a_problem_with_a_place(storage, tmp_path, content):
    archive_publication(storage, make_record(tmp_path))
    (tmp_path / "archive" / ISSUE / "manifest.json").write_text(content)
    assert "manifest cannot be read" in verify_archive(storage, ISSUE)[0]
    with pytest.raises(StorageError, match="manifest cannot be read"):
        archive_publication(storage, make_record(tmp_path))


def test_the_archive_lists_its_publications_by_id(storage, tmp_path):
    record = make_record(tmp_path)
    archive_publication(storage, record)
    archive_publication(storage, replace(record, dossier=replace(record.dossier, id="a-first")))
    assert [(entry.publication_id, entry.finished, entry.files_count) for entry in list_archive(storage)] == [
        ("a-first", True, len(FILES) - 1),
        (ISSUE, True, len(FILES) - 1),
    ]
    assert list_archive(LocalStorage(tmp_path / "none")) == ()


def test_a_picture_that_is_gone_stops_the_archive_before_it_begins(storage, tmp_path):
    record = make_record(tmp_path)
    (tmp_path / "samples" / "bee.png").unlink()
    with pytest.raises(StorageError, match="No such file") as caught:
        archive_publication(storage, record)
    assert caught.value.place.endswith("samples/bee.png")
    assert storage.written == []


def test_two_pictures_of_one_public_name_are_refused(storage, tmp_path):
    pictures = {"https://a.example.org/x.png": "one/x.png", "https://b.example.org/x.png": "two/x.png"}
    with pytest.raises(StorageError, match=r"both published as x\.png"):
        archive_publication(
            storage, make_record(tmp_path, renderings={"nl": make_rendering("nl", pictures=pictures)})
        )
