"""The newsroom's own key for unsubscribe links, made once and kept."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from stuifmail.errors import StoreError, StoreUnwritable

#: No key may be shorter.
SECRET_LENGTH = 16


def keep_secret(path: Path) -> bytes:
    """Answer the key in this file, and make it first where there is none.

    Two processes that make it at once agree on one: it comes into being whole, or not at all.

    Args:
        path: where it is kept; only its owner may read it.

    Raises:
        StoreError: the file holds no key.
        StoreUnwritable: it cannot be read, or not be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        found = path.read_bytes().strip()
    except OSError as error:
        raise StoreUnwritable(
            f"the key for unsubscribe links cannot be kept or read ({error.strerror})",
            place=str(path),
            remedy="make the folder writable and the file readable, or set STUIFMAIL_SECRET",
        ) from error
    if len(found) < SECRET_LENGTH:
        raise StoreError(
            "this file should hold the key for unsubscribe links, and does not",
            place=str(path),
            remedy="restore it from a backup, so that links sent before still work; else delete it",
        )
    return found


def _make(path: Path) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first: its key counts
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
