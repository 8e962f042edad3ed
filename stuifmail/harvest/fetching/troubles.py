"""Why a source could not be fetched, in words for people who run a newsroom."""

import socket
import ssl
import zlib
from collections.abc import Iterator, Mapping

import aiohttp
from aiohttp.http_exceptions import LineTooLong

from stuifmail.errors import FetchFailed, FetchFailedForNow
from stuifmail.harvest.fetching.politeness import read_hints

_AGAIN = "it will be tried again at the next run"
_WHEN_ASKED = "it will be tried again after the time that the server asks for"
_ADDRESS = "correct the address in sources.yaml; the member's website may show the new one"

_STATUSES = {
    400: ("the server does not understand the request", _ADDRESS),
    401: ("the server asks for a password", "ask the member for a public address"),
    403: ("the server refuses us", "ask the member to let stuifmail in; some hosts block what is no browser"),
    404: ("the address no longer exists", _ADDRESS),
    410: ("the address was removed for good", _ADDRESS),
    451: ("the server may not show this for legal reasons", "ask the member"),
}
_STATUSES_FOR_NOW = {
    408: "the server was waiting too long",
    425: "the server wants us to come back later",
    429: "the server says that we come too often",
    500: "the server made an error",
    502: "the server behind the address does not answer well",
    503: "the server is overloaded",
    504: "the server behind the address does not answer in time",
}


def explain_status(status: int, headers: Mapping[str, str], address: str) -> FetchFailed:
    """Answer the error for an answer that is no document.

    Args:
        status: HTTP status code, neither 200 nor an expected 304.
        headers: of the answer.
        address: what was asked for.
    """
    hints = read_hints(status, headers)
    if status in _STATUSES_FOR_NOW or status >= 500:
        words = _STATUSES_FOR_NOW.get(status, "the server made an error")
        wait = headers.get("retry-after", "").strip()
        remedy = _WHEN_ASKED if wait else _AGAIN
        return FetchFailedForNow(
            f"{words} ({status})", place=address, remedy=remedy, status=status, hints=hints
        )
    words, remedy = _STATUSES.get(status, ("the server gave no document", _ADDRESS))
    return FetchFailed(f"{words} ({status})", place=address, remedy=remedy, status=status, hints=hints)


def explain_timeout(address: str, timeout_s: float) -> FetchFailed:
    """Answer the error for a source that took too long in all."""
    return FetchFailedForNow(
        f"the answer was not complete after {timeout_s:g} seconds",
        place=address,
        remedy=f"{_AGAIN}; if it stays slow, raise harvest.timeout_s",
    )


def too_large(address: str, max_bytes: int) -> FetchFailed:
    """Answer the error for a document above the limit, or without end."""
    return FetchFailed(
        f"the document is larger than {max_bytes / 1_000_000:g} MB",
        place=address,
        remedy="ask the member for a shorter feed, or raise harvest.max_bytes",
    )


def explain_file_error(error: OSError, address: str) -> FetchFailed:
    """Answer the error for a file that cannot be read."""
    if isinstance(error, FileNotFoundError):
        return FetchFailed("there is no such file", place=address, remedy="correct the path")
    if isinstance(error, IsADirectoryError):
        return FetchFailed("this is a folder, not a file", place=address, remedy="name the file in it")
    return FetchFailed(
        f"the file cannot be read ({error.strerror})", place=address, remedy="make it readable for this user"
    )


def leads_inside(address: str, inside: str, url: str) -> FetchFailed:
    """Answer the error for an address that ends up in our own network; nobody there was asked.

    Args:
        address: in sources.yaml.
        inside: the IP address where it ends.
        url: where it led, the same as `address` without redirects.
    """
    leads = "this address leads" if url == address else f"this address leads by way of {url}"
    return FetchFailed(
        f"{leads} inside our own network ({inside})",
        place=address,
        remedy="correct the address in sources.yaml; if it is one of ours and meant to be fetched, "
        "name it in harvest.allow_private",
    )


def leads_on_and_on(address: str) -> FetchFailed:
    """Answer the error for an address with too many redirects."""
    return FetchFailed("the address leads on and on to others", place=address, remedy=_ADDRESS)


def cannot_be_fetched(address: str, target: str = "") -> FetchFailed:
    """Answer the error for what is no address of the web.

    Args:
        address: in sources.yaml.
        target: where it led, "" for itself.
    """
    words = f"the address leads to one that cannot be fetched ({target[:100]!r})"
    words = words if target else "this address cannot be fetched"
    return FetchFailed(words, place=address, remedy=_ADDRESS)


def not_asked(address: str) -> FetchFailed:
    """Answer the error for a source that was spared because its server sleeps."""
    return FetchFailedForNow(
        "the server did not answer in time for other sources, so it was not asked for this one",
        place=address,
        remedy=_AGAIN,
    )


def explain_error(error: Exception, address: str) -> FetchFailed:
    """Answer the error for a connection that gave no answer."""
    if isinstance(error, aiohttp.InvalidURL):
        return cannot_be_fetched(address, str(error.url))
    if isinstance(error, zlib.error):
        return FetchFailed(
            "the packed answer is damaged", place=address, remedy="ask the member to look at their server"
        )
    if isinstance(error, aiohttp.ClientResponseError):
        return _explain_answer(error, address)
    if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientPayloadError | ConnectionResetError):
        return FetchFailedForNow("the server broke off before the end", place=address, remedy=_AGAIN)
    return _explain_connection(error, address)


def _explain_connection(error: Exception, address: str) -> FetchFailed:
    for cause in _causes(error):
        if isinstance(cause, ConnectionRefusedError):
            return FetchFailedForNow(
                "nobody answers at this address", place=address, remedy=f"{_AGAIN}; or {_ADDRESS}"
            )
        if isinstance(cause, socket.gaierror):
            return _explain_name(cause, address)
        if isinstance(cause, aiohttp.ClientConnectorCertificateError):
            reason = getattr(cause.certificate_error, "verify_message", "it does not belong to this name")
            return FetchFailed(
                f"the server's certificate is not valid ({reason})",
                place=address,
                remedy="ask the member to renew it; nothing was fetched",
            )
        if isinstance(cause, ssl.SSLError | aiohttp.ClientConnectorSSLError):
            return FetchFailed(
                "no secure connection could be made", place=address, remedy="check https:// in the address"
            )
    return FetchFailedForNow(f"the connection failed ({type(error).__name__})", place=address, remedy=_AGAIN)


def _explain_answer(error: aiohttp.ClientResponseError, address: str) -> FetchFailed:
    if any(isinstance(cause, LineTooLong) for cause in _causes(error)) or "headers" in error.message:
        words = "the server's headers are too long"
    else:
        words = "the server does not speak HTTP as it should"
    return FetchFailed(words, place=address, remedy="ask the member to look at their server")


def _explain_name(cause: socket.gaierror, address: str) -> FetchFailed:
    if cause.errno == socket.EAI_AGAIN:
        return FetchFailedForNow(
            "the name of the server could not be looked up now",
            place=address,
            remedy=f"check our own network; {_AGAIN}",
        )
    return FetchFailed("there is no server of this name", place=address, remedy=_ADDRESS)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
