"""Making and checking a newsroom."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stuifmail.cli.common import require_folder, say_command, with_json, with_newsroom
from stuifmail.cli.printing import print_json

if TYPE_CHECKING:
    from stuifmail.model.problems import Problem


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--templates",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    show_default="stuifmail's own",
    help="Templates to start from.",
)
def init(folder: Path, templates: Path | None) -> None:
    """Make a new newsroom in FOLDER, to fill in.

    It gets a commented sources.yaml, an example of a contacts sheet, and the templates. What is
    there already is never overwritten.
    """
    from stuifmail.config.starter import find_templates, make_newsroom

    made = make_newsroom(folder, templates=find_templates(templates))
    inside = [path for path in made if path.is_relative_to(folder / "templates")]
    for path in made:
        if path not in inside:
            click.echo(f"made {path}")
    click.echo(f"made {folder / 'templates'} with {len(inside)} files")
    click.echo(f"next: fill in {folder / 'sources.yaml'}, then: {say_command(folder, 'check')}")


@click.command()
@with_newsroom
@with_json
def check(root: Path, as_json: bool) -> None:
    """Check sources.yaml and tell all its problems.

    What it refers to is looked at, too: templates and their labels, pictures, secrets, folders.
    """
    from stuifmail.config.check import find_problems
    from stuifmail.config.codec import to_data

    require_folder(root)
    problems = [*find_problems(root, os.environ), *_find_template_problems(root)]
    if as_json:
        print_json([to_data(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(str(problem))
    if problems:
        click.echo("one problem" if len(problems) == 1 else f"{len(problems)} problems", err=True)
        raise click.exceptions.Exit(1)
    if not as_json:
        click.echo(f"sources.yaml is in order; next: {say_command(root, 'harvest')}")


def _find_template_problems(root: Path) -> list["Problem"]:
    """Answer the problems of the templates; none while sources.yaml cannot be read itself."""
    from stuifmail.config.load import read_config
    from stuifmail.config.models import NewsroomConfig
    from stuifmail.config.validation import check_against
    from stuifmail.render.inspection import find_template_problems

    config, _ = check_against(NewsroomConfig, read_config(root))
    if config is None:
        return []
    names = [newsletter.template for newsletter in config.newsletters]
    names += [config.mailings.template, *([config.press.template] if config.press else [])]
    folder = root / config.templates
    return find_template_problems(folder, config.templates, config.organisation.languages, names)


@click.command()
@with_newsroom
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="Port on this machine; 0 for any.",
)
def desk(root: Path, port: int) -> None:
    """Show drafts, proofs and sent issues in the browser.

    Only this machine can see them, and nothing can be changed there. Ctrl-C stops it.
    """
    from stuifmail.desk.app import serve

    require_folder(root)
    serve(root, port)
