"""Queueing and sending."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from stuifmail.cli.common import parse_moment, print_json, say_moment, with_json, with_newsroom, with_role
from stuifmail.config.codec import to_data
from stuifmail.newsroom import Newsroom, SendReport


@click.command()
@click.argument("publication")
@with_role
@click.option("--now", "at_once", is_flag=True, help="Send at once instead of at the planned moment.")
@click.option("--at", "moment", default=None, help="Send at this moment, such as '2026-05-06 10:00'.")
@with_newsroom
def send(publication: str, role: str, at_once: bool, moment: str | None, root: Path) -> None:
    """Let an approved PUBLICATION go out, at its planned moment."""
    if at_once and moment:
        raise click.UsageError("--now and --at exclude each other")
    with Newsroom.open(root) as newsroom:
        zone = newsroom.config.organisation.time_zone
        at = newsroom.now() if at_once else parse_moment(moment, zone) if moment else None
        due_at = newsroom.queue(publication, role=role, at=at)
        if due_at > newsroom.now():
            click.echo(f"{publication} goes out {say_moment(due_at, zone)}, by: stuifmail dispatch")
            return
        reports = _dispatch(newsroom, publication)
    _print_reports(reports)


@click.command()
@click.argument("publication", required=False)
@with_newsroom
@with_json
@click.option("--moment", default=None, help="Act as if it were this moment.")
def dispatch(publication: str | None, root: Path, as_json: bool, moment: str | None) -> None:
    """Send what is queued and due, and go on with what was interrupted."""
    with Newsroom.open(root) as newsroom:
        zone = newsroom.config.organisation.time_zone
    now = parse_moment(moment, zone) if moment else None
    with Newsroom.open(root, now=now) as newsroom:
        reports = _dispatch(newsroom, publication)
    if as_json:
        print_json([to_data(report) for report in reports])
        sys.exit(1 if any(report.error for report in reports) else 0)
    _print_reports(reports)


def _dispatch(newsroom: Newsroom, publication: str | None) -> list[SendReport]:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("sending", total=None)

        def advance(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        return newsroom.dispatch(publication, on_copy=advance)


def _print_reports(reports: list[SendReport]) -> None:
    if not reports:
        click.echo("nothing is due")
    for report in reports:
        counts = report.dispatched.counts if report.dispatched else {}
        told = ", ".join(f"{count} {state}" for state, count in counts.items()) or "nothing was sent"
        click.echo(f"{report.publication_id}: {report.state}: {told}")
        for address in report.dispatched.uncertain if report.dispatched else ():
            click.echo(
                f"  uncertain: {address}: ask, then: stuifmail settle {report.publication_id} {address} …"
            )
        if report.archive:
            click.echo(f"  kept in {report.archive}")
        if report.error:
            click.echo(report.error, err=True)
    if any(report.error for report in reports):
        sys.exit(1)


@click.command()
@click.argument("publication")
@click.argument("address")
@with_role
@click.option("--arrived/--again", required=True, help="It is known to have arrived, or is to be sent again.")
@click.option("--reason", required=True, help="How you know.")
@with_newsroom
def settle(publication: str, address: str, role: str, arrived: bool, reason: str, root: Path) -> None:
    """Decide on the copy of PUBLICATION for ADDRESS that nobody can vouch for."""
    with Newsroom.open(root) as newsroom:
        delivery = newsroom.settle(publication, address, role=role, arrived=arrived, reason=reason)
    click.echo(f"{delivery.address}: {delivery.state}")
    if not arrived:
        click.echo("next: stuifmail dispatch")


COMMANDS = (send, dispatch, settle)
