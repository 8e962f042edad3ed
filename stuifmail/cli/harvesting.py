"""Harvesting, and looking at what the harvester makes of a file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stuifmail.cli.common import open_newsroom, say_command, say_moment, with_json, with_newsroom, zone_of
from stuifmail.cli.printing import print_json, print_rows

if TYPE_CHECKING:
    from stuifmail.config.models import Source
    from stuifmail.model.harvests import HarvestReport, SourceReport

#: So many problems of a source that was read are told in the table; --json tells all.
_PROBLEMS_SHOWN = 3
#: Of more sources than this, only those that a person must know of are told, and not too many.
_SOURCES_SHOWN, _MOST_SHOWN = 60, 200


@click.command()
@with_newsroom
@with_json
@click.option(
    "--source", "sources", multiple=True, metavar="ID", help="Only this source, due or not; may be repeated."
)
@click.option("--now", "ask_all", is_flag=True, help="Ask all sources, due or not, also those gone for good.")
@click.option("--all", "show_all", is_flag=True, help="Show every source, however many there are.")
def harvest(root: Path, as_json: bool, sources: tuple[str, ...], ask_all: bool, show_all: bool) -> None:
    """Fetch the members' news and store what is new.

    A source is asked when it is due: as its server, its feed and sources.yaml say. Files are
    looked at each time. A source that fails never stops the others; it is named with the cause
    and since when it fails. Running it twice stores nothing twice.
    """
    from stuifmail.config.codec import to_data
    from stuifmail.harvest.harvest import raise_if_nothing

    with open_newsroom(root) as newsroom:
        chosen = list(dict.fromkeys(sources)) or None
        with _progress(len(chosen or newsroom.config.sources)) as advance:
            report = newsroom.harvest(chosen, on_report=advance, ask_all=ask_all)
        zone = zone_of(newsroom)
    if as_json:
        print_json(to_data(report))
    else:
        _print_report(report, zone, show_all=show_all)
    raise_if_nothing(report)
    if not as_json:
        click.echo(f"next: {say_command(root, 'draft')}")


@contextmanager
def _progress(total: int) -> Iterator[Callable[["SourceReport"], None]]:
    """A bar when a person is looking."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("harvesting", total=total)
        yield lambda _report: progress.advance(bar)


def _print_report(report: "HarvestReport", zone: str, *, show_all: bool) -> None:
    told = report.sources
    if not show_all and len(told) > _SOURCES_SHOWN:
        told = tuple(source for source in told if _needs_telling(source))
    rows = [
        {
            "source": source.source_id,
            "outcome": source.outcome,
            "entries": source.entries_count,
            "new": source.new_count,
            "changed": source.changed_count,
            "remark": _say_waiting(source, zone) or source.error or _say_problems(source.problems),
        }
        for source in (told if show_all else told[:_MOST_SHOWN])
    ]
    columns = ("source", "outcome", "entries", "new", "changed", "remark")
    empty = "sources.yaml names no sources" if not report.sources else "nothing new"
    print_rows(rows, columns, empty=empty)
    if len(rows) < len(report.sources):
        click.echo(f"{len(report.sources) - len(rows)} more are not shown; see them with --all")
    click.echo(_sum_up(report))
    for source in report.sources:
        if source.outcome == "failed":
            since = f" (since {say_moment(source.failing_since, zone)})" if source.failing_since else ""
            click.echo(f"{source.source_id}: {source.error}{since}: {source.remedy}", err=True)


def _needs_telling(source: "SourceReport") -> bool:
    """Answer whether a person must know of a source: it failed, moved, or something is new or other."""
    counts = source.new_count or source.changed_count or source.removed_count
    is_asked = source.outcome not in ("waiting", "retired")
    return source.outcome == "failed" or bool(is_asked and (source.moved_to or counts))


def _sum_up(report: "HarvestReport") -> str:
    parts = [
        f"{report.count('fetched')} fetched",
        f"{report.count('unchanged')} unchanged",
        f"{report.count('failed')} failed",
    ]
    if waiting := report.count("waiting"):
        parts.append(f"{waiting} waiting until they are due")
    if retired := report.count("retired"):
        parts.append(f"{retired} gone for good")
    return f"{', '.join(parts)}; {report.new_count} new"


def _say_waiting(source: "SourceReport", zone: str) -> str:
    if source.outcome == "waiting" and source.next_check_at:
        until = f"until {say_moment(source.next_check_at, zone)}: {source.next_check_why}"
        return f"{until}; last time: {source.error}" if source.error else until
    return source.next_check_why if source.outcome == "retired" else ""


def _say_problems(problems: tuple[str, ...]) -> str:
    told = "; ".join(problems[:_PROBLEMS_SHOWN])
    more = len(problems) - _PROBLEMS_SHOWN
    return f"{told}; and {more} more, see --json" if more > 0 else told


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@with_newsroom
@click.option("--json", "as_json", is_flag=True, help="One JSON line a file, for scripts.")
def parse(files: tuple[Path, ...], root: Path, as_json: bool) -> None:
    """Show what the harvester makes of files; store nothing.

    It is how to find out what is wrong with a member's feed, calendar or sheet. No newsroom is
    needed; where there is one, its own files are read as its sources.yaml says.
    """
    from stuifmail.harvest.discovery.describe import describe_file

    sources, now, zone = _sources_by_file(root)
    for number, path in enumerate(files):
        description = describe_file(path, sources.get(path.resolve()), now=now)
        if as_json:
            print_json(description, compact=True)
        else:
            click.echo("\n" * (number > 0), nl=False)
            _print_description(description, zone)
    if not all(path.is_file() for path in files):
        raise click.exceptions.Exit(1)


def _sources_by_file(root: Path) -> "tuple[dict[Path, Source], datetime, str]":
    """Answer the newsroom's sources by their file, its present moment and its zone.

    Without a sources.yaml that is right there are no sources, the moment is now, and times are
    shown as clocks in the Netherlands show them.
    """
    from stuifmail.config.load import CONFIG_NAME, load_config
    from stuifmail.errors import StuifmailError
    from stuifmail.harvest.discovery.describe import DEFAULT_ZONE

    if not (root / CONFIG_NAME).exists():
        return {}, datetime.now(UTC), DEFAULT_ZONE
    try:
        config = load_config(root)
    except StuifmailError:
        remedy = say_command(root, "check")
        click.echo(f"{root / CONFIG_NAME} cannot be used, so files are read without it: {remedy}", err=True)
        return {}, datetime.now(UTC), DEFAULT_ZONE
    files = {(root / source.file).resolve(): source for source in config.sources if source.file}
    return files, config.clock or datetime.now(UTC), config.organisation.time_zone


def _print_description(found: dict[str, Any], zone: str) -> None:
    entries, events = found["entries"], found["events"]
    parts = [_count(entries, "entry", "entries")] if entries or not events else []
    parts += [_count(events, "event", "events")] if events else []
    if "rows" in found:
        parts = [f"{found['rows']} rows"]
    click.echo(f"{found['file']}: {found['kind']}, {' and '.join(parts)}")
    if entries:
        print_rows(entries, ("published_at", "title", "link"), zone=zone)
    if events:
        print_rows(events, ("starts_at", "status", "summary", "open_date"), zone=zone)
    for problem in found["problems"]:
        click.echo(f"  problem: {problem}")


def _count(rows: list[Any], one: str, many: str) -> str:
    return f"1 {one}" if len(rows) == 1 else f"{len(rows)} {many}"
