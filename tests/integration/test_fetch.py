"""One source is fetched within limits of time and size, whatever the server does."""

import asyncio
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest

from stuifmail.errors import FetchFailed, FetchFailedForNow
from stuifmail.harvest.fetching.fetch import Fetched, FetchLimits, FetchRequest, fetch, open_client
from stuifmail.harvest.fetching.politeness import Hints, hints_of
from stuifmail.harvest.fetching.stream import stream_fetches
from tests.servers import web
from tests.servers.web import WebServer

LIMITS = FetchLimits(
    timeout_s=5, max_bytes=1_000_000, max_connections=4, per_host=4, allow_private=("127.0.0.1",)
)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


def fetch_one(address: str, limits: FetchLimits = LIMITS, **request: str) -> Fetched:
    async def run() -> Fetched:
        async with open_client(limits) as client:
            return await fetch(client, FetchRequest(source_id="a", address=address, **request), limits)

    return asyncio.run(run())


def test_a_document_comes_with_its_validators(server: WebServer) -> None:
    url = server.serve(
        "/feed", web.document(b"<rss/>", ETag='"1"', Last_Modified="yesterday", Content_Type="text/xml")
    )
    fetched = fetch_one(url)
    assert (fetched.content, fetched.url, fetched.content_type) == (b"<rss/>", url, "text/xml")
    assert (fetched.etag, fetched.last_modified) == ('"1"', "yesterday")


def test_a_document_that_we_have_is_not_sent_again(server: WebServer) -> None:
    url = server.serve("/feed", web.validated(b"<rss/>", '"1"'))
    fetched = fetch_one(url, etag='"1"', last_modified="yesterday")
    assert (fetched.content, fetched.etag, fetched.last_modified) == (None, '"1"', "yesterday")
    assert server.seen["/feed"]["if-modified-since"] == "yesterday"


def test_validators_are_renewed_when_nothing_changed(server: WebServer) -> None:
    url = server.serve("/feed", web.status(304, ETag='"2"', Last_Modified="today"))
    fetched = fetch_one(url, etag='"1"', last_modified="yesterday")
    assert (fetched.content, fetched.status) == (None, 304)
    assert (fetched.etag, fetched.last_modified) == ('"2"', "today")


def test_an_answer_carries_what_it_says_about_the_next_one(server: WebServer) -> None:
    url = server.serve("/feed", web.status(304, Cache_Control="max-age=7200"))
    assert fetch_one(url, etag='"1"').hints == Hints(status=304, max_age_s=7200)
    server.serve("/there", web.document(b"<rss/>", Cache_Control="max-age=60"))

    async def wait_a_day(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        writer.write(b"HTTP/1.1 301 Moved\r\nLocation: /there\r\nRetry-After: 86400\r\n\r\n")

    moved = fetch_one(server.serve("/moved", wait_a_day))
    assert moved.hints == Hints(status=200, max_age_s=60, retry_after_s=86400)


@pytest.mark.parametrize("code", [403, 410, 429, 500, 503])
def test_a_refusal_carries_its_status_and_how_long_to_wait(server: WebServer, code: int) -> None:
    with pytest.raises(FetchFailed) as failed:
        fetch_one(server.serve("/feed", web.status(code, Retry_After="3600")))
    assert failed.value.status == code
    assert hints_of(failed.value) == Hints(status=code, retry_after_s=3600)
    assert ("after the time that the server asks for" in failed.value.remedy) == (code in (429, 500, 503))


def test_each_answer_comes_over_a_connection_of_its_own(server: WebServer) -> None:
    server.keeps_open = True
    requests = [
        FetchRequest(source_id=str(n), address=server.serve(f"/{n}", web.raw(answer)), etag='"1"')
        for n, answer in enumerate([b"HTTP/1.1 304 OK", b"HTTP/1.1 200 OK\nContent-Length: 0"] * 10)
    ]
    answers = list(stream_fetches(requests, replace(LIMITS, per_host=2)))
    assert (
        sorted(answer.status for _, answer in answers if isinstance(answer, Fetched))
        == [200] * 10 + [304] * 10
    )
    assert server.connections_count == 20


def test_a_connection_that_was_closed_meanwhile_is_made_again(server: WebServer) -> None:
    # It does not say that it closes, but it does after each answer.
    requests = [
        FetchRequest(source_id=str(n), address=server.serve(f"/{n}", web.raw(b"HTTP/1.1 304 OK")), etag='"1"')
        for n in range(30)
    ]
    answers = list(stream_fetches(requests, LIMITS))
    assert all(isinstance(answer, Fetched) for _, answer in answers)
    assert server.connections_count == 30


def test_one_server_gets_so_many_requests_at_once(server: WebServer) -> None:
    at_once = most = 0

    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.02)
        at_once -= 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<rss/>")

    requests = [FetchRequest(source_id=str(n), address=server.serve(f"/{n}", answer)) for n in range(20)]
    answers = list(stream_fetches(requests, replace(LIMITS, max_connections=20, per_host=2)))
    assert all(isinstance(fetched, Fetched) for _, fetched in answers)
    assert most == 2


