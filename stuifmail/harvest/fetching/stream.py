"""Fetching many sources at once, handed over one by one as they come in.

The connections live in a thread with an event loop of its own; parsing and storing stay with
the caller. So slow parsing never makes another source time out, and a caller that runs inside
an event loop itself (a flow) needs nothing special.

A source holds one of `max_connections` lanes. Most are done in a moment; one that is not moves
aside, and its lane is free for the next. So slow servers hold up nobody: a run
takes as long as without them, and one timeout longer at most.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue
from typing import TypeAlias, overload

from stuifmail.errors import FetchFailed
from stuifmail.harvest.fetching.connections import Connections
from stuifmail.harvest.fetching.fetch import Fetched, FetchLimits, FetchRequest, fetch, open_client
from stuifmail.harvest.fetching.queues import HostQueues
from stuifmail.harvest.fetching.troubles import not_asked

Answer: TypeAlias = tuple[FetchRequest, Fetched | FetchFailed]

_SOON_S = 0.3
_MOST_ASIDE = 400  # with the usual 200 lanes within the 1,024 open files that systems allow
_MOST_WAITING_BYTES = 40_000_000


@overload
def stream_fetches(
    requests: Sequence[FetchRequest], limits: FetchLimits
) -> Generator[Answer, None, None]: ...
@overload
def stream_fetches(
    requests: Sequence[FetchRequest], limits: FetchLimits, *, tick_s: float
) -> Generator[Answer | None, None, None]: ...
def stream_fetches(
    requests: Sequence[FetchRequest], limits: FetchLimits, *, tick_s: float | None = None
) -> Generator[Answer | None, None, None]:
    """Yield the answer to each request, in the order in which they come in.

    While twice `limits.max_connections` answers or 40 MB of them wait in memory, nothing new is
    asked. Closing the iterator, or an interrupt, stops all fetching.

    Args:
        requests: what to fetch.
        limits: how long and how much.
        tick_s: yield None whenever no answer came for so long, in seconds, so that the caller
            can do something else.

    Raises:
        Exception: whatever went wrong outside of any one source, from the fetching thread.
    """
    stream = _Stream(requests, limits)
    thread = threading.Thread(target=stream.run, name="stuifmail-fetch", daemon=True)
    thread.start()
    left_count = len(requests)
    try:
        while left_count:
            try:
                answer = stream.answers.get(timeout=tick_s)
            except Empty:
                yield None
                continue
            if isinstance(answer, BaseException):
                raise answer
            left_count -= 1
            stream.make_room(answer)
            yield answer
    finally:
        stream.stop()
        thread.join()


class _Stream:
    """The thread's side: an event loop that fetches into a queue."""

    def __init__(self, requests: Sequence[FetchRequest], limits: FetchLimits) -> None:
        self.limits = limits
        self.queues = HostQueues(requests, limits.per_host)
        self.answers: SimpleQueue[Answer | BaseException] = SimpleQueue()
        self.room = _Room(2 * limits.max_connections)
        self.lanes = _Lanes(limits.max_connections)
        self.host_is_free = asyncio.Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.main: asyncio.Task[None] | None = None
        self.ready = threading.Event()

    def run(self) -> None:
        """Fetch everything; the thread's body."""
        try:
            asyncio.run(self._fetch_all())
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # noqa: BLE001  handed over to the caller's thread
            self.answers.put(error)
        finally:
            self.ready.set()

    def make_room(self, answer: Answer) -> None:
        """Tell that the caller took an answer."""
        self._tell(lambda: self.room.leave(answer))

    def stop(self) -> None:
        """Break off what is still under way."""
        self.ready.wait()
        if self.main is not None:
            self._tell(self.main.cancel)

    def _tell(self, what: Callable[[], object]) -> None:
        if self.loop is not None:
            with suppress(RuntimeError):  # the loop has ended: nothing is left to tell it
                self.loop.call_soon_threadsafe(what)

    async def _fetch_all(self) -> None:
        self.loop, self.main = asyncio.get_running_loop(), asyncio.current_task()
        self.ready.set()
        async with open_client(self.limits) as client, asyncio.TaskGroup() as group:
            while self.queues.waiting_count:
                lane = await self.lanes.take()
                request = await self._choose()
                group.create_task(self._fetch_one(client, request, lane))

    async def _choose(self) -> FetchRequest:
        """Answer what to ask next, once there is memory for it and its server has room."""
        while True:
            await self.room.is_free.wait()
            if request := self.queues.take():
                return request
            self.host_is_free.clear()
            await self.host_is_free.wait()

    async def _fetch_one(self, client: Connections, request: FetchRequest, lane: "_Lane") -> None:
        lane.start()
        answer = (request, await self._answer(client, request))
        self.room.enter(answer)
        self.answers.put(answer)
        lane.leave()
        self.host_is_free.set()

    async def _answer(self, client: Connections, request: FetchRequest) -> Fetched | FetchFailed:
        if self.queues.is_asleep(request):
            self.queues.put_back(request, is_timeout=True)
            return not_asked(request.address)
        limits = replace(self.limits, timeout_s=self.queues.patience_s(request, self.limits.timeout_s))
        answer: Fetched | FetchFailed
        try:
            answer = await fetch(client, request, limits)
        except FetchFailed as error:
            answer = error
        except Exception as error:  # noqa: BLE001  one odd address may not stop the others
            answer = FetchFailed(
                f"the address cannot be fetched ({type(error).__name__}: {error})",
                place=request.address,
                remedy="check the address in sources.yaml",
            )
        is_timeout = isinstance(answer, FetchFailed) and isinstance(answer.__cause__, TimeoutError)
        self.queues.put_back(request, is_timeout=is_timeout)
        return answer


