"""Splitting long lists, so that one statement never has too many parameters."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

#: Well below the limits of SQLite (32,766) and PostgreSQL (65,535) parameters a statement.
BATCH_SIZE = 1000


def split_batches(values: Sequence[T], size: int = BATCH_SIZE) -> Iterator[Sequence[T]]:
    """Yield the values in pieces of at most `size`, in order."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
