"""Files that are either there whole or not at all."""

import os
import secrets
from pathlib import Path

from stuifmail.errors import StorageError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, its folders too; a reader never sees half of it.

    Args:
        path: where; an older file is replaced.
        content: all of it.

    Raises:
        StorageError: the folder is read-only, full, or no folder; an older file is as it was.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_synced(temporary, content)
            temporary.replace(path)
            _sync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise explain_trouble(error, path) from error


def remove_file(path: Path) -> None:
    """Remove a file if there is one.

    Raises:
        StorageError: the folder is read-only.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise explain_trouble(error, path) from error


def explain_trouble(error: OSError, path: Path) -> StorageError:
    """Answer the error to raise for trouble with a file or folder."""
    return StorageError(
        f"cannot be read or written ({error.strerror or error})",
        place=str(path),
        remedy="make room, or make the folder writable, and try again: nothing was half-written",
    )


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
