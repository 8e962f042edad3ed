"""A new newsroom's folder."""

import shutil
from pathlib import Path

from stuifmail.errors import NewsroomNotFound, StoreUnwritable

_OWN = Path(__file__).parent
_FILES = ("sources.yaml", "contacts.csv", "press.csv")
#: In the checkout a link to the sample newsroom's; in an installed package a copy.
_OWN_TEMPLATES = _OWN / "templates"
_NEEDED = Path("newsletters", "newsletter.mjml")


def find_templates(given: Path | None = None) -> Path:
    """Answer the folder of templates that a new newsroom starts from.

    Args:
        given: the folder that the user named; else stuifmail's own.

    Raises:
        NewsroomNotFound: there are no templates in it.
    """
    folder = given or _OWN_TEMPLATES
    if not (folder / _NEEDED).is_file():
        raise NewsroomNotFound(
            f"there are no templates here: {_NEEDED} is missing",
            place=str(folder),
            remedy="name the folder templates/ of stuifmail or of another newsroom with --templates",
        )
    return folder


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
            _make_folder(target.parent, made)
            made.append(target)
            shutil.copyfile(origin, target)
    except OSError as error:
        _unmake(made)
        raise StoreUnwritable(
            f"the newsroom cannot be made ({error.strerror})",
            place=str(folder),
            remedy="choose a folder that you may write in, on a disk with space",
        ) from error
    return sorted(path for path in made if path in plan)


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it, noting each one that was not there."""
    if not folder.exists():
        _make_folder(folder.parent, made)
        folder.mkdir()
        made.append(folder)


def _unmake(made: list[Path]) -> None:
    for path in reversed(made):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


def _plan(folder: Path, templates: Path) -> dict[Path, Path]:
    """Answer each file to make with the file it is copied from."""
    plan = {folder / name: _OWN / name for name in _FILES}
    for origin in sorted(templates.rglob("*")):
        inside = origin.relative_to(templates)
        if origin.is_file() and not any(part.startswith(".") for part in inside.parts):
            plan[folder / "templates" / inside] = origin
    return plan
