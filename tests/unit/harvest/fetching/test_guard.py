"""Only addresses of the public internet pass, and what sources.yaml opens."""

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from stuifmail.harvest.fetching.connections import CheckedResolver
from stuifmail.harvest.fetching.guard import Guard, InsideAddress, is_public, look_up

INSIDE = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16
    169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1
    198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.1.2.3 ::ffff:169.254.169.254 64:ff9b::7f00:1
    64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1::1 2002:a00:1:: 3fff::1
    4000::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%1 fec0::1 ff02::1
""".split()
OUTSIDE = """
    1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 193.0.6.139 2a00:1450:400e:80c::200e
    2001:4860:4860::8888 2606:4700:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1
""".split()


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_of_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    with pytest.raises(InsideAddress):
        Guard().check("feeds.example.org", address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_public_internet_passes(address: str) -> None:
    assert is_public(ip_address(address))
    Guard().check("feeds.example.org", address)


@pytest.mark.parametrize(
    ("entry", "host", "address"),
    [
        ("localhost", "localhost", "127.0.0.1"),
        ("Intranet.Example.org.", "intranet.example.org", "10.1.2.3"),
        ("127.0.0.0/8", "feeds.example.org", "127.9.9.9"),
        ("127.0.0.1", "feeds.example.org", "::ffff:127.0.0.1"),
        ("[::1]", "feeds.example.org", "::1"),
        ("10.1.2.3/8", "feeds.example.org", "10.200.0.1"),
        ("fd00::/8", "feeds.example.org", "fd12::1"),
    ],
)
def test_names_addresses_and_networks_can_be_opened(entry: str, host: str, address: str) -> None:
    assert Guard([entry]).check(host, address) is None


@pytest.mark.parametrize(
    ("entry", "host", "address"),
    [
        ("localhost", "evil.example.org", "127.0.0.1"),
        ("example.org", "www.example.org", "10.0.0.1"),
        ("127.0.0.1", "feeds.example.org", "127.0.0.2"),
        ("127.0.0.1", "feeds.example.org", "::1"),
        ("10.0.0.0/33", "feeds.example.org", "10.0.0.1"),
        ("", "feeds.example.org", "10.0.0.1"),
    ],
)
def test_what_is_opened_opens_nothing_else(entry: str, host: str, address: str) -> None:
    with pytest.raises(InsideAddress):
        Guard([entry]).check(host, address)


@pytest.mark.parametrize("answer", [["8.8.8.8", "127.0.0.1"], ["10.0.0.1", "8.8.8.8"]])
def test_one_inner_address_among_public_ones_spoils_the_name(answer: list[str]) -> None:
    async def resolve(_: str) -> Sequence[str]:
        return answer

    with pytest.raises(InsideAddress):
        asyncio.run(CheckedResolver(Guard(), resolve).resolve("feeds.example.org"))


def test_no_socket_is_opened_for_an_inner_address_that_came_by_without_a_name() -> None:
    resolver = CheckedResolver(Guard(), look_up)
    info = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("169.254.169.254", 80))
    with pytest.raises(InsideAddress):
        resolver.open_socket(info)
