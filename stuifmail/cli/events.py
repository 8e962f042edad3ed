"""Events: listing them, looking at one whole, and putting one's own words over its source's."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from stuifmail.cli.common import (
    open_newsroom,
    parse_moment,
    say_command,
    say_count,
    say_moment,
    with_json,
    with_newsroom,
    with_role,
    zone_of,
)
from stuifmail.cli.own_events import print_own_event, print_own_events
from stuifmail.cli.printing import print_json, print_rows


@click.command()
@with_newsroom
@with_json
@click.option(
    "--changed-since",
    metavar="MOMENT",
    help="Only events that their source changed since, such as 2026-05-01, with what changed.",
)
@click.option("--ours", is_flag=True, help="Our own events of sources.yaml, instead of calendars.")
def events(root: Path, as_json: bool, changed_since: str | None, ours: bool) -> None:
    """List the stored calendar events by their next date.

    With --ours it lists the events of sources.yaml, and how much each lacks for an invitation.

    The remark tells of dates that are still open, of an event that its source took away, of what
    you amended, and where the source changed the same field after you (conflict).
    """
    if ours and changed_since:
        raise click.UsageError("--changed-since asks of calendars; leave out --ours")
    with open_newsroom(root) as newsroom:
        if ours:
            language = newsroom.config.organisation.languages[0]
            print_own_events(newsroom.list_own_events(), language=language, as_json=as_json)
            return
        zone = zone_of(newsroom)
        since = parse_moment(changed_since, zone, "--changed-since") if changed_since else None
        rows = newsroom.list_events(changed_since=since)
    if not as_json:
        rows = [{**row, "remark": _remark(row, with_changes=since is not None)} for row in rows]
    empty = (
        f"no event changed since {changed_since}"
        if since
        else f"no events yet; next: {say_command(root, 'harvest')}"
    )
    columns = ("id", "starts_at", "status", "summary", "source", "remark")
    print_rows(rows, columns, as_json=as_json, zone=zone, empty=empty)


def _remark(row: dict[str, Any], *, with_changes: bool) -> str:
    parts = [
        row["open_date"],
        f"and {say_count(row['more_dates_count'], 'more date')}" if row["more_dates_count"] else "",
        "taken away by its source" if row["state"] == "removed" else "",
        f"CONFLICT: {', '.join(row['conflicting'])}" if row["conflicting"] else "",
        f"amended: {', '.join(row['edited'])}" if row["edited"] else "",
    ]
    if with_changes:
        told = [
            change for change in row["changes"] if change["kind"] != "removed" or row["state"] != "removed"
        ]
        parts += [line for change in told for line in [change["kind"], *_say_changes(change)]]
    return "; ".join(part for part in parts if part)


def _say_changes(change: dict[str, Any]) -> list[str]:
    return [
        f"{each['field'].removesuffix('_at')}: {each['before'] or 'nothing'} -> {each['after'] or 'nothing'}"
        for each in change["changes"]
    ]


@click.command()
@click.argument("event")
@with_newsroom
@with_json
def event(event: str, root: Path, as_json: bool) -> None:
    """Show one EVENT whole: what counts, and what changed.

    The beginning of its id is enough; stuifmail events shows the ids. Of an event of our own, by
    its id in sources.yaml: its parts, programme, figures, who joined there, and what it still
    lacks before people are invited.
    """
    with open_newsroom(root) as newsroom:
        row, zone = newsroom.describe_event(event), zone_of(newsroom)
        language = newsroom.config.organisation.languages[0]
    if as_json:
        print_json(row)
        return
    if "record" in row:
        print_own_event(row, root, language)
        return
    short = row["id"][:8]
    _print_event(row, zone)
    _print_past(row, zone)
    for each in row["conflicts"]:
        name = each["field"].removesuffix("_at")
        click.secho(f"conflict in {name}: you and the source both changed it; yours counts", bold=True)
        ours, theirs, base = (each[key] or "nothing" for key in ("ours", "theirs", "base"))
        click.echo(f"  yours: {ours}; the source's: {theirs}; before: {base}")
        click.echo(f"  take theirs: {say_command(root, f'amend {short} --take {name} --as ROLE')}")


def _print_event(row: dict[str, Any], zone: str) -> None:
    click.secho(f"{row['id']}: {row['summary'] or 'without a title'}", bold=True)
    click.echo(f"  of {row['member'] or 'the secretariat'}, source {row['source']}, version {row['version']}")
    for name, said in row["said"].items():
        if said and name != "summary":
            click.echo(f"  {name}: {said}")
    if row["time_zone"]:
        click.echo(f"  zone: {row['time_zone']}")
    if row["entry"]["rrule"] or row["entry"]["occurrences"]:
        click.echo(f"  repeats: {row['entry']['rrule'] or 'on single dates'}; {_dates_to_come(row, zone)}")
    if row["removed_at"]:
        click.echo(f"  taken away by its source, seen {say_moment(row['removed_at'], zone)}")


def _print_past(row: dict[str, Any], zone: str) -> None:
    """Print what the source changed, and what an editor put over it."""
    click.secho("what the source changed", bold=True)
    for change in row["changes"]:
        click.echo(f"  {say_moment(change['recorded_at'], zone)}: {change['kind']}")
        for line in _say_changes(change):
            click.echo(f"    {line}")
    if not row["changes"]:
        click.echo("  nothing")
    if row["edits"]:
        click.secho("what you amended", bold=True)
    for edit in row["edits"]:
        why = f", {edit['reason']}" if edit["reason"] else ""
        said, source_said = (edit[key] or "nothing" for key in ("said", "source_said"))
        click.echo(f"  {edit['field']}: {said}; the source says: {source_said}")
        click.echo(f"    by {edit['actor']} on {say_moment(edit['edited_at'], zone)}{why}")


def _dates_to_come(row: dict[str, Any], zone: str) -> str:
    from stuifmail.model.event_words import say_moment as say_start

    text = row["starts_at"]
    if not text:
        return "no date to come is known"
    when = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    next_one = say_start(when, row["time_zone"] or zone)
    count = row["more_dates_count"]
    return f"next {next_one}; {say_count(count, 'date')} after that {'is' if count == 1 else 'are'} known"


@click.command()
@click.argument("event")
@click.argument("values", metavar="FIELD=VALUE...", nargs=-1)
@with_role
@click.option("--reason", default="", metavar="WHY", help="Why; kept with the event.")
@click.option("--undo", multiple=True, metavar="FIELD", help="Let the source's word count again.")
@click.option("--take", multiple=True, metavar="FIELD", help="In a conflict, take the source's word.")
@with_newsroom
def amend(
    event: str,
    values: tuple[str, ...],
    role: str,
    reason: str,
    undo: tuple[str, ...],
    take: tuple[str, ...],
    root: Path,
) -> None:
    """Put your own words over what the source says of EVENT.

    Fields are summary, location, starts, ends, status, url and description; times are written as
    "2026-06-09 14:00" in the event's own zone, days as 2026-06-09. Your words outlive harvests.
    When the source changes the same field later, yours counts, and stuifmail events tells.
    """
    given = dict(_split(value) for value in values)
    if not (given or undo or take):
        raise click.UsageError('say what to amend, such as starts="2026-06-09 14:00"')
    with open_newsroom(root) as newsroom:
        report = newsroom.amend_event(event, given, role=role, reason=reason, undo=undo, take=take)
    for name, (before, after) in report.changed.items():
        click.echo(f"{name}: {before or 'nothing'} -> {after or 'nothing'}")
    for field in report.settled:
        click.echo(f"{field.removesuffix('_at')}: the conflict is settled")
    if not (report.changed or report.settled):
        click.echo("nothing changed")
    click.echo(f"see it whole: {say_command(root, f'event {report.event.id[:8]}')}")


def _split(value: str) -> tuple[str, str]:
    name, sign, text = value.partition("=")
    if not sign:
        raise click.BadParameter(f'{value!r} is no FIELD=VALUE; write starts="2026-06-09 14:00"')
    return name.strip(), text