def test_a_caller_with_other_work_is_woken(server: WebServer) -> None:
    url = server.serve("/slow", web.dripping(b"<rss/>", 0.1))
    requests = [FetchRequest(source_id="slow", address=url)]
    *ticks, last = stream_fetches(requests, LIMITS, tick_s=0.05)
    assert ticks
    assert set(ticks) == {None}
    assert last is not None
    assert isinstance(last[1], Fetched)


def test_nothing_new_is_asked_while_much_waits_to_be_taken(server: WebServer) -> None:
    body = b"x" * 9_000_000
    requests = [
        FetchRequest(source_id=str(n), address=server.serve(f"/{n}", web.document(body))) for n in range(12)
    ]
    limits = replace(LIMITS, timeout_s=60, max_bytes=10_000_000, max_connections=10, per_host=1)
    answers = stream_fetches(requests, limits)
    next(answers)
    patience = monotonic() + 30
    while sum(server.asked.values()) < 6 and monotonic() < patience:
        sleep(0.01)
    sleep(0.3)  # were there no bound, it would go on now
    assert sum(server.asked.values()) == 6
    assert len(list(answers)) == 11


@pytest.mark.parametrize("wbits", [31, 15, -15])
def test_gzip_and_both_kinds_of_deflate_are_unpacked(server: WebServer, wbits: int) -> None:
    packer = zlib.compressobj(wbits=wbits)
    packed = packer.compress(b"<rss/>" * 100) + packer.flush()
    encoding = "gzip" if wbits == 31 else "deflate"
    assert (
        fetch_one(server.serve("/feed", web.document(packed, Content_Encoding=encoding))).content
        == b"<rss/>" * 100
    )


def test_a_move_for_good_is_reported_and_a_passing_one_is_not(server: WebServer) -> None:
    new = server.serve("/new", web.document(b"<rss/>"))
    server.serve("/for-now", web.redirect("/new", 302))
    fetched = fetch_one(server.serve("/old", web.redirect("/new")))
    assert (fetched.url, fetched.moved_to) == (new, new)
    assert fetch_one(server.url("/for-now")).moved_to is None
    assert fetch_one(server.serve("/mixed", web.redirect("/for-now"))).moved_to is None


def test_a_redirect_may_hold_letters_that_headers_may_not(server: WebServer) -> None:
    new = server.serve("/caf%C3%A9", web.document(b"<rss/>"))
    assert fetch_one(server.serve("/old", web.redirect("/café"))).url == new


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (web.status(404), "the address no longer exists"),
        (web.status(503), "the server is overloaded"),
        (web.redirect("/bad"), "leads on and on"),
        (web.redirect("file:///etc/passwd"), "cannot be fetched"),
        (web.endless(), "larger than 1 MB"),
        (web.endless(packed=True), "larger than 1 MB"),
        (web.document(b"x" * 1_000_001), "larger than 1 MB"),
        (web.cut_off(b"<rss>"), "broke off before the end"),
        (web.rude, "does not speak HTTP as it should"),
        (web.document(b"no gzip", Content_Encoding="gzip"), "damaged"),
        (web.document(gzip.compress(b"<rss/>" * 99)[:-9], Content_Encoding="gzip"), "stops in the middle"),
        (web.document(b"x", Content_Encoding="br"), "'br', which nobody asked for"),
    ],
)
def test_a_bad_answer_fails_with_its_cause(server: WebServer, answer: web.Answer, words: str) -> None:
    url = server.serve("/bad", answer)
    with pytest.raises(FetchFailed, match=words) as failed:
        fetch_one(url)
    assert failed.value.place == url
    assert failed.value.remedy


