"""Changing a draft: in an editor, from a file, or by adding translations."""

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stuifmail.cli.common import open_newsroom, read_text, say_command, with_newsroom, with_role
from stuifmail.errors import InvalidDraft, StaleRevision, StoreUnwritable, StuifmailError

if TYPE_CHECKING:
    from stuifmail.newsroom import Newsroom

#: How a draft that was opened as YAML says in its first line which revision it is.
_FIRST_LINE = re.compile(r"# (?P<id>\S+), revision (?P<number>\d+), ")


@click.command()
@click.argument("publication")
@with_role
@click.option(
    "--file", "file", type=click.Path(path_type=Path), metavar="FILE", help="Take this YAML, not an editor."
)
@click.option("--note", default="", metavar="TEXT", help="What you changed, for the history.")
@with_newsroom
def edit(publication: str, role: str, file: Path | None, note: str, root: Path) -> None:
    """Edit PUBLICATION as YAML in your editor.

    The editor is the one that the variable EDITOR names. A text that cannot be saved is kept, and
    every problem is told with its line; the same command opens it again. An edit takes back any
    approval.
    """
    with open_newsroom(root) as newsroom:
        _require_editor_role(newsroom, role)
        if file is None:
            number = _edit_in_editor(newsroom, publication, role, note)
        else:
            number = _take_file(newsroom, publication, file, role, note)
    _tell_saved(number, publication, role, root)


@click.command()
@click.argument("publication")
@click.argument("file", type=click.Path(path_type=Path))
@with_role
@with_newsroom
def translate(publication: str, file: Path, role: str, root: Path) -> None:
    """Add the translations in FILE to PUBLICATION.

    FILE is YAML with subject, preheader and blocks; under blocks, the id of each block with its
    title and text, each by language: `item-1a2b: {title: {en: …}, text: {en: …}}`.
    """
    with open_newsroom(root) as newsroom:
        number = newsroom.translate(publication, read_text(file), role=role, file=str(file))
    _tell_saved(number, publication, role, root)


def _tell_saved(number: int | None, publication: str, role: str, root: Path) -> None:
    if number is None:
        click.echo("nothing changed")
        return
    click.echo(f"saved revision {number}; next: {say_command(root, f'proof {publication} --as {role}')}")


def _require_editor_role(newsroom: "Newsroom", role: str) -> None:
    """Refuse before the work, not after it."""
    from stuifmail.review.moves import require_role

    require_role(newsroom.config.review, role, "edit")


def _edit_in_editor(newsroom: "Newsroom", publication: str, role: str, note: str) -> int | None:
    text, revision = newsroom.open_draft(publication)
    kept = newsroom.outputs / "state" / "edits" / f"{publication}.r{revision}.{role}.yaml"
    _tell_earlier(kept, publication)
    if kept.exists():
        click.echo(f"your text of last time is opened again: {kept}", err=True)
    else:
        _write(kept, text)
    try:
        _open_editor(kept)
        edited = read_text(kept)
        number = newsroom.save_draft(publication, edited, role=role, base=revision, file=str(kept), note=note)
    except StuifmailError as error:
        _explain_unsaved(error, kept, text)
        raise
    kept.unlink(missing_ok=True)
    return number


def _tell_earlier(kept: Path, publication: str) -> None:
    """Name texts that were not saved before somebody saved a newer revision."""
    for path in sorted(kept.parent.glob(f"{publication}.r*.yaml")) if kept.parent.is_dir() else ():
        if path != kept:
            click.echo(f"a text that was never saved lies in {path}; remove it when it is no use", err=True)


def _open_editor(file: Path) -> None:
    if not (os.environ.get("VISUAL") or os.environ.get("EDITOR") or sys.stdin.isatty()):
        raise StuifmailError(
            "no editor is named", place="edit", remedy="set the variable EDITOR, or use --file FILE"
        )
    try:
        click.edit(filename=str(file))
    except click.ClickException as error:
        raise StuifmailError(
            f"the editor stopped with an error ({error.message}), so nothing was saved",
            place="edit",
            remedy="set the variable EDITOR to another one, or use --file FILE",
        ) from error


def _explain_unsaved(error: StuifmailError, kept: Path, opened: str) -> None:
    """Say where the text is; a text that nobody changed is not kept."""
    try:
        if kept.read_text(encoding="utf-8") == opened:
            kept.unlink()
            return
    except (OSError, UnicodeDecodeError):
        pass  # then it surely is not the text that was opened
    again = "the same command opens it again"
    if isinstance(error, StaleRevision):
        again = "the same command opens the newest revision: put your changes into that one"
    click.echo(f"not saved; your text is kept in {kept}; {again}", err=True)


def _take_file(newsroom: "Newsroom", publication: str, file: Path, role: str, note: str) -> int | None:
    text = read_text(file)
    base = _base_of(newsroom, text, publication, role)
    try:
        return newsroom.save_draft(publication, text, role=role, base=base, file=str(file), note=note)
    except StaleRevision as error:
        error.remedy = (
            f"open the newest one (stuifmail edit {publication} --as {role}) and enter your changes "
            "again; or take out the first line of your file to let it replace the newest"
        )
        raise
    except InvalidDraft:
        click.echo("not saved; mend the file and try again", err=True)
        raise


def _base_of(newsroom: "Newsroom", text: str, publication: str, role: str) -> int | None:
    """Answer the revision that the text was made from, where another role saved one since."""
    found = _FIRST_LINE.match(text)
    if found is None or found["id"] != publication:
        return None
    newest = newsroom.describe_draft(publication)
    return None if newest["author"] == role else int(found["number"])


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        file.unlink(missing_ok=True) if file.parent.is_dir() else None
        raise StoreUnwritable(
            f"the draft cannot be written for your editor ({error.strerror})",
            place=str(file),
            remedy="make the folder writable, or make room on the disk",
        ) from error
