"""Which addresses may be fetched: those of the public internet, and what sources.yaml opens.

Addresses of sources come from outsiders, and so do redirects and the answers of name servers. So
a name is looked up once, each address in the answer is checked, and the connection goes to one of
those very addresses: a name that means something else a moment later leads nowhere else.
"""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any, TypeAlias

IpAddress: TypeAlias = IPv4Address | IPv6Address
#: Answers the addresses of a host, best first.
Resolve: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]

#: Not public though `is_global` says so, in some version of Python at least.
_SPECIAL_V4 = tuple(
    map(
        IPv4Network,
        (
            "100.64.0.0/10",  # carriers' own networks (RFC 6598); metadata of one cloud
            "168.63.129.16/32",  # a cloud's servant of its machines
            "192.0.0.0/24",  # protocol assignments (RFC 6890); metadata of one cloud
            "192.88.99.0/24",  # relays of 6to4 (RFC 7526)
        ),
    )
)
_PUBLIC_V6 = IPv6Network("2000::/3")  # all that was ever given out (RFC 4291, 2.4)
_SPECIAL_V6 = IPv6Network("3fff::/20")  # documentation (RFC 9637)
_NAT64 = IPv6Network("64:ff9b::/96")  # IPv4 behind a translator (RFC 6052)


class InsideAddress(Exception):
    """A host leads inside our own network; nothing was sent to it.

    Args:
        address: where it leads.
    """

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def is_public(address: IpAddress) -> bool:
    """Answer whether this is an address of the public internet.

    An IPv4 address in the dress of an IPv6 one (mapped, 6to4, NAT64) counts as what it is.

    Source: IANA's special-purpose address registries (RFC 6890).
    """
    if isinstance(address, IPv4Address):
        is_special = any(address in network for network in _SPECIAL_V4)
        return address.is_global and not (is_special or address.is_multicast or address.is_reserved)
    if inner := _unwrap(address):
        return is_public(inner)
    return address in _PUBLIC_V6 and address.is_global and address not in _SPECIAL_V6


class Guard:
    """Tells which addresses may be connected to.

    Args:
        allow_private: names, addresses or networks that may be fetched though they are not public.
    """

    def __init__(self, allow_private: Iterable[str] = ()) -> None:
        self._names: set[str] = set()
        self._networks: list[IPv4Network | IPv6Network] = []
        for entry in allow_private:
            try:
                self._networks.append(ip_network(entry.strip("[] "), strict=False))
            except ValueError:
                self._names.add(entry.strip().rstrip(".").lower())

    def check(self, host: str, address: str) -> None:
        """Let an address pass, or not.

        Args:
            host: the name by which it was found.
            address: an IPv4 or IPv6 address in digits.

        Raises:
            InsideAddress: it is not public, and nothing in sources.yaml opens it.
        """
        found = ip_address(address)
        if host.rstrip(".").lower() in self._names or is_public(found):
            return
        plain = (isinstance(found, IPv6Address) and _unwrap(found)) or found
        if not any(plain in network for network in self._networks):
            raise InsideAddress(str(plain))


async def look_up(host: str) -> Sequence[str]:
    """Answer the addresses of a host as the operating system finds them, best first, each once.

    Every look-up has a thread of its own that nothing waits for, so a name server that is silent
    holds up neither the other names nor the end of the program.

    Raises:
        OSError: there is no such host.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[str]] = loop.create_future()

    def settle(set_answer: Callable[[Any], None], value: Any) -> None:
        if not answer.done():
            set_answer(value)

    def work() -> None:
        try:
            rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            outcome: tuple[Callable[[Any], None], Any] = (
                answer.set_result,
                tuple(dict.fromkeys(str(row[4][0]) for row in rows)),
            )
        except (OSError, UnicodeError) as error:
            outcome = (answer.set_exception, error)
        with suppress(RuntimeError):  # the loop has ended: nobody wants to know any more
            loop.call_soon_threadsafe(settle, *outcome)

    threading.Thread(target=work, name="stuifmail-look-up", daemon=True).start()
    return await answer


def _unwrap(address: IPv6Address) -> IPv4Address | None:
    """Answer the IPv4 address that an IPv6 address stands for."""
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
