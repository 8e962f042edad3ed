"""Drafting, looking, proofing and approving."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stuifmail.cli.common import (
    open_newsroom,
    say_command,
    say_moment,
    say_role,
    with_json,
    with_newsroom,
    with_role,
    zone_of,
)
from stuifmail.cli.printing import print_json

if TYPE_CHECKING:
    from stuifmail.newsroom import DraftReport, Newsroom, ProofReport


@click.command()
@click.argument("newsletter", required=False)
@with_newsroom
@with_json
def draft(newsletter: str | None, root: Path, as_json: bool) -> None:
    """Draft the next issue from what was harvested.

    NEWSLETTER may be left out where there is only one. An issue that was drafted before is left
    as it is: drafting never undoes an edit.
    """
    from stuifmail.config.codec import to_data

    with open_newsroom(root) as newsroom:
        report = newsroom.draft(newsletter)
        zone = zone_of(newsroom)
    if as_json:
        print_json(to_data(report))
    else:
        _print_draft(report, root, zone)


def _print_draft(report: "DraftReport", root: Path, zone: str) -> None:
    name = report.publication_id
    if not report.created:
        click.echo(f"{name} was drafted before ({report.state}); nothing was changed")
        click.echo(f"next: {say_command(root, f'show {name}')}")
        return
    stories = "1 story" if report.stories_count == 1 else f"{report.stories_count} stories"
    click.echo(f"{name}: {stories}, to be sent {say_moment(report.send_at, zone)}")
    for title, reason in report.left_out:
        click.echo(f"  left out: {title}: {reason}")
    if report.waiting_count:
        click.echo(f"  {report.waiting_count} more found no room")
    if not report.stories_count:
        click.echo(f"  no news of this period: {say_command(root, 'sources')} tells how the sources do")
    click.echo(f"next: {say_command(root, f'proof {name}')}")


@click.command()
@click.argument("publication")
@click.option("--as", "role", metavar="ROLE", help="In which role; for the history.")
@click.option("--language", default="", metavar="CODE", help="Language of the page itself, such as en.")
@with_newsroom
@with_json
def proof(publication: str, role: str | None, language: str, root: Path, as_json: bool) -> None:
    """Check PUBLICATION and lay out its proof for the browser."""
    from stuifmail.config.codec import to_data
    from stuifmail.review.acts import AUTOMATON

    with open_newsroom(root) as newsroom:
        _require_language(newsroom, language)
        report = newsroom.proof(publication, role=role or AUTOMATON, language=language)
        if not as_json:
            _print_proof(report, newsroom, root)
    if as_json:
        print_json({"page": str(report.page), "state": report.state, "report": to_data(report.report)})


def _require_language(newsroom: "Newsroom", language: str) -> None:
    known = newsroom.config.organisation.languages
    if language and language not in known:
        raise click.BadParameter(
            f"the newsroom has no language {language!r}, only {', '.join(known)}", param_hint="--language"
        )


def _print_proof(proofed: "ProofReport", newsroom: "Newsroom", root: Path) -> None:
    report, name = proofed.report, proofed.publication_id
    for finding in report.findings:
        place = f"{finding.place}: " if finding.place else ""
        edition = f" ({finding.language})" if finding.language else ""
        click.echo(f"  {finding.severity}{edition}: {place}{finding.message}: {finding.remedy}")
    click.echo(
        f"findings: {len(report.findings)}, of which {len(report.blocking)} blocking; "
        f"{report.readers_count} readers, {report.suppressed_count} get no mail"
    )
    click.echo(f"open {proofed.page}")
    if proofed.state != "proofed":
        return
    if report.blocking:
        command = f"edit {name} --as {say_role(newsroom, 'edit')}"
        click.echo(f"next: mend what blocks: {say_command(root, command)}")
        return
    author = newsroom.describe_draft(name)["author"]
    command = f"approve {name} --as {say_role(newsroom, 'approve', but=author)}"
    click.echo(f"next: look at it, then: {say_command(root, command)}")


@click.command()
@click.argument("publication")
@with_role
@click.option("--single-eye", "reason", default="", metavar="WHY", help="Why the last editor approves alone.")
@with_newsroom
def approve(publication: str, role: str, reason: str, root: Path) -> None:
    """Approve PUBLICATION exactly as its proof shows it.

    The role that edited last cannot approve, unless sources.yaml says review.single_eye: true and
    --single-eye tells why. Any later change takes the approval back.
    """
    with open_newsroom(root) as newsroom:
        approval = newsroom.approve(publication, role=role, single_eye_reason=reason.strip())
        sender = say_role(newsroom, "send")
    click.echo(f"{publication} revision {approval.revision} is approved by {role}")
    click.echo(f"next: {say_command(root, f'send {publication} --as {sender}')}")


@click.command()
@click.argument("publication")
@with_newsroom
@with_json
@click.option("--yaml", "as_yaml", is_flag=True, help="The draft as YAML, to change and give to edit --file.")
def show(publication: str, root: Path, as_json: bool, as_yaml: bool) -> None:
    """Show one PUBLICATION whole: content, findings, history."""
    from stuifmail.model.reviews import PublicationState
    from stuifmail.review.moves import next_step

    with open_newsroom(root) as newsroom:
        if as_yaml:
            click.echo(newsroom.open_draft(publication)[0], nl=False)
            return
        row, zone = newsroom.describe_draft(publication), zone_of(newsroom)
    if as_json:
        print_json(row)
        return
    _print_content(row, zone)
    _print_findings(row)
    _print_history(row, zone)
    if row["state"] == PublicationState.QUEUED:
        click.echo(f"\n  next: it is sent by: {say_command(root, 'dispatch')}")
    else:
        click.echo(f"\n  next: {next_step(PublicationState(row['state']), row['id'])}")


def _print_content(row: dict[str, Any], zone: str) -> None:
    click.secho(f"{row['id']}: {row['state']}, revision {row['revision']} by {row['author']}", bold=True)
    for language, subject in row["subject"].items():
        click.echo(f"  subject ({language}): {subject}")
    moment = row["sent_at"] or row["due_at"] or row["send_at"]
    verb = "sent" if row["sent_at"] else "goes out" if row["due_at"] else "planned for"
    click.echo(f"  {verb} {say_moment(moment, zone)}")
    if row["approved_by"]:
        click.echo(f"  approved by {row['approved_by']}")
    if row["sisters"]:
        click.echo(f"  other language versions: {', '.join(row['sisters'])}")
    _print_afterwards(row, zone)
    for section in row["content"]["sections"]:
        click.echo(f"\n  [{section['id']}]")
        for block in section["blocks"]:
            click.echo(f"    {block['id']}  {_name_block(block)}")
            if block["why"]:
                click.echo(f"      {_say_points(block)}{block['why']}")


def _name_block(block: dict[str, Any], most: int = 12) -> str:
    """Answer its title; of a block without one its first words."""
    title, text = (next(iter((block.get(key) or {}).values()), "") for key in ("title", "text"))
    words = str(text).split()
    return str(title) or " ".join(words[:most]) + (" …" if len(words) > most else "")


def _print_afterwards(row: dict[str, Any], zone: str) -> None:
    """Print what became of it: embargo, hold, correction, taking back."""
    if row["embargo"]:
        click.echo(f"  embargo {row['embargo']}")
    if row["held_from"]:
        click.echo(f"  held; it was {row['held_from']}")
    if row["corrected_by"]:
        click.echo(f"  corrected by {row['corrected_by']}")
    if row["killed_at"]:
        click.echo(f"  taken back {say_moment(row['killed_at'], zone)}: {row['kill_reason']}")


def _say_points(block: dict[str, Any]) -> str:
    reasons = block.get("reasons") or ()
    return f"{sum(reason['points'] for reason in reasons):.1f} points: " if reasons else ""


def _print_findings(row: dict[str, Any]) -> None:
    if not row["report"]:
        click.echo("\n  not checked yet")
        return
    click.echo(f"\n  findings: {len(row['report']['findings'])}, of which {row['blocking']} blocking")
    for finding in row["report"]["findings"]:
        place = f"{finding['place']}: " if finding["place"] else ""
        edition = f" ({finding['language']})" if finding["language"] else ""
        click.echo(f"    {finding['severity']}{edition}: {place}{finding['message']}: {finding['remedy']}")


def _print_history(row: dict[str, Any], zone: str) -> None:
    if row["deliveries"]:
        copies = ", ".join(f"{count} {state}" for state, count in row["deliveries"].items())
        click.echo(f"\n  copies: {copies}")
    click.echo("\n  history")
    for act in row["history"]:
        reason = f" ({act['reason']})" if act["reason"] else ""
        done_at = say_moment(act["done_at"], zone)
        click.echo(f"    {done_at}  {act['actor']}: {act['verb']} → {act['to_state']}{reason}")
