"""Harvest the members' feeds, calendars and sheets: `python -m flows.harvest`."""

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.reporting import describe_harvest, list_harvest_rows
from flows.transient import is_transient
from stuifmail import HarvestReport, Newsroom, raise_if_nothing

#: Sources a task. Many small tasks cost more than the fetching itself.
BATCH_SIZE = 50


@task(
    name="harvest a batch of sources",
    task_run_name="harvest batch {number}",
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_jitter_factor=0.5,
    retry_condition_fn=is_transient,
)
def harvest_batch(newsroom: str, source_ids: list[str], number: int) -> HarvestReport:
    """Fetch some sources and store what is new; a source that fails is reported, not raised."""
    get_run_logger().info("batch %d: %d sources", number, len(source_ids))
    with Newsroom.open(newsroom) as opened:
        return opened.harvest_batch(source_ids)


@flow(name="harvest", validate_parameters=True)
def harvest(newsroom: str = ".", sources: list[str] | None = None) -> HarvestReport:
    """Fetch what members published and store what is new. Running it again does no harm.

    Args:
        newsroom: Folder with sources.yaml, as the machine that runs the flow sees it.
        sources: Ids of the sources to harvest; leave empty for all of them.
    """
    with Newsroom.open(newsroom) as opened, opened.only_one("harvest"):
        ids = [str(row["id"]) for row in opened.list_sources()] if sources is None else sources
        batches = [ids[start : start + BATCH_SIZE] for start in range(0, len(ids), BATCH_SIZE)]
        running = [harvest_batch.submit(newsroom, batch, number) for number, batch in enumerate(batches, 1)]
        report = HarvestReport.join([future.result() for future in running], at=opened.now())
    create_table_artifact(list_harvest_rows(report), key="harvest-sources", description="Every source")
    create_markdown_artifact(
        describe_harvest(report), key="harvest-report", description="The harvest in short"
    )
    raise_if_nothing(report)
    return report


if __name__ == "__main__":
    harvest()
