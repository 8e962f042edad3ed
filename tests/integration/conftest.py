"""Real servers for integration tests, private to the test run."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from stuifmail.store.database import Store

_POSTGRES_BIN = Path("/usr/lib/postgresql")


def _find_postgres() -> Path | None:
    """The folder of initdb: on the path, or where Debian puts it."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(_POSTGRES_BIN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    return versions[-1].parent if versions else None


def _as_server_user() -> list[str]:
    """The start of a command that root runs as the server's user: initdb refuses root."""
    if os.geteuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres here")
    return ["runuser", "-u", "postgres", "--"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL of our own, on a Unix socket in a temporary folder.

    Ends with the tests. Use `postgres_url` for an empty database in it.
    """
    binaries = _find_postgres()
    if binaries is None:
        pytest.skip("no PostgreSQL here; install the package postgresql to test on it")
    prefix = _as_server_user()
    folder = Path(tempfile.mkdtemp(prefix="stuifmail-pg-"))
    if prefix:
        shutil.chown(folder, "postgres")
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        command = [*prefix, str(binaries / program), "-D", str(data), *arguments]
        done = subprocess.run(
            command, check=False, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=60
        )
        assert done.returncode == 0, f"{program} failed; see {folder}/log"

    try:
        run(
            "initdb",
            "--no-sync",
            "--auth=trust",
            "--username=stuifmail",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=40"
        run("pg_ctl", "--wait", "--log", str(folder / "log"), "-o", options, "start")
        yield f"postgresql+psycopg://stuifmail@/postgres?host={folder}"
        run("pg_ctl", "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty database, dropped after the test."""
    yield from _make_database(postgres_server)


@pytest.fixture(scope="module")
def module_postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of a database that all tests of a module share."""
    yield from _make_database(postgres_server)


def _make_database(postgres_server: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    server = postgres_server.replace("+psycopg", "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield postgres_server.replace("@/postgres?", f"@/{name}?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database: the same tests run on both kinds."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path}/state/stuifmail.db"


@pytest.fixture
def store(store_url: str, tmp_path: Path) -> Iterator[Store]:
    """An open, empty store, on SQLite and on PostgreSQL."""
    opened = Store.open(store_url, tmp_path)
    yield opened
    opened.close()
