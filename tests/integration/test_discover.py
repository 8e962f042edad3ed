"""Feeds and calendars of a site are found where it names them, and where sites usually keep them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stuifmail.errors import FetchFailed
from stuifmail.harvest.discovery.discover import MOST_REQUESTS, Discovery, Setting, discover
from stuifmail.harvest.fetching.fetch import FetchLimits
from stuifmail.harvest.limits import WorkerLimits
from tests.builders_harvest import make_calendar, make_news, make_rss
from tests.servers import web
from tests.servers.web import WebServer

SETTING = Setting(zone="Europe/Amsterdam", now=datetime(2026, 5, 4, 7, tzinfo=UTC))
LIMITS = FetchLimits(timeout_s=5, max_bytes=1_000_000, allow_private=("127.0.0.1",))
WORKERS = WorkerLimits(timeout_s=20, memory_bytes=500_000_000)
LONG = make_news(1).replace("De berm bloeit.", "De berm bloeit van voor tot achter. " * 20)
FEED = make_rss(LONG, LONG.replace("news-1", "news-2").replace("nieuws/1", "nieuws/2"))
CALENDAR = make_calendar("UID:a\nSUMMARY:Open dag\nDTSTART:20260516T100000Z")


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


def find(address: str, **setting: str) -> Discovery:
    wanted = Setting(zone=SETTING.zone, now=SETTING.now, **setting)
    return discover(address, setting=wanted, limits=LIMITS, worker_limits=WORKERS)


def serve(server: WebServer, **documents: bytes) -> str:
    """Serve documents by path ("feed" for /feed), the page at the top; answer the page's address."""
    for path, content in documents.items():
        server.serve("/" + path.removeprefix("page"), web.document(content))
    return server.url("/")


def page(*head: str, body: str = "") -> bytes:
    return f"<!DOCTYPE html><html lang='nl'><head>{''.join(head)}</head><body>{body}</body></html>".encode()


def link(href: str, kind: str = "application/rss+xml", title: str = "") -> str:
    return f"<link rel='alternate' type='{kind}' title='{title}' href='{href}'>"


def test_an_address_that_is_a_feed_itself_is_the_only_candidate(server: WebServer) -> None:
    server.serve("/feed", web.document(FEED))
    found = find(server.url("/feed"))
    (only,) = found.candidates
    assert (only.kind, only.format, only.title) == ("feed", "RSS", "De Bonte Berm")
    assert (only.entries_count, only.newest_at) == (2, datetime(2026, 4, 2, 8, tzinfo=UTC))
    assert only.remarks == ()
    assert found.asked_count == 1


def test_a_moved_address_is_proposed_as_the_new_one(server: WebServer) -> None:
    server.serve("/feed", web.document(FEED))
    server.serve("/old", web.redirect(server.url("/feed")))
    assert find(server.url("/old")).candidates[0].address == server.url("/feed")


def test_what_the_page_names_is_found_and_comments_come_last(server: WebServer) -> None:
    comments = make_rss("<title>Reactie</title><link>https://berm.example.org/x#1</link>")
    url = serve(
        server,
        page=page(link("/comments/feed/", title="» Reacties feed"), link("/feed/", title="» Feed")),
        **{"feed/": FEED, "comments/feed/": comments},
    )
    found = find(url)
    assert [each.address for each in found.candidates] == [
        server.url("/feed/"),
        server.url("/comments/feed/"),
    ]
    assert "readers' comments, no news" in found.candidates[1].remarks


def test_links_on_the_page_that_look_like_feeds_and_calendars_are_found(server: WebServer) -> None:
    host = server.url("/").removeprefix("http://")
    body = (
        "<a href='/nieuws.rss'>RSS</a><a href='agenda.ics'>Zet in uw agenda</a><a href='/over'>Over ons</a>"
    )
    url = serve(server, page=page(body=body), **{"nieuws.rss": FEED, "agenda.ics": CALENDAR})
    found = find(url)
    assert [(each.kind, each.address) for each in found.candidates] == [
        ("feed", f"http://{host}nieuws.rss"),
        ("calendar", f"http://{host}agenda.ics"),
    ]
    assert server.asked["/over"] == 0


def test_wordpress_is_read_through_rest_where_its_feed_is_shut(server: WebServer) -> None:
    post = {
        "date_gmt": "2026-04-28T08:00:00",
        "link": "https://berm.example.org/a",
        "title": {"rendered": "A"},
        "content": {"rendered": "<p>" + "Lang genoeg. " * 50 + "</p>"},
    }
    head = f"<title>Berm</title><link rel='https://api.w.org/' href='{server.url('/wp-json/')}'>"
    url = serve(server, page=page(head, body="<img src='/wp-content/x.png'>"))
    path = "/wp-json/wp/v2/posts?per_page=20&_embed=wp:featuredmedia,wp:term"
    server.serve(path, web.document(json.dumps([post]).encode(), Content_Type="application/json"))
    (only,) = find(url).candidates
    assert (only.kind, only.format, only.title) == ("feed", "WordPress REST", "Berm")
    assert only.address == server.url(path)
    assert only.newest_at == datetime(2026, 4, 28, 8, tzinfo=UTC)


def test_wordpress_may_name_its_rest_interface_in_a_header(server: WebServer) -> None:
    post = {
        "date_gmt": "2026-04-28T08:00:00",
        "link": "https://berm.example.org/a",
        "title": {"rendered": "A"},
    }
    named = f'<{server.url("/?rest_route=/")}>; rel="https://api.w.org/"'
    server.serve("/", web.document(page("<title>Berm</title>"), Link=named))
    path = "/?rest_route=/wp/v2/posts&per_page=20&_embed=wp:featuredmedia,wp:term"
    server.serve(path, web.document(json.dumps([post]).encode()))
    (only,) = find(server.url("/")).candidates
    assert (only.format, only.address) == ("WordPress REST", server.url(path))
    assert "titles only, no text" in only.remarks


