"""Addresses, and where servers send us on to."""

from base64 import b64encode
from collections.abc import Mapping

import httpx

from stuifmail.harvest.fetching.politeness import Hints, read_hints
from stuifmail.harvest.fetching.troubles import cannot_be_fetched, leads_on_and_on

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_MOST_REDIRECTS = 5


class Trail:
    """The way from the address in sources.yaml to where the document is.

    User and password of sources.yaml go to the server they were meant for and, on the way, to
    no other; a server that sends some along in a redirect is not humoured. From a secure address
    to one that is not we do go, since feeds are public and some old sites know no better, but it
    is told, and not taken for a move.

    Args:
        address: as in sources.yaml.

    Raises:
        FetchFailed: this is no address of the web.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        start = _parse(address, address)
        self._credentials = _credentials_of(start)
        self._start = _without_credentials(start)
        self.url = self._start
        self.problems: tuple[str, ...] = ()
        self._retry: Hints | None = None
        self._redirects_count = 0
        self._is_permanent = True

    @property
    def moved_to(self) -> str | None:
        """The new address when every redirect said "for good", and none was to a worse one."""
        is_moved = self._redirects_count and self._is_permanent and not self.problems
        return str(self.url) if is_moved else None

    @property
    def authorization(self) -> bytes | None:
        """What to send as Authorization to `url`."""
        return self._credentials if _origin_of(self.url) == _origin_of(self._start) else None

    def follow(self, status: int, headers: Mapping[str, str]) -> None:
        """Go on to where an answer sends us.

        Args:
            status: one of REDIRECTS.
            headers: of the answer, with Location.

        Raises:
            FetchFailed: that is no address of the web, or it goes on and on.
        """
        self._redirects_count += 1
        if self._redirects_count > _MOST_REDIRECTS:
            raise leads_on_and_on(self.address)
        target = _without_credentials(_parse(_decode(headers["location"]), self.address, self.url))
        if self.url.scheme == "https" and target.scheme == "http":
            self.problems = (f"the secure address leads to one that is not secure ({target})",)
        self._is_permanent = self._is_permanent and status in _PERMANENT
        hints = read_hints(status, headers)
        if hints.retry_after_s is not None or hints.retry_at is not None:
            self._retry = hints
        self.url = target

    def read_hints(self, status: int, headers: Mapping[str, str]) -> Hints:
        """Answer the hints of the last answer, with the Retry-After of one on the way."""
        hints = read_hints(status, headers)
        if self._retry is None or hints.retry_after_s is not None or hints.retry_at is not None:
            return hints
        return Hints(
            status=status,
            max_age_s=hints.max_age_s,
            retry_after_s=self._retry.retry_after_s,
            retry_at=self._retry.retry_at,
        )


def _decode(location: str) -> str:
    """Answer what was sent as UTF-8, though headers may not hold it; else what was read."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location


def _parse(text: str, address: str, base: httpx.URL | None = None) -> httpx.URL:
    """Answer an address of the web, from `base` when it is relative.

    Raises:
        FetchFailed: it is none.
    """
    try:
        url = httpx.URL(text) if base is None else base.join(text)
    except (httpx.InvalidURL, ValueError) as error:
        raise cannot_be_fetched(address) from error
    if url.scheme not in ("http", "https") or not url.host or not 0 < (url.port or 80) < 65_536:
        raise cannot_be_fetched(address, text if base is not None else "")
    return url


def _without_credentials(url: httpx.URL) -> httpx.URL:
    return url.copy_with(userinfo=b"", fragment=None) if url.userinfo or url.fragment else url


def _credentials_of(url: httpx.URL) -> bytes | None:
    if not url.userinfo:
        return None
    return b"Basic " + b64encode(f"{url.username}:{url.password}".encode())


def _origin_of(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
