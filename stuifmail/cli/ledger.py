"""The membership on a day, and the organisations that may join."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from stuifmail.cli.common import open_newsroom, say_count, with_json, with_newsroom
from stuifmail.cli.printing import print_json, print_rows

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option("--on", type=_DAY, metavar="DATE", help="Count on this day; else today.")
@click.option("--since", type=_DAY, metavar="DATE", help="Also tell who came and went from this day on.")
@with_newsroom
@with_json
def ledger(on: datetime | None, since: datetime | None, root: Path, as_json: bool) -> None:
    """Count the members on a day: by tier, by kind, by country.

    With --since it tells who joined, who left and who changed tier, from that day up to and
    including the day that is counted. The European Union is a member, but not a country.
    """
    until, start = on.date() if on else None, since.date() if since else None
    with open_newsroom(root) as newsroom:
        row = newsroom.describe_ledger(on=until, since=start)
    if start and start.isoformat() > row["on"]:
        raise click.BadParameter(
            f"{start} is after {row['on']}, the day that is counted", param_hint="--since"
        )
    if as_json:
        print_json(row)
        return
    click.secho(f"{say_count(row['total'], 'member')} on {row['on']}", bold=True)
    for noun, counts in (("by tier", row["by_tier"]), ("by kind", row["by_kind"])):
        click.echo(f"  {noun}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    click.echo(f"  countries: {len(row['countries'])} ({', '.join(row['countries'])})")
    click.echo(f"  signed the declaration: {row['signed']}")
    if row["period"]:
        _print_period(row["period"])


def _print_period(period: dict[str, Any]) -> None:
    joined, left = period["joined"], period["left"]
    click.secho(f"from {period['since']} to {period['until']}", bold=True)
    for noun, members in (("joined", joined), ("left", left)):
        names = ", ".join(member["name"] for member in members)
        click.echo(f"  {noun}: {len(members)}{f' ({names})' if names else ''}")
    for move in period["moved"]:
        click.echo(f"  {move['name']}: from {move['before']} to {move['after']} on {move['on']}")
    click.echo(f"  net: {period['net']:+}")


@click.command()
@click.option("--event", metavar="ID", default="", help="Only those of this event of ours.")
@with_newsroom
@with_json
def prospects(event: str, root: Path, as_json: bool) -> None:
    """List organisations that may join, the longest waiting first.

    For events at which organisations were to join it tells who had been announced the day before,
    and who joined by the ledger. Nothing of this is ever sent.
    """
    with open_newsroom(root) as newsroom:
        found = newsroom.describe_prospects(event)
    if as_json:
        print_json(found)
        return
    columns = ("id", "name", "step", "since", "waiting_days", "event", "note")
    print_rows(found["prospects"], columns, empty="no prospects")
    for each in found["events"]:
        announced, joined = each["announced"], each["joined"]
        click.secho(f"\n{each['event']}: {len(announced)} announced, {len(joined)} joined", bold=True)
        for noun, names in (
            ("announced", announced),
            ("joined", joined),
            ("announced, but did not join", each["missing"]),
            ("joined without having been announced", each["unannounced"]),
        ):
            if names:
                click.echo(f"  {noun}: {', '.join(names)}")