class _Room:
    """Memory for answers that the caller did not take yet."""

    def __init__(self, most_count: int) -> None:
        self.is_free = asyncio.Event()
        self.is_free.set()
        self._most_count = most_count
        self._count = self._bytes = 0

    def enter(self, answer: Answer) -> None:
        self._change(1, answer)

    def leave(self, answer: Answer) -> None:
        self._change(-1, answer)

    def _change(self, sign: int, answer: Answer) -> None:
        _, fetched = answer
        size = len(fetched.content or b"") if isinstance(fetched, Fetched) else 0
        self._count, self._bytes = self._count + sign, self._bytes + sign * size
        if self._count < self._most_count and self._bytes < _MOST_WAITING_BYTES:
            self.is_free.set()
        else:
            self.is_free.clear()


class _Lanes:
    """Room for so many fetches at once, and beside it for slow ones."""

    def __init__(self, count: int) -> None:
        self._free = asyncio.Semaphore(count)
        self._aside_count = 0
        #: Slow ones that found no room aside.
        self._stuck: deque[_Lane] = deque()

    async def take(self) -> "_Lane":
        await self._free.acquire()
        return _Lane(self)

    def move_aside(self, lane: "_Lane") -> None:
        """Free the lane of a slow fetch now, or as soon as there is room for it."""
        if self._aside_count >= _MOST_ASIDE:
            self._stuck.append(lane)
            return
        self._aside_count += 1
        lane.is_aside = True
        self._free.release()

    def leave(self, lane: "_Lane") -> None:
        """Free what a fetch held."""
        if not lane.is_aside:
            self._free.release()
            return
        self._aside_count -= 1
        while self._stuck:
            stuck = self._stuck.popleft()
            if not stuck.is_left:
                self.move_aside(stuck)
                return


class _Lane:
    """One fetch's place."""

    def __init__(self, lanes: _Lanes) -> None:
        self.is_aside = self.is_left = False
        self._lanes = lanes
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to count: it has a moment to itself."""
        self._timer = asyncio.get_running_loop().call_later(_SOON_S, self._lanes.move_aside, self)

    def leave(self) -> None:
        """Give the place to the next one."""
        self.is_left = True
        if self._timer:
            self._timer.cancel()
        self._lanes.leave(self)
