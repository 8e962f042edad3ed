"""Draft the messages around events that are due, with proofs: `python -m flows.event_mailing`."""

from prefect import flow, task
from prefect.artifacts import create_table_artifact

from flows.reporting_mailings import tabulate_timeline
from flows.transient import is_transient
from stuifmail import MailingReport, Newsroom, ProofReport, TimelineRow


@task(name="draft what is due", retries=2, retry_delay_seconds=5, retry_condition_fn=is_transient)
def draft_due_mailings(newsroom: str) -> list[MailingReport]:
    """Compose every message that is due, and one update for each event that changed."""
    with Newsroom.open(newsroom) as opened:
        return opened.draft_due_mailings()


@task(name="lay out the proof", retries=2, retry_delay_seconds=5, retry_condition_fn=is_transient)
def lay_out_proof(newsroom: str, publication: str) -> ProofReport:
    """Render every edition, check it, and write the page for the editor."""
    with Newsroom.open(newsroom) as opened:
        return opened.proof(publication)


@task(name="read the timeline", retries=2, retry_delay_seconds=5, retry_condition_fn=is_transient)
def read_timeline(newsroom: str) -> list[TimelineRow]:
    """Answer what is due when, and what became of it."""
    with Newsroom.open(newsroom) as opened:
        return opened.list_timeline()


@flow(name="event-mailing", validate_parameters=True)
def event_mailing(newsroom: str = ".") -> list[MailingReport]:
    """Draft the messages around events that are due, for editors to review. Nothing is sent.

    A draft that is there already stays as its editors left it.

    Args:
        newsroom: Folder with sources.yaml, as the machine that runs the flow sees it.
    """
    reports = draft_due_mailings(newsroom)
    for report in reports:
        if report.is_new:
            lay_out_proof(newsroom, report.publication_id)
    create_table_artifact(
        tabulate_timeline(read_timeline(newsroom), reports),
        key="event-mailings",
        description="Messages around events, by when they are due",
    )
    return reports


if __name__ == "__main__":
    event_mailing()
