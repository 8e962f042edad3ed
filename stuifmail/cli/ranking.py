"""What the coming issue would be made of, and why."""

from pathlib import Path
from typing import Any

import click

from stuifmail.cli.common import open_newsroom, say_command, say_moment, with_json, with_newsroom, zone_of
from stuifmail.cli.printing import print_json


@click.command()
@click.argument("newsletter", required=False)
@click.option("--all", "with_all", is_flag=True, help="All that found no room, not only the next ten.")
@with_newsroom
@with_json
def rank(newsletter: str | None, with_all: bool, root: Path, as_json: bool) -> None:
    """Weigh the stories for the next issue, without drafting it.

    For each story it tells the points of every reason, and of what found no room what it lacked.
    NEWSLETTER may be left out where there is only one. The weights stand in sources.yaml under
    curation.
    """
    with open_newsroom(root) as newsroom:
        row, zone = newsroom.rank(newsletter), zone_of(newsroom)
    if as_json:
        print_json(row)
    else:
        _print_ranking(row, root, zone, None if with_all else 10)


def _print_ranking(row: dict[str, Any], root: Path, zone: str, limit: int | None) -> None:
    click.secho(f"{row['publication_id']}, to be sent {say_moment(row['send_at'], zone)}", bold=True)
    chosen = [one for one in row["candidates"] if one["section"]]
    missed = [one for one in row["candidates"] if not one["section"]]
    section = ""
    for one in chosen:
        if one["section"] != section:
            section = one["section"]
            click.echo(f"\n  [{section}]")
        _print_candidate(one)
    if missed:
        click.echo("\n  no room")
    for one in missed[:limit]:
        _print_candidate(one)
    if limit and len(missed) > limit:
        click.echo(f"    and {len(missed) - limit} more; --all lists them")
    if row["left_out"]:
        click.echo()
    for left in row["left_out"]:
        click.echo(f"  left out: {left['title'] or left['item']}: {left['reason']}")
    if not row["candidates"]:
        click.echo(f"  no news of this period: {say_command(root, 'sources')} tells how the sources do")
    _print_weights(row)


def _print_candidate(one: dict[str, Any]) -> None:
    members = f" ({', '.join(one['members'])})" if one["members"] else ""
    click.echo(f"    {one['points']:6.2f}  {one['title']}{members}")
    if one["reason"]:
        click.echo(f"            {one['reason']}")
    for reason in one["reasons"]:
        click.echo(f"            {reason['points']:+6.2f}  {reason['words']}")


def _print_weights(row: dict[str, Any]) -> None:
    weights = row["theme_weights"].items()
    if not row["survey"] and all(one["origin"] == "default" for _, one in weights):
        return
    if row["survey"]:
        survey = row["survey"]
        place = f"{survey['file']} of {survey['taken']}, {survey['answers_count']} answers"
        click.echo(f"\n  the members' survey ({place}) and sources.yaml give the themes these weights:")
    else:
        click.echo("\n  sources.yaml gives the themes these weights:")
    click.echo("    " + ", ".join(f"{theme} {one['weight']:g} ({one['origin']})" for theme, one in weights))
    for problem in row["survey"]["problems"] if row["survey"] else ():
        click.echo(f"    {problem}")
