"""Making and checking a newsroom."""

import os
import sys
from pathlib import Path

import click

from stuifmail.cli.common import print_json, with_json, with_newsroom
from stuifmail.config.codec import to_data
from stuifmail.errors import NewsroomNotFound


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("templates"),
    show_default=True,
    help="Templates to start from.",
)
def init(folder: Path, templates: Path) -> None:
    """Make a new newsroom in FOLDER, with a commented sources.yaml to fill in."""
    from stuifmail.config.starter import make_newsroom

    for path in make_newsroom(folder, templates=templates):
        click.echo(f"made {path}")
    click.echo(f"next: fill in {folder / 'sources.yaml'}, then: stuifmail check --newsroom {folder}")


@click.command()
@with_newsroom
@with_json
def check(root: Path, as_json: bool) -> None:
    """Check sources.yaml and what it refers to; print every problem at once."""
    from stuifmail.config.check import find_problems

    if not root.is_dir():
        raise NewsroomNotFound(
            "there is no such folder", place=str(root), remedy="name the newsroom's folder"
        )
    problems = find_problems(root, os.environ)
    if as_json:
        print_json([to_data(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(str(problem))
    if problems:
        click.echo(f"{len(problems)} problem(s)", err=True)
        sys.exit(1)
    if not as_json:
        click.echo("sources.yaml is in order")


@click.command()
@with_newsroom
@click.option("--port", type=int, default=8765, show_default=True, help="Port on this machine; 0 for any.")
def desk(root: Path, port: int) -> None:
    """Show drafts, proofs and sent issues in the browser, on this machine only."""
    from stuifmail.desk.app import serve

    serve(root, port)


COMMANDS = (init, check, desk)
