"""The command line: one command per use case of the newsroom."""

import sys

import click

from stuifmail.cli import harvesting, listing, reviewing, sending, setup
from stuifmail.errors import StuifmailError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="stuifmail")
def cli() -> None:
    """Harvest members' news, review the draft, and send every reader exactly one copy."""


for _module in (setup, harvesting, listing, reviewing, sending):
    for _command in _module.COMMANDS:
        cli.add_command(_command)


def main() -> None:
    """Run the command line; trouble is told on standard error, without a traceback."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped; nothing is half done, the same command goes on", err=True)
        sys.exit(130)
    except KeyboardInterrupt:
        click.echo("stopped; nothing is half done, the same command goes on", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except StuifmailError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        sys.exit(0)
