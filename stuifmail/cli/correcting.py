"""What to do when something wrong is on its way, or went out: hold, resume, correct, withdraw."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stuifmail.cli.common import open_newsroom, say_command, say_count, say_role, with_newsroom, with_role

if TYPE_CHECKING:
    from stuifmail.newsroom import Newsroom
    from stuifmail.newsroom.outgoing.holding import HoldReport


@click.command()
@click.argument("publication")
@with_role
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is kept in the history.")
@with_newsroom
def hold(publication: str, role: str, reason: str, root: Path) -> None:
    """Let nothing more of PUBLICATION go out for now.

    Also while it is being sent: the copy on the wire is finished, the others wait for `resume`.
    """
    with open_newsroom(root) as newsroom:
        newsroom.hold(publication, reason=reason, role=role)
    click.echo(f"{publication} is held")
    click.echo(f"next: {say_command(root, f'resume {publication} --as {role}')}")


@click.command()
@click.argument("publication")
@with_role
@with_newsroom
def resume(publication: str, role: str, root: Path) -> None:
    """Let a held PUBLICATION go on where it was held."""
    with open_newsroom(root) as newsroom:
        report = newsroom.resume(publication, role=role)
    click.echo(f"{publication} goes on: {report.state}")
    if report.state == "queued":
        click.echo(f"next: {say_command(root, 'dispatch')}")


@click.command()
@click.argument("publication")
@with_role
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept in the history, never sent.")
@click.option(
    "--instead",
    multiple=True,
    metavar="TEXT",
    help="What readers are told in its place, by language: nl=…, en=….",
)
@with_newsroom
def withdraw(publication: str, role: str, reason: str, instead: tuple[str, ...], root: Path) -> None:
    """Take PUBLICATION back.

    Where nobody has it, it is never sent. Else no further copy goes out, its web page says that it
    was taken back, and a notice to exactly those who have it is drafted for approval.
    """
    with open_newsroom(root) as newsroom:
        known = newsroom.config.organisation.languages
        texts = dict(parse_texts(instead, known, known[0], "--instead"))
        report = newsroom.withdraw(publication, reason=reason, role=role, instead=texts)
        say_withdrawn([report], newsroom, root)


def say_withdrawn(reports: Sequence["HoldReport"], newsroom: "Newsroom", root: Path) -> None:
    """Say what was taken back, and what has to be done now."""
    for report in reports:
        stopped = say_count(report.stopped_count, "copy", "copies")
        click.echo(f"{report.publication_id} is taken back ({report.state}); {stopped} stopped")
        if report.state == "queued":
            click.echo(f"  sending is closed by: {say_command(root, 'dispatch')}")
        if report.notice_id:
            click.echo(f"next: {say_command(root, f'proof {report.notice_id}')}")
        elif newsroom.config.review.roles:
            click.echo("  nobody has it, so nobody has to be told")


@click.command()
@click.argument("publication")
@with_role
@click.option("--wrong", multiple=True, metavar="TEXT", help="What was wrong, by language: nl=…, en=….")
@click.option("--right", multiple=True, metavar="TEXT", help="What is right, by language: nl=…, en=….")
@click.option("--language", metavar="CODE", help="Language of a --wrong or --right that names none.")
@click.option("--reason", required=True, metavar="TEXT", help="How you know; kept, never sent.")
@with_newsroom
def correct(
    publication: str,
    role: str,
    wrong: tuple[str, ...],
    right: tuple[str, ...],
    language: str | None,
    reason: str,
    root: Path,
) -> None:
    """Draft a correction of PUBLICATION to exactly those who got it.

    Its first sentence says what was wrong and what is right. Without --wrong and --right these are
    the figures that differ from their records now. It is approved like anything else. Copies of
    PUBLICATION that have not gone out yet are held.
    """
    with open_newsroom(root) as newsroom:
        known = newsroom.config.organisation.languages
        default = language or known[0]
        report = newsroom.correct(
            publication,
            wrong=parse_texts(wrong, known, default, "--wrong"),
            right=parse_texts(right, known, default, "--right"),
            reason=reason,
            role=role,
        )
        languages = newsroom.describe_draft(report.id)["content"]["languages"]
        sender = say_role(newsroom, "send")
    readers = say_count(report.readers_count, "reader")
    click.echo(f"{report.id}: a correction to {readers} of {publication}")
    for code, sentence in report.sentences.items():
        click.echo(f"  {code}: {sentence}")
    if report.has_calendar:
        click.echo("  it brings the readers' calendars up to date, too")
    if report.held_count:
        copies = say_count(report.held_count, "copy", "copies")
        click.echo(f"  {publication} is held: {copies} had not gone out yet. They never will once this does.")
        click.echo(f"  to let them go out first: {say_command(root, f'resume {publication} --as {sender}')}")
    if missing := [code for code in languages if code not in report.sentences]:
        edit = say_command(root, f"edit {report.id} --as {role}")
        click.echo(f"  still to be written in {', '.join(missing)}: {edit}")
    click.echo(f"next: {say_command(root, f'proof {report.id}')}")


def parse_texts(
    given: Sequence[str], languages: Sequence[str], default: str, option: str
) -> list[tuple[str, str]]:
    """Answer language and words of each "en=words"; words without a language are in `default`.

    Raises:
        click.BadParameter: a language is not the newsroom's, or is named twice.
    """
    found: list[tuple[str, str]] = []
    for text in given:
        code, sign, words = text.partition("=")
        known = bool(sign) and code.strip() in languages
        found.append((code.strip(), words.strip()) if known else (default, text.strip()))
    codes = [code for code, _ in found]
    if default not in languages or len(set(codes)) < len(codes):
        told = f"say each once, as {', '.join(f'{code}=…' for code in languages)}"
        raise click.BadParameter(f"the languages are not clear; {told}", param_hint=option)
    return found
