"""Finding values in a document that may be wrong in parts."""

from collections.abc import Iterator
from typing import Any

from stuifmail.config.yaml_reading import Path


def find(data: Any, pattern: Path, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield path and value of everything at this pattern that is there, in document order.

    Args:
        data: plain values, as `read_yaml` answers them; what does not fit the pattern is passed over.
        pattern: keys and list positions; "*" stands for every member of a list.
        path: where `data` itself stands.
    """
    if not pattern:
        yield path, data
        return
    first, *rest = pattern
    if first == "*":
        members = enumerate(data) if isinstance(data, list) else ()
        for index, member in members:
            yield from find(member, tuple(rest), (*path, index))
    else:
        inside = data if isinstance(data, dict) else dict(enumerate(data)) if isinstance(data, list) else {}
        if first in inside:
            yield from find(inside[first], tuple(rest), (*path, first))


def find_texts(data: Any, *pattern: str | int) -> Iterator[tuple[Path, str]]:
    """Yield path and value of every text at this pattern, in document order."""
    for path, value in find(data, pattern):
        if isinstance(value, str):
            yield path, value


def text_at(data: Any, *path: str | int, default: str = "") -> str:
    """Answer the text at this path, the default when there is none."""
    return next((value for _, value in find_texts(data, *path)), default)
