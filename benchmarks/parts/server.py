"""A web server on loopback with as many sources as wanted: `python -m benchmarks.parts.server FOLDER`.

It serves copies of a folder's feeds from many hosts, 127.0.0.1, 127.0.0.2 and so on (Linux answers to
all of 127.0.0.0/8), because real sources live on servers of their own. Each copy has its own bytes
(a comment with its number), its own ETag, and answers 304 to whoever has it. Its work is kept
small, for it shares the cores with what is measured.
"""

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

_REQUEST = re.compile(rb"^GET /(\d+)/\S* HTTP/1\.[01]\r\n", re.MULTILINE)
_KNOWN = re.compile(rb"^if-none-match:[^\r]*\"(\d+)-", re.IGNORECASE | re.MULTILINE)
_END = b"\r\n\r\n"


class Sources:
    """What is served.

    Args:
        documents: the feeds; source number N gets the one at N modulo their number.
        latency_s: waited before each answer.
        drips: every source whose host's number divides by this drips a byte a second; 0 for none.
    """

    def __init__(self, documents: Sequence[bytes], *, latency_s: float, drips: int = 0) -> None:
        self.documents, self.latency_s, self.drips = documents, latency_s, drips

    def body(self, number: int) -> bytes:
        """Answer the bytes of one source."""
        return self.documents[number % len(self.documents)].rstrip() + b"\n<!-- source %d -->\n" % number


class Connection(asyncio.Protocol):
    """One client: requests in, answers out in their order."""

    def __init__(self, sources: Sources, host: int) -> None:
        self.sources, self.host, self.rest = sources, host, b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each whole request after the latency."""
        self.rest += data
        while _END in self.rest:
            head, _, self.rest = self.rest.partition(_END)
            found = _REQUEST.search(head + _END)
            known = _KNOWN.search(head)
            loop = asyncio.get_running_loop()
            if found is None:
                self.transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            else:
                number = int(found[1])
                has = known is not None and int(known[1]) == number
                loop.call_later(self.sources.latency_s, partial(self.answer, number, has=has))

    def answer(self, number: int, *, has: bool) -> None:
        """Write the answer for a source."""
        if self.transport.is_closing():
            return
        etag = b'ETag: "%d-1"\r\n' % number
        if self.sources.drips and self.host % self.sources.drips == 0:
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<")
            self.drip()
        elif has:
            self.transport.write(b"HTTP/1.1 304 Not Modified\r\n" + etag + b"\r\n")
        else:
            body = self.sources.body(number)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n" % len(body)
            self.transport.write(head + etag + b"\r\n" + body)

    def drip(self) -> None:
        """Write a byte each second, as long as somebody listens."""
        if not self.transport.is_closing():
            self.transport.write(b" ")
            asyncio.get_running_loop().call_later(1, self.drip)


async def serve(sources: Sources, hosts: int) -> None:
    """Serve until the standard input ends; print the port first."""
    loop = asyncio.get_running_loop()
    servers, port = [], 0
    for host in range(1, hosts + 1):
        connect = partial(Connection, sources, host)
        servers.append(await loop.create_server(connect, address_of(host), port, backlog=1000))
        port = servers[0].sockets[0].getsockname()[1]
    print(json.dumps({"port": port}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    for server in servers:
        server.close()


def address_of(host: int) -> str:
    """Answer the address of a host, counted from 1."""
    return f"127.0.{host // 250}.{host % 250}" if host % 250 else f"127.0.{host // 250}.251"


def list_urls(count: int, *, port: int, hosts: int) -> list[str]:
    """Answer the addresses of so many sources, spread over the hosts."""
    return [f"http://{address_of(number % hosts + 1)}:{port}/{number}/feed.xml" for number in range(count)]


def main(argv: Sequence[str] | None = None) -> None:
    """Serve a folder's feeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of the feeds")
    parser.add_argument("--hosts", type=int, default=1, help="how many addresses of loopback")
    parser.add_argument("--latency", type=float, default=50, help="milliseconds before each answer")
    parser.add_argument("--drips", type=int, default=0, help="every so manieth host drips")
    options = parser.parse_args(argv)
    documents = [path.read_bytes() for path in sorted(options.folder.glob("*.xml"))]
    sources = Sources(documents, latency_s=options.latency / 1000, drips=options.drips)
    asyncio.run(serve(sources, options.hosts))


if __name__ == "__main__":
    main()
