"""What every storage of the archive can do."""

from typing import Protocol


class Storage(Protocol):
    """Keeps files by key ("nieuwsbrief-2026-05/nl.html"); what is kept does not change.

    Attributes:
        place: what it is and where, for people.
    """

    @property
    def place(self) -> str:
        """What it is and where."""

    def put(self, key: str, content: bytes, content_type: str, *, replace: bool = False) -> bool:
        """Keep the content under this key.

        Args:
            key: parts of letters, digits, "-", "_" and ".", joined by "/".
            content: all of it.
            content_type: its media type.
            replace: write over other content; only for what is not yet a finished archive.

        Returns:
            False when the same content was there already and nothing was written.

        Raises:
            StorageError: other content is there, or it cannot be written.
        """

    def get(self, key: str) -> bytes:
        """Answer the content under this key.

        Raises:
            StorageError: there is none, or it cannot be read.
        """

    def exists(self, key: str) -> bool:
        """Answer whether something is kept under this key.

        Raises:
            StorageError: the storage does not answer.
        """

    def list(self, prefix: str = "") -> list[str]:
        """Answer the keys that begin with `prefix`, sorted.

        Raises:
            StorageError: the storage does not answer.
        """
