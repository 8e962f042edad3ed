"""One TCP connection, as httpcore wants to have it.

httpcore's own wires go through anyio, which for short answers takes as much time as all the rest.
Time is limited by the caller, over everything, so nothing here knows of it.
"""

import asyncio
import ssl
from typing import Any

import httpcore

_MOST_HEAD_BYTES = 65_536
_MOST_WAITING_BYTES = 262_144


class HeadTooLong(httpcore.RemoteProtocolError):
    """The server's headers do not end."""


async def connect(address: str, port: int) -> "Wire":
    """Answer a connection to this address in digits.

    Raises:
        OSError: nobody answers there.
    """
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(Wire, address, port)
    return wire


class Wire(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """Reads and writes one connection; holds a bounded number of bytes that nobody took yet."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._reader: asyncio.Future[None] | None = None
        self._ended = self._paused = False
        self._trouble: Exception | None = None
        self._head_bytes: int | None = 0

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Keep what came in; ask for patience when nobody takes it."""
        self._waiting += data
        if len(self._waiting) > _MOST_WAITING_BYTES and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """Note that nothing more will come."""
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that nothing more will come, and why."""
        self._ended, self._trouble = True, exc
        self._wake()

    # What httpcore calls.

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002, ASYNC109
        """Answer what came in, b"" at the end.

        Raises:
            HeadTooLong: headers and nothing else have come for too long.
            httpcore.ReadError: the connection broke.
        """
        if self._head_bytes is not None and self._head_bytes >= _MOST_HEAD_BYTES:
            raise HeadTooLong("the headers do not end")
        while not self._waiting and not self._ended:
            self._reader = asyncio.get_running_loop().create_future()
            await self._reader
        if not self._waiting and self._trouble:
            raise httpcore.ReadError(str(self._trouble)) from self._trouble
        data = bytes(self._waiting[:max_bytes])
        del self._waiting[:max_bytes]
        if self._head_bytes is not None:
            self._head_bytes += len(data)
        if self._paused and not self._waiting and not self._ended:
            self._paused = False
            self._transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109
        """Send a request; its answer begins with headers."""
        if self._ended:
            raise httpcore.WriteError("the server hung up")
        self._head_bytes = 0
        self._transport.write(buffer)

    async def aclose(self) -> None:
        """Hang up at once, without the goodbyes that a hostile server would draw out."""
        self._transport.abort()
        await asyncio.sleep(0)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109
    ) -> "Wire":
        """Make the connection a secure one with the server of this name.

        Raises:
            OSError: it did not come about; ssl.SSLError when the two do not agree.
        """
        loop = asyncio.get_running_loop()
        try:
            secure = await loop.start_tls(self._transport, self, ssl_context, server_hostname=server_hostname)
        except BaseException:
            await self.aclose()
            raise
        assert secure is not None  # noqa: S101
        self._transport = secure
        return self

    def get_extra_info(self, info: str) -> Any:
        """Answer what httpcore wants to know of the connection."""
        if info == "is_readable":  # while nobody asked: the server hung up, or speaks out of turn
            return self._ended or bool(self._waiting)
        return self._transport.get_extra_info(info)

    def end_head(self) -> None:
        """Tell that the headers are in: what comes now is the body, which has a limit of its own."""
        self._head_bytes = None

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)
