"""The whole chain on the sample newsroom, in one process: `make demo`.

Harvest, draft, proof; then the demonstration adds the translations of the sample newsroom's
editors and approves in the role of its approver, as people would; then dispatch, at the moment
for which the issue is planned. A second run
finds nothing new and sends nothing.
"""

import sys
import time
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.dispatch import dispatch
from flows.harvest import harvest
from flows.newsletter import newsletter
from stuifmail import DraftReport, HarvestReport, Newsroom, SendReport, StuifmailError


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


def approve_and_queue(newsroom: str, draft: DraftReport) -> datetime | None:
    """Approve a fresh proof in a role that may and did not edit last; None when that was done before."""
    with Newsroom.open(newsroom) as opened:
        shown = opened.describe_draft(draft.publication_id)
        roles = [role for role in opened.config.review.roles if role.id != shown["author"]]
        state = shown["state"]
        if state == "proofed":
            opened.approve(
                draft.publication_id, role=next(role.id for role in roles if "approve" in role.may)
            )
        if state in ("proofed", "approved"):
            return opened.queue(
                draft.publication_id, role=next(role.id for role in roles if "send" in role.may)
            )
    return None


def run(newsroom: str = ".") -> None:
    """Run the demonstration and print what came of it."""
    started = time.monotonic()
    harvested = harvest(newsroom)
    drafted = newsletter(newsroom)
    edit_draft(newsroom, drafted)
    approve_and_queue(newsroom, drafted)
    sent = dispatch(newsroom, moment=drafted.send_at)
    print_summary(newsroom, harvested, drafted, sent, time.monotonic() - started)


def print_summary(
    newsroom: str, harvested: HarvestReport, drafted: DraftReport, sent: list[SendReport], seconds: float
) -> None:
    """Print one table, and where to look next."""
    with Newsroom.open(newsroom) as opened:
        draft = opened.describe_draft(drafted.publication_id)
        mailbox = Path(newsroom, opened.config.delivery.maildir)
        outputs = Path(newsroom, opened.config.outputs)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2))
    table.add_row("harvested", describe_harvested(harvested))
    table.add_row("drafted", describe_drafted(drafted))
    table.add_row("approved", f"by {draft['approved_by']}" if draft["approved_by"] else "not yet")
    table.add_row("dispatched", describe_sent(sent, draft["deliveries"]))
    table.add_row("took", f"{seconds:.0f} s")
    console = Console(soft_wrap=True)
    console.print("\n[bold]stuifmail: the sample newsroom[/bold]\n")
    console.print(table)
    console.print("\n[bold]Look next[/bold]\n")
    for what, where in (
        ("the proof, for the editor", outputs / "proofs" / drafted.publication_id / "index.html"),
        ("what readers got", mailbox),
        ("its web version", outputs / "site" / drafted.publication_id / "nl" / "index.html"),
        ("what is kept of it", outputs / "archive" / drafted.publication_id),
        ("how it went, in words", f".venv/bin/stuifmail show {drafted.publication_id}"),
        ("who got a copy", f".venv/bin/stuifmail deliveries {drafted.publication_id}"),
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
