"""Posts of WordPress's REST interface become entries, with the dates that are right."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.formats.documents import detect_kind, parse_document

URL = "https://berm.example.org/en/wp-json/wp/v2/posts?per_page=20&_embed=1"
POST: dict[str, Any] = {
    "id": 871,
    "date": "2022-06-22T15:38:51",
    "date_gmt": "2022-06-22T14:38:51",
    "modified_gmt": "2022-06-23T08:00:00",
    "guid": {"rendered": "https://berm.example.org/?p=871"},
    "link": "https://berm.example.org/en/news/more-hedges/",
    "title": {"rendered": "More hedges &#8211; &amp; bees"},
    "content": {"rendered": '<p>Text <a href="/x" onclick="y()">link</a></p><script>z()</script>'},
    "excerpt": {"rendered": "<p>Te &hellip;</p>"},
    "_embedded": {
        "wp:featuredmedia": [{"source_url": "https://berm.example.org/heg.jpg"}],
        "wp:term": [[{"name": "News"}, {"name": "Q&amp;A"}], [{"name": "News"}]],
    },
}


def read(*posts: Any, url: str = URL):
    return parse_document(json.dumps(posts).encode(), url=url, kind="feed")


def test_a_post_becomes_an_entry() -> None:
    document = read(POST)
    (entry,) = document.entries
    assert (document.kind, document.problems) == ("feed", ())
    assert (entry.guid, entry.title) == ("https://berm.example.org/?p=871", "More hedges – & bees")
    assert entry.link == "https://berm.example.org/en/news/more-hedges/"
    assert entry.text == "Text link"
    assert "onclick" not in entry.html
    assert entry.image_url == "https://berm.example.org/heg.jpg"
    assert entry.categories == ("News", "Q&A")


def test_the_date_in_gmt_counts_and_never_the_local_one() -> None:
    (entry,) = read(POST).entries
    assert entry.published_at == datetime(2022, 6, 22, 14, 38, 51, tzinfo=UTC)
    assert entry.updated_at == datetime(2022, 6, 23, 8, tzinfo=UTC)


def test_a_post_with_a_local_date_only_is_undated() -> None:
    (entry,) = read({key: value for key, value in POST.items() if key != "date_gmt"}).entries
    assert entry.published_at is None


@pytest.mark.parametrize(
    ("url", "language"),
    [
        (URL, "en"),
        ("https://berm.example.org/wp-json/wp/v2/posts?lang=fr", "fr"),
        ("https://berm.example.org/wp-json/wp/v2/posts", None),
    ],
)
def test_the_language_is_that_of_the_tree(url: str, language: str | None) -> None:
    assert read(POST, url=url).language == language
    assert read(POST, url=url).entries[0].language == "en"


def test_no_posts_is_an_empty_feed() -> None:
    assert detect_kind(b" []", url=URL) == "feed"
    assert read().entries == ()


def test_what_is_no_post_is_left_out_and_told() -> None:
    document = read(POST, {"id": 3}, "x")
    assert len(document.entries) == 1
    assert document.problems[0] == "2 of the posts are no posts; left out"


@pytest.mark.parametrize("content", [b'[{"a": 1}]', b'[{"title":', b"[" * 100_000, b'[{"title": {}'])
def test_other_json_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        parse_document(content, url=URL, kind="feed")
    assert refused.value.remedy


def test_a_sheet_whose_first_cell_has_a_bracket_stays_a_sheet() -> None:
    assert detect_kind(b"[title],link\na,b\n", url="x.csv", kind="sheet") == "sheet"


def test_links_and_hidden_addresses_of_a_post_are_kept_as_those_of_a_feed() -> None:
    said = '<p>Mail groen (at) berm.example.org, <a href="https://x.example.org/?utm_source=n&id=3">here</a>.</p>'
    (entry,) = read({**POST, "content": {"rendered": said}}).entries
    assert entry.links == ("https://x.example.org/?id=3",)
    assert entry.address_candidates == ("groen@berm.example.org",)
