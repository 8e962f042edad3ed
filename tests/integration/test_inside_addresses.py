"""No server leads us into our own network, and certificates are judged by names."""

import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from stuifmail.errors import FetchFailed
from tests.fetching import LIMITS, fail_one, fetch_one
from tests.servers import web
from tests.servers.keys import Keys, make_keys
from tests.servers.web import WebServer

pytestmark = pytest.mark.integration


@pytest.fixture
def outer() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


@pytest.fixture
def inner() -> Iterator[WebServer]:
    with WebServer("127.0.0.2") as running:
        running.serve("/", web.document(b"<secret/>"))
        running.serve("/secret", web.document(b"<secret/>"))
        yield running


# Inside our own walls


SPELLINGS = [
    "127.0.0.2",
    "127.0.0.2.",
    "127.2",
    "2130706434",
    "0x7f000002",
    "0x7f.2",
    "[::ffff:127.0.0.2]",
    "[::ffff:7f00:2]",
    "[0:0:0:0:0:ffff:7f00:2]",
    "user:secret@127.0.0.2",
]


#: No addresses as the web knows them: not even looked at.
NO_ADDRESSES = ("'127.2'", "'2130706434'", "'127.0.0.2.'", "'0'")


def assert_is_refused(error: FetchFailed, place: str = "") -> None:
    """Some spellings are refused before anybody looks where they lead; none gets further."""
    if "cannot be fetched" in error.message:
        assert any(address in error.message for address in NO_ADDRESSES)
    else:
        assert f"inside our own network {place}" in error.message
        assert "harvest.allow_private" in error.remedy


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_an_inner_address_gets_through(inner: WebServer, host: str) -> None:
    error = fail_one(f"http://{host}:{inner.port}/secret")
    assert_is_refused(error, "(127.0.0.2)")
    assert inner.connections_count == 0


@pytest.mark.parametrize("host", SPELLINGS)
@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_no_redirect_leads_inside(outer: WebServer, inner: WebServer, host: str, code: int) -> None:
    target = f"http://{host}:{inner.port}/secret"
    error = fail_one(outer.serve("/feed", web.redirect(target, code)))
    assert_is_refused(error, "(127.0.0.2)")
    assert (outer.asked["/feed"], inner.connections_count) == (1, 0)


def test_no_chain_of_redirects_leads_inside(outer: WebServer, inner: WebServer) -> None:
    outer.serve("/3", web.redirect(inner.url("/secret")))
    outer.serve("/2", web.redirect("/3", 302))
    assert "inside our own network" in fail_one(outer.serve("/1", web.redirect("/2", 307))).message
    assert (outer.asked["/3"], inner.connections_count) == (1, 0)


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://100.100.100.200/",
        "http://[::1]/",
        "http://0/",
        "http://0.0.0.0:1/",
        "http://10.0.0.1/",
        "https://192.168.1.1/",
    ],
)
def test_metadata_and_private_addresses_are_refused_at_once_and_after_a_redirect(
    outer: WebServer, address: str
) -> None:
    assert_is_refused(fail_one(address))
    assert_is_refused(fail_one(outer.serve("/feed", web.redirect(address))))


def test_our_own_machine_is_inside_unless_it_is_named(outer: WebServer) -> None:
    url = outer.serve("/feed", web.document(b"<rss/>"))
    fail_one(url, replace(LIMITS, allow_private=()))
    assert outer.connections_count == 0
    assert fetch_one(url).content == b"<rss/>"


def test_a_name_can_be_opened_and_opens_only_itself(outer: WebServer) -> None:
    url = outer.serve("/feed", web.document(b"<rss/>")).replace("127.0.0.1", "intranet.example.org")
    limits = replace(LIMITS, allow_private=("intranet.example.org",))

    async def resolve(_: str) -> Sequence[str]:
        return ["127.0.0.1"]

    assert fetch_one(url, limits, resolve=resolve).content == b"<rss/>"
    fail_one(url.replace("intranet", "other"), limits, resolve=resolve)
    assert outer.connections_count == 1


