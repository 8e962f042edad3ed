"""Addresses become absolute, harmless and free of tracking."""

import pytest

from stuifmail.harvest.cleaning.links import is_web_link, link_key, pick_base, resolve_link, strip_tracking


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        (" /nieuws/1 ", "https://berm.example.org/nieuws/1"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("//example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", None),
        ("JAVASCRIPT:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:rol@lid.example.org", None),
        ("http://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_links_resolve_to_web_addresses_or_to_nothing(link: str | None, wanted: str | None) -> None:
    assert resolve_link(link, "https://berm.example.org/feed") == wanted


def test_a_relative_link_without_a_base_is_no_link() -> None:
    assert resolve_link("/nieuws/1", None) is None


def test_tracking_parameters_go_and_others_stay_as_they_were() -> None:
    link = "https://example.org/a?id=7&utm_source=rss&fbclid=x&q=a%20b#deel"
    assert strip_tracking(link) == "https://example.org/a?id=7&q=a%20b#deel"
    assert strip_tracking("https://example.org/a?q=a%20b") == "https://example.org/a?q=a%20b"


def test_spellings_of_one_address_have_one_key() -> None:
    spellings = (
        "http://www.example.org:80/a/",
        "https://EXAMPLE.org/a?utm_medium=feed",
        "https://example.org:443/a",
    )
    assert len({link_key(link) for link in spellings}) == 1
    assert link_key("https://example.org/a") != link_key("https://example.org/A")


def test_the_first_usable_base_is_taken() -> None:
    assert (
        pick_base([None, "/feed", " https://a.example.org/x ", "https://b.example.org"])
        == "https://a.example.org/x"
    )
    assert pick_base(["samples/berm.xml"]) is None


def test_only_http_addresses_with_a_host_are_web_links() -> None:
    assert is_web_link("https://example.org")
    assert not any(map(is_web_link, ("https://", "ftp://example.org", "httpx://example.org", None)))
