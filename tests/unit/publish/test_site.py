from types import SimpleNamespace

import pytest

from stuifmail.errors import StorageError
from stuifmail.model.publications import UNSUBSCRIBE_MARK
from stuifmail.publish.site import PageExtras, write_web_version
from tests.letters import make_publication, make_record, make_rendering

CONFIG = SimpleNamespace(organisation=SimpleNamespace(website="https://www.example.org/?a=1&b=2"))


def write(site, root):
    return write_web_version(site, make_publication(), make_record(root).renderings, root, CONFIG)


def test_each_edition_is_a_page_beside_its_pictures(tmp_path):
    site = tmp_path / "site"
    assert [page.relative_to(site).as_posix() for page in write(site, tmp_path)] == [
        "nieuwsbrief-2026-05/nl/index.html",
        "nieuwsbrief-2026-05/en/index.html",
    ]
    assert (site / "images" / "bee.png").read_bytes() == b"a picture"


def test_a_visitor_is_no_reader_and_finds_the_website_instead_of_an_unsubscribe_link(tmp_path):
    page = write(tmp_path / "site", tmp_path)[0].read_text()
    assert UNSUBSCRIBE_MARK not in page
    assert 'href="https://www.example.org/?a=1&amp;b=2"' in page


def test_writing_again_replaces_the_pages_and_leaves_nothing_else_behind(tmp_path):
    write(tmp_path / "site", tmp_path)
    write(tmp_path / "site", tmp_path)
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == ["bee.png", "index.html", "index.html"]


def test_what_pages_have_for_machines_lies_beside_them_and_goes_when_it_is_no_longer_so(tmp_path):
    site = tmp_path / "site"

    def write_with(**files):
        extra = PageExtras(head="<script>1</script>", files=files)
        editions = {"nl": make_rendering("nl", html=f"<head></head><body>{UNSUBSCRIBE_MARK}</body>")}
        write_web_version(site, make_publication(), editions, tmp_path, CONFIG, None, {"nl": extra})
        return site / "nieuwsbrief-2026-05" / "nl"

    folder = write_with(**{"ninjs.json": b"{}", "event.ics": b"BEGIN:VCALENDAR"})
    assert (folder / "event.ics").read_bytes() == b"BEGIN:VCALENDAR"
    assert "<head><script>1</script></head>" in (folder / "index.html").read_text()
    write_with(**{"ninjs.json": b"{1}"})
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", "ninjs.json"]
    assert (folder / "ninjs.json").read_bytes() == b"{1}"


def test_a_site_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "site").write_text("not a folder")
    with pytest.raises(StorageError, match="cannot be read or written"):
        write(tmp_path / "site", tmp_path)
