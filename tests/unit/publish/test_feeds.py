import json
from datetime import UTC, datetime

from stuifmail.model.feeds import FeedEntry, PressFeed
from stuifmail.publish.feeds import write_feeds, write_json_feed

SENT = datetime(2026, 2, 13, 8, 30, tzinfo=UTC)
HOME = "https://news.example.org/press/"


def make_entry(**changes):
    values = {
        "id": "https://news.example.org/x/nl/",
        "url": "https://news.example.org/x/nl/",
        "language": "nl",
        "title": "Nieuws & meer",
        "summary": "Kort gezegd.",
        "text": "Lang gezegd.",
        "html": "<p>Lang gezegd.</p>",
        "published_at": SENT,
        "changed_at": SENT,
        "categories": ("Leefgebieden",),
        "ninjs_url": "https://news.example.org/x/nl/ninjs.json",
    }
    return FeedEntry(**(values | changes))


def make_feed(*entries):
    return PressFeed(
        language="nl",
        title="Coalitie: pers",
        description="Coalitie",
        author="Coalitie",
        home_url=HOME,
        json_url=f"{HOME}feed.json",
        rss_url=f"{HOME}feed.xml",
        contact="pers@example.org",
        entries=entries,
    )


def read(*entries):
    return json.loads(write_json_feed(make_feed(*entries)))


def test_the_json_feed_has_all_that_readers_of_it_need():
    document = read(make_entry())
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert (document["home_page_url"], document["feed_url"]) == (HOME, f"{HOME}feed.json")
    (item,) = document["items"]
    assert item == {
        "id": "https://news.example.org/x/nl/",
        "url": "https://news.example.org/x/nl/",
        "title": "Nieuws & meer",
        "summary": "Kort gezegd.",
        "content_text": "Lang gezegd.",
        "content_html": "<p>Lang gezegd.</p>",
        "date_published": "2026-02-13T08:30:00+00:00",
        "language": "nl",
        "tags": ["Leefgebieden"],
        "attachments": [
            {
                "url": "https://news.example.org/x/nl/ninjs.json",
                "mime_type": "application/json",
                "title": "ninjs 3.1",
            }
        ],
    }


def test_a_correction_changes_the_entry_and_not_its_id():
    later = SENT.replace(hour=15)
    (item,) = read(make_entry(changed_at=later, correction="Er stond 48; het zijn er 84."))["items"]
    assert item["id"] == read(make_entry())["items"][0]["id"]
    assert item["date_modified"] == later.isoformat()
    assert item["summary"] == "Er stond 48; het zijn er 84."


def test_an_empty_feed_is_a_feed_too():
    assert read()["items"] == []


def test_the_first_language_has_the_folders_own_page(tmp_path):
    feed = make_feed(make_entry())
    files = write_feeds(tmp_path, feed, pages={"nl": "<p>Pers</p>", "en": "<p>Press</p>"}, rss="<rss/>")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in files) == [
        "press/en/index.html", "press/feed.json", "press/feed.xml", "press/index.html", "press/nl/index.html"
    ]  # fmt: skip
    assert (tmp_path / "press" / "index.html").read_text() == "<p>Pers</p>"
    assert (tmp_path / "press" / "feed.xml").read_text() == "<rss/>"
