"""Lists of what the newsroom holds."""

from pathlib import Path

import click

from stuifmail.cli.common import open_newsroom, parse_moment, say_command, with_json, with_newsroom, zone_of
from stuifmail.cli.printing import print_json, print_rows
from stuifmail.errors import UnknownPublication


@click.command()
@with_newsroom
@with_json
@click.option("--since", metavar="MOMENT", help="Only items dated from this moment on, such as 2026-04-07.")
@click.option(
    "--state",
    type=click.Choice(("ok", "removed", "killed")),
    help="Only those in use, taken away by their member, or struck out by an editor.",
)
def items(root: Path, as_json: bool, since: str | None, state: str | None) -> None:
    """List the stored pieces of member news, newest first."""
    with open_newsroom(root) as newsroom:
        zone = zone_of(newsroom)
        moment = parse_moment(since, zone, "--since") if since else None
        rows = newsroom.list_items(since=moment, state=state or "")
    columns = ("id", "dated_at", "member", "language", "state", "title")
    empty = f"no news since {since}" if since else _nothing_harvested(root, "news")
    if state:
        empty = f"no news that is {state}"
    print_rows(rows, columns, as_json=as_json, zone=zone, empty=empty)


def _nothing_harvested(root: Path, what: str) -> str:
    return f"no {what} yet; next: {say_command(root, 'harvest')}"


@click.command()
@with_newsroom
@with_json
def drafts(root: Path, as_json: bool) -> None:
    """List the publications and where they stand, newest first."""
    with open_newsroom(root) as newsroom:
        rows, zone = newsroom.list_drafts(), zone_of(newsroom)
    columns = ("id", "state", "revision", "blocking", "readers", "approved_by", "send_at")
    empty = f"no drafts yet; next: {say_command(root, 'draft')}"
    print_rows(rows, columns, as_json=as_json, zone=zone, empty=empty)


@click.command()
@with_newsroom
@with_json
@click.option("--verify", metavar="PUBLICATION", help="Check the hashes of one archived publication.")
def archive(root: Path, as_json: bool, verify: str | None) -> None:
    """List what was sent and is kept, or check that it is whole."""
    with open_newsroom(root) as newsroom:
        rows, zone = newsroom.list_archive(), zone_of(newsroom)
        if verify is None:
            columns = ("publication_id", "sent_at", "files_count", "finished")
            print_rows(rows, columns, as_json=as_json, zone=zone, empty="nothing has been sent yet")
            return
        if verify not in [row["publication_id"] for row in rows]:
            raise UnknownPublication(
                "nothing is archived under this id", place=verify, remedy="see what is: stuifmail archive"
            )
        problems = newsroom.verify_archive(verify)
    if as_json:
        print_json(problems)
    else:
        click.echo("\n".join(problems) or f"{verify} is whole: every hash agrees")
    if problems:
        raise click.exceptions.Exit(1)
