"""How lists are printed: JSON for scripts, tables for people."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from stuifmail.cli.tables import lay_out, tie

#: Width of tables that go to a file or another program.
_FILE_WIDTH = 200
#: Names of columns and keys that hold a moment end like this.
_MOMENTS = ("_at", "_since")


def print_json(value: Any, *, compact: bool = False) -> None:
    """Print one JSON document, or one line of it; moments are in UTC."""
    click.echo(json.dumps(in_utc(value), ensure_ascii=False, indent=None if compact else 2))


def in_utc(value: Any, key: str = "") -> Any:
    """Answer the data with every moment in UTC ("2026-05-06T08:00:00Z"); days stay days."""
    if isinstance(value, Mapping):
        return {name: in_utc(inner, name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [in_utc(inner, key) for inner in value]
    moment = _read_moment(key, value)
    if moment is None or moment.tzinfo is None:
        return value
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _read_moment(key: str, value: object) -> datetime | None:
    if not (isinstance(value, str) and "T" in value and key.endswith(_MOMENTS)):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def print_rows(
    rows: Sequence[dict[str, Any]],
    columns: Iterable[str],
    *,
    as_json: bool = False,
    zone: str = "UTC",
    empty: str = "nothing yet",
) -> None:
    """Print rows as JSON with all their keys, or as a table of some columns.

    Args:
        zone: in which people read moments.
        empty: what people read when there are no rows.
    """
    if as_json:
        print_json(rows)
    elif rows:
        names = list(columns)
        head, *lines = lay_out(
            [name.replace("_", " ") for name in names],
            [[_cell(name, row[name], zone) for name in names] for row in rows],
            shutil.get_terminal_size(fallback=(_FILE_WIDTH, 50)).columns,
        )
        click.secho(head, bold=True)
        click.echo("\n".join(lines))
    else:
        click.echo(empty)


def _cell(name: str, value: object, zone: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    moment = _read_moment(name, value)
    if moment is not None:
        local = moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment
        return tie(f"{local:%Y-%m-%d %H:%M}")
    return str(value)
