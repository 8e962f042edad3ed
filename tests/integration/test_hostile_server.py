"""Servers that try to fill our memory, to keep us waiting or to lead us astray get nowhere."""

import asyncio
import gzip
import socket
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from stuifmail.errors import FetchFailed
from stuifmail.harvest.fetching.connections import Connections
from stuifmail.harvest.fetching.fetch import FetchLimits, FetchRequest, fetch
from stuifmail.harvest.fetching.stream import stream_fetches
from tests.fetching import LIMITS, fail_one, fetch_one
from tests.servers import web
from tests.servers.web import WebServer

pytestmark = pytest.mark.integration

OK = b"HTTP/1.1 200 OK"
CHUNKED = OK + b"\nTransfer-Encoding: chunked"


@pytest.fixture
def outer() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


# Where redirects lead


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://127.0.0.1/feed",
        "gopher://127.0.0.1:70/_x",
        "data:text/xml,<rss/>",
        "javascript:alert(1)",
        "dict://127.0.0.1:11211/stats",
        "http+unix://%2Frun%2Fserver.sock/",
        "http://0177.0.0.2/",
        "https://127.0.0.1:99999/",
        "http://[::1",
        "http://a\tb.example.org/",
    ],
)
def test_a_redirect_to_what_is_not_the_web_is_refused(outer: WebServer, target: str) -> None:
    error = fail_one(outer.serve("/feed", web.redirect(target)))
    assert "cannot be fetched" in error.message
    assert outer.connections_count == 1


def test_redirects_end(outer: WebServer) -> None:
    outer.serve("/there", web.redirect("/back", 302))
    assert "leads on and on" in fail_one(outer.serve("/back", web.redirect("/there"))).message
    assert outer.connections_count == 6
    for number in range(6):
        outer.serve(f"/{number}", web.redirect(f"/{number + 1}"))
    outer.serve("/6", web.document(b"<rss/>"))
    assert "leads on and on" in fail_one(outer.url("/0")).message
    assert fetch_one(outer.url("/1")).content == b"<rss/>"


def test_a_password_goes_to_its_own_server_only(outer: WebServer) -> None:
    with WebServer() as other:
        other.serve("/feed", web.document(b"<rss/>"))
        outer.serve("/away", web.redirect(other.url("/feed")))
        outer.serve("/feed", web.redirect("/away"))
        start = outer.url("/feed").replace("://", "://user:p%40ss@")
        fetched = fetch_one(start)
        assert outer.seen["/feed"]["authorization"] == "Basic dXNlcjpwQHNz"
        assert outer.seen["/away"]["authorization"] == "Basic dXNlcjpwQHNz"
        assert "authorization" not in other.seen["/feed"]
        assert (fetched.url, fetched.moved_to) == (other.url("/feed"), other.url("/feed"))


def test_a_password_that_a_redirect_brings_along_is_not_sent(outer: WebServer) -> None:
    new = outer.serve("/new", web.document(b"<rss/>"))
    old = outer.serve("/old", web.redirect(new.replace("://", "://user:planted@") + "#part"))
    fetched = fetch_one(old)
    assert "authorization" not in outer.seen["/new"]
    assert (fetched.url, fetched.moved_to) == (new, new)


# More than fits


