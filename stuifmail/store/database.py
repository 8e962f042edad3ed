"""Opening the database: SQLite (WAL) by default, PostgreSQL by URL."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError

from stuifmail.config.codec import dump_json
from stuifmail.errors import Busy, StoreError, StoreUnwritable
from stuifmail.store.migrate import upgrade

__all__ = ["Connection", "Store"]

_UNWRITABLE = ("readonly", "read-only", "unable to open", "full", "permission denied", "i/o error")
_DAMAGED = ("not a database", "malformed")
_WAIT_S = 30


class Store:
    """An open database.

    Args:
        engine: the SQLAlchemy engine, schema up to date.
        place: the URL as a person may see it, without password.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place

    @classmethod
    def open(cls, url: str, root: Path) -> "Store":
        """Open the database, make it where it does not exist, and bring its schema up to date.

        Args:
            url: SQLAlchemy URL; a relative SQLite path counts from `root`.
            root: the newsroom's folder.

        Raises:
            StoreUnwritable: the folder or file cannot be written.
            StoreError: the URL is none, or the server does not answer.
        """
        try:
            parsed = make_url(url)
        except ArgumentError as error:
            raise StoreError(
                "this is no database address",
                place="store.url",
                remedy="use sqlite:///path or postgresql+psycopg://…",
            ) from error
        place = parsed.render_as_string(hide_password=True)
        if parsed.get_backend_name() == "sqlite":
            parsed = parsed.set(database=str(_prepare_folder(root / (parsed.database or ""))))
        elif parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(
            parsed, connect_args=_connect_args(parsed.get_backend_name()), json_serializer=dump_json
        )
        if parsed.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _set_pragmas)
            event.listen(engine, "begin", _begin_immediate)
        store = cls(engine, place)
        with store.begin() as connection:
            upgrade(connection)
        return store

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction: committed at the end, rolled back on any error.

        Raises:
            Busy: somebody else keeps the database locked.
            StoreUnwritable: read-only or full disk.
            StoreError: any other trouble of the database itself.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            if not isinstance(error, OperationalError) and type(error) is not DatabaseError:
                raise  # a broken rule of the schema is a fault of ours, no trouble of the database
            raise self._explain(error) from error

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()

    def _explain(self, error: DBAPIError) -> StoreError:
        text = str(error.orig).strip().splitlines()[0] if error.orig else str(error)
        if "locked" in text:
            return Busy(
                "another run is writing to the database", place=self.place, remedy="try again in a moment"
            )
        if any(sign in text.lower() for sign in _UNWRITABLE):
            return StoreUnwritable(
                f"the database cannot be written ({text})",
                place=self.place,
                remedy="make room, or make the folder writable; nothing was changed",
            )
        if any(sign in text for sign in _DAMAGED):
            return StoreError(
                f"this is no database, or it is damaged ({text})",
                place=self.place,
                remedy="put back a copy from before; leave the damaged file beside it",
            )
        return StoreError(
            f"the database does not answer ({text})", place=self.place, remedy="check store.url"
        )


def _connect_args(backend: str) -> dict[str, Any]:
    return {"timeout": _WAIT_S} if backend == "sqlite" else {"connect_timeout": 10}


def _prepare_folder(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnwritable(
            f"the folder cannot be made ({error.strerror})", place=str(path.parent), remedy="make it writable"
        ) from error
    return path


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's begin event opens transactions instead
    for pragma in (f"busy_timeout={_WAIT_S * 1000}", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _use_wal(connection)


def _use_wal(connection: Any) -> None:
    """Keep the journal in WAL mode; the first to open the file switches it, and the others wait.

    SQLite's busy_timeout does not count for this switch: it refuses at once, to avoid deadlocks.
    """
    give_up_at = time.monotonic() + _WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
