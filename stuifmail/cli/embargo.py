"""Embargoes of press releases: shown, set, lifted, withdrawn."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stuifmail.cli.common import open_newsroom, say_command, say_moment, with_newsroom
from stuifmail.cli.correcting import parse_texts, say_withdrawn

if TYPE_CHECKING:
    from stuifmail.newsroom import Newsroom
    from stuifmail.newsroom.outgoing.embargoes import EmbargoReport


@click.command()
@click.argument("publication")
@click.option("--until", metavar="TIME", help="Set it: day and hour, such as '2026-06-10 00:01'.")
@click.option("--zone", metavar="ZONE", help="Of that hour; the newsroom's own where it is left out.")
@click.option(
    "--reason",
    "reasons",
    multiple=True,
    metavar="TEXT",
    help="Why; for an embargo in each language: nl=…, en=….",
)
@click.option(
    "--lift", "act", flag_value="lift", help="End it now, for instance because the news is known elsewhere."
)
@click.option(
    "--withdraw", "act", flag_value="withdraw", help="Take the release back, and tell those who have it."
)
@click.option("--as", "role", metavar="ROLE", help="In which role: an id of review.roles.")
@with_newsroom
def embargo(
    publication: str,
    until: str | None,
    zone: str | None,
    reasons: tuple[str, ...],
    act: str | None,
    role: str | None,
    root: Path,
) -> None:
    """Show, set, lift or withdraw the embargo of a press release.

    PUBLICATION is one of its language versions; an embargo is that of all of them. Until it ends,
    only desks that are trusted get the release; its web page, and everything else that tells of
    the same event or figures, has to wait. Two minutes are added, because clocks differ.
    """
    if until and act:
        raise click.UsageError(f"--until and --{act} exclude each other")
    if (until or act) and not (role and reasons):
        raise click.UsageError("say in which role, with --as, and why, with --reason")
    with open_newsroom(root) as newsroom:
        if until:
            _set(newsroom, publication, until, zone, reasons, role or "")
        elif act == "lift":
            newsroom.lift_embargo(publication, reason=" ".join(reasons), role=role or "")
        elif act == "withdraw":
            taken = newsroom.withdraw_embargoed(publication, reason=" ".join(reasons), role=role or "")
            say_withdrawn(taken, newsroom, root)
        report = newsroom.show_embargo(publication)
    _print(report, root, lifted=act == "lift")


def _set(
    newsroom: "Newsroom", publication: str, until: str, zone: str | None, reasons: tuple[str, ...], role: str
) -> None:
    own = newsroom.config.organisation
    reason = dict(parse_texts(reasons, own.languages, own.languages[0], "--reason"))
    newsroom.set_embargo(publication, until=until, zone=zone or own.time_zone, reason=reason, role=role)


def _print(report: "EmbargoReport", root: Path, *, lifted: bool) -> None:
    record = report.record
    if record is None:
        click.echo(f"{report.facts_id}: no embargo")
        return
    state = "over" if report.is_over else "in force"
    end = say_moment(record.until_at, record.time_zone)
    click.echo(f"{report.facts_id}: embargo until {end} ({record.time_zone}), {state}")
    click.echo(f"  of {', '.join(report.publication_ids)}")
    click.echo(f"  set by {record.set_by}: {record.reason}")
    if record.lifted_at:
        told = say_moment(record.lifted_at, record.time_zone)
        click.echo(f"  lifted by {record.lifted_by} on {told}: {record.lift_reason}")
    if record.withdrawn_at:
        told = say_moment(record.withdrawn_at, record.time_zone)
        click.echo(f"  withdrawn by {record.withdrawn_by} on {told}: {record.withdraw_reason}")
    if lifted:
        click.echo(f"next: {say_command(root, 'dispatch')}")
