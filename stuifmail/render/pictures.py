"""Pictures of the newsroom get the public address under which a letter shows them."""

import hashlib
from pathlib import Path
from urllib.parse import quote

from stuifmail.errors import InvalidTemplate


class PictureShelf:
    """Keeps which file stands behind which public address of one letter.

    The address holds a hash of the bytes, so that a changed picture gets another one and a
    letter of last year keeps its own. It is the same for every reader.

    Args:
        root: the newsroom's folder.
        public_url: where the site is published.
    """

    def __init__(self, root: Path, public_url: str) -> None:
        self._root = root.resolve()
        self._public_url = public_url.rstrip("/")
        self._files: dict[str, str] = {}

    @property
    def files(self) -> dict[str, str]:
        """The newsroom's file of each address that was given out."""
        return dict(self._files)

    def address(self, file: str, place: str) -> str:
        """Answer the public address of a picture.

        Args:
            file: path from the newsroom's folder.
            place: what shows it, for messages.

        Raises:
            InvalidTemplate: the picture is missing, or lies outside the newsroom.
        """
        path = (self._root / file).resolve()
        if not path.is_relative_to(self._root):
            raise InvalidTemplate(
                f"picture {file} lies outside the newsroom's folder",
                place=place,
                remedy="copy it into the newsroom, and give its path from there",
            )
        try:
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise InvalidTemplate(
                f"picture {file} cannot be read ({error.strerror or error})",
                place=place,
                remedy="correct the path, or put the file there",
            ) from error
        address = f"{self._public_url}/images/{sha256[:12]}-{quote(path.name)}"
        self._files[address] = path.relative_to(self._root).as_posix()
        return address
