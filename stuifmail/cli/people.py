"""Who may get what: the press list, and the readers of a publication or audience."""

from pathlib import Path
from typing import Any

import click

from stuifmail.cli.common import open_newsroom, say_count, with_json, with_newsroom
from stuifmail.cli.printing import print_json, print_rows


@click.command("press-list")
@with_newsroom
@with_json
def press_list(root: Path, as_json: bool) -> None:
    """Show the desks of the press list, and what is wrong with it.

    Each desk with its language, whether it keeps embargoes, which audiences have it, and why it
    gets nothing. Desks that nobody spoke to for two years are named: have a look at them.
    """
    with open_newsroom(root) as newsroom:
        found = newsroom.describe_press_list()
    if as_json:
        print_json(found)
        return
    rows = [_desk_row(desk) for desk in found["desks"]]
    print_rows(rows, rows[0] if rows else (), empty="no desks yet")
    _print_problems(found["problems"])
    trusted = sum(desk["is_trusted"] and not desk["why_not"] for desk in found["desks"])
    silent = sum(bool(desk["why_not"] or not desk["audiences"]) for desk in found["desks"])
    click.echo(f"{say_count(len(rows), 'desk')}, {trusted} trusted with embargoes, {silent} that get nothing")


def _desk_row(desk: dict[str, Any]) -> dict[str, Any]:
    alone = "" if desk["audiences"] else "in no audience"
    look = f"last contact {desk['last_contact'] or 'unknown'}: have a look" if desk["is_due"] else ""
    return {
        "desk": ", ".join(part for part in (desk["outlet"], desk["desk"]) if part),
        "address": desk["address"],
        "country": desk["country"],
        "language": desk["language"],
        "kind": desk["kind"],
        "trusted": desk["is_trusted"],
        "audiences": ", ".join(desk["audiences"]),
        "remark": "; ".join(part for part in (desk["why_not"] or alone, look) if part),
    }


@click.command()
@with_newsroom
@with_json
@click.argument("name", metavar="ID")
def audience(root: Path, as_json: bool, name: str) -> None:
    """Show who would get a publication, and why others would not.

    ID is a publication (see drafts) or an audience of sources.yaml. All sheets are read anew; nothing
    is stored or sent.
    """
    with open_newsroom(root) as newsroom:
        found = newsroom.describe_audience(name)
    if as_json:
        print_json(found)
        return
    rows = [_reader_row(reader) for reader in found["readers"]]
    print_rows(rows, rows[0] if rows else (), empty="nobody is in this audience")
    _print_problems(found["problems"])
    editions = ", ".join(f"{count} {code}" for code, count in found["editions"].items())
    click.echo(
        f"{say_count(found['readers_count'], 'reader')}{f' ({editions})' if editions else ''}, "
        f"{found['suppressed_count']} get nothing"
    )


def _reader_row(reader: dict[str, Any]) -> dict[str, Any]:
    return {
        "address": reader["address"],
        "name": reader["name"],
        "edition": "" if reader["suppressed"] else reader["edition"],
        "trusted": reader["is_trusted"],
        "because": reader["basis"],
        "why not": reader["suppressed"],
    }


def _print_problems(problems: list[dict[str, Any]]) -> None:
    for each in problems:
        place = f"{each['file']}:{each['line']}" if each["line"] else each["file"]
        click.echo(": ".join(part for part in (place, each["message"], each["remedy"]) if part))
