"""What all commands share: their options, the open newsroom, moments, and what to type next."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from stuifmail.errors import NewsroomNotFound, StuifmailError

if TYPE_CHECKING:
    from stuifmail.newsroom import Newsroom

Command = Callable[..., Any]


class InOrder(click.Group):
    """A group that lists its commands in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Answer the names in the order in which the commands were added."""
        return list(self.commands)


def with_newsroom(function: Command) -> Command:
    """Add `--newsroom FOLDER`, passed on as `root`."""
    return click.option(
        "--newsroom",
        "root",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        default=Path(),
        show_default="here",
        help="Folder with sources.yaml.",
    )(function)


def with_json(function: Command) -> Command:
    """Add `--json`, passed on as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON document, for scripts.")(function)


def with_role(function: Command) -> Command:
    """Add `--as ROLE`, passed on as `role`."""
    return click.option(
        "--as", "role", required=True, metavar="ROLE", help="In which role: an id of review.roles."
    )(function)


@contextmanager
def open_newsroom(root: Path, *, now: datetime | None = None) -> Iterator["Newsroom"]:
    """Open the newsroom for one command.

    Raises:
        NewsroomNotFound, InvalidConfig, StoreError: as `Newsroom.open` says.
    """
    from stuifmail.newsroom import Newsroom

    require_folder(root)
    with Newsroom.open(root, now=now) as newsroom:
        yield newsroom


def require_folder(root: Path) -> None:
    """Do nothing when there is such a folder.

    Raises:
        NewsroomNotFound: there is none.
    """
    if not root.is_dir():
        what = "this is a file, no folder" if root.exists() else "there is no such folder"
        raise NewsroomNotFound(
            what, place=str(root), remedy="name the newsroom's folder, the one with sources.yaml"
        )


def zone_of(newsroom: "Newsroom") -> str:
    """Answer the zone in which people read times."""
    return newsroom.config.organisation.time_zone


def say_command(root: Path, command: str) -> str:
    """Answer what to type for a command on this newsroom, as it was named by the user."""
    folder = "" if root == Path() else f" --newsroom {shlex.quote(str(root))}"
    return f"stuifmail {command}{folder}"


def say_role(newsroom: "Newsroom", right: str, *, but: str = "") -> str:
    """Answer the first role that has the right, other than `but`; "ROLE" when there is none."""
    roles = [role.id for role in newsroom.config.review.roles if right in role.may and role.id != but]
    return roles[0] if roles else "ROLE"


def say_moment(moment: datetime | str, zone: str) -> str:
    """Answer a moment for people, in the newsroom's zone: "Wed 6 May 2026 10:00"."""
    local = _aware(moment).astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}"


def say_count(count: int, one: str, many: str = "") -> str:
    """Answer a count with its word: "1 date", "4 dates".

    Args:
        many: the word for several, where an "s" behind it does not do.
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def _aware(moment: datetime | str) -> datetime:
    return datetime.fromisoformat(moment) if isinstance(moment, str) else moment


def parse_moment(text: str, zone: str, option: str) -> datetime:
    """Answer the moment of "2026-05-06 10:00", in the newsroom's zone unless it names its own.

    Args:
        option: the option that it was given for, for the message.

    Raises:
        click.BadParameter: it is no moment.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"{text!r} is no moment; write it as 2026-05-06 or '2026-05-06 10:00'", param_hint=option
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def read_text(file: Path) -> str:
    """Answer what a file says.

    Raises:
        StuifmailError: it cannot be read, or is no text.
    """
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise StuifmailError(
            "this is no text in UTF-8", place=str(file), remedy="save it as UTF-8"
        ) from error
    except OSError as error:
        raise StuifmailError(
            f"it cannot be read ({error.strerror})", place=str(file), remedy="name a text file"
        ) from error
