"""Figures, and editors' own numbers in the place of what was counted."""

from pathlib import Path
from typing import Any

import click

from stuifmail.cli.common import open_newsroom, with_json, with_newsroom
from stuifmail.cli.printing import print_json


@click.command()
@click.argument("event", required=False, default="")
@with_newsroom
@with_json
def figures(event: str, root: Path, as_json: bool) -> None:
    """List the figures, with growth and where they come from.

    EVENT is the id of one of our own events, or `members`; without it all are listed.
    """
    with open_newsroom(root) as newsroom:
        rows = newsroom.list_figures(event)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        _print(row)
    if not rows:
        click.echo("nothing has been counted yet")


@click.command()
@click.argument("figure")
@click.argument("value", required=False, type=click.IntRange(min=0))
@click.option("--reason", default="", help="Why it is another number than the one that was counted.")
@click.option("--as", "role", metavar="ROLE", required=True, help="Who decides, as in sources.yaml.")
@click.option("--end", "is_end", is_flag=True, help="Let what was counted count again.")
@with_newsroom
def override(figure: str, value: int | None, reason: str, role: str, is_end: bool, root: Path) -> None:
    """Put your own number in the place of a figure, or take it back.

    FIGURE is its id, as `stuifmail figures` lists it. What was counted, who changed it and why are
    kept; a later count that differs is told. Drafts take the number when they are saved anew.
    """
    if is_end == (value is not None):
        raise click.UsageError("give the number, or --end to take it back")
    with open_newsroom(root) as newsroom:
        if value is None:
            row = newsroom.end_override(figure, role=role)
        else:
            row = newsroom.override_figure(figure, value, role=role, reason=reason)
    _print(row)


def _print(row: dict[str, Any]) -> None:
    unit = row["unit"].get("en") or next(iter(row["unit"].values()), "")
    growth = f"  {row['growth']}" if row["growth"] else ""
    percent = "" if row["growth_percent"] is None else f", {row['growth_percent']:+d} %"
    internal = "  (internal)" if row["internal"] else ""
    click.echo(f"{row['id']}: {row['value']} {unit}{growth}{percent}{internal}")
    click.echo(f"  {row['definition']}, from {row['source_id']} {row['source_sha256'][:8]}")
    if own := row["override"]:
        click.echo(f"  {own['actor']} wrote it over {own['counted']}: {own['reason']}")
    for problem in row["problems"]:
        click.echo(f"  mind: {problem}")
