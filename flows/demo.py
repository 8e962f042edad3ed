"""The whole chain on the sample newsroom, in one process: `make demo`.

Harvest, draft, proof; then the demonstration adds the translations of the sample newsroom's
editors. Messages around events that are due are drafted, and the results of two past events as a
mailing and as press releases. It approves in the role of the approver, as people would; then
dispatch, at the moment for which the issue is planned. A second run finds nothing new and sends
nothing.
"""

import sys
import time
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.dispatch import dispatch
from flows.event_mailing import event_mailing
from flows.harvest import harvest
from flows.newsletter import newsletter
from flows.press_release import press_release
from stuifmail import DraftReport, HarvestReport, MailingReport, Newsroom, SendReport, StuifmailError

#: What the demonstration makes besides the issue: results of a congress in a mailing and a press
#: release, and the press release on who joined in Nairobi.
RESULTS = "congres-2026"
SIGNED = "nairobi-2025"
INVITATION = "workshop-2026-uitnodiging"


def edit_draft(newsroom: str, draft: DraftReport) -> None:
    """Add the translations that the sample newsroom's editors wrote, and lay out the proof anew."""
    file = Path(newsroom, "samples", "translations", f"{draft.publication_id}.yaml")
    with Newsroom.open(newsroom) as opened:
        if draft.created and file.exists():
            role = next(role.id for role in opened.config.review.roles if "edit" in role.may)
            opened.translate(
                draft.publication_id, file.read_text(encoding="utf-8"), role=role, file=str(file)
            )
            opened.proof(draft.publication_id, role=role)


def draft_results(newsroom: str) -> list[str]:
    """Draft what an event's record becomes: a mailing to who was there, and press releases."""
    with Newsroom.open(newsroom) as opened:
        mailing = opened.draft_mailing(RESULTS, "results")
        if mailing.is_new:
            opened.proof(mailing.publication_id)
    releases = [*press_release(newsroom, RESULTS, "results"), *press_release(newsroom, SIGNED, "results")]
    return [mailing.publication_id, *(report.publication_id for report in releases)]


def approve_and_queue(newsroom: str, publication: str) -> datetime | None:
    """Approve a fresh proof in a role that may and did not edit last; None when that was done before."""
    with Newsroom.open(newsroom) as opened:
        shown = opened.describe_draft(publication)
        roles = [role for role in opened.config.review.roles if role.id != shown["author"]]
        state = shown["state"]
        if state == "proofed":
            opened.approve(publication, role=next(role.id for role in roles if "approve" in role.may))
        if state in ("proofed", "approved"):
            return opened.queue(publication, role=next(role.id for role in roles if "send" in role.may))
    return None


def run(newsroom: str = ".") -> None:
    """Run the demonstration and print what came of it."""
    started = time.monotonic()
    harvested = harvest(newsroom)
    drafted = newsletter(newsroom)
    edit_draft(newsroom, drafted)
    mailings = event_mailing(newsroom)
    pieces = [drafted.publication_id, INVITATION, *draft_results(newsroom)]
    for piece in pieces:
        approve_and_queue(newsroom, piece)
    sent = dispatch(newsroom, moment=drafted.send_at)
    print_summary(newsroom, harvested, drafted, mailings, time.monotonic() - started)
    print_pieces(newsroom, pieces, sent)
    print_next(newsroom, drafted.publication_id)


def print_summary(
    newsroom: str,
    harvested: HarvestReport,
    drafted: DraftReport,
    mailings: list[MailingReport],
    seconds: float,
) -> None:
    """Print what was harvested and drafted, and who approved it."""
    with Newsroom.open(newsroom) as opened:
        approved_by = opened.describe_draft(drafted.publication_id)["approved_by"]
    new = sum(report.is_new for report in mailings)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2))
    table.add_row("harvested", describe_harvested(harvested))
    table.add_row("drafted", describe_drafted(drafted))
    table.add_row("around events", f"{new} messages were due and drafted; results and press releases by hand")
    table.add_row("approved", f"by {approved_by}" if approved_by else "not yet")
    table.add_row("took", f"{seconds:.0f} s")
    console = Console(soft_wrap=True)
    console.print("\n[bold]stuifmail: the sample newsroom[/bold]\n")
    console.print(table)


