"""A publication or an event in a form for other programs."""

from pathlib import Path

import click

from stuifmail.cli.common import open_newsroom, with_newsroom
from stuifmail.errors import StoreUnwritable


@click.command()
@click.argument("what")
@click.option(
    "--form",
    type=click.Choice(("ninjs", "jsonld", "ics", "text", "html", "post")),
    default="ninjs",
    show_default=True,
    help="ninjs, jsonld: for machines; ics: for calendars; text, html: as sent; post: headline and link.",
)
@click.option(
    "--language", default="", metavar="CODE", help="Of the edition, such as nl; else its first language."
)
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write it here.")
@with_newsroom
def export(what: str, form: str, language: str, file: Path | None, root: Path) -> None:
    """Write a publication or an event for other programs.

    WHAT is a publication's id, or the id of one of our own events: that one has the forms ics,
    jsonld and ninjs. Nothing is published or sent by it; under an embargo, mind who sees it.
    """
    with open_newsroom(root) as newsroom:
        found = newsroom.export(what, form=form, language=language)
    if found.locked:
        click.echo(f"under embargo {found.locked}: do not pass this on before", err=True)
    if file is None:
        click.echo(found.content.decode(), nl=False)
        return
    try:
        if file.exists():
            raise click.BadParameter(f"{file} is there already; name another file", param_hint="--to")
        file.write_bytes(found.content)
    except OSError as error:
        raise StoreUnwritable(
            f"it cannot be written ({error.strerror})",
            place=str(file),
            remedy="name a file in a folder that you may write to",
        ) from error
    click.echo(f"{len(found.content)} bytes written to {file}")
