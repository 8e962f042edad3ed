"""Send what an editor approved and what is due: `python -m flows.dispatch`."""

from datetime import datetime

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.reporting import describe_dispatch, list_dispatch_rows
from flows.transient import is_transient
from stuifmail import Newsroom, SendReport, StuifmailError


@task(name="send what is due", retries=2, retry_delay_seconds=30, retry_condition_fn=is_transient)
def send_due(newsroom: str, publication: str | None, moment: datetime | None) -> list[SendReport]:
    """Send each reader one copy; go on where an earlier run was interrupted."""
    with Newsroom.open(newsroom, now=moment) as opened:
        return opened.dispatch(publication)


@flow(name="dispatch", validate_parameters=True)
def dispatch(
    newsroom: str = ".", publication: str | None = None, moment: datetime | None = None
) -> list[SendReport]:
    """Send what is approved, queued and due, and archive it. What nobody approved stays here.

    Args:
        newsroom: Folder with sources.yaml, as the machine that runs the flow sees it.
        publication: Id such as nieuwsbrief-2026-05; leave empty for all that are due.
        moment: Act as if it were this moment, in the newsroom's zone unless it names its own.
    """
    reports = send_due(newsroom, publication, moment)
    create_table_artifact(
        list_dispatch_rows(reports), key="dispatch-publications", description="Every publication"
    )
    create_markdown_artifact(
        describe_dispatch(reports), key="dispatch-report", description="The dispatch in short"
    )
    # What an embargo locks waits by itself: telling it is enough, every ten minutes until its end.
    if failed := [report.error for report in reports if report.error and not report.waits_until]:
        raise StuifmailError("\n".join(failed), remedy="see the report; the next run goes on")
    return reports


if __name__ == "__main__":
    dispatch()