def pack(body: bytes) -> bytes:
    return gzip.compress(body, 9)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (web.document(pack(b"\0" * 20_000_000), Content_Encoding="gzip"), r"larger than 0\.1 MB"),
        (web.document(zlib.compress(b"\0" * 20_000_000), Content_Encoding="deflate"), r"larger than 0\.1 MB"),
        (web.endless(packed=True), r"larger than 0\.1 MB"),
        (web.endless(), r"larger than 0\.1 MB"),
        (web.without_end(CHUNKED + b"\n\n", b"3e8\r\n" + b"x" * 1000 + b"\r\n"), r"larger than 0\.1 MB"),
        (web.raw(CHUNKED, b"7fffffffffffffff\r\n", b"x" * 200_000), r"larger than 0\.1 MB"),
        (web.document(pack(pack(b"<rss/>")), Content_Encoding="gzip, gzip"), "'gzip, gzip', which nobody"),
        (web.raw(OK + b"\nContent-Encoding: gzip\nContent-Encoding: br", b"x"), "'gzip, br', which nobody"),
        (web.document(b"x", Content_Encoding="zstd"), "'zstd', which nobody"),
        (web.document(b"x", Content_Encoding="compress"), "'compress', which nobody"),
        (
            web.without_end(OK + b"\n", b"X-Filler: abcdefghijklmnopqrstuvwxyz\r\n"),
            "headers are too long|does not speak HTTP",
        ),
        (
            web.without_end(OK + b"\nX-Filler: ", b"x" * 1000),
            "headers are too long|does not speak HTTP",
        ),
        (web.without_end(b"", b"x" * 1000), "does not speak HTTP"),
    ],
)
def test_what_is_too_much_is_refused(outer: WebServer, answer: web.Answer, words: str) -> None:
    with pytest.raises(FetchFailed, match=words):
        fetch_one(outer.serve("/feed", answer), replace(LIMITS, timeout_s=20))


def test_announcements_without_an_answer_end_with_the_time(outer: WebServer) -> None:
    hints = web.without_end(b"", b"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n")
    assert "was not complete after 1.5 seconds" in fail_one(outer.serve("/feed", hints)).message


CRUMB = b"1\r\nx\r\n"


def test_thousands_of_crumbs_are_taken_as_far_as_they_fit(outer: WebServer) -> None:
    some = outer.serve("/some", web.raw(CHUNKED, CRUMB * 5_000, b"0\r\n\r\n"))
    assert fetch_one(some).content == b"x" * 5_000
    error = fail_one(outer.serve("/more", web.without_end(CHUNKED + b"\n\n", CRUMB * 100)), timeout_s(20))
    assert "larger than 10 MB" in error.message


def timeout_s(seconds: float) -> FetchLimits:
    return replace(LIMITS, timeout_s=seconds, max_bytes=10_000_000)


# What is not true

#: How it is told; where the lie comes late, aiohttp waits for the rest until the time is up.
NO_DOCUMENT = ("broke off", "gave no document", "does not speak HTTP", "was not complete")


@pytest.mark.parametrize(
    "answer",
    [
        web.raw(OK + b"\nContent-Length: 100", b"<rss/>"),
        web.raw(OK + b"\nContent-Length: -1", b"<rss/>"),
        web.raw(OK + b"\nContent-Length: six", b"<rss/>"),
        web.raw(OK + b"\nContent-Length: 6\nContent-Length: 7", b"<rss/>"),
        web.raw(CHUNKED, b"6\r\n<rss/>\r\n"),
        web.raw(CHUNKED, b"zz\r\n<rss/>\r\n0\r\n\r\n"),
        web.raw(CHUNKED, b"-6\r\n<rss/>\r\n0\r\n\r\n"),
        web.raw(b"HTTP/1.1 abc OK"),
        web.raw(OK + b"\nX: a\0b", b"<rss/>"),
        web.raw(OK + b"\nno colon", b"<rss/>"),
        web.raw(b"HTTP/1.1 101 Switching Protocols\nUpgrade: x"),
        web.raw(b"\0\1\2"),
    ],
)
def test_a_lie_about_the_answer_is_no_document(outer: WebServer, answer: web.Answer) -> None:
    error = fail_one(outer.serve("/feed", answer))
    assert any(words in error.message for words in NO_DOCUMENT)


@pytest.mark.parametrize("length", [b"zz", b"-6", b"6;x\n"])
def test_a_lie_in_the_midst_of_an_answer_ends_at_the_latest_with_the_time(
    outer: WebServer, length: bytes
) -> None:
    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        for part in (CHUNKED + b"\n\n", b"5\r\n<rss>\r\n", length + b"\r\n</rss>\r\n"):
            writer.write(part.replace(b"\n\n", b"\r\n\r\n"))
            await writer.drain()
            await asyncio.sleep(0.05)

    assert any(words in fail_one(outer.serve("/feed", answer)).message for words in NO_DOCUMENT)


