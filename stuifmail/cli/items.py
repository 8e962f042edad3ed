"""Single items: looking at one whole, striking it out, and taking that back."""

from pathlib import Path
from typing import Any

import click

from stuifmail.cli.common import (
    open_newsroom,
    say_command,
    say_moment,
    with_json,
    with_newsroom,
    with_role,
    zone_of,
)
from stuifmail.cli.printing import print_json
from stuifmail.cli.tracing import say_appearance, say_changes, say_document, say_standing, shorten

#: Fields of an entry that people want to see, in this order.
_FIELDS = (
    "published_at", "updated_at", "expires_at", "categories", "image_url", "asker", "answered",
    "address_candidates", "guid",
)  # fmt: skip


@click.command()
@click.argument("item")
@with_newsroom
@with_json
def item(item: str, root: Path, as_json: bool) -> None:
    """Show one ITEM whole: fields, versions, and where it stood.

    The beginning of its id is enough. Of each version it tells what the member changed: words
    that went stand in [-…-], words that came in {+…+}.
    """
    with open_newsroom(root) as newsroom:
        row, zone = newsroom.describe_item(item), zone_of(newsroom)
    if as_json:
        print_json(row)
        return
    _print_fields(row, zone)
    click.secho("versions", bold=True)
    for version in row["versions"]:
        click.echo(f"  {version['number']}  {say_document(version['document'], zone)}")
        for line in say_changes(version["changes"], zone):
            click.echo(f"     {line}")
    click.secho("where it stood", bold=True)
    for line in [say_appearance(one, zone) for one in row["appearances"]] or ["in no publication"]:
        click.echo(f"  {line}")
    click.echo(f"next: {say_command(root, 'trace ' + row['id'])}")


def _print_fields(row: dict[str, Any], zone: str) -> None:
    entry = row["entry"]
    click.secho(f"{row['id']}: {row['title'] or 'without a title'}", bold=True)
    click.echo(f"  of {row['member_id'] or 'the secretariat'}, source {row['source_id']}")
    click.echo(f"  {row['link'] or 'no link'}")
    click.echo(f"  {say_standing(row, zone)}")
    click.echo(f"  language: {row['language']} (known from: {row['language_origin']})")
    for name in _FIELDS:
        if value := entry[name]:
            click.echo(f"  {name.removesuffix('_at').replace('_', ' ')}: {_say(name, value, zone)}")
    if entry["text"]:
        click.echo(f"\n{click.wrap_text(entry['text'], 90, '  ', '  ', preserve_paragraphs=True)}\n")


def _say(name: str, value: Any, zone: str) -> str:
    if name.endswith("_at"):
        return say_moment(value, zone)
    if isinstance(value, bool):
        return "yes"
    return ", ".join(value) if isinstance(value, list) else str(value)


@click.command()
@click.argument("item")
@with_role
@click.option("--reason", default="", metavar="WHY", help="Why; kept with the item.")
@click.option("--undo", is_flag=True, help="Take it back: the item may come into drafts again.")
@with_newsroom
def kill(item: str, role: str, reason: str, undo: bool, root: Path) -> None:
    """Strike ITEM out for good: it comes into no draft any more.

    Not when its source brings it again, edits it, or gives it another id or address. The
    beginning of its id is enough; stuifmail items shows the ids. --undo takes it back.
    """
    with open_newsroom(root) as newsroom:
        if undo:
            report = newsroom.revive_item(item, role=role)
        else:
            report = newsroom.kill_item(item, role=role, reason=reason)
    name = f"{shorten(report.item_id)} ({report.title})"
    if not report.killed:
        click.echo(f"{name} may come into drafts again")
        return
    click.echo(f"{name} is struck out; it never comes into a draft again")
    for draft in report.drafts:
        command = say_command(root, f"edit {draft} --as {role}")
        click.echo(f"it stands in {draft}, which was not sent yet; take it out there: {command}")
    click.echo(f"take it back: {say_command(root, f'kill {shorten(report.item_id)} --as {role} --undo')}")
