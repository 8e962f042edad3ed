"""Connections to many servers through aiohttp, each to an address that was checked.

aiohttp and not httpx: see docs/adr/0009. Nothing is left to it that is decided here: it follows no
redirects, unpacks nothing, keeps no cookies, reads no environment variable (so it uses no proxy),
and nobody waits in its pool, for stream.py lets in no more than may be open.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self, TypeAlias
from weakref import WeakSet

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from stuifmail.harvest.fetching.guard import Guard, Resolve, look_up

RawHeaders: TypeAlias = Sequence[tuple[bytes, bytes]]
AddressInfo: TypeAlias = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]

_MOST_HEAD_BYTES = 16_384  # of one line
#: How long to wait, again and again, until the last sockets are closed: secure ones say goodbye.
_LAST_WAITS_S = (0.0, 0.0, 0.0, *(0.01 for _ in range(50)))
_NEXT_ADDRESS_S = 0.25  # Happy Eyeballs, RFC 8305


class Connections:
    """Asks servers; use it with `async with`.

    Args:
        allow_private: what may be fetched inside our own walls, see guard.py.
        resolve: looks names up; default: as the operating system does.
        ssl_context: whom to trust; default: the certificate authorities of browsers.
    """

    def __init__(
        self,
        *,
        allow_private: Sequence[str] = (),
        resolve: Resolve | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._resolver = CheckedResolver(Guard(allow_private), resolve or look_up)
        self._ssl: ssl.SSLContext | bool = ssl_context or True
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=0,
            resolver=self._resolver,
            ttl_dns_cache=None,
            ssl=self._ssl,
            # A connection that is kept may hold an answer that was planted behind the last one.
            force_close=True,
            happy_eyeballs_delay=_NEXT_ADDRESS_S,
            socket_factory=self._resolver.open_socket,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None),  # the caller keeps the time, over everything
            max_line_size=_MOST_HEAD_BYTES,
            max_field_size=_MOST_HEAD_BYTES,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        for wait_s in _LAST_WAITS_S:
            if not self._resolver.has_open_sockets():
                break
            await asyncio.sleep(wait_s)

    @asynccontextmanager
    async def get(self, url: httpx.URL, headers: RawHeaders) -> AsyncIterator[aiohttp.ClientResponse]:
        """Yield the answer to a GET, its body unread.

        Args:
            url: http or https; what it holds of user and password is not sent.
            headers: all of them.

        Raises:
            InsideAddress: the server's address may not be fetched.
            OSError, aiohttp.ClientError: there is no good answer.
        """
        sent = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
        target = URL(str(url), encoded=True)
        async with self._session.get(target, headers=sent, allow_redirects=False) as response:
            yield response


class CheckedResolver(AbstractResolver):
    """Looks names up, and lets no connection be made to an address that the guard refuses.

    Every name is looked up once. Every address is checked twice: with the name by which it was
    found, and when a socket is opened for it, which also catches addresses that are no names.
    """

    def __init__(self, guard: Guard, look_up: Resolve) -> None:
        self._guard, self._look_up = guard, look_up
        self._checked: set[str] = set()
        self._sockets: WeakSet[socket.socket] = WeakSet()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Answer the addresses of a host, all of them checked.

        Raises:
            InsideAddress: one of them may not be fetched.
            OSError: there is no such host.
        """
        del family
        addresses = await self._look_up(host)
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        for address in addresses:
            self._guard.check(host, address)
        self._checked.update(addresses)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    def open_socket(self, info: AddressInfo) -> socket.socket:
        """Answer a socket for an address that is about to be connected to.

        Raises:
            InsideAddress: it may not be.
        """
        family, kind, protocol, _, (address, *_) = info
        if address not in self._checked:
            self._guard.check("", address)
        opened = socket.socket(family, kind, protocol)
        self._sockets.add(opened)
        return opened

    def has_open_sockets(self) -> bool:
        """Answer whether one of the sockets that were opened is not closed yet."""
        return any(each.fileno() >= 0 for each in tuple(self._sockets))

    async def close(self) -> None:
        """Nothing is kept open."""
