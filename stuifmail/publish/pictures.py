"""The pictures of a publication, as they lie beside its web version and in its archive."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from stuifmail.errors import StorageError
from stuifmail.model.publications import Rendering
from stuifmail.publish.files import explain_trouble


def read_pictures(renderings: Iterable[Rendering], root: Path) -> dict[str, bytes]:
    """Answer each picture's content by its public name, the last part of its address.

    Args:
        renderings: the editions.
        root: the newsroom's folder.

    Returns:
        Pictures sorted by name.

    Raises:
        StorageError: a picture is gone, or two of them have one name.
    """
    files: dict[str, str] = {}
    for rendering in renderings:
        for address, file in rendering.pictures.items():
            name = unquote(urlsplit(address).path).rsplit("/", 1)[-1]
            if files.setdefault(name, file) != file:
                raise StorageError(
                    f"{files[name]} and {file} are both published as {name}", place=file, remedy="rename one"
                )
    return {name: _read(root / file) for name, file in sorted(files.items())}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise explain_trouble(error, path) from error
