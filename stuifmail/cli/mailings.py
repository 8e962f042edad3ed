"""Messages around events: their timeline, and drafting them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stuifmail.cli.common import (
    open_newsroom,
    say_command,
    say_count,
    say_moment,
    with_json,
    with_newsroom,
    zone_of,
)
from stuifmail.cli.printing import print_json, print_rows

if TYPE_CHECKING:
    from stuifmail.newsroom.mailings.messages import MailingReport


@click.command()
@click.argument("event", required=False)
@with_newsroom
@with_json
@click.option("--all", "show_all", is_flag=True, help="Also what was sent, is skipped or comes too late.")
def mailings(event: str | None, root: Path, as_json: bool, show_all: bool) -> None:
    """List the messages to come around EVENT or all, by their day.

    EVENT is one of our own events, or a moment of the year. Shown is what is due, drafted, planned
    or waits for a date. The remark says why a message waits, is skipped or comes too late, and why
    it is due on another day than the rule says.
    """
    from stuifmail.config.codec import to_data

    with open_newsroom(root) as newsroom:
        found, zone = newsroom.list_timeline(event), zone_of(newsroom)
    shown = [row for row in found if show_all or row.state not in ("sent", "skipped", "too late")]
    rows = [to_data(row) for row in shown]
    if not as_json:
        rows = [{**row, "remark": "; ".join(filter(None, (row["why"], row["shifted"])))} for row in rows]
    columns = ("due_at", "about", "kind", "state", "publication_id", "remark")
    empty = "no message is still to come" if found else "no event of ours has messages"
    print_rows(rows, columns, as_json=as_json, zone=zone, empty=empty)
    if not as_json and (more := len(found) - len(shown)):
        command = say_command(root, " ".join(filter(None, ("mailings", event, "--all"))))
        click.echo(f"\n{more} more are sent, skipped or too late: {command}")


@click.command()
@click.argument("event", required=False)
@click.argument("kind", required=False)
@click.option("--due", is_flag=True, help="Every message that is due, and an update for each change.")
@with_newsroom
@with_json
def mailing(event: str | None, kind: str | None, due: bool, root: Path, as_json: bool) -> None:
    """Draft one message around EVENT, or all that are due.

    KIND is a message such as invitation, reminder or results; stuifmail mailings lists them. What
    was drafted before is left as it is. A change of date or place is told once, to those who were
    told otherwise; a draft of it that nobody edited is brought up to date.
    """
    from stuifmail.config.codec import to_data

    if due == bool(event and kind):
        raise click.UsageError("name an EVENT and a KIND, such as workshop-2026 invitation; or give --due")
    with open_newsroom(root) as newsroom:
        zone = zone_of(newsroom)
        reports = newsroom.draft_due_mailings() if due else [newsroom.draft_mailing(event or "", kind or "")]
    if as_json:
        print_json([to_data(report) for report in reports])
        return
    for report in reports:
        _print_report(report, root, zone)
    if not reports:
        click.echo(f"nothing is due; see: {say_command(root, 'mailings')}")
    elif due:
        created = sum(report.created for report in reports)
        click.echo(f"{say_count(created, 'message')} drafted")


def _print_report(report: "MailingReport", root: Path, zone: str) -> None:
    name = report.publication_id or f"{report.about} {report.kind}"
    if report.created and report.send_at:
        click.echo(f"{name}: drafted, to be sent {say_moment(report.send_at, zone)}")
        click.echo(f"  next: {say_command(root, f'proof {name}')}")
    elif report.why:
        click.echo(f"{name}: {report.why}")
    else:
        click.echo(f"{name} was drafted before ({report.state}); nothing was changed")
