"""The pictures of a publication, as they lie beside its web version and in its archive."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from stuifmail.errors import StorageError
from stuifmail.model.publications import Rendering
from stuifmail.publish.files import explain_trouble

#: A public name that says what the bytes must be, as those of `render/` do.
_HASHED = re.compile(r"([0-9a-f]{12})-")


def read_pictures(
    renderings: Iterable[Rendering], root: Path, published: Path | None = None
) -> dict[str, bytes]:
    """Answer each picture's content by its public name, the last part of its address.

    Args:
        renderings: the editions.
        root: the newsroom's folder.
        published: the site's folder of pictures; it has those whose file changed since.

    Returns:
        Pictures sorted by name.

    Raises:
        StorageError: a picture is gone or changed, or two of them have one name.
    """
    files: dict[str, str] = {}
    for rendering in renderings:
        for address, file in rendering.pictures.items():
            name = unquote(urlsplit(address).path).rsplit("/", 1)[-1]
            if files.setdefault(name, file) != file and not _HASHED.match(name):
                raise StorageError(
                    f"{files[name]} and {file} are both published as {name}", place=file, remedy="rename one"
                )
    return {name: _find(name, root / file, published) for name, file in sorted(files.items())}


def _find(name: str, original: Path, published: Path | None) -> bytes:
    for path in (published / name, original) if published else (original,):
        if path == original or path.is_file():
            content = _read(path)
            if _is_meant(name, content):
                return content
    raise StorageError(
        "this picture changed since the letter was approved",
        place=str(original),
        remedy="put the approved one back; the new one needs another file name",
    )


def _is_meant(name: str, content: bytes) -> bool:
    wanted = _HASHED.match(name)
    return not wanted or hashlib.sha256(content).hexdigest().startswith(wanted[1])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise explain_trouble(error, path) from error
