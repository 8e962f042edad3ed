"""Locks that free themselves when their holder dies, kill -9 included."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import text

from stuifmail.errors import Busy, StoreUnwritable
from stuifmail.store.database import Store


@contextmanager
def hold_lock(store: Store, name: str) -> Iterator[None]:
    """Hold the named lock of this newsroom, or refuse at once.

    SQLite: an operating-system lock on a file beside the database. PostgreSQL: an
    advisory lock of one connection. Both end with the process that holds them.

    Args:
        store: the newsroom's store.
        name: what only one run may do ("harvest", "dispatch").

    Raises:
        Busy: another run holds it.
        StoreUnwritable: the lock file cannot be made.
    """
    if store.engine.dialect.name == "sqlite":
        with _hold_file(Path(str(store.engine.url.database)), name):
            yield
    else:
        with _hold_advisory(store, name):
            yield


def _busy(store_place: str, name: str) -> Busy:
    return Busy(f"another {name} run is at work", place=store_place, remedy="try again when it is done")


@contextmanager
def _hold_file(database: Path, name: str) -> Iterator[None]:
    path = database.with_name(f"{name}.lock")
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise _busy(str(database), name) from error
    except OSError as error:
        raise StoreUnwritable(
            f"the lock file cannot be made ({error.strerror})",
            place=str(path),
            remedy="make the folder writable",
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _hold_advisory(store: Store, name: str) -> Iterator[None]:
    key = int.from_bytes(hashlib.sha256(f"stuifmail:{name}".encode()).digest()[:8], "big", signed=True)
    with store.engine.connect() as connection:
        held = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}).scalar()
        connection.commit()
        if not held:
            raise _busy(store.place, name)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
            connection.commit()
