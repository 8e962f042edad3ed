"""Drafting, proofing, editing and approving."""

import sys
from pathlib import Path

import click

from stuifmail.cli.common import print_json, say_moment, with_json, with_newsroom, with_role
from stuifmail.config.codec import to_data
from stuifmail.errors import InvalidDraft, StuifmailError
from stuifmail.model.reviews import CheckReport
from stuifmail.newsroom import Newsroom
from stuifmail.review.acts import AUTOMATON


@click.command()
@click.argument("newsletter", required=False)
@with_newsroom
@with_json
def draft(newsletter: str | None, root: Path, as_json: bool) -> None:
    """Draft the next issue of NEWSLETTER from what was harvested."""
    with Newsroom.open(root) as newsroom:
        report = newsroom.draft(newsletter)
        zone = newsroom.config.organisation.time_zone
    if as_json:
        print_json(to_data(report))
        return
    if not report.created:
        click.echo(f"{report.publication_id} was drafted before ({report.state}); nothing was changed")
        return
    planned = say_moment(report.send_at, zone)
    click.echo(f"{report.publication_id}: {report.stories_count} stories, to be sent {planned}")
    for title, reason in report.left_out:
        click.echo(f"  left out: {title}: {reason}")
    if report.waiting_count:
        click.echo(f"  {report.waiting_count} more found no room")
    click.echo(f"next: stuifmail proof {report.publication_id}")


@click.command()
@click.argument("publication")
@click.option("--as", "role", default=AUTOMATON, metavar="ROLE", help="In which role.")
@click.option("--language", default="", help="Language of the proof page.")
@with_newsroom
@with_json
def proof(publication: str, role: str, language: str, root: Path, as_json: bool) -> None:
    """Check PUBLICATION and lay out its proof for the browser."""
    with Newsroom.open(root) as newsroom:
        report = newsroom.proof(publication, role=role, language=language)
    if as_json:
        print_json({"page": str(report.page), "state": report.state, "report": to_data(report.report)})
        return
    _print_report(report.report)
    click.echo(f"open {report.page}")


def _print_report(report: CheckReport) -> None:
    for finding in report.findings:
        place = f"{finding.place}: " if finding.place else ""
        click.echo(f"  {finding.severity}: {place}{finding.message}: {finding.remedy}")
    click.echo(
        f"{len(report.findings)} finding(s), {len(report.blocking)} blocking; "
        f"{report.readers_count} readers, {report.suppressed_count} get no mail"
    )


@click.command()
@click.argument("publication")
@with_role
@click.option("--file", "file", type=click.Path(path_type=Path), help="Take this YAML instead of an editor.")
@click.option("--note", default="", help="What you changed, for the history.")
@with_newsroom
def edit(publication: str, role: str, file: Path | None, note: str, root: Path) -> None:
    """Edit PUBLICATION as YAML in your editor ($EDITOR).

    A draft that cannot be saved is kept with your changes; the same command opens it again.
    """
    with Newsroom.open(root) as newsroom:
        if file is not None:
            _save(newsroom, publication, _read(file), role, None, file, note)
            return
        text, revision = newsroom.open_draft(publication)
        kept = newsroom.outputs / "state" / "edits" / f"{publication}.r{revision}.yaml"
        if not kept.exists():
            _write(kept, text)
        click.edit(filename=str(kept))
        try:
            _save(newsroom, publication, _read(kept), role, revision, kept, note)
        except StuifmailError:
            click.echo(f"your text is kept in {kept}; the same command opens it again", err=True)
            raise
        kept.unlink()


def _save(
    newsroom: Newsroom, publication: str, text: str, role: str, base: int | None, file: Path, note: str
) -> None:
    try:
        number = newsroom.save_draft(publication, text, role=role, base=base, file=str(file), note=note)
    except InvalidDraft as error:
        click.echo("the draft was not saved", err=True)
        for problem in error.problems:
            click.echo(str(problem), err=True)
        click.echo(f"your text is kept in {file}; mend it and try again", err=True)
        sys.exit(1)
    _tell_saved(number, publication, role)


@click.command()
@click.argument("publication")
@click.argument("file", type=click.Path(path_type=Path))
@with_role
@with_newsroom
def translate(publication: str, file: Path, role: str, root: Path) -> None:
    """Add the translations in FILE (YAML by block) to PUBLICATION."""
    with Newsroom.open(root) as newsroom:
        number = newsroom.translate(publication, _read(file), role=role, file=str(file))
    _tell_saved(number, publication, role)


def _tell_saved(number: int | None, publication: str, role: str) -> None:
    if number is None:
        click.echo("nothing changed")
    else:
        click.echo(f"saved revision {number}; next: stuifmail proof {publication} --as {role}")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StuifmailError(
            f"cannot be read ({error})", place=str(file), remedy="name a text file"
        ) from error


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StuifmailError(
            f"cannot be written ({error.strerror})", place=str(file), remedy="make the folder writable"
        ) from error


@click.command()
@click.argument("publication")
@with_role
@click.option("--single-eye", "reason", default="", metavar="WHY", help="Why the last editor approves alone.")
@with_newsroom
def approve(publication: str, role: str, reason: str, root: Path) -> None:
    """Approve PUBLICATION exactly as its proof shows it."""
    with Newsroom.open(root) as newsroom:
        approval = newsroom.approve(publication, role=role, single_eye_reason=reason)
    click.echo(f"{publication} revision {approval.revision} is approved by {role}")
    click.echo(f"next: stuifmail send {publication} --as ROLE")


COMMANDS = (draft, proof, edit, translate, approve)
