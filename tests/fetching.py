"""One source fetched, or refused, within limits as the tests of hostile servers have them."""

import asyncio
from typing import Any

import pytest

from stuifmail.errors import FetchFailed
from stuifmail.harvest.fetching.connections import Connections
from stuifmail.harvest.fetching.fetch import Fetched, FetchLimits, FetchRequest, fetch

#: The outer server plays the internet; everything else of our own machine is inside.
LIMITS = FetchLimits(timeout_s=1.5, max_bytes=100_000, max_connections=4, allow_private=("127.0.0.1",))


def fetch_one(address: str, limits: FetchLimits = LIMITS, **more: Any) -> Fetched:
    """Answer what comes; `more` goes to Connections."""

    async def run() -> Fetched:
        async with Connections(allow_private=limits.allow_private, **more) as client:
            return await fetch(client, FetchRequest(source_id="a", address=address), limits)

    return asyncio.run(run())


def fail_one(address: str, limits: FetchLimits = LIMITS, **more: Any) -> FetchFailed:
    """Answer why nothing comes."""
    with pytest.raises(FetchFailed) as failed:
        fetch_one(address, limits, **more)
    assert failed.value.place == address
    assert failed.value.remedy
    return failed.value
