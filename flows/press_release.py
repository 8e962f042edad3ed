"""Draft a press release in each language and lay out the proofs: `python -m flows.press_release`."""

from typing import Literal

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from flows.reporting_press import describe_releases
from flows.transient import is_transient
from stuifmail import Newsroom, ProofReport, ReleaseReport

Stage = Literal["announcement", "results", "update"]


@task(name="draft the release", retries=2, retry_delay_seconds=5, retry_condition_fn=is_transient)
def draft_release(newsroom: str, event: str | None, stage: Stage) -> tuple[ReleaseReport, ...]:
    """Compose every language version; those that were drafted before stay as their editors left them."""
    with Newsroom.open(newsroom) as opened:
        return opened.press(event, stage)


@task(name="lay out the proof", retries=2, retry_delay_seconds=5, retry_condition_fn=is_transient)
def lay_out_proof(newsroom: str, publication: str) -> ProofReport:
    """Render one version, check it, and write the page for the editor."""
    with Newsroom.open(newsroom) as opened:
        return opened.proof(publication)


@flow(name="press-release", validate_parameters=True)
def press_release(
    newsroom: str = ".", event: str | None = None, stage: Stage = "update"
) -> tuple[ReleaseReport, ...]:
    """Draft a press release for an editor to review. Nothing is sent.

    Args:
        newsroom: Folder with sources.yaml, as the machine that runs the flow sees it.
        event: Id of one of our own events; leave empty for an update with members' news.
        stage: Before the event, after it, or an update; an update may find nothing newsworthy.
    """
    reports = draft_release(newsroom, event, stage)
    proofs = [lay_out_proof(newsroom, report.publication_id) for report in reports if report.created]
    create_markdown_artifact(
        describe_releases(reports, proofs), key="press-release", description="The drafts in short"
    )
    return reports


if __name__ == "__main__":
    press_release()
