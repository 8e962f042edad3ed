"""Harvest the members' feeds, calendars and sheets: `python -m flows.harvest`."""

import time
from collections.abc import Callable
from typing import cast
from uuid import UUID

from prefect import flow, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE

from flows.reporting import describe_harvest, describe_health, list_harvest_rows
from flows.transient import is_transient
from stuifmail import HarvestReport, HealthReport, Newsroom, SourceReport, raise_if_nothing

#: Each step of the progress bar is a question to Prefect's server.
_EVERY_S = 2.0


@task(
    name="harvest the sources",
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_jitter_factor=0.5,
    retry_condition_fn=is_transient,
    cache_policy=NO_CACHE,
)
def harvest_sources(
    newsroom: str, sources: list[str] | None, ask_all: bool
) -> tuple[HarvestReport, HealthReport]:
    """Ask the sources that are due and store what is new; a source that fails is reported, not raised.

    One task for all of them: the library keeps hundreds of connections and all cores busy by
    itself, keeps to the limits for each server, and stores the state of each source.
    """
    with Newsroom.open(newsroom) as opened:
        count = len(opened.config.sources) if sources is None else len(sources)
        report = opened.harvest(sources, on_report=show_progress(count), ask_all=ask_all)
        return report, opened.health()


def show_progress(count: int) -> Callable[[SourceReport], None]:
    """Answer what to call after each of so many sources, for a progress bar in Prefect's pages."""
    # Its type says that it may answer a coroutine; called from here it never does.
    bar = cast(UUID, create_progress_artifact(0.0, key="harvest-progress", description=f"of {count} sources"))
    done, shown_at = 0, time.monotonic()

    def advance(_report: SourceReport) -> None:
        nonlocal done, shown_at
        done += 1
        if done == count or time.monotonic() - shown_at >= _EVERY_S:
            update_progress_artifact(bar, 100 * done / count)
            shown_at = time.monotonic()

    return advance


@flow(name="harvest", validate_parameters=True)
def harvest(newsroom: str = ".", sources: list[str] | None = None, ask_all: bool = False) -> HarvestReport:
    """Ask the sources that are due and store what is new. Running it again does no harm.

    Args:
        newsroom: Folder with sources.yaml, as the machine that runs the flow sees it.
        sources: Ids of the sources to harvest, due or not; leave empty for all that are due.
        ask_all: Ask all sources, also those for which it is not time yet or that are gone for good.
    """
    report, health = harvest_sources(newsroom, sources, ask_all)
    create_table_artifact(list_harvest_rows(report), key="harvest-sources", description="The sources")
    create_markdown_artifact(
        describe_harvest(report), key="harvest-report", description="The harvest in short"
    )
    create_markdown_artifact(
        describe_health(health), key="harvest-health", description="How sources and members do"
    )
    raise_if_nothing(report)
    return report


if __name__ == "__main__":
    harvest()
