"""Where a paragraph came from, and whom a piece of news reached."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from stuifmail.cli.common import open_newsroom, say_command, say_moment, with_json, with_newsroom, zone_of
from stuifmail.cli.printing import print_json
from stuifmail.errors import StoreUnwritable

#: So much of a hash or id tells it apart.
_SHORT = 12
_KEEPINGS = {
    "kept": "kept, {bytes_count} bytes, true to their hash",
    "damaged": "kept, but NOT what was fetched: the database was changed by other means",
    "gone": "not kept",
    "private": "never kept, because the sheet names people",
}
#: What the figures about members call their source.
_LEDGER = "ledger"


@click.command()
@click.argument("what")
@click.option("--bytes", "sha256", default="", metavar="SHA256", help="Print one document as it was fetched.")
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write --bytes here.")
@with_newsroom
@with_json
def trace(what: str, sha256: str, file: Path | None, root: Path, as_json: bool) -> None:
    """Tell where an issue came from, or whom an item reached.

    WHAT is a publication: then each paragraph is traced to its item, source, address and the bytes
    that were fetched. Or it is the beginning of an item's or event's id: then every version and
    every publication is told, with the readers whose copy the next server accepted.
    """
    from stuifmail.config.codec import to_data

    if file is not None and not sha256:
        raise click.UsageError("--to goes with --bytes, which says which document to write")
    with open_newsroom(root) as newsroom:
        found, zone = newsroom.trace(what), zone_of(newsroom)
        content = newsroom.read_bytes(found, sha256) if sha256 else b""
    if sha256:
        _give(content, file)
    elif as_json:
        print_json(to_data(found))
    else:
        _print_trace(to_data(found), zone, root)


def _give(content: bytes, file: Path | None) -> None:
    if file is None:
        click.echo(content, nl=False)
        return
    try:
        if file.exists() and file.read_bytes() != content:
            raise click.BadParameter(f"{file} is there already; name another file", param_hint="--to")
        file.write_bytes(content)
    except OSError as error:
        raise StoreUnwritable(
            f"the document cannot be written ({error.strerror})",
            place=str(file),
            remedy="name a file in a folder that you may write to",
        ) from error
    click.echo(f"{len(content)} bytes written to {file}")


def _print_trace(row: dict[str, Any], zone: str, root: Path) -> None:
    if row["kind"] == "issue":
        _print_issue(row, zone, root)
    else:
        _print_record(row, zone, root)


def _print_issue(row: dict[str, Any], zone: str, root: Path) -> None:
    moment = f" {say_moment(row['sent_at'], zone)}" if row["sent_at"] else ""
    click.secho(f"{row['publication_id']}: {row['state']}{moment}, revision {row['revision']}", bold=True)
    if row["sent_at"] or row["accepted"]:
        click.echo(f"  {say_readers(row['accepted'])}")
    if row["from_archive"]:
        click.echo("  origins as they were archived with the letter")
    section = None
    for block in row["blocks"]:
        if block["section_id"] != section:
            section = block["section_id"]
            click.echo(f"\n  [{section}]")
        click.secho(f"    {block['block_id']}  {block['title']}", bold=True)
        for line in _say_block(block, zone, root):
            click.echo(f"      {line}")
    command = f"trace {row['publication_id']} --bytes SHA256"
    click.echo(f"\n  the bytes of a document: {say_command(root, command)}")


def _say_block(block: dict[str, Any], zone: str, root: Path) -> Iterator[str]:
    if block["record_id"]:
        yield from _say_origin(block, zone, root)
    elif not block["figures"]:
        by = "stuifmail itself" if block["author"] == "stuifmail" else block["author"]
        yield f"written by {by}, from no source"
    for figure in block["figures"]:
        yield f"{figure['figure']['value']}: {figure['figure']['id']}, as {figure['figure']['definition']}"
        yield f"  counted in {say_document(figure['document'], zone)}"
    if block["edited_by"]:
        yield f"words edited by {', '.join(block['edited_by'])}"


def _say_origin(block: dict[str, Any], zone: str, root: Path) -> Iterator[str]:
    name = shorten(block["record_id"])
    if block["document"] is None:
        yield f"made from {name}, of which nothing is known any more"
        return
    members = ", ".join(block["members"]) or "the secretariat"
    called = f', there "{block["original_title"]}"' if block["original_title"] != block["title"] else ""
    yield f"version {block['version']} of {name}{called}; credited: {members}"
    if block["also"]:
        yield f"the same news as {', '.join(map(shorten, block['also']))}"
    yield say_document(block["document"], zone)
    if block["newest_version"] is None:
        yield "the newsroom itself no longer has it"
    elif block["newest_version"] != block["version"]:
        yield f"changed at its source since, now version {block['newest_version']}: " + say_command(
            root, f"trace {name}"
        )


def _print_record(row: dict[str, Any], zone: str, root: Path) -> None:
    click.secho(f"{row['kind']} {row['id']}: {row['title'] or 'without a title'}", bold=True)
    click.echo(f"  of {row['member_id'] or 'the secretariat'}, source {row['source_id']}")
    click.echo(f"  {row['link'] or 'no link'}")
    click.echo(f"  {say_standing(row, zone)}")
    click.echo("\n  versions")
    for version in row["versions"]:
        click.echo(f"    {version['number']}  {say_document(version['document'], zone)}")
        for line in say_changes(version["changes"], zone):
            click.echo(f"       {line}")
    click.echo("\n  where it stood")
    for line in [say_appearance(one, zone) for one in row["appearances"]] or ["in no publication"]:
        click.echo(f"    {line}")
    command = f"trace {shorten(row['id'])} --bytes SHA256"
    click.echo(f"\n  the bytes of a document: {say_command(root, command)}")


def shorten(name: str) -> str:
    """Answer as much of an id or hash as tells it apart."""
    return name[:_SHORT]


def say_document(document: Mapping[str, Any], zone: str) -> str:
    """Answer where a document came from, when, and whether its bytes are at hand."""
    if document["source_id"] == _LEDGER:
        moment = say_moment(document["fetched_at"], zone)
        return f"the members in sources.yaml, {moment}; sha256 {shorten(document['sha256'])}"
    place = f" from {document['url']}" if document["url"] else ""
    keeping = _KEEPINGS[document["keeping"]].format(**document)
    moment = say_moment(document["fetched_at"], zone) if document["fetched_at"] else "at an unknown moment"
    return f"{document['source_id']}{place}, {moment}; sha256 {shorten(document['sha256'])}, {keeping}"


def say_changes(changes: Iterable[Mapping[str, str]], zone: str) -> Iterator[str]:
    """Answer what a version changed, two lines for a text, one for all else."""
    for change in changes:
        name = change["field"].removesuffix("_at").replace("_", " ")
        before, after = (_say_value(change, side, zone) for side in ("before", "after"))
        if change["field"] in ("title", "text"):
            yield f"{name}, before: {before}"
            yield f"{name}, after:  {after}"
        else:
            yield f"{name}: {before} → {after}"


def _say_value(change: Mapping[str, str], side: str, zone: str) -> str:
    value = change[side]
    if value and change["field"].endswith("_at") and "T" in value:
        return say_moment(value, zone)
    return value or "nothing"


def say_standing(row: Mapping[str, Any], zone: str) -> str:
    """Answer whether an item may be used, and who took it back."""
    if row["killed_at"]:
        moment = say_moment(row["killed_at"], zone)
        return f"struck out by {row['killed_by']} {moment}: {row['kill_reason']}"
    if row["removed_at"]:
        return f"no longer in its source since {say_moment(row['removed_at'], zone)}"
    return f"first seen {say_moment(row['first_seen_at'], zone)}"


def say_appearance(one: Mapping[str, Any], zone: str) -> str:
    """Answer in which publication and block a record stood, and whom it reached."""
    place = f"{one['publication_id']} [{one['section_id']}] {one['block_id']}"
    used = f", version {one['version']}" if one["version"] else ""
    if one["through"]:
        used = f", told through {shorten(one['through'])}, which is the same news"
    members = f", credited: {', '.join(one['members'])}" if one["members"] else ""
    moment = f"sent {say_moment(one['sent_at'], zone)}" if one["sent_at"] else one["state"]
    told = say_readers(one["accepted"]) if one["sent_at"] or one["accepted"] else "not sent yet"
    return f"{place} ({moment}){used}{members}; {told}"


def say_readers(accepted: Mapping[str, int]) -> str:
    """Answer how many readers' copies the next server accepted, by edition."""
    total = sum(accepted.values())
    readers = "1 reader" if total == 1 else f"{total} readers"
    editions = ", ".join(f"{count} {edition}" for edition, count in accepted.items())
    return f"accepted by the next server for {readers}" + (f" ({editions})" if editions else "")