def test_what_comes_after_the_announced_end_is_not_taken(outer: WebServer) -> None:
    planted = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<planted>"
    outer.keeps_open = True
    outer.serve("/feed", web.raw(OK + b"\nContent-Length: 6", b"<rss/>" + planted))

    async def run() -> list[bytes | None]:
        async with Connections(allow_private=LIMITS.allow_private) as client:
            request = FetchRequest(source_id="a", address=outer.url("/feed"))
            return [(await fetch(client, request, LIMITS)).content for _ in range(3)]

    assert asyncio.run(run()) == [b"<rss/>"] * 3


# Longer than we wait


@pytest.mark.parametrize(
    "answer",
    [
        web.silent,
        web.dripping(b"<rss/>" * 1000, 0.2),
        web.without_end(OK + b"\n", b"X", 0.2),
        web.without_end(OK + b"\nX-Drip: ", b"x", 0.2),
        web.without_end(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.2),
        web.without_end(CHUNKED + b"\n\n", CRUMB, 0.2),
        web.without_end(OK + b"\nContent-Encoding: gzip\n\n", gzip.compress(b"")[:1], 0.2),
    ],
)
def test_who_keeps_us_waiting_is_left_in_time(outer: WebServer, answer: web.Answer) -> None:
    url = outer.serve("/feed", answer)
    with pytest.raises(FetchFailed, match=r"not complete after 1\.5 seconds|damaged"):
        fetch_one(url)


def test_redirects_share_one_time_limit(outer: WebServer) -> None:
    async def slow(writer: asyncio.StreamWriter, headers: dict[str, str]) -> None:
        await asyncio.sleep(0.6)
        await web.redirect("/feed")(writer, headers)

    assert "not complete after 1.5 seconds" in fail_one(outer.serve("/feed", slow)).message


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_takes_connections_and_never_reads_is_left_in_time(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        error = fail_one(f"{scheme}://127.0.0.1:{deaf.getsockname()[1]}/")
    assert "not complete after 1.5 seconds" in error.message


def test_a_name_server_that_is_silent_counts_against_its_source_only() -> None:
    async def resolve(_: str) -> Sequence[str]:
        await asyncio.sleep(3600)
        return []

    error = fail_one("http://silent.example.org/", resolve=resolve)
    assert "not complete after 1.5 seconds" in error.message


# Beside others


def test_slow_servers_hold_up_nobody() -> None:
    with WebServer("0.0.0.0") as server:
        server.serve("/slow", web.dripping(b"<rss/>" * 1000, 0.5))
        server.serve("/fast", web.document(b"<rss/>"))
        slow = [f"http://127.0.1.{n}:{server.port}/slow" for n in range(1, 9)]
        fast = [f"http://127.0.2.{n}:{server.port}/fast" for n in range(1, 41)]
        requests = [FetchRequest(source_id=address, address=address) for address in (*slow, *fast)]
        limits = replace(LIMITS, timeout_s=8, allow_private=("127.0.0.0/8",))
        answers = list(stream_fetches(requests, limits))
    assert {request.source_id for request, _ in answers[:40]} == set(fast)
    assert {request.source_id for request, _ in answers[40:]} == set(slow)
    assert all("not complete after 8 seconds" in str(answer) for _, answer in answers[40:])


def test_the_sources_of_a_server_that_sleeps_do_not_wait_one_by_one(outer: WebServer) -> None:
    urls = [outer.serve(f"/{n}", web.silent) for n in range(60)]
    requests = [FetchRequest(source_id=url, address=url) for url in urls]
    answers = [answer for _, answer in stream_fetches(requests, LIMITS)]
    assert len(answers) == 60
    assert all(isinstance(answer, FetchFailed) for answer in answers)
    spared = [answer for answer in answers if "it was not asked" in str(answer)]
    assert len(spared) >= 48
    assert outer.connections_count == 60 - len(spared)
