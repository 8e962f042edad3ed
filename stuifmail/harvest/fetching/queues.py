"""Which source is asked next, so that no server gets too much and none holds up the others."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from stuifmail.harvest.fetching.fetch import FetchRequest

#: After one timeout the next source of that server gets this share of it, and so on until
#: so many in a row: together hardly more than the one timeout that it has cost already.
_SHARE, _LEAST_S, _GIVE_UP_COUNT = 1 / 32, 0.5, 6


@dataclass(slots=True)
class _Host:
    """The sources of one server: those that wait, and how it fared.

    `timeouts_count` counts those in a row: any other answer shows that the server is awake.
    """

    is_limited: bool
    waiting: deque[FetchRequest] = field(default_factory=deque)
    active_count: int = 0
    timeouts_count: int = 0


class HostQueues:
    """Hands out requests, server by server in turns, at most so many of one server at once.

    Who is done with a request of a server gets the next one of the same, if there is one: its
    connection is still open, and servers with many sources would else be the last.

    Args:
        requests: in the order in which to begin.
        per_host: most requests at once to one server; files have none.
    """

    def __init__(self, requests: Sequence[FetchRequest], per_host: int) -> None:
        self.waiting_count = len(requests)
        self._per_host = per_host
        self._hosts: dict[str, _Host] = {}
        #: Whose turn it may be; a server stands in it more than once, or without need.
        self._ready: deque[_Host] = deque()
        for request in requests:
            self._host_of(request).waiting.append(request)
        # Servers with most sources take longest, so they begin.
        for host in sorted(self._hosts.values(), key=lambda host: -len(host.waiting) * host.is_limited):
            self._ready.append(host)

    def take(self) -> FetchRequest | None:
        """Answer what to ask now; None when all servers with sources waiting are busy."""
        while self._ready:
            host = self._ready.popleft()
            if self._has_turn(host):
                host.active_count += 1
                self.waiting_count -= 1
                self._ready.append(host)
                return host.waiting.popleft()
        return None

    def put_back(self, request: FetchRequest, *, is_timeout: bool) -> None:
        """Tell that a request is done.

        Args:
            is_timeout: there was no whole answer in time.
        """
        host = self._host_of(request)
        host.active_count -= 1
        host.timeouts_count = host.timeouts_count + 1 if is_timeout and host.is_limited else 0
        self._ready.appendleft(host)

    def patience_s(self, request: FetchRequest, timeout_s: float) -> float:
        """Answer how long this request may take, in seconds; little after a timeout of its server.

        So the sources of a server that sleeps do not take one timeout each, while one that
        merely stands behind slow ones still gets its chance.
        """
        is_slow = self._host_of(request).timeouts_count > 0
        return max(timeout_s * _SHARE, min(timeout_s, _LEAST_S)) if is_slow else timeout_s

    def is_asleep(self, request: FetchRequest) -> bool:
        """Answer whether its server was too slow so often in a row that asking is in vain."""
        return self._host_of(request).timeouts_count >= _GIVE_UP_COUNT

    def _host_of(self, request: FetchRequest) -> _Host:
        key = _name_host(request)
        host = self._hosts.get(key)
        if host is None:
            host = self._hosts[key] = _Host(is_limited=bool(key))
        return host

    def _has_turn(self, host: _Host) -> bool:
        has_room = not host.is_limited or host.active_count < self._per_host
        return bool(host.waiting) and has_room


def _name_host(request: FetchRequest) -> str:
    """Answer the server that is asked; "" for a file."""
    if request.path is not None:
        return ""
    try:
        return urlsplit(request.address).netloc.rpartition("@")[2].lower() or request.address
    except ValueError:
        return request.address
