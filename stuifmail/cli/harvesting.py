"""Harvesting, and looking at what the harvester makes of a file."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from stuifmail.cli.common import print_json, print_rows, with_json, with_newsroom
from stuifmail.config.codec import to_data
from stuifmail.harvest.harvest import raise_if_nothing
from stuifmail.model.harvests import HarvestReport, SourceReport
from stuifmail.newsroom import Newsroom


@click.command()
@with_newsroom
@with_json
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only this source; may be repeated.")
def harvest(root: Path, as_json: bool, sources: tuple[str, ...]) -> None:
    """Fetch the members' feeds, calendars and sheets, and store what is new."""
    console = Console(stderr=True)
    with Newsroom.open(root) as newsroom:
        total = len(sources) or len(newsroom.config.sources)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            bar = progress.add_task("harvesting", total=total)

            def advance(_report: SourceReport) -> None:
                progress.advance(bar)

            report = newsroom.harvest(list(sources) or None, on_report=advance)
    if as_json:
        print_json(to_data(report))
    else:
        _print_report(report)
    raise_if_nothing(report)


def _print_report(report: HarvestReport) -> None:
    rows = [
        {
            "source": source.source_id,
            "outcome": source.outcome,
            "entries": source.entries_count,
            "new": source.new_count,
            "changed": source.changed_count,
            "remark": source.error or "; ".join(source.problems[:2]),
        }
        for source in report.sources
    ]
    print_rows(rows, rows[0] if rows else (), as_json=False, empty="sources.yaml names no sources")
    click.echo(
        f"{report.count('fetched')} fetched, {report.count('unchanged')} unchanged, "
        f"{report.count('failed')} failed; {report.new_count} new"
    )
    for source in report.sources:
        if source.outcome == "failed":
            since = f" (since {source.failing_since:%Y-%m-%d %H:%M} UTC)" if source.failing_since else ""
            click.echo(f"{source.source_id}: {source.error}{since}: {source.remedy}", err=True)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@with_json
def parse(files: tuple[Path, ...], as_json: bool) -> None:
    """Show what the harvester makes of files, without storing anything.

    With --json, one line a file.
    """
    from stuifmail.harvest.describe import describe_file

    for path in files:
        description = describe_file(path)
        if as_json:
            click.echo(json.dumps(description, ensure_ascii=False))
            continue
        click.echo(f"{description['file']}: {description['kind']}")
        print_rows(
            description["entries"], ("published_at", "title", "link"), as_json=False, empty="  no entries"
        )
        if description["events"]:
            print_rows(description["events"], ("starts_at", "status", "summary"), as_json=False)
        for problem in description["problems"]:
            click.echo(f"  problem: {problem}")


COMMANDS = (harvest, parse)
