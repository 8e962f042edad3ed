"""The harvest: ask every source that is due, read what is new, store it with its validators.

Three things go on at once: a thread fetches (stream.py), processes read what came over the web
(workers.py), and the caller's thread stores, several sources in one transaction (settling.py).
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from stuifmail.config.models import NewsroomConfig, Source
from stuifmail.errors import FetchFailed, HarvestError, InvalidSheet, NothingHarvested
from stuifmail.harvest.fetching.fetch import Fetched, FetchLimits
from stuifmail.harvest.fetching.stream import stream_fetches
from stuifmail.harvest.limits import WorkerLimits
from stuifmail.harvest.planning import Job, plan_job, report_skipped
from stuifmail.harvest.reading import Reading, Task, read_document, strip_config
from stuifmail.harvest.settling import Settlement, Settler
from stuifmail.harvest.workers import Workers
from stuifmail.model.harvests import HarvestReport, SheetCounts, SourceReport
from stuifmail.model.items import Provenance
from stuifmail.store.database import Store
from stuifmail.store.documents import prune_documents
from stuifmail.store.sources import get_states

TakeParticipants: TypeAlias = Callable[[Source, bytes, Provenance], SheetCounts]

#: Memory that a worker may take to read a document: some at least, and so many times its size.
_LEAST_MEMORY_BYTES, _MEMORY_PER_BYTE = 400_000_000, 60
#: So many bytes of documents may wait for the workers.
_MOST_BYTES_IN_HAND = 20_000_000
#: While no answer comes, this often is looked what the workers have done.
_TICK_S = 0.05


def harvest_sources(
    sources: Sequence[Source],
    *,
    config: NewsroomConfig,
    root: Path,
    store: Store,
    clock: Callable[[], datetime],
    take_participants: TakeParticipants | None = None,
    on_report: Callable[[SourceReport], None] | None = None,
    ask_all: bool = False,
) -> HarvestReport:
    """Ask the sources that are due and store what is new; a failing source never stops the others.

    What is of one source is stored in one transaction, so a crash at any moment loses nothing:
    what is not stored is fetched again. Works within a running event loop too, and in threads
    and processes of any kind. The caller sees to it that only one harvest runs at a time.

    Args:
        sources: which ones; their ids are unique.
        config: the newsroom, for members, languages, time zone, and limits.
        root: the folder that the sources' files count from.
        store: where items, events and the sources' states go.
        clock: answers the present moment, aware.
        take_participants: stores a participants sheet; answers what counting it came to,
            or raises InvalidSheet. Without it such sheets are left alone.
        on_report: called after each source, in the order in which they are done.
        ask_all: ask also those for which it is not time yet, or that are gone for good.

    Returns:
        A report of each source, in the order given, also when all failed.

    Raises:
        StoreError: the database cannot be used; what was stored before stays.
    """
    started_at = clock().astimezone(UTC)
    with store.begin() as connection:
        states = get_states(connection, [source.id for source in sources])
    jobs = [
        plan_job(source, states.get(source.id), config=config, root=root, now=started_at, ask_all=ask_all)
        for source in sources
    ]
    reports: dict[str, SourceReport] = {}

    def tell(report: SourceReport) -> None:
        reports[report.source_id] = report
        if on_report:
            on_report(report)

    for job in jobs:
        if job.skipped:
            tell(report_skipped(job))
    settler = Settler(store, config.harvest, clock, tell)
    with Workers(read_document, strip_config(config), limits=worker_limits(config)) as workers:
        run = _Run(config, clock, workers, settler, take_participants, tell)
        # Who was a member on an event's day needs that day: calendars come before participants.
        for is_last in (False, True):
            asked = [job for job in jobs if not job.skipped and _is_counted(job.source) is is_last]
            if asked:
                run.ask({job.source.id: job for job in asked})
    with store.begin() as connection:
        prune_documents(connection, before=started_at - timedelta(days=config.harvest.keep_days))
    return HarvestReport(
        started_at=started_at,
        finished_at=clock().astimezone(UTC),
        sources=tuple(reports[source.id] for source in sources),
    )


def raise_if_nothing(report: HarvestReport) -> None:
    """Raise when sources were asked and every one of them failed.

    Raises:
        NothingHarvested: with the causes.
    """
    asked = [source for source in report.sources if source.outcome not in ("waiting", "retired")]
    if not asked or report.count("failed") < len(asked):
        return
    causes = "; ".join(f"{source.source_id}: {source.error}" for source in asked[:5])
    more = f"; and {len(asked) - 5} more" if len(asked) > 5 else ""
    if len(asked) == 1:
        alone = asked[0]
        raise NothingHarvested(
            f"the one source that was asked gave nothing ({alone.error})",
            place=alone.source_id,
            remedy=alone.remedy,
        )
    raise NothingHarvested(
        f"none of the {len(asked)} sources could be harvested ({causes}{more})",
        place="harvest",
        remedy="check our own network first; nothing was lost, they will be tried again",
    )


def fetch_limits(config: NewsroomConfig) -> FetchLimits:
    """Answer the limits of fetching as the newsroom sets them."""
    harvest = config.harvest
    return FetchLimits(
        timeout_s=harvest.timeout_s,
        max_bytes=harvest.max_bytes,
        max_connections=harvest.max_connections,
        per_host=harvest.per_host,
        allow_private=harvest.allow_private,
        user_agent=config.user_agent,
    )


def worker_limits(config: NewsroomConfig) -> WorkerLimits:
    """Answer the limits of reading one document as the newsroom sets them."""
    return WorkerLimits(
        timeout_s=config.harvest.parse_timeout_s,
        memory_bytes=max(_LEAST_MEMORY_BYTES, _MEMORY_PER_BYTE * config.harvest.max_bytes),
    )


def _is_counted(source: Source) -> bool:
    return source.holds == "participants"


class _Run:
    """One harvest under way: takes answers as they come in, and hands on what is to be read or stored."""

    def __init__(
        self,
        config: NewsroomConfig,
        clock: Callable[[], datetime],
        workers: Workers[Task, Reading],
        settler: Settler,
        take_participants: TakeParticipants | None,
        tell: Callable[[SourceReport], None],
    ) -> None:
        self.config, self.clock, self.workers, self.settler = config, clock, workers, settler
        self.take_participants, self.tell = take_participants, tell
        self.in_hand: dict[Future[Reading], tuple[Settlement, int]] = {}

    def ask(self, jobs: Mapping[str, Job]) -> None:
        """Ask these sources, by id, and store what comes of it."""
        requests = [job.request for job in jobs.values()]
        with closing(stream_fetches(requests, fetch_limits(self.config), tick_s=_TICK_S)) as answers:
            for each in answers:
                if each is not None:
                    self.take(jobs[each[0].source_id], each[1])
                self.collect()
                self.settler.flush_if_full()
        while self.in_hand:
            self.collect(wait_for_one=True)
        self.settler.flush()

    def take(self, job: Job, answer: Fetched | FetchFailed) -> None:
        """Store one answer, or have it read first."""
        if isinstance(answer, FetchFailed):
            self.settler.add(Settlement(job=job, error=answer))
            return
        content = answer.content
        sha256 = hashlib.sha256(content or b"").hexdigest()
        if content is None or sha256 == job.state.sha256:
            self.settler.add(Settlement(job=job, fetched=_without_bytes(answer)))
            return
        provenance = Provenance(
            source_id=job.source.id, url=answer.url, fetched_at=self.clock().astimezone(UTC), sha256=sha256
        )
        settlement = Settlement(job=job, fetched=_without_bytes(answer), provenance=provenance)
        if _is_counted(job.source):
            self.count(settlement, content, provenance)
        else:
            task = Task(
                source=job.source,
                content=content,
                content_type=answer.content_type,
                provenance=provenance,
            )
            self.read(settlement, task)

    def read(self, settlement: Settlement, task: Task) -> None:
        """Have a document read: our own files here, what came over the web by a worker."""
        if settlement.job.source.file:
            self._settle(settlement, lambda: read_document(self.config, task))
            return
        size = len(task.content)
        while self.in_hand and not self._has_room(size):
            self.collect(wait_for_one=True)
        future = self.workers.submit(task, task.provenance.url)
        self.in_hand[future] = settlement, size

    def collect(self, *, wait_for_one: bool = False) -> None:
        """Take over what the workers have read."""
        if wait_for_one:
            wait(self.in_hand, return_when=FIRST_COMPLETED)
        for future in [future for future in self.in_hand if future.done()]:
            settlement, _ = self.in_hand.pop(future)
            self._settle(settlement, future.result)

    def count(self, settlement: Settlement, content: bytes, provenance: Provenance) -> None:
        """Have a participants sheet counted; its figures are stored before its state.

        A crash in between means that they are counted again.
        """
        source = settlement.job.source
        if self.take_participants is None:
            self.tell(SourceReport(source_id=source.id, outcome="unchanged"))
            return
        try:
            counted = self.take_participants(source, content, provenance)
        except (HarvestError, InvalidSheet) as error:
            self.settler.add(replace(settlement, error=error))
        else:
            self.settler.add(replace(settlement, counted=counted))

    def _settle(self, settlement: Settlement, read: Callable[[], Reading]) -> None:
        try:
            self.settler.add(replace(settlement, reading=read()))
        except HarvestError as error:
            self.settler.add(replace(settlement, error=error))

    def _has_room(self, size: int) -> bool:
        waiting = sum(each for _, each in self.in_hand.values())
        return len(self.in_hand) < 2 * self.workers.count + 2 and waiting + size <= _MOST_BYTES_IN_HAND


def _without_bytes(answer: Fetched) -> Fetched:
    """Answer the answer without what takes room; None stays None, which means "unchanged"."""
    return answer if answer.content is None else replace(answer, content=b"")