@pytest.mark.parametrize(
    ("mark", "path"),
    [
        ("<meta name='generator' content='WordPress 6.5'>", "/nieuws/feed/"),
        ("<meta name='generator' content='WordPress 6.5'>", "/feed/"),
        ("<meta name='Generator' content='Drupal 10'>", "/rss.xml"),
        ("<meta name='generator' content='TYPO3 CMS'>", "/nieuws/?type=9818"),
        ("<meta name='generator' content='Joomla!'>", "/nieuws/?format=feed&type=rss"),
        ("", "/feed.xml"),
    ],
)
def test_feeds_that_no_page_names_are_found_where_such_sites_keep_them(
    server: WebServer, mark: str, path: str
) -> None:
    server.serve("/nieuws/", web.document(page(mark)))
    server.serve(path, web.document(FEED))
    assert [each.address for each in find(server.url("/nieuws/")).candidates] == [server.url(path)]


def test_the_export_of_an_event_calendar_is_found(server: WebServer) -> None:
    server.serve("/agenda/", web.document(page(link("/feed/"), body="<div class='tribe-events'>")))
    server.serve("/feed/", web.document(FEED))
    server.serve("/agenda/?ical=1", web.document(CALENDAR))
    found = find(server.url("/agenda/"))
    assert [each.kind for each in found.candidates] == ["feed", "calendar"]


def test_each_tree_of_a_site_in_two_languages_is_shown(server: WebServer) -> None:
    english = FEED.replace(b"</title><link>", b"</title><language>en-GB</language><link>", 1).replace(
        b"/nieuws/", b"/en/"
    )
    trees = "<link rel='alternate' hreflang='en' href='/en/'><link rel='alternate' hreflang='nl' href='/'>"
    url = serve(
        server,
        page=page(link("/feed/"), trees, body="<img src='/wp-content/x.png'>"),
        **{"feed/": FEED, "en/feed/": english},
    )
    first, second = find(url).candidates
    assert (first.address, second.address) == (server.url("/feed/"), server.url("/en/feed/"))
    assert "in en, while the page is in nl" in second.remarks


def test_what_speaks_against_a_candidate_is_told(server: WebServer) -> None:
    old = make_news(1).replace("2026", "2024").replace("bloeit.", "bloeit […]")
    url = serve(
        server,
        page=page(link("/old"), link("/empty"), link("/good"), link("/same", "application/atom+xml")),
        old=make_rss(old, "<title>Zonder dag</title><link>https://berm.example.org/z</link>"),
        empty=make_rss(),
        good=FEED,
        same=FEED,
    )
    by_path = {each.address.rsplit("/", 1)[1]: each for each in find(url).candidates}
    assert next(iter(by_path)) == "good"
    assert by_path["old"].remarks[:3] == (
        "1 of 2 entries have no date",
        "nothing new for 761 days",
        "excerpts only",
    )
    assert by_path["empty"].remarks[0] == "there is nothing in it"
    assert by_path["same"].remarks[0] == f"the same news as {server.url('/good')}"


def test_a_page_without_any_feed_is_proposed_itself_when_its_news_can_be_found(server: WebServer) -> None:
    pieces = "".join(
        f"<article><h2>Stuk {n}</h2><time datetime='2026-04-0{n}'></time><a href='/b/{n}'>lees</a></article>"
        for n in range(1, 5)
    )
    server.serve("/nieuws", web.document(page("<title>Nieuws</title>", body=pieces)))
    found = find(server.url("/nieuws"))
    (only,) = found.candidates
    assert (only.kind, only.format, only.entries_count) == ("page", "web page", 4)
    assert only.page is not None
    assert only.page.entry == "article"
    assert found.asked_count <= MOST_REQUESTS


def test_only_what_is_wanted_is_shown(server: WebServer) -> None:
    url = serve(
        server,
        page=page(link("/feed/"), link("/a.ics", "text/calendar")),
        **{"feed/": FEED, "a.ics": CALENDAR},
    )
    assert [each.kind for each in find(url, wanted="calendar").candidates] == ["calendar"]


def test_few_requests_are_made_whatever_a_page_names(server: WebServer) -> None:
    url = serve(server, page=page(*(link(f"/feed/{n}") for n in range(500)), "WordPress"))
    found = find(url)
    assert found.candidates == ()
    assert found.asked_count <= MOST_REQUESTS
    assert sum(server.asked.values()) == found.asked_count


def test_an_address_inside_our_own_walls_is_not_asked(server: WebServer) -> None:
    server.serve("/feed", web.document(FEED))
    with pytest.raises(FetchFailed):
        discover(server.url("/feed"), setting=SETTING, limits=FetchLimits(), worker_limits=WORKERS)
    assert server.asked["/feed"] == 0


def test_an_address_that_gives_no_answer_is_an_error_with_a_remedy(server: WebServer) -> None:
    with pytest.raises(FetchFailed) as failed:
        find(server.url("/nowhere"))
    assert failed.value.remedy


def test_without_a_scheme_http_is_tried_where_https_fails(server: WebServer) -> None:
    server.serve("/feed", web.document(FEED))
    found = find(server.url("/feed").removeprefix("http://"))
    assert found.candidates[0].address == server.url("/feed")


def test_a_file_is_looked_at_like_an_address(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(FEED)
    found = discover("a.xml", setting=SETTING, limits=LIMITS, worker_limits=WORKERS, path=tmp_path / "a.xml")
    assert (found.candidates[0].kind, found.candidates[0].address) == ("feed", "a.xml")
