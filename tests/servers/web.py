"""A web server on loopback that answers each path as told, well or badly."""

import asyncio
import ssl
import threading
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Self, TypeAlias

#: Writes a whole answer, status line and headers included; gets the request's headers.
Answer: TypeAlias = Callable[[asyncio.StreamWriter, dict[str, str]], Awaitable[None]]


class WebServer:
    """Serves paths until the `with` ends.

    Args:
        host: the address of our own machine to listen at.
        port: 0: any free one.
        tls: certificate and key, for https.

    Attributes:
        keeps_open: whether a connection takes another request after the first.
        connections_count: how many connections were made, whatever was asked.
        asked: how often each path was asked for.
        seen: the headers of the last request for each path, names in lower case.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.host, self.tls = host, tls
        self.answers: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        self.seen: dict[str, dict[str, str]] = {}
        self.port = port
        self.keeps_open = False
        self.connections_count = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def serve(self, path: str, answer: Answer) -> str:
        """Answer this path so from now on; answer its address."""
        self.answers[path] = answer
        return self.url(path)

    def url(self, path: str) -> str:
        """Answer the address of a path."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{name}:{self.port}{path}"

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._take, self.host, self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        assert self._server is not None
        self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections_count += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._answer(reader, writer)
            while self.keeps_open:
                await self._answer(reader, writer)
        with suppress(ConnectionError):
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split(" ")[1]
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])
        }
        self.asked[path] += 1
        self.seen[path] = headers
        await self.answers.get(path, status(404))(writer, headers)
        await writer.drain()


def status(code: int, **headers: str) -> Answer:
    """Answer with this status and no body."""
    return document(b"", code=code, **headers)


def document(body: bytes, *, code: int = 200, **headers: str) -> Answer:
    """Answer with this body; underscores in header names stand for hyphens."""

    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        writer.write(_head(code, {"Content-Length": str(len(body)), **headers}) + body)

    return answer


def validated(body: bytes, etag: str) -> Answer:
    """Answer with this body and ETag, or 304 to whoever has it."""

    async def answer(writer: asyncio.StreamWriter, headers: dict[str, str]) -> None:
        known = headers.get("if-none-match") == etag
        writer.write(_head(304 if known else 200, {"ETag": etag}) + (b"" if known else body))

    return answer


def redirect(target: str, code: int = 301) -> Answer:
    """Answer that the document is elsewhere."""
    return status(code, Location=target)


def endless(*, packed: bool = False) -> Answer:
    """Answer with a body that never ends; packed: a megabyte of zeros in each kilobyte."""

    async def chunks() -> AsyncIterator[bytes]:
        packer = zlib.compressobj(9, wbits=31)
        while True:
            yield packer.compress(b"\0" * 1_000_000) if packed else b"<item>" * 10_000

    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        writer.write(_head(200, {"Content-Encoding": "gzip"} if packed else {}))
        async for chunk in chunks():
            writer.write(chunk)
            await writer.drain()

    return answer


def dripping(body: bytes, pause_s: float = 0.05) -> Answer:
    """Answer with this body, one byte at a time: every single read is in time."""

    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        writer.write(_head(200, {"Content-Length": str(len(body))}))
        for index in range(len(body)):
            writer.write(body[index : index + 1])
            await writer.drain()
            await asyncio.sleep(pause_s)

    return answer


def cut_off(body: bytes) -> Answer:
    """Announce twice this body, and hang up after it."""

    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        writer.write(_head(200, {"Content-Length": str(2 * len(body))}) + body)

    return answer


def raw(head: bytes, *parts: bytes) -> Answer:
    """Answer with these very bytes, in as many writes; the head gets its empty line."""

    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        writer.write(head.replace(b"\n", b"\r\n") + b"\r\n\r\n")
        for part in parts:
            writer.write(part)
            await writer.drain()

    return answer


def without_end(head: bytes, part: bytes, pause_s: float = 0.0) -> Answer:
    """Answer with this beginning, and then with the same bytes again and again."""

    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        writer.write(head.replace(b"\n", b"\r\n"))
        while True:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return answer


async def silent(_: asyncio.StreamWriter, __: dict[str, str]) -> None:
    """Take the request and say nothing."""
    await asyncio.sleep(3600)


async def rude(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
    """Answer with what is no HTTP."""
    writer.write(b"220 mail.example.org ESMTP\r\n")


def _head(code: int, headers: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {code} OK", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
