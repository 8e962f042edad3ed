"""What all commands share: the newsroom's folder, JSON or a table, and moments as text."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

Command = Callable[..., Any]


def with_newsroom(function: Command) -> Command:
    """Add `--newsroom FOLDER`, passed on as `root`."""
    return click.option(
        "--newsroom",
        "root",
        type=click.Path(path_type=Path),
        default=Path(),
        show_default="here",
        help="Folder with sources.yaml.",
    )(function)


def with_json(function: Command) -> Command:
    """Add `--json`, passed on as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON document for scripts.")(function)


def with_role(function: Command) -> Command:
    """Add `--as ROLE`, passed on as `role`."""
    return click.option(
        "--as", "role", required=True, metavar="ROLE", help="In which role: an id of review.roles."
    )(function)


def print_json(value: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_rows(
    rows: Sequence[dict[str, Any]], columns: Iterable[str], *, as_json: bool, empty: str = "nothing yet"
) -> None:
    """Print rows as JSON with all their keys, or as a table of some columns."""
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo(empty)
        return
    names = list(columns)
    table = Table(*names, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(_cell(row[name])) for name in names))
    _console().print(table)


def _console() -> Console:
    """A terminal's own width; wide enough for any row when the output goes to a file."""
    console = Console(soft_wrap=False)
    return console if console.is_terminal else Console(width=200)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return next((str(text) for text in value.values()), "")
    return str(value)


def say_moment(moment: datetime, zone: str) -> str:
    """Answer a moment for people, in the newsroom's zone: "Wed 6 May 2026 10:00"."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}"


def parse_moment(text: str, zone: str) -> datetime:
    """Answer the moment of "2026-05-06 10:00", in the newsroom's zone unless it names its own.

    Raises:
        click.BadParameter: it is no moment.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no moment; write it as 2026-05-06 10:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
