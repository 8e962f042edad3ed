"""Report what a month or year came to: `python -m flows.report`."""

from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.reporting import list_member_rows
from flows.transient import is_transient
from stuifmail import Newsroom


@task(name="look up the period", retries=2, retry_delay_seconds=5, retry_condition_fn=is_transient)
def look_up(newsroom: str, period: str, language: str) -> tuple[dict[str, Any], str]:
    """Count what was sent, and write it down for people; nothing is stored."""
    with Newsroom.open(newsroom) as opened:
        wanted = period or opened.last_month()
        return opened.describe_report(wanted), opened.write_report(wanted, language=language)


@flow(name="report", validate_parameters=True)
def report(newsroom: str = ".", period: str = "", language: str = "") -> dict[str, Any]:
    """Tell what a month or year came to: purposes, turns, gaps, exceptions, corrections, copies.

    Args:
        newsroom: Folder with sources.yaml, as the machine that runs the flow sees it.
        period: A year (2026) or month (2026-05). Leave empty for the month before this one.
        language: nl or en. Leave empty for the newsroom's first language.
    """
    found, text = look_up(newsroom, period, language)
    create_markdown_artifact(text, key="report", description=f"What {found['label']} came to")
    create_table_artifact(
        list_member_rows(found), key="report-members", description=f"Whose turn it was in {found['label']}"
    )
    return found


if __name__ == "__main__":
    report()
