"""What we make of real feeds and calendars agrees with what independent readers make of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.discovery.describe import describe_file
from stuifmail.harvest.formats import feeds
from stuifmail.harvest.formats.charsets import choose_charset
from stuifmail.harvest.formats.documents import parse_document
from stuifmail.model.documents import ParsedDocument
from tests.corpus import Row, compare_calendar, compare_feed, known_differences, read_manifest

WANTED_SHARE = 0.97
Differing = dict[str, list[tuple[str, str, str]]]


def compare_all(
    folder: Path, compare: Callable[[Row, Mapping[str, Any]], Iterator[tuple[str, str, str]]]
) -> tuple[int, Differing]:
    """Answer how many undisputed files were compared, and what differs by file."""
    skipped = known_differences("not_compared")
    rows = [row for row in read_manifest(folder) if row[_status(row)] != "disputed"]
    differing = {}
    for row in rows:
        described = describe_file(folder / row["file"])
        found = [each for each in compare(row, described) if each[0] not in skipped.get(row["file"], {})]
        if found:
            differing[row["file"]] = found
    return len(rows), differing


def _status(row: Row) -> str:
    return "entries_status" if "entries_status" in row else "events_status"


@pytest.mark.parametrize(("part", "compare"), [("feeds", compare_feed), ("calendars", compare_calendar)])
def test_number_title_link_and_times_agree_in_nearly_all_files(
    corpus: Path,
    part: str,
    compare: Callable[[Row, Mapping[str, Any]], Iterator[tuple[str, str, str]]],
    record_property: Callable[[str, object], None],
) -> None:
    count, differing = compare_all(corpus / part, compare)
    share = 1 - len(differing) / count
    record_property(f"{part}_agreeing", f"{count - len(differing)} of {count}")
    assert share >= WANTED_SHARE, differing
    assert {name: {field for field, *_ in found} for name, found in differing.items()} == {
        name: set(fields) for name, fields in known_differences(part).items()
    }


@pytest.mark.parametrize(("part", "compare"), [("feeds", compare_feed), ("calendars", compare_calendar)])
def test_even_disputed_files_are_counted_as_a_person_would(
    corpus: Path,
    part: str,
    compare: Callable[[Row, Mapping[str, Any]], Iterator[tuple[str, str, str]]],
) -> None:
    disputed = [row for row in read_manifest(corpus / part) if row[_status(row)] == "disputed"]
    assert disputed
    for row in disputed:
        assert list(compare(row, describe_file(corpus / part / row["file"]))) == [], row["file"]


def test_what_the_quick_reader_reads_is_what_feedparser_reads(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    quickly = feeds._read_well_formed
    contents = [(corpus / "feeds" / row["file"]).read_bytes() for row in read_manifest(corpus / "feeds")]
    contents = [content for content in contents if content.lstrip()[:1] == b"<"]
    count = 0
    for content in contents:
        count += quickly(content.lstrip(), choose_charset(content.lstrip(), "")) is not None
        ours = _parse_or_explain(content)
        with monkeypatch.context() as patch:
            patch.setattr(feeds, "_read_well_formed", lambda *_: None)
            assert ours == _parse_or_explain(content)
    record_property("read_quickly", f"{count} of {len(contents)}")
    assert count >= 0.75 * len(contents)


def _parse_or_explain(content: bytes) -> ParsedDocument | str:
    try:
        return feeds.parse_feed(content, url="x")
    except UnreadableDocument as error:
        return str(error)


def test_no_feed_of_the_corpus_lets_anything_through_that_can_act(corpus: Path) -> None:
    acting = re.compile(
        r"<(script|iframe|object|embed|form|style|svg|meta|link)\b|\son\w+\s*=|javascript:", re.IGNORECASE
    )
    for row in read_manifest(corpus / "feeds"):
        content = (corpus / "feeds" / row["file"]).read_bytes()
        for entry in parse_document(content, url=row["file"]).entries:
            tags = " ".join(re.findall(r"<[^>]*>", entry.html))
            assert not acting.search(tags), (row["file"], tags)
            assert entry.link is None or entry.link.startswith(("http://", "https://"))
            assert "\n" not in entry.title
            assert not re.search(r"[\x00-\x08\u202a-\u202e]", entry.title + entry.text + entry.html)


def test_all_titles_and_texts_are_clean_of_markup_where_the_feed_means_markup(corpus: Path) -> None:
    tag = re.compile(r"</(p|div|a|b|i|span|strong|em|li)>", re.IGNORECASE)
    with_tags = [
        (row["file"], entry.title)
        for row in read_manifest(corpus / "feeds")
        for entry in parse_document((corpus / "feeds" / row["file"]).read_bytes(), url=row["file"]).entries
        if tag.search(entry.title)
    ]
    assert with_tags == []


def test_broken_files_name_what_is_broken(corpus: Path) -> None:
    for row in read_manifest(corpus / "feeds"):
        traits = row["traits"].split()
        # An undeclared charset that is not UTF-8, or a document cut off, is not always malformed to us.
        if "space-before-xml-decl" in traits or {"malformed-xml", "declared-encoding-wrong"} <= set(traits):
            assert describe_file(corpus / "feeds" / row["file"])["problems"], row["file"]
