"""What a month or year came to."""

from pathlib import Path

import click

from stuifmail.cli.common import open_newsroom, with_json, with_newsroom
from stuifmail.cli.printing import print_json


@click.command()
@with_newsroom
@with_json
@click.option("--year", metavar="YEAR", help="Which year; the present one when neither is given.")
@click.option("--month", metavar="MONTH", help="Or a month, such as 2026-05.")
@click.option("--language", default="", metavar="CODE", help="nl or en; else the newsroom's first.")
def report(root: Path, as_json: bool, year: str | None, month: str | None, language: str) -> None:
    """Show what a year or month came to, as Markdown.

    What was sent and what for, which focus points and members had their turn and which not, what one
    person approved alone, figures changed by hand, corrections, embargoes, and how many copies went out.
    """
    if year and month:
        raise click.UsageError("give --year or --month, not both")
    with open_newsroom(root) as newsroom:
        if as_json:
            print_json(newsroom.describe_report(month or year or ""))
        else:
            click.echo(newsroom.write_report(month or year or "", language=language), nl=False)