class Changing:
    """A name server whose answer is another one each time."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


def test_a_name_that_changes_after_the_check_leads_nowhere_else(outer: WebServer) -> None:
    with WebServer("127.0.0.2", outer.port) as inner:
        resolve = Changing(["127.0.0.1"], ["127.0.0.2"])
        address = f"http://rebind.example.org:{outer.port}/feed"
        outer.serve("/feed", web.redirect(f"http://rebind.example.org:{outer.port}/again", 302))
        outer.serve("/again", web.document(b"<rss/>"))
        assert fetch_one(address, resolve=resolve).content == b"<rss/>"
        assert resolve.asked == ["rebind.example.org"]
        assert (outer.connections_count, inner.connections_count) == (2, 0)


def test_a_name_that_changes_between_two_runs_is_checked_again(outer: WebServer, inner: WebServer) -> None:
    resolve = Changing(["127.0.0.1"], ["127.0.0.2"])
    outer.serve("/feed", web.document(b"<rss/>"))
    assert fetch_one(f"http://rebind.example.org:{outer.port}/feed", resolve=resolve).content
    address = f"http://rebind.example.org:{inner.port}/secret"
    assert "(127.0.0.2)" in fail_one(address, resolve=resolve).message
    assert inner.connections_count == 0


def test_an_inner_address_hidden_behind_a_public_one_is_found(outer: WebServer, inner: WebServer) -> None:
    resolve = Changing(["127.0.0.1", "127.0.0.2"])
    fail_one(f"http://both.example.org:{outer.port}/", resolve=resolve)
    assert (outer.connections_count, inner.connections_count) == (0, 0)


def test_proxies_of_the_environment_are_not_used(
    outer: WebServer, inner: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, inner.url("/"))
    assert fetch_one(outer.serve("/feed", web.document(b"<rss/>"))).content == b"<rss/>"
    assert inner.connections_count == 0


# Secure connections


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return make_keys(tmp_path_factory.mktemp("keys"), "feeds.example.org")


async def at_home(_: str) -> Sequence[str]:
    return ["127.0.0.1"]


def test_a_certificate_is_judged_by_the_name_though_the_connection_goes_to_the_address(keys: Keys) -> None:
    with WebServer(tls=keys.server) as server:
        server.serve("/feed", web.document(b"<rss/>"))
        good = f"https://feeds.example.org:{server.port}/feed"
        fetched = fetch_one(good, resolve=at_home, ssl_context=keys.client)
        assert (fetched.content, fetched.url) == (b"<rss/>", good)
        assert server.seen["/feed"]["host"] == f"feeds.example.org:{server.port}"
        for host in ("other.example.org", "127.0.0.1"):
            bad = f"https://{host}:{server.port}/feed"
            error = fail_one(bad, resolve=at_home, ssl_context=keys.client)
            assert "certificate is not valid" in error.message
        assert "certificate is not valid" in fail_one(good, resolve=at_home).message
        assert server.asked["/feed"] == 1


def test_a_secure_address_that_leads_to_one_that_is_not_is_followed_and_told(
    outer: WebServer, keys: Keys
) -> None:
    plain = outer.serve("/feed", web.document(b"<rss/>"))
    with WebServer(tls=keys.server) as server:
        server.serve("/feed", web.redirect(plain))
        address = f"https://feeds.example.org:{server.port}/feed"
        fetched = fetch_one(address, resolve=at_home, ssl_context=keys.client)
    assert (fetched.content, fetched.url, fetched.moved_to) == (b"<rss/>", plain, None)
    assert fetched.problems == (f"the secure address leads to one that is not secure ({plain})",)


def test_a_server_without_encryption_behind_a_secure_address_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            taken, _ = server.accept()
            with taken:
                taken.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                taken.recv(10_000)

        thread = threading.Thread(target=greet)
        thread.start()
        error = fail_one(f"https://127.0.0.1:{server.getsockname()[1]}/feed")
        thread.join()
    assert "no secure connection could be made" in error.message
