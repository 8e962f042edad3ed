"""A new newsroom's folder."""

import shutil
from pathlib import Path

from stuifmail.errors import StoreUnwritable

_OWN = Path(__file__).parent
_FILES = ("sources.yaml", "contacts.csv")


def make_newsroom(folder: Path, templates: Path) -> list[Path]:
    """Make a newsroom to start from; nothing that is there is overwritten.

    Args:
        folder: where; made when it is not there.
        templates: the folder of templates to copy from.

    Returns:
        The files made, in the order of their paths.

    Raises:
        StoreUnwritable: a file is there already, or cannot be written; then nothing is left behind.
    """
    plan = _plan(folder, templates)
    taken = next((target for target in plan if target.exists()), None)
    if taken:
        raise StoreUnwritable(
            "the file is there already, and would be overwritten",
            place=str(taken),
            remedy="choose another folder, or move the file away",
        )
    made: list[Path] = []
    try:
        for target, origin in plan.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            made.append(target)
            shutil.copyfile(origin, target)
    except OSError as error:
        for target in made:
            target.unlink(missing_ok=True)
        raise StoreUnwritable(
            f"the newsroom cannot be made ({error.strerror})",
            place=str(error.filename or folder),
            remedy="choose a folder that you may write in, on a disk with space",
        ) from error
    return sorted(made)


def _plan(folder: Path, templates: Path) -> dict[Path, Path]:
    """Answer each file to make with the file it is copied from."""
    plan = {folder / name: _OWN / name for name in _FILES}
    for origin in sorted(templates.rglob("*")):
        inside = origin.relative_to(templates)
        if origin.is_file() and not any(part.startswith(".") for part in inside.parts):
            plan[folder / "templates" / inside] = origin
    return plan
