"""Press releases, and the consent of those who are quoted."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from stuifmail.cli.common import (
    open_newsroom,
    parse_moment,
    say_command,
    say_moment,
    with_json,
    with_newsroom,
    zone_of,
)
from stuifmail.cli.correcting import parse_texts
from stuifmail.cli.printing import print_json

if TYPE_CHECKING:
    from stuifmail.model.publications import Embargo
    from stuifmail.newsroom import Newsroom
    from stuifmail.newsroom.press.releases import ReleaseReport, Stage


def _check_stage(_context: click.Context, _parameter: click.Parameter, value: str) -> "Stage":
    from stuifmail.compose.releases.texts import Stage

    for stage in get_args(Stage):
        if stage == value:
            return stage  # type: ignore[no-any-return]
    raise click.BadParameter(f"{value!r} is none of {', '.join(get_args(Stage))}")


@click.command()
@click.argument("event", required=False)
@click.option(
    "--stage",
    required=True,
    callback=_check_stage,
    metavar="STAGE",
    help="announcement (before), results (after), or update (members' news, without an event).",
)
@click.option("--embargo", default="", metavar="WHEN", help='Until when, such as "2026-06-10 00:01".')
@click.option("--zone", default="", metavar="ZONE", help="Time zone of the embargo: Europe/Amsterdam.")
@click.option(
    "--reason",
    "reasons",
    multiple=True,
    metavar="TEXT",
    help="Why there is an embargo, in each language: nl=…, en=….",
)
@click.option("--at", "send_at", default="", metavar="WHEN", help="Send at this moment; else at press.hours.")
@with_newsroom
@with_json
def press(
    event: str | None,
    stage: "Stage",
    root: Path,
    as_json: bool,
    reasons: tuple[str, ...],
    **options: str,
) -> None:
    """Draft a press release about EVENT, one in each language.

    All versions tell the same facts: figures from the sheets, new members from the ledger. Each
    is reviewed and approved apart. A release that was drafted before is left as it is. An embargo
    needs a time, a zone and a reason together.
    """
    from stuifmail.config.codec import to_data

    with open_newsroom(root) as newsroom:
        zone_at_home = zone_of(newsroom)
        languages, send_at = newsroom.config.organisation.languages, options["send_at"]
        why = dict(parse_texts(reasons, languages, languages[0], "--reason"))
        reports = newsroom.press(
            event,
            stage,
            embargo=_read_embargo(options, why, event or "press"),
            send_at=parse_moment(send_at, zone_at_home, "--at") if send_at else None,
        )
    if as_json:
        print_json([to_data(report) for report in reports])
        return
    for report in reports:
        _print_report(report, root, zone_at_home)


def _read_embargo(options: dict[str, str], reason: dict[str, str], place: str) -> "Embargo | None":
    """Answer the embargo that was asked for; None when nothing was said of any.

    Raises:
        click.UsageError: a part of it is missing.
        EmbargoRefused: its time or zone is none.
    """
    until, zone = options["embargo"], options["zone"]
    given = {language: words for language, words in reason.items() if words}
    if not (until or zone or given):
        return None
    if not (until and zone and given):
        raise click.UsageError("an embargo needs --embargo, --zone and --reason together")
    from stuifmail.model.publications import Embargo
    from stuifmail.review.embargo import read_civil

    return Embargo(until=read_civil(until, zone, place=place), time_zone=zone, reason=given)


def _print_report(report: "ReleaseReport", root: Path, zone: str) -> None:
    if report.send_at is None:
        click.echo(f"no release: {report.why}")
        return
    name = report.publication_id
    if not report.created:
        click.echo(f"{name} was drafted before ({report.state}); nothing was changed")
        click.echo(f"next: {say_command(root, f'show {name}')}")
        return
    click.echo(f"{name}: to be sent {say_moment(report.send_at, zone)}")
    if report.why:
        click.echo(f"  for you only: {report.why}")
    click.echo(f"next: {say_command(root, f'proof {name}')}")


@click.command()
@click.argument("publication")
@click.option("--approve", "block", default="", metavar="QUOTE", help="Note the consent to this quote.")
@click.option("--speaker", default="", metavar="WHO", help="Who agreed: a function, never a name.")
@click.option("--how", default="", metavar="HOW", help='How we know, such as "mail van 17 november".')
@click.option("--on", "on", default="", metavar="DATE", help="Day of the consent; else today.")
@click.option("--language", default="", metavar="CODE", help="Only in this language; else in all it has.")
@click.option("--as", "role", default="", metavar="ROLE", help="In which role: an id of review.roles.")
@with_newsroom
@with_json
def quotes(publication: str, block: str, role: str, root: Path, as_json: bool, **said: str) -> None:
    """List the quotes of PUBLICATION, or note a speaker's consent.

    A consent is to the very words: who changes them has to ask again. A press release cannot be
    approved while a quote has none.
    """
    if block and not role:
        raise click.UsageError("who notes this? add --as ROLE")
    if not block and any(said.values()):
        raise click.UsageError("which quote is it about? add --approve QUOTE")
    with open_newsroom(root) as newsroom:
        rows = (
            newsroom.approve_quote(
                publication,
                block,
                speaker=said["speaker"],
                how=said["how"],
                role=role,
                on=_read_day(said["on"]),
                language=said["language"],
            )
            if block
            else newsroom.list_quotes(publication)
        )
        if not as_json:
            _print_quotes(rows, publication, newsroom, root)
    if as_json:
        print_json(rows)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no day; write it as 2025-11-17", param_hint="--on") from error


def _print_quotes(rows: list[dict[str, Any]], publication: str, newsroom: "Newsroom", root: Path) -> None:
    from stuifmail.cli.common import say_role

    if not rows:
        click.echo(f"{publication} quotes nobody")
    for row in rows:
        click.echo(f"{row['id']} ({row['language']}): {row['text']}")
        who = ", ".join(filter(None, (row["speaker"], row["member"] or row["organisation"])))
        if row["state"] == "approved":
            click.echo(f"  {who}; agreed on {row['approved_on']} ({row['how']}), noted by {row['noted_by']}")
        else:
            said = "the words changed since the consent" if row["state"] == "changed" else "no consent yet"
            click.echo(f"  {who}; {said}")
    waiting = next((row["id"] for row in rows if row["state"] != "approved"), "")
    if waiting:
        role = say_role(newsroom, "edit")
        command = f"quotes {publication} --approve {waiting} --speaker WHO --how HOW --as {role}"
        click.echo(f"next: ask, then: {say_command(root, command)}")
