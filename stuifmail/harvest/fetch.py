"""Fetching one source, from the web or from disk, within limits of time and size."""

import asyncio
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import httpx

from stuifmail.errors import FetchFailed
from stuifmail.harvest.politeness import Hints, read_hints
from stuifmail.harvest.troubles import (
    explain_error,
    explain_file_error,
    explain_status,
    explain_timeout,
    too_large,
)

_MAX_REDIRECTS = 5
_PERMANENT = frozenset({301, 308})
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, text/calendar, text/csv, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What to fetch.

    Args:
        source_id: the source in sources.yaml.
        address: an http(s) address, or the path of a file as the user knows it.
        path: the file on disk; None for an address.
        etag, last_modified: validators of the document we have, for a conditional request.
    """

    source_id: str
    address: str
    path: Path | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How long and how much.

    Args:
        timeout_s: longest time for one source in all, redirects and body included.
        max_bytes: largest document, as sent and as unpacked.
        max_connections: most sources at once.
        per_host: of these, at one server.
        user_agent: who we say we are.
        allow_private: names, addresses or networks inside our own walls that may be fetched.
    """

    timeout_s: float = 20.0
    max_bytes: int = 10_000_000
    max_connections: int = 20
    per_host: int = 2
    user_agent: str = "stuifmail"
    allow_private: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A usable answer.

    Args:
        content: the document, unpacked; None when the server says that it is unchanged.
        url: where it came from after redirects; the path as the user knows it for a file.
        content_type: as the server says, "" for files.
        etag, last_modified: the validators to send next time.
        moved_to: the address that the server says to use from now on.
        duration_s: seconds spent.
        status: HTTP status code; 0 for a file.
        hints: what the server says about the next time.
        problems: what the secretariat should know, one sentence each.
    """

    content: bytes | None
    url: str
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    duration_s: float = 0.0
    status: int = 0
    hints: Hints = field(default_factory=Hints)
    problems: tuple[str, ...] = ()


def open_client(limits: FetchLimits) -> httpx.AsyncClient:
    """Answer a client for many sources; use it with `async with`."""
    return httpx.AsyncClient(
        follow_redirects=True,
        max_redirects=_MAX_REDIRECTS,
        timeout=limits.timeout_s,
        limits=httpx.Limits(max_connections=limits.max_connections, max_keepalive_connections=20),
        # Only encodings that can be unpacked piece by piece under a limit.
        headers={"User-Agent": limits.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
    )


async def fetch(client: httpx.AsyncClient, request: FetchRequest, limits: FetchLimits) -> Fetched:
    """Answer the document of one source.

    Raises:
        FetchFailed: no usable answer, with the cause in plain words and a remedy.
        FetchFailedForNow: the same, but it may pass by itself.
    """
    if request.path is not None:
        return await asyncio.to_thread(fetch_file, request.path, request.address, limits)
    try:
        async with asyncio.timeout(limits.timeout_s):
            return await _fetch_address(client, request, limits)
    except TimeoutError as error:
        raise explain_timeout(request.address, limits.timeout_s) from error
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error) as error:
        raise explain_error(error, request.address, limits.timeout_s) from error


def fetch_file(path: Path, address: str, limits: FetchLimits) -> Fetched:
    """Answer the content of a file.

    Raises:
        FetchFailed: there is no such file, it is too large, or it cannot be read.
    """
    started = monotonic()
    try:
        with path.open("rb") as file:
            content = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise explain_file_error(error, address) from error
    if len(content) > limits.max_bytes:
        raise too_large(address, limits.max_bytes)
    return Fetched(content=content, url=address, duration_s=monotonic() - started)


async def _fetch_address(client: httpx.AsyncClient, request: FetchRequest, limits: FetchLimits) -> Fetched:
    started = monotonic()
    async with client.stream("GET", request.address, headers=_conditions(request)) as response:
        known = bool(request.etag or request.last_modified)
        if response.status_code == httpx.codes.NOT_MODIFIED and known:
            content = None
        elif response.status_code != httpx.codes.OK:
            raise explain_status(response.status_code, response.headers, request.address)
        else:
            content = await _read_body(response, request.address, limits.max_bytes)
        return Fetched(
            content=content,
            url=str(response.url),
            content_type=response.headers.get("content-type", ""),
            etag=response.headers.get("etag") or (request.etag if content is None else None),
            last_modified=response.headers.get("last-modified")
            or (request.last_modified if content is None else None),
            moved_to=_moved_to(response),
            duration_s=monotonic() - started,
            status=response.status_code,
            hints=read_hints(response.status_code, response.headers),
        )


def _conditions(request: FetchRequest) -> dict[str, str]:
    headers = {}
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.last_modified:
        headers["If-Modified-Since"] = request.last_modified
    return headers


def _moved_to(response: httpx.Response) -> str | None:
    """Answer the new address when every redirect said "for good"."""
    history = response.history
    return str(response.url) if history and all(step.status_code in _PERMANENT for step in history) else None


async def _read_body(response: httpx.Response, address: str, max_bytes: int) -> bytes:
    """Answer the unpacked body; stops at the limit, whether that is met packed or unpacked."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    unpack = _unpacker(encoding, address)
    pieces: list[bytes] = []
    packed_bytes = unpacked_bytes = 0
    async for chunk in response.aiter_raw():
        packed_bytes += len(chunk)
        piece = unpack.take(chunk, max_bytes + 1 - unpacked_bytes) if unpack else chunk
        unpacked_bytes += len(piece)
        if max(packed_bytes, unpacked_bytes) > max_bytes:
            raise too_large(address, max_bytes)
        pieces.append(piece)
    if unpack and packed_bytes and not unpack.complete:
        raise FetchFailed(
            "the packed answer stops in the middle",
            place=address,
            remedy="it will be tried again at the next run",
        )
    return b"".join(pieces)


def _unpacker(encoding: str, address: str) -> "_Unpacker | None":
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Unpacker()
    raise FetchFailed(
        f"the server packs its answer as {encoding!r}, which nobody asked for",
        place=address,
        remedy="ask the member to send it plain or as gzip",
    )


class _Unpacker:
    """Unpacks gzip and both kinds of deflate, never more than asked for."""

    def __init__(self) -> None:
        self._inflate: zlib._Decompress | None = None

    @property
    def complete(self) -> bool:
        """True when the packed stream came to its end."""
        return self._inflate is not None and self._inflate.eof

    def take(self, chunk: bytes, most: int) -> bytes:
        """Answer at most `most` bytes of what this chunk holds."""
        if self._inflate is None:
            is_wrapped = chunk[:1] in (b"\x1f", b"\x78")  # gzip, zlib; else bare deflate, as some servers do
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32 if is_wrapped else -zlib.MAX_WBITS)
        return self._inflate.decompress(chunk, max(most, 1))
