"""Lists of what the newsroom holds."""

from datetime import datetime
from pathlib import Path

import click

from stuifmail.cli.common import parse_moment, print_json, print_rows, say_moment, with_json, with_newsroom
from stuifmail.model.deliveries import DeliveryState
from stuifmail.model.reviews import PublicationState
from stuifmail.newsroom import Newsroom, Row
from stuifmail.review.moves import next_step


@click.command()
@with_newsroom
@with_json
def sources(root: Path, as_json: bool) -> None:
    """List the sources and what the last harvest made of them."""
    with Newsroom.open(root) as newsroom:
        rows = newsroom.list_sources()
    print_rows(rows, ("id", "member", "kind", "state", "entries", "failing_since", "error"), as_json=as_json)


@click.command()
@with_newsroom
@with_json
@click.option("--since", help="Only items dated from this moment on, such as 2026-04-07.")
def items(root: Path, as_json: bool, since: str | None) -> None:
    """List the stored pieces of member news, newest first."""
    with Newsroom.open(root) as newsroom:
        moment = parse_moment(since, newsroom.config.organisation.time_zone) if since else None
        rows = newsroom.list_items(since=moment)
    print_rows(rows, ("dated_at", "member", "language", "title"), as_json=as_json)


@click.command()
@with_newsroom
@with_json
def events(root: Path, as_json: bool) -> None:
    """List the stored calendar events by start."""
    with Newsroom.open(root) as newsroom:
        rows = newsroom.list_events()
    print_rows(rows, ("starts_at", "status", "summary", "source"), as_json=as_json)


@click.command()
@with_newsroom
@with_json
def drafts(root: Path, as_json: bool) -> None:
    """List the publications and where they stand, newest first."""
    with Newsroom.open(root) as newsroom:
        rows = newsroom.list_drafts()
    columns = ("id", "state", "revision", "author", "blocking", "readers", "approved_by", "send_at")
    print_rows(rows, columns, as_json=as_json, empty="no drafts yet: stuifmail draft")


@click.command()
@click.argument("publication")
@with_newsroom
@with_json
def show(publication: str, root: Path, as_json: bool) -> None:
    """Show PUBLICATION: content, findings, approval and history."""
    with Newsroom.open(root) as newsroom:
        row = newsroom.describe_draft(publication)
        zone = newsroom.config.organisation.time_zone
    if as_json:
        print_json(row)
    else:
        _print_dossier(row, zone)


def _print_dossier(row: Row, zone: str) -> None:
    click.secho(f"{row['id']}: {row['state']}, revision {row['revision']} by {row['author']}", bold=True)
    for language, subject in row["subject"].items():
        click.echo(f"  subject ({language}): {subject}")
    moment = row["sent_at"] or row["due_at"] or row["send_at"]
    verb = "sent" if row["sent_at"] else "goes out" if row["due_at"] else "planned for"
    click.echo(f"  {verb} {say_moment(datetime.fromisoformat(moment), zone)}")
    for section in row["content"]["sections"]:
        click.echo(f"\n  [{section['id']}]")
        for block in section["blocks"]:
            title = next(iter(block["title"].values()), "")
            click.echo(f"    {title}" + (f"\n      {block['why']}" if block["why"] else ""))
    _print_findings(row)
    if row["deliveries"]:
        click.echo(
            "\n  copies: " + ", ".join(f"{count} {state}" for state, count in row["deliveries"].items())
        )
    click.echo("\n  history")
    for act in row["history"]:
        done_at = say_moment(datetime.fromisoformat(act["done_at"]), zone)
        reason = f" ({act['reason']})" if act["reason"] else ""
        click.echo(f"    {done_at}  {act['actor']}: {act['verb']} → {act['to_state']}{reason}")
    click.echo(f"\n  next: {next_step(PublicationState(row['state']), row['id'])}")


def _print_findings(row: Row) -> None:
    if not row["report"]:
        click.echo("\n  not checked yet")
        return
    click.echo(f"\n  findings: {len(row['report']['findings'])}, of which {row['blocking']} blocking")
    for finding in row["report"]["findings"]:
        place = f"{finding['place']}: " if finding["place"] else ""
        click.echo(f"    {finding['severity']}: {place}{finding['message']}: {finding['remedy']}")


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
    """List the copies of PUBLICATION: who got it, who did not and why."""
    with Newsroom.open(root) as newsroom:
        rows = newsroom.list_deliveries(publication, [DeliveryState(state) for state in states])
    print_rows(
        rows,
        ("address", "edition", "state", "attempts", "detail"),
        as_json=as_json,
        empty="no copies in this state" if states else "nothing has been sent yet",
    )


@click.command()
@with_newsroom
@with_json
@click.option("--verify", metavar="PUBLICATION", help="Check the hashes of one archived publication.")
def archive(root: Path, as_json: bool, verify: str | None) -> None:
    """List what was sent and is kept."""
    with Newsroom.open(root) as newsroom:
        if verify is None:
            rows = newsroom.list_archive()
            print_rows(rows, rows[0] if rows else (), as_json=as_json, empty="nothing has been sent yet")
            return
        problems = newsroom.verify_archive(verify)
    if as_json:
        print_json(problems)
    else:
        click.echo("\n".join(problems) or f"{verify} is whole: every hash agrees")
    if problems:
        raise click.exceptions.Exit(1)


COMMANDS = (sources, items, events, drafts, show, deliveries, archive)
