"""Fetching one source, from the web or from disk, within limits of time and size."""

import asyncio
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import aiohttp

from stuifmail.harvest.fetching.connections import Connections, RawHeaders
from stuifmail.harvest.fetching.guard import InsideAddress
from stuifmail.harvest.fetching.politeness import Hints
from stuifmail.harvest.fetching.redirects import REDIRECTS, Trail
from stuifmail.harvest.fetching.troubles import (
    explain_error,
    explain_file_error,
    explain_status,
    explain_timeout,
    leads_inside,
    too_large,
)
from stuifmail.harvest.fetching.unpack import Body

_OK, _NOT_MODIFIED = 200, 304
_ACCEPT = (
    b"application/rss+xml, application/atom+xml, application/feed+json, text/calendar, text/csv, "
    b"application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
# Only encodings that can be unpacked piece by piece under a limit.
_ALWAYS = ((b"Accept", _ACCEPT), (b"Accept-Encoding", b"gzip, deflate"))


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
        link: the header Link (RFC 8288), "" when there is none.
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
    link: str = ""


def open_client(limits: FetchLimits) -> Connections:
    """Answer connections for many sources; use them with `async with`."""
    return Connections(allow_private=limits.allow_private)


async def fetch(client: Connections, request: FetchRequest, limits: FetchLimits) -> Fetched:
    """Answer the document of one source.

    Raises:
        FetchFailed: no usable answer, with the cause in plain words and a remedy.
        FetchFailedForNow: the same, but it may pass by itself.
    """
    if request.path is not None:
        return await asyncio.to_thread(fetch_file, request.path, request.address, limits)
    trail = Trail(request.address)
    try:
        async with asyncio.timeout(limits.timeout_s):
            return await _fetch_address(client, request, limits, trail)
    except TimeoutError as error:
        raise explain_timeout(request.address, limits.timeout_s) from error
    except InsideAddress as error:
        raise leads_inside(request.address, error.address, str(trail.url)) from error
    except (aiohttp.ClientError, OSError, zlib.error) as error:
        raise explain_error(error, request.address) from error


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


async def _fetch_address(
    client: Connections, request: FetchRequest, limits: FetchLimits, trail: Trail
) -> Fetched:
    started = monotonic()
    while True:
        async with client.get(trail.url, _headers(request, limits, trail)) as response:
            headers = _by_name(response.raw_headers)
            if response.status in REDIRECTS and headers.get("location"):
                trail.follow(response.status, headers)
                continue
            content = await _read(response, headers, request, limits)
            return Fetched(
                content=content,
                url=str(trail.url),
                content_type=headers.get("content-type", ""),
                etag=headers.get("etag") or (request.etag if content is None else None),
                last_modified=headers.get("last-modified")
                or (request.last_modified if content is None else None),
                moved_to=trail.moved_to,
                duration_s=monotonic() - started,
                status=response.status,
                hints=trail.read_hints(response.status, headers),
                link=headers.get("link", ""),
                problems=trail.problems,
            )


async def _read(
    response: aiohttp.ClientResponse, headers: dict[str, str], request: FetchRequest, limits: FetchLimits
) -> bytes | None:
    """Answer the unpacked body, None when what we have is still good."""
    is_known = bool(request.etag or request.last_modified)
    if response.status != _OK and not (response.status == _NOT_MODIFIED and is_known):
        raise explain_status(response.status, headers, request.address)
    body = Body(headers.get("content-encoding", ""), request.address, limits.max_bytes)
    # Read a 304 as well: only then is the connection good for another question.
    async for chunk in response.content.iter_any():
        body.take(chunk)
    return body.join() if response.status == _OK else None


def _headers(request: FetchRequest, limits: FetchLimits, trail: Trail) -> RawHeaders:
    headers = [(b"User-Agent", _encode(limits.user_agent)), *_ALWAYS]
    if request.etag:
        headers.append((b"If-None-Match", _encode(request.etag)))
    if request.last_modified:
        headers.append((b"If-Modified-Since", _encode(request.last_modified)))
    if trail.authorization:
        headers.append((b"Authorization", trail.authorization))
    return headers


def _encode(text: str) -> bytes:
    return text.encode("latin-1", "ignore")


def _by_name(headers: RawHeaders) -> dict[str, str]:
    """Answer the headers by name in lower case; of two with one name the first, or both as a list."""
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        is_list = name in ("cache-control", "content-encoding") and name in found
        found[name] = f"{found[name]}, {value}" if is_list else found.get(name, value)
    return found
