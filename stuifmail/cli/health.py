"""How the sources are doing, and notes to the members."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    from stuifmail.model.health import HealthReport, Note


@click.command()
@with_newsroom
@with_json
@click.option("--notes", is_flag=True, help="Show the ready-made notes to members; send them yourself.")
@click.option("--member", metavar="ID", help="Only this member.")
def health(root: Path, as_json: bool, notes: bool, member: str | None) -> None:
    """Show which sources and members need attention, and since when.

    Broken, moved, empty and silent sources, dates in the future, ids that are all the same,
    members without a source, and the first news of new members. Nothing is fetched: it tells
    what the last harvest found. --notes adds a friendly letter to each member concerned, in
    the member's language.
    """
    from stuifmail.config.codec import to_data

    with open_newsroom(root) as newsroom:
        report, zone = newsroom.health(member), zone_of(newsroom)
    if as_json:
        print_json(to_data(report))
    elif notes:
        click.echo(f"\n{'-' * 72}\n".join(map(_show_note, report.notes)) or "no member needs a note")
    else:
        _print_health(report, zone)
        _print_next(report, say_command(root, f"health --notes{f' --member {member}' if member else ''}"))


def _print_health(report: "HealthReport", zone: str) -> None:
    without = [trouble.member_id for trouble in report.troubles if trouble.kind == "no_source"]
    rows: list[dict[str, Any]] = [
        {
            "member": trouble.member_id,
            "source": trouble.source_id,
            "trouble": trouble.kind.replace("_", " "),
            "since": say_moment(trouble.since, zone)[4:-6] if trouble.since else "",
            "what": trouble.words,
            "what to do": trouble.remedy,
        }
        for trouble in report.troubles
        if trouble.kind != "no_source"
    ]
    print_rows(rows, rows[0] if rows else (), empty="nothing is the matter")
    if without:
        click.echo(f"members without a source, whose silence says nothing: {', '.join(without)}")
    for first in report.first_items:
        click.echo(f"first news of {first.member_id}, a new member: {first.title}")
    verb = "is" if report.healthy_count == 1 else "are"
    click.echo(f"{report.healthy_count} of {report.sources_count} sources {verb} well")


def _print_next(report: "HealthReport", command: str) -> None:
    if report.notes:
        click.echo(f"ready-made: {say_count(len(report.notes), 'note')} to members, see: {command}")


def _show_note(note: "Note") -> str:
    to = note.to or f"(no contact of {note.member_id} in sources.yaml)"
    return f"To: {to}\nSubject: {note.subject}\n\n{note.text}"
