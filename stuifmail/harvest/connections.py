"""Connections to many servers, kept open for a moment for the next question to the same one.

httpcore speaks HTTP over one connection; its own pool looks at every connection and every waiting
request for each request, which for hundreds of them takes more time than the requests. Here at
most a few idle ones are kept, and nobody ever waits: stream.py lets in no more than may be open.
No environment variable is read, so no proxy is used.
"""

import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self, TypeAlias

import httpcore
import httpx

from stuifmail.harvest.guard import Guard, GuardedBackend, Resolve
from stuifmail.harvest.wire import HeadTooLong, Wire

RawHeaders: TypeAlias = Sequence[tuple[bytes, bytes]]
_Server: TypeAlias = tuple[bytes, bytes, int]

_KEEP_S = 5.0
_MOST_IDLE = 100
_BROKEN_OFF = (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError)


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
        self._backend = GuardedBackend(Guard(allow_private), resolve)
        self._ssl_context = ssl_context
        #: Of each server, the server that was asked last at the end; none without connections.
        self._idle: dict[_Server, list[httpcore.AsyncHTTPConnection]] = {}
        self._idle_count = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._idle:
            await self._pop_idle(next(iter(self._idle))).aclose()
        await self._backend.aclose()

    @asynccontextmanager
    async def get(self, url: httpx.URL, headers: RawHeaders) -> AsyncIterator[httpcore.Response]:
        """Yield the answer to a GET, its body unread.

        Args:
            url: http or https; what it holds of user and password is not sent.
            headers: Host and all others.

        Raises:
            InsideAddress: the server's address may not be fetched.
            OSError, httpcore.NetworkError, httpcore.ProtocolError: there is no good answer.
        """
        port = url.port or (443 if url.scheme == "https" else 80)
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host.rstrip(b"."), port=port, target=url.raw_path
        )
        request = httpcore.Request("GET", target, headers=list(headers))
        connection, response = await self._ask(target.origin, request)
        try:
            wire = response.extensions["network_stream"]
            if isinstance(wire, Wire):
                wire.end_head()
            yield response
        finally:
            await response.aclose()
            await self._put_back(_name(target.origin), connection)

    async def _ask(
        self, origin: httpcore.Origin, request: httpcore.Request
    ) -> tuple[httpcore.AsyncHTTPConnection, httpcore.Response]:
        while known := await self._take_idle(_name(origin)):
            try:
                return known, await self._send(known, request)
            except HeadTooLong:
                raise
            except _BROKEN_OFF:  # the server hung up just now: no fault of this question
                continue
        if origin.scheme == b"https" and self._ssl_context is None:
            self._ssl_context = httpcore.default_ssl_context()
        new = httpcore.AsyncHTTPConnection(
            origin, ssl_context=self._ssl_context, keepalive_expiry=_KEEP_S, network_backend=self._backend
        )
        return new, await self._send(new, request)

    @staticmethod
    async def _send(connection: httpcore.AsyncHTTPConnection, request: httpcore.Request) -> httpcore.Response:
        try:
            return await connection.handle_async_request(request)
        except BaseException:
            await connection.aclose()
            raise

    async def _take_idle(self, server: _Server) -> httpcore.AsyncHTTPConnection | None:
        while server in self._idle:
            connection = self._pop_idle(server)
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return None

    async def _put_back(self, server: _Server, connection: httpcore.AsyncHTTPConnection) -> None:
        if not connection.is_idle() or _spoke_out_of_turn(connection):
            await connection.aclose()
            return
        self._idle[server] = [*self._idle.pop(server, ()), connection]
        self._idle_count += 1
        if self._idle_count > _MOST_IDLE:
            await self._pop_idle(next(iter(self._idle))).aclose()

    def _pop_idle(self, server: _Server) -> httpcore.AsyncHTTPConnection:
        """Take one out, before anything waits: others look here as well."""
        connections = self._idle[server]
        self._idle_count -= 1
        connection = connections.pop()
        if not connections:
            del self._idle[server]
        return connection


def _name(origin: httpcore.Origin) -> _Server:
    return origin.scheme, origin.host, origin.port


def _spoke_out_of_turn(connection: httpcore.AsyncHTTPConnection) -> bool:
    """Answer whether more came than was announced: it would be taken for the next answer."""
    inner = connection._connection  # noqa: SLF001  httpcore shows it nowhere else
    assert isinstance(inner, httpcore.AsyncHTTP11Connection)  # noqa: S101
    return bool(inner._h11_state.trailing_data[0])  # noqa: SLF001
