"""Fetching many sources at once, handed over one by one as they come in.

The connections live in a thread with an event loop of its own; parsing and storing stay with
the caller. So slow parsing never makes another source time out, and a caller that runs inside
an event loop itself (a flow) needs nothing special.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from queue import SimpleQueue
from typing import TypeAlias

import httpx

from stuifmail.errors import FetchFailed
from stuifmail.harvest.fetch import Fetched, FetchLimits, FetchRequest, fetch, open_client

Answer: TypeAlias = tuple[FetchRequest, Fetched | FetchFailed]


def stream_fetches(requests: Sequence[FetchRequest], limits: FetchLimits) -> Iterator[Answer]:
    """Yield the answer to each request, in the order in which they come in.

    At most twice `limits.max_connections` answers wait in memory. Closing the iterator, or
    an interrupt, stops all fetching.

    Raises:
        Exception: whatever went wrong outside of any one source, from the fetching thread.
    """
    stream = _Stream(requests, limits)
    thread = threading.Thread(target=stream.run, name="stuifmail-fetch", daemon=True)
    thread.start()
    try:
        for _ in requests:
            answer = stream.answers.get()
            if isinstance(answer, BaseException):
                raise answer
            stream.make_room()
            yield answer
    finally:
        stream.stop()
        thread.join()


class _Stream:
    """The thread's side: an event loop that fetches into a queue."""

    def __init__(self, requests: Sequence[FetchRequest], limits: FetchLimits) -> None:
        self.requests, self.limits = requests, limits
        self.answers: SimpleQueue[Answer | BaseException] = SimpleQueue()
        self.room = asyncio.Semaphore(2 * limits.max_connections)
        self.lines = asyncio.Semaphore(limits.max_connections)
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

    def make_room(self) -> None:
        """Tell that the caller took an answer."""
        self._tell(self.room.release)

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
            for request in self.requests:
                await self.room.acquire()
                group.create_task(self._fetch_one(client, request))

    async def _fetch_one(self, client: httpx.AsyncClient, request: FetchRequest) -> None:
        async with self.lines:
            try:
                answer: Fetched | FetchFailed = await fetch(client, request, self.limits)
            except FetchFailed as error:
                answer = error
            except Exception as error:  # noqa: BLE001  one odd address may not stop the others
                answer = FetchFailed(
                    f"the address cannot be fetched ({type(error).__name__}: {error})",
                    place=request.address,
                    remedy="check the address in sources.yaml",
                )
        self.answers.put((request, answer))