def print_pieces(newsroom: str, pieces: list[str], sent: list[SendReport]) -> None:
    """Print what was dispatched, piece by piece."""
    console = Console(soft_wrap=True)
    console.print("\n[bold]Dispatched[/bold]\n")
    with Newsroom.open(newsroom) as opened:
        for piece in pieces:
            copies = opened.describe_draft(piece)["deliveries"]
            told = describe_sent([report for report in sent if report.publication_id == piece], copies)
            console.print(f"{piece:<28}{told}", highlight=False)


def print_next(newsroom: str, issue: str) -> None:
    """Print where to look."""
    with Newsroom.open(newsroom) as opened:
        mailbox = Path(newsroom, opened.config.delivery.maildir)
        outputs = Path(newsroom, opened.config.outputs)
    site, release = outputs / "site", f"{RESULTS}-pers-2"
    console = Console(soft_wrap=True)
    console.print("\n[bold]Look next[/bold]\n")
    for what, where in (
        ("the proof, for the editor", outputs / "proofs" / issue / "index.html"),
        ("what readers got", mailbox),
        ("its web version", site / issue / "nl" / "index.html"),
        ("the results mailing", site / f"{RESULTS}-resultaten" / "nl" / "index.html"),
        ("the press release", site / f"{release}-nl" / "nl" / "index.html"),
        ("the same in English", site / f"{release}-en" / "en" / "index.html"),
        ("the same for machines", site / f"{release}-en" / "en" / "ninjs.json"),
        ("who signed in Nairobi", site / f"{SIGNED}-pers-2-en" / "en" / "index.html"),
        ("the invitation", site / INVITATION / "nl" / "index.html"),
        ("its date, for calendars", site / INVITATION / "nl" / "event.ics"),
        ("what is kept of the issue", outputs / "archive" / issue),
        ("how it went, in words", f".venv/bin/stuifmail show {issue}"),
        ("who got a copy", f".venv/bin/stuifmail deliveries {issue}"),
        ("all of it in the browser", "make desk"),
    ):
        console.print(f"{what:<26}{where}", soft_wrap=True, highlight=False)


def describe_harvested(report: HarvestReport) -> str:
    """Answer what the harvest came to, failing sources by name."""
    failed = [source.source_id for source in report.sources if source.outcome == "failed"]
    told = (
        f"{report.new_count} new from {len(report.sources)} sources ({report.count('fetched')} fetched, "
        f"{report.count('unchanged')} unchanged, {len(failed)} failed"
    )
    return f"{told}: {', '.join(failed)})" if failed else f"{told})"


def describe_drafted(report: DraftReport) -> str:
    """Answer what was drafted, or that it had been before."""
    if not report.created:
        return f"nothing new: {report.publication_id} is {report.state}"
    planned = f"{report.send_at:%a} {report.send_at.day} {report.send_at:%b %Y %H:%M}"
    return f"{report.publication_id}, {report.stories_count} stories, planned for {planned}"


def describe_sent(reports: list[SendReport], copies: dict[str, int]) -> str:
    """Answer what this run sent, or how the copies stand since an earlier one."""
    told = ", ".join(f"{count} {state}" for state, count in copies.items()) or "none"
    tried = sum(report.dispatched.attempted_count for report in reports if report.dispatched)
    return f"{tried} copies now ({told})" if tried else f"nothing now ({told} before)"


if __name__ == "__main__":
    try:
        run(*sys.argv[1:2])
    except StuifmailError as trouble:
        sys.exit(str(trouble))
