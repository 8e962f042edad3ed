"""Queueing, sending, and what became of each copy."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stuifmail.cli.common import (
    open_newsroom,
    parse_moment,
    say_command,
    say_moment,
    say_role,
    with_json,
    with_newsroom,
    with_role,
    zone_of,
)
from stuifmail.cli.printing import print_json, print_rows
from stuifmail.errors import WrongState
from stuifmail.model.deliveries import DeliveryState

if TYPE_CHECKING:
    from stuifmail.newsroom import Newsroom, SendReport

_STOPPED = 130


@click.command()
@click.argument("publication")
@with_role
@click.option("--now", "at_once", is_flag=True, help="Send at once instead of at the planned moment.")
@click.option("--at", "moment", metavar="MOMENT", help="Send at this moment, such as '2026-05-06 10:00'.")
@with_newsroom
def send(publication: str, role: str, at_once: bool, moment: str | None, root: Path) -> None:
    """Let an approved PUBLICATION go out at its planned moment.

    A moment without a zone is in the newsroom's own. When the planned moment has passed, it goes
    out at once; later moments are for `stuifmail dispatch`, by hand or from the schedule.
    """
    if at_once and moment:
        raise click.UsageError("--now and --at exclude each other")
    with open_newsroom(root) as newsroom:
        row = newsroom.describe_draft(publication)
        if row["state"] == "queued" and row["deliveries"]:
            remedy = f"go on with: {say_command(root, 'dispatch')}"
            raise WrongState("sending has begun already", place=publication, remedy=remedy)
        at = newsroom.now() if at_once else _read_future(newsroom, moment) if moment else None
        due_at = newsroom.queue(publication, role=role, at=at or _missed(newsroom, row))
        if due_at > newsroom.now():
            told = say_moment(due_at, zone_of(newsroom))
            click.echo(f"{publication} goes out {told}, with: {say_command(root, 'dispatch')}")
            return
        reports = _dispatch(newsroom, publication, root)
        _print_reports(reports, newsroom, root)
    _fail_where(reports)


def _read_future(newsroom: "Newsroom", text: str) -> datetime:
    zone = zone_of(newsroom)
    moment = parse_moment(text, zone, "--at")
    if moment < newsroom.now():
        told = say_moment(moment, zone)
        raise click.BadParameter(f"{told} has passed; to send at once, say --now", param_hint="--at")
    return moment


def _missed(newsroom: "Newsroom", row: dict[str, Any]) -> datetime | None:
    """Answer now where the planned moment has passed, else None."""
    planned = datetime.fromisoformat(row["send_at"])
    return newsroom.now() if planned < newsroom.now() else None


@click.command()
@click.argument("publication", required=False)
@with_newsroom
@with_json
@click.option("--moment", metavar="MOMENT", help="Act as if it were this moment, such as '2026-05-06 10:00'.")
def dispatch(publication: str | None, root: Path, as_json: bool, moment: str | None) -> None:
    """Send what is due, and go on with what was interrupted.

    Nobody is mailed twice: a copy that nobody can vouch for is listed as uncertain and waits
    for a person's word (settle).
    """
    from stuifmail.config.codec import to_data

    with open_newsroom(root) as newsroom:
        now = parse_moment(moment, zone_of(newsroom), "--moment") if moment else None
    with open_newsroom(root, now=now) as newsroom:
        waiting = _find_waiting(newsroom, publication)
        reports = _dispatch(newsroom, publication, root)
        if as_json:
            print_json([to_data(report) for report in reports])
        elif reports:
            _print_reports(reports, newsroom, root)
        else:
            click.echo("\n".join(["nothing is due", *waiting]))
    _fail_where(reports)


def _find_waiting(newsroom: "Newsroom", publication: str | None) -> list[str]:
    """Say of each queued publication when it goes out; of the one that was named also when it went.

    Raises:
        UnknownPublication, WrongState: the one that was named is not there, or nobody let it go yet.
    """
    from stuifmail.model.reviews import PublicationState
    from stuifmail.review.moves import next_step

    zone = zone_of(newsroom)
    rows = [newsroom.describe_draft(publication)] if publication else newsroom.list_drafts()
    if publication and rows[0]["state"] == PublicationState.SENT:
        return [f"  {publication} was sent {say_moment(rows[0]['sent_at'], zone)}"]
    if publication and rows[0]["state"] != PublicationState.QUEUED:
        remedy = next_step(PublicationState(rows[0]["state"]), publication)
        raise WrongState("it may not go out yet", place=publication, remedy=remedy)
    return [
        f"  {row['id']} goes out {say_moment(row['due_at'], zone)}"
        for row in rows
        if row["state"] == PublicationState.QUEUED
    ]


def _dispatch(newsroom: "Newsroom", publication: str | None, root: Path) -> list["SendReport"]:
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("sending", total=None)

        def advance(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        try:
            return newsroom.dispatch(publication, on_copy=advance)
        except KeyboardInterrupt:
            again = say_command(root, "dispatch")
            click.echo(f"stopped; every copy is accounted for; go on with: {again}", err=True)
            raise click.exceptions.Exit(_STOPPED) from None


def _print_reports(reports: list["SendReport"], newsroom: "Newsroom", root: Path) -> None:
    for report in reports:
        name, sent = report.publication_id, report.dispatched
        counts = sent.counts if sent else {}
        told = ", ".join(f"{count} {state}" for state, count in counts.items()) or "nothing was sent"
        click.echo(f"{name}: {report.state}: {told}")
        for address in sent.uncertain if sent else ():
            settle_it = f"settle {name} {address} --as {say_role(newsroom, 'send')}"
            click.echo(f"  uncertain: {address}: ask, then: {say_command(root, settle_it)}")
        if report.waits_until and not report.error:
            end = say_moment(report.waits_until, zone_of(newsroom))
            click.echo(f"  under embargo: the rest goes out {end}, with: {say_command(root, 'dispatch')}")
        if counts.get(DeliveryState.DEFERRED):
            click.echo(f"  deferred copies are tried again by: {say_command(root, 'dispatch')}")
        if report.archive:
            click.echo(f"  kept in {report.archive}")


def _fail_where(reports: list["SendReport"]) -> None:
    """End with exit code 1 where something did not go out, and say why."""
    errors = [report.error for report in reports if report.error]
    for error in errors:
        click.echo(error, err=True)
    if errors:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("publication")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([state.value for state in DeliveryState]),
    help="Only copies in this state; may be repeated.",
)
@with_newsroom
@with_json
def deliveries(publication: str, states: tuple[str, ...], root: Path, as_json: bool) -> None:
    """List the copies of PUBLICATION: who got it, who did not, why."""
    with open_newsroom(root) as newsroom:
        rows: list[dict[str, Any]] = newsroom.list_deliveries(publication, [DeliveryState(s) for s in states])
    columns = ("address", "edition", "state", "attempts", "detail")
    empty = "no copies in this state" if states else "nothing has been sent yet"
    print_rows(rows, columns, as_json=as_json, empty=empty)


@click.command()
@click.argument("publication")
@click.argument("address")
@with_role
@click.option("--arrived/--again", required=True, help="It is known to have arrived, or is to be sent again.")
@click.option("--reason", required=True, metavar="TEXT", help="How you know; it is kept in the history.")
@with_newsroom
def settle(publication: str, address: str, role: str, arrived: bool, reason: str, root: Path) -> None:
    """Decide on a copy that nobody can vouch for.

    ADDRESS is the reader's. A copy that was refused can be sent again, too.
    """
    with open_newsroom(root) as newsroom:
        delivery = newsroom.settle(publication, address, role=role, arrived=arrived, reason=reason)
        state = newsroom.describe_draft(publication)["state"]
    click.echo(f"{delivery.address}: {delivery.state}")
    if state == "queued":
        click.echo(f"next: {say_command(root, 'dispatch')}")
