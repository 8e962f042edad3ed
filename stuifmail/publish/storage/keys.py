"""What may be a key, and what happens when one is taken."""

import re

from stuifmail.errors import StorageError

_PART = re.compile(r"(?!\.)[A-Za-z0-9._-]{1,200}")


def check_key(key: str) -> str:
    """Answer the key, or refuse one that could lead out of the storage.

    Raises:
        StorageError: other characters, an empty part, or a part that begins with a full stop.
    """
    if all(_PART.fullmatch(part) for part in key.split("/")):
        return key
    raise StorageError("this is no key of the archive", place=key, remedy="use letters, digits, - _ and .")


def other_content(place: str, key: str) -> StorageError:
    """Answer the error to raise when a key holds other content already."""
    return StorageError(
        "something else is kept here, and the archive never changes",
        place=f"{place}/{key}",
        remedy="compare the two; move the old one away by hand if it is wrong",
    )


def no_content(place: str, key: str) -> StorageError:
    """Answer the error to raise when nothing is kept under a key."""
    return StorageError(
        "nothing is kept here", place=f"{place}/{key}", remedy="list the archive to see what is"
    )
