"""The harvest: fetch every source, parse what is new, store it with its validators."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from stuifmail.config.codec import sha256_of
from stuifmail.config.models import NewsroomConfig, Source
from stuifmail.errors import FetchFailed, HarvestError, InvalidSheet, NothingHarvested, StuifmailError
from stuifmail.harvest.documents import parse_document, shorten_problems
from stuifmail.harvest.event_making import make_events
from stuifmail.harvest.fetch import Fetched, FetchLimits, FetchRequest
from stuifmail.harvest.normalise import make_items
from stuifmail.harvest.storing import store_items
from stuifmail.harvest.storing_events import store_events
from stuifmail.harvest.stream import stream_fetches
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.harvests import HarvestReport, SheetCounts, SourceReport
from stuifmail.model.items import Provenance
from stuifmail.store.database import Store
from stuifmail.store.sources import SourceState, get_states, put_state

TakeParticipants: TypeAlias = Callable[[Source, bytes, Provenance], SheetCounts]

#: Goes up when the parsers give other values for the same bytes: all sources are read again.
PARSERS_VERSION = 3


def harvest_sources(
    sources: Sequence[Source],
    *,
    config: NewsroomConfig,
    root: Path,
    store: Store,
    clock: Callable[[], datetime],
    take_participants: TakeParticipants | None = None,
    on_report: Callable[[SourceReport], None] | None = None,
) -> HarvestReport:
    """Fetch sources and store what is new; a failing source never stops the others.

    A source's items and its validators are stored in one transaction, so a crash at any moment
    loses nothing: what is not stored is fetched again. Works within a running event loop too.
    The caller sees to it that only one harvest runs at a time.

    Args:
        sources: which ones; their ids are unique.
        config: the newsroom, for members, languages, time zone, and limits.
        root: the folder that the sources' files count from.
        store: where items, events and the sources' states go.
        clock: answers the present moment, aware.
        take_participants: stores a participants sheet; answers what counting it came to,
            or raises InvalidSheet. Without it such sheets are left alone.
        on_report: called after each source, in the order in which they are done.

    Returns:
        A report of each source, in the order given, also when all failed.

    Raises:
        StoreError: the database cannot be used; what was stored before stays.
    """
    started_at = clock().astimezone(UTC)
    run = _Run(config=config, root=root, store=store, clock=clock, take_participants=take_participants)
    with store.begin() as connection:
        states = get_states(connection, [source.id for source in sources])
    jobs = {source.id: run.plan(source, states.get(source.id)) for source in sources}
    reports: dict[str, SourceReport] = {}
    for request, answer in stream_fetches([job.request for job in jobs.values()], fetch_limits(config)):
        report = run.settle(jobs[request.source_id], answer)
        reports[request.source_id] = report
        if on_report:
            on_report(report)
    return HarvestReport(
        started_at=started_at,
        finished_at=clock().astimezone(UTC),
        sources=tuple(reports[source.id] for source in sources),
    )


def raise_if_nothing(report: HarvestReport) -> None:
    """Raise when there were sources and every one of them failed.

    Raises:
        NothingHarvested: with the causes.
    """
    if not report.sources or report.count("failed") < len(report.sources):
        return
    causes = "; ".join(f"{source.source_id}: {source.error}" for source in report.sources[:5])
    more = f"; and {len(report.sources) - 5} more" if len(report.sources) > 5 else ""
    raise NothingHarvested(
        f"none of the {len(report.sources)} sources could be harvested ({causes}{more})",
        place="harvest",
        remedy="check our own network first; nothing was lost, the next run tries all of them again",
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
        user_agent=harvest.user_agent or f"stuifmail (+{config.organisation.website})",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One source with what is remembered of it; `is_same` when it was read with these settings."""

    source: Source
    state: SourceState
    settings_sha256: str
    is_same: bool
    request: FetchRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What every step of one harvest needs."""

    config: NewsroomConfig
    root: Path
    store: Store
    clock: Callable[[], datetime]
    take_participants: TakeParticipants | None

    def plan(self, source: Source, state: SourceState | None) -> _Job:
        """Answer what to ask for; conditionally only if the answer "unchanged" would be true."""
        state = state or SourceState(id=source.id)
        address = source.url or source.file or ""
        settings = self._hash_settings(source)
        is_same = state.url == address and state.settings_sha256 == settings
        request = FetchRequest(
            source_id=source.id,
            address=address,
            path=self.root / source.file if source.file else None,
            etag=state.etag if is_same else None,
            last_modified=state.last_modified if is_same else None,
        )
        return _Job(source=source, state=state, settings_sha256=settings, is_same=is_same, request=request)

    def settle(self, job: _Job, answer: Fetched | FetchFailed) -> SourceReport:
        """Parse and store one answer; answer its report."""
        try:
            if isinstance(answer, FetchFailed):
                raise answer
            if self._is_unchanged(job, answer):
                return self._keep(job, answer)
            return self._take(job, answer)
        except (HarvestError, InvalidSheet) as error:
            duration_s = 0.0 if isinstance(answer, FetchFailed) else answer.duration_s
            return self._fail(job, error, duration_s)

    def _hash_settings(self, source: Source) -> str:
        members = [(m.id, m.name, *m.aliases) for m in self.config.members] if source.kind == "sheet" else []
        organisation = self.config.organisation
        return sha256_of(
            {
                "parsers": PARSERS_VERSION,
                "source": source.model_dump(mode="json", exclude={"note"}),
                "members": members,
                "language": organisation.languages[0],
                "zone": organisation.time_zone,
            }
        )

    def _is_unchanged(self, job: _Job, fetched: Fetched) -> bool:
        if fetched.content is None:
            return True
        return job.is_same and _hash(fetched.content) == job.state.sha256

    def _keep(self, job: _Job, fetched: Fetched) -> SourceReport:
        now = self.clock().astimezone(UTC)
        state = replace(
            job.state,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            checked_at=now,
            failing_since=None,
            failures_count=0,
            error="",
        )
        with self.store.begin() as connection:
            put_state(connection, state)
        return SourceReport(
            source_id=job.source.id,
            outcome="unchanged",
            entries_count=job.state.entries_count,
            problems=tuple(_moved(fetched)),
            duration_s=fetched.duration_s,
        )

    def _take(self, job: _Job, fetched: Fetched) -> SourceReport:
        content = fetched.content or b""
        provenance = Provenance(
            source_id=job.source.id,
            url=fetched.url,
            fetched_at=self.clock().astimezone(UTC),
            sha256=_hash(content),
        )
        if job.source.holds == "participants":
            return self._take_participants(job, fetched, provenance)
        document = self.parse(job.source, fetched)
        report = self._store(job, fetched, document, provenance)
        problems = (*_moved(fetched), *_other_kind(job.source, document), *report.problems)
        return replace(report, problems=shorten_problems(problems))

    def parse(self, source: Source, fetched: Fetched) -> ParsedDocument:
        """Parse the answer; a pure function of bytes and settings."""
        return parse_document(
            fetched.content or b"",
            url=fetched.url,
            content_type=fetched.content_type,
            base=source.base,
            kind=source.kind,
            holds=source.holds,
            columns=source.columns,
            page=source.page,
            zone=self.config.organisation.time_zone,
        )

    def _store(
        self, job: _Job, fetched: Fetched, document: ParsedDocument, provenance: Provenance
    ) -> SourceReport:
        items, item_problems = make_items(document, job.source, self.config, provenance)
        events, event_problems = make_events(document, job.source, self.config, provenance)
        with self.store.begin() as connection:
            counts = (
                store_items(connection, job.source, document, items, at=provenance.fetched_at),
                store_events(connection, job.source, document, events, at=provenance.fetched_at),
            )
            put_state(connection, _stored_state(job, fetched, provenance, len(items) + len(events)))
        return SourceReport(
            source_id=job.source.id,
            outcome="fetched",
            entries_count=len(items) + len(events),
            new_count=sum(count.new_count for count in counts),
            changed_count=sum(count.changed_count for count in counts),
            removed_count=sum(count.removed_count for count in counts),
            problems=(
                *document.problems,
                *item_problems,
                *event_problems,
                *(problem for count in counts for problem in count.problems),
            ),
            duration_s=fetched.duration_s,
        )

    def _take_participants(self, job: _Job, fetched: Fetched, provenance: Provenance) -> SourceReport:
        if self.take_participants is None:
            return SourceReport(source_id=job.source.id, outcome="unchanged", duration_s=fetched.duration_s)
        counts = self.take_participants(job.source, fetched.content or b"", provenance)
        # After the figures, never before: a crash in between means that they are counted again.
        with self.store.begin() as connection:
            put_state(connection, _stored_state(job, fetched, provenance, counts.rows_count))
        return SourceReport(
            source_id=job.source.id,
            outcome="fetched",
            entries_count=counts.rows_count,
            new_count=counts.new_count,
            changed_count=counts.changed_count,
            problems=shorten_problems((*_moved(fetched), *counts.problems)),
            duration_s=fetched.duration_s,
        )

    def _fail(self, job: _Job, error: StuifmailError, duration_s: float) -> SourceReport:
        now = self.clock().astimezone(UTC)
        # The validators stay those of the document that is stored: the next answer is compared with it.
        state = replace(
            job.state,
            checked_at=now,
            failing_since=job.state.failing_since or now,
            failures_count=job.state.failures_count + 1,
            error=error.message,
        )
        with self.store.begin() as connection:
            put_state(connection, state)
        return SourceReport(
            source_id=job.source.id,
            outcome="failed",
            entries_count=job.state.entries_count,
            error=error.message if isinstance(error, HarvestError) else str(error),
            remedy=error.remedy,
            failing_since=state.failing_since,
            duration_s=duration_s,
        )


def _stored_state(job: _Job, fetched: Fetched, provenance: Provenance, entries_count: int) -> SourceState:
    return SourceState(
        id=job.source.id,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        sha256=provenance.sha256,
        settings_sha256=job.settings_sha256,
        url=job.request.address,
        fetched_at=provenance.fetched_at,
        checked_at=provenance.fetched_at,
        entries_count=entries_count,
    )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _moved(fetched: Fetched) -> list[str]:
    if fetched.moved_to is None:
        return []
    return [f"the source moved for good to {fetched.moved_to}; put this address in sources.yaml"]


def _other_kind(source: Source, document: ParsedDocument) -> list[str]:
    if source.kind == document.kind:
        return []
    return [f"sources.yaml says that this is a {source.kind}, but it is a {document.kind}; read as such"]
