"""The archive in a folder."""

from pathlib import Path

from stuifmail.publish.files import explain_trouble, write_whole
from stuifmail.publish.storage.keys import check_key, no_content, other_content


class LocalStorage:
    """Keeps each key as a file.

    Args:
        folder: made when the first file is kept.
        place: the folder as a person knows it, for messages.
    """

    def __init__(self, folder: Path, place: str = "") -> None:
        self._folder = folder
        self._place = place or str(folder)

    @property
    def place(self) -> str:
        """The folder."""
        return self._place

    def put(self, key: str, content: bytes, content_type: str, *, replace: bool = False) -> bool:  # noqa: ARG002 - a folder keeps no types
        """Keep the content in a file, whole or not at all.

        Raises:
            StorageError: other content is there, or the folder is read-only or full.
        """
        path = self._path(key)
        if self.exists(key):
            if self.get(key) == content:
                return False
            if not replace:
                raise other_content(self._place, key)
        write_whole(path, content)
        return True

    def get(self, key: str) -> bytes:
        """Answer the file's content.

        Raises:
            StorageError: there is no such file, or it cannot be read.
        """
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise no_content(self._place, key) from None
        except OSError as error:
            raise explain_trouble(error, self._path(key)) from error

    def exists(self, key: str) -> bool:
        """Answer whether the file is there."""
        return self._path(key).is_file()

    def list(self, prefix: str = "") -> list[str]:
        """Answer the keys that begin with `prefix`, sorted; half-written files are left out."""
        files = (path.relative_to(self._folder) for path in self._folder.rglob("*") if path.is_file())
        keys = (path.as_posix() for path in files if not path.name.startswith("."))
        return sorted(key for key in keys if key.startswith(prefix))

    def _path(self, key: str) -> Path:
        return self._folder / check_key(key)
