"""The command line: one command per use case of the newsroom.

The modules of this package import only what every command needs; a command imports the rest when
it runs, so that `stuifmail --help` and short commands answer at once.
"""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from stuifmail.cli import (
    addresses,
    correcting,
    editing,
    embargo,
    events,
    exporting,
    figures,
    harvesting,
    health,
    items,
    ledger,
    listing,
    mailings,
    people,
    press,
    ranking,
    report,
    reviewing,
    sending,
    setup,
    sources,
    tracing,
)
from stuifmail.cli.common import InOrder
from stuifmail.errors import StuifmailError

#: Exit codes of all commands; docs/commands.md tells them.
REFUSED, STOPPED = 1, 130


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="stuifmail")
def cli() -> None:
    """Harvest members' news, review the draft, and send every reader exactly one copy."""


#: In the order of the work; so does --help list them, and docs/commands.md.
COMMANDS = (
    setup.init,
    setup.check,
    harvesting.harvest,
    harvesting.parse,
    sources.sources,
    listing.items,
    items.item,
    items.kill,
    addresses.addresses,
    events.events,
    events.event,
    events.amend,
    ledger.ledger,
    ledger.prospects,
    figures.figures,
    figures.override,
    people.press_list,
    people.audience,
    health.health,
    ranking.rank,
    reviewing.draft,
    mailings.mailings,
    mailings.mailing,
    press.press,
    press.quotes,
    listing.drafts,
    reviewing.show,
    editing.edit,
    editing.translate,
    reviewing.proof,
    reviewing.approve,
    sending.send,
    sending.dispatch,
    sending.deliveries,
    sending.settle,
    embargo.embargo,
    correcting.hold,
    correcting.resume,
    correcting.correct,
    correcting.withdraw,
    listing.archive,
    report.report,
    exporting.export,
    tracing.trace,
    setup.desk,
)
for _command in COMMANDS:
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; trouble is told on standard error, without a traceback.

    Args:
        arguments: instead of the process's own.
    """
    try:
        sys.exit(cli(args=arguments, standalone_mode=False) or 0)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _end("stopped; nothing is half done, and the same command goes on", STOPPED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except StuifmailError as error:
        _end(str(error), REFUSED)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:  # a folder or file that no stage could explain better
        _end(explain_os_error(error), REFUSED)


def explain_os_error(error: OSError) -> str:
    """Answer a trouble with a file or folder as place, cause and remedy."""
    place = error.filename2 or error.filename or "what is printed"
    cause = error.strerror or str(error)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"{place}: a file stands where a folder is needed ({cause}): move it away"
    return f"{place}: it cannot be used ({cause}): make it readable and writable, on a disk with room"


def _end(text: str, code: int) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(code)