def test_fifty_megabytes_are_refused_at_the_usual_limit(server: WebServer) -> None:
    with pytest.raises(FetchFailed, match="larger than 10 MB"):
        fetch_one(
            server.serve("/large", web.document(b"<item/>" * 7_200_000)),
            FetchLimits(timeout_s=30, allow_private=LIMITS.allow_private),
        )


@pytest.mark.parametrize("answer", [web.silent, web.dripping(b"<rss/>" * 100)])
def test_the_time_limit_holds_for_the_source_as_a_whole(server: WebServer, answer: web.Answer) -> None:
    started = monotonic()
    with pytest.raises(FetchFailedForNow, match=r"not complete after 0\.5 seconds"):
        fetch_one(server.serve("/slow", answer), replace(LIMITS, timeout_s=0.5))
    assert monotonic() - started < 3


def test_a_port_where_nobody_listens_is_told_plainly() -> None:
    with WebServer() as gone:
        url = gone.url("/feed")
    with pytest.raises(FetchFailedForNow, match="nobody answers"):
        fetch_one(url)


def test_files_are_fetched_through_the_same_door(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<rss/>")
    (tmp_path / "large.xml").write_bytes(b"x" * 1_000_001)
    requests = [
        FetchRequest(source_id=name, address=f"samples/{name}", path=tmp_path / name)
        for name in ("a.xml", "large.xml", "gone.xml", ".")
    ]
    answers = {request.source_id: answer for request, answer in stream_fetches(requests, LIMITS)}
    whole = answers.pop("a.xml")
    assert isinstance(whole, Fetched)
    assert (whole.content, whole.url) == (b"<rss/>", "samples/a.xml")
    assert {name: str(error) for name, error in answers.items()} == {
        "large.xml": "samples/large.xml: the document is larger than 1 MB: "
        "ask the member for a shorter feed, or raise harvest.max_bytes",
        "gone.xml": "samples/gone.xml: there is no such file: correct the path",
        ".": "samples/.: this is a folder, not a file: name the file in it",
    }


def test_many_sources_come_in_as_they_are_ready_and_never_too_many_at_once(server: WebServer) -> None:
    at_once = most = 0

    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.02)
        at_once -= 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<rss/>")

    slow = server.serve("/slow", web.dripping(b"<rss/>", 0.2))
    requests = [FetchRequest(source_id="slow", address=slow)]
    requests += [FetchRequest(source_id=str(n), address=server.serve(f"/{n}", answer)) for n in range(40)]
    order = [
        request.source_id
        for request, fetched in stream_fetches(requests, LIMITS)
        if isinstance(fetched, Fetched)
    ]
    assert len(order) == 41
    assert order[-1] == "slow"
    assert 1 < most <= LIMITS.max_connections


def test_a_caller_that_stops_early_stops_the_fetching(server: WebServer) -> None:
    requests = [FetchRequest(source_id="a", address=server.serve("/a", web.document(b"<rss/>")))]
    requests += [FetchRequest(source_id=str(n), address=server.serve(f"/{n}", web.silent)) for n in range(9)]
    started = monotonic()
    answers = stream_fetches(requests, replace(LIMITS, timeout_s=60))
    assert next(answers)[0].source_id == "a"
    answers.close()
    assert monotonic() - started < 5


def test_one_odd_address_does_not_stop_the_others(server: WebServer) -> None:
    odd = [
        "http://[::1",
        "http://127.0.0.1:99999/",
        "http://a..example.org/",
        "http://" + "a" * 70 + ".example.org/",
    ]
    good = server.serve("/a", web.document(b"<rss/>"))
    requests = [FetchRequest(source_id=address, address=address) for address in (*odd, good)]
    answers = {request.source_id: answer for request, answer in stream_fetches(requests, LIMITS)}
    assert isinstance(answers.pop(good), Fetched)
    assert all(isinstance(answer, FetchFailed) for answer in answers.values())
