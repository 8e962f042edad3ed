"""Draft the next issue and lay out its proof: `python -m flows.newsletter`."""

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from flows.reporting import describe_draft
from flows.transient import is_transient
from stuifmail import DraftReport, Newsroom, ProofReport


@task(name="draft the issue", retries=2, retry_delay_seconds=5, retry_condition_fn=is_transient)
def draft_issue(newsroom: str, newsletter: str | None, only_when_due: bool) -> DraftReport:
    """Select and compose; an issue that was drafted before stays as its editors left it."""
    with Newsroom.open(newsroom) as opened:
        return opened.draft(newsletter, only_when_due=only_when_due)


@task(name="lay out the proof", retries=2, retry_delay_seconds=5, retry_condition_fn=is_transient)
def lay_out_proof(newsroom: str, publication: str) -> ProofReport:
    """Render every edition, check it, and write the page for the editor."""
    with Newsroom.open(newsroom) as opened:
        return opened.proof(publication)


@flow(name="newsletter", validate_parameters=True)
def newsletter(
    newsroom: str = ".", newsletter: str | None = None, *, only_when_due: bool = False
) -> DraftReport:
    """Draft the next issue from what was harvested, for an editor to review. Nothing is sent.

    Args:
        newsroom: Folder with sources.yaml, as the machine that runs the flow sees it.
        newsletter: Id of the newsletter; leave empty where there is only one.
        only_when_due: Wait for the planned drafting day. Leave off to draft the next issue now.
    """
    report = draft_issue(newsroom, newsletter, only_when_due)
    proof = lay_out_proof(newsroom, report.publication_id) if report.created else None
    create_markdown_artifact(
        describe_draft(report, proof), key="newsletter-draft", description="The draft in short"
    )
    return report


if __name__ == "__main__":
    newsletter()
