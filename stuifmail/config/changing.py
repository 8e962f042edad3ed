"""One change of sources.yaml: checked before and after, and written whole or not at all."""

import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stuifmail.config.load import CONFIG_NAME, load_config
from stuifmail.config.models import NewsroomConfig
from stuifmail.config.references import find_contradictions
from stuifmail.config.validation import check_against
from stuifmail.config.yaml_document import read_yaml, sum_up
from stuifmail.errors import InvalidConfig, StuifmailError


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigChange:
    """A change that was checked but not yet written.

    Args:
        root: the newsroom's folder.
        before, after: the whole file.
        added: the lines that are new, in their order; "" when there are none.
    """

    root: Path
    before: bytes
    after: bytes
    added: str


def plan_change(root: Path, change: Callable[[str, str], str]) -> ConfigChange:
    """Answer a change of the folder's sources.yaml, checked; nothing is written.

    Args:
        root: the newsroom's folder.
        change: answers the new text for the old one and the file's name.

    Raises:
        NewsroomNotFound: there is no sources.yaml.
        InvalidConfig: it has problems, before the change or because of it.
        StuifmailError: as `change` says.
    """
    load_config(root)
    path = root / CONFIG_NAME
    before = path.read_bytes()
    text = before.decode("utf-8")
    after = change(text, str(path))
    _check(after, str(path))
    return ConfigChange(root=root, before=before, after=after.encode("utf-8"), added=_find_added(text, after))


def write_change(change: ConfigChange) -> NewsroomConfig:
    """Write a planned change; answer the settings as they are now.

    The file's rights stay as they are, and so does a link to it.

    Raises:
        StuifmailError: somebody changed the file meanwhile, or it cannot be written. It is as it
            was then.
        InvalidConfig: what was written cannot be read back as it should; the old file is back.
    """
    path = (change.root / CONFIG_NAME).resolve()
    try:
        if path.read_bytes() != change.before:
            raise StuifmailError(
                "somebody changed it in the meantime", place=str(path), remedy="give the command again"
            )
        _replace(path, change.after)
    except OSError as error:
        raise StuifmailError(
            f"it cannot be written ({error.strerror})",
            place=str(path),
            remedy="make the file and its folder writable, on a disk with room",
        ) from error
    try:
        return load_config(change.root)
    except StuifmailError:
        _replace(path, change.before)
        raise


def _check(text: str, file: str) -> None:
    document = read_yaml(text, file)
    config, problems = check_against(NewsroomConfig, document)
    problems += find_contradictions(document)
    if config is None or problems:
        raise sum_up(file, problems, InvalidConfig)


def _find_added(before: str, after: str) -> str:
    """Answer the lines of `after` between what both texts begin and end with."""
    old, new = before.splitlines(), after.splitlines()
    start = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    tail = 0
    while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return "\n".join(new[start : len(new) - tail]).strip("\n")


def _replace(path: Path, content: bytes) -> None:
    """Put other content in a file's place in one step; its rights stay."""
    rights = stat.S_IMODE(path.stat().st_mode)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(rights)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
