"""Storing what came of sources, several in one transaction."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from stuifmail.config.models import Harvest
from stuifmail.errors import HarvestError, StoreError, StuifmailError, UnreadableDocument
from stuifmail.harvest.calendars.storing_events import store_events
from stuifmail.harvest.fetching.fetch import Fetched
from stuifmail.harvest.formats.documents import shorten_problems
from stuifmail.harvest.identity.storing import store_items
from stuifmail.harvest.outcomes import Gist, Settled, take_document, take_failure, take_unchanged
from stuifmail.harvest.planning import Job
from stuifmail.harvest.reading import Reading
from stuifmail.model.harvests import SheetCounts, SourceReport, StoredCounts
from stuifmail.model.items import Provenance
from stuifmail.store.database import Connection, Store
from stuifmail.store.documents import PackedDocument, put_documents
from stuifmail.store.sources import put_states

#: A transaction waits for the disk twice, so it takes several sources; but nobody else can
#: write meanwhile, and a crash has the rest fetched again, so they are not very many. Of those
#: without anything to store but their state there may be more.
_MOST = (40, 1000, 1_500_000)  # read, in all, and bytes of those read
_LONGEST_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What is to be stored of one source: a failure, what was read or counted, or that nothing changed.

    Args:
        fetched: its answer, without the bytes; None when there was none.
        error: why there is nothing usable.
        reading: what was read.
        counted: what counting a participants sheet came to; its figures are stored already.
        provenance: of what was read or counted.
    """

    job: Job
    fetched: Fetched | None = None
    error: StuifmailError | None = None
    reading: Reading | None = None
    counted: SheetCounts | None = None
    provenance: Provenance | None = None


class Settler:
    """Gathers what came of sources and stores it in groups.

    A source's items, events, bytes and state go into one transaction, so a crash at any moment
    loses nothing: what is not stored is fetched again.

    Args:
        store: where they go.
        settings: of the harvest.
        clock: answers the present moment, aware.
        on_report: called for each source once it is stored.
    """

    def __init__(
        self,
        store: Store,
        settings: Harvest,
        clock: Callable[[], datetime],
        on_report: Callable[[SourceReport], None],
    ) -> None:
        self._store, self._settings, self._clock, self._on_report = store, settings, clock, on_report
        self._waiting: list[Settlement] = []
        self._read_count = self._bytes = 0
        self._since = 0.0

    def add(self, settlement: Settlement) -> None:
        """Take one source, and store the group when it is full."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(settlement)
        if settlement.reading:
            self._read_count += 1
            self._bytes += settlement.reading.bytes_count
        self.flush_if_full()

    def flush_if_full(self) -> None:
        """Store the group when it is large, or has waited for long."""
        counts = (self._read_count, len(self._waiting), self._bytes)
        is_full = any(have >= most for have, most in zip(counts, _MOST, strict=True))
        if is_full or (self._waiting and time.monotonic() - self._since >= _LONGEST_S):
            self.flush()

    def flush(self) -> None:
        """Store what was gathered.

        Raises:
            StoreError: the database cannot be used; the group is not stored.
        """
        group, self._waiting, self._read_count, self._bytes = self._waiting, [], 0, 0
        if not group:
            return
        for outcome in self._store_group(group):
            self._on_report(outcome.report)

    def _store_group(self, group: Sequence[Settlement]) -> list[Settled]:
        try:
            return self._write(group)
        except StoreError:
            raise
        except Exception:
            if all(settlement.reading is None for settlement in group):
                raise
        return [outcome for settlement in group for outcome in self._store_alone(settlement)]

    def _store_alone(self, settlement: Settlement) -> list[Settled]:
        """Store one source of a group that could not be stored: one document, not the run."""
        try:
            return self._write([settlement])
        except StoreError:
            raise
        except Exception as error:
            if settlement.reading is None:
                raise
            failure = UnreadableDocument(
                f"what is in it cannot be stored ({type(error).__name__}: {str(error)[:120]})",
                place=settlement.job.request.address,
                remedy="look at it with: stuifmail parse; please tell the makers of stuifmail, too",
            )
            return self._write([replace(settlement, reading=None, error=failure)])

    def _write(self, group: Sequence[Settlement]) -> list[Settled]:
        now = self._clock().astimezone(UTC)
        with self._store.begin() as connection:
            outcomes = [self._settle(connection, settlement, now) for settlement in group]
            put_documents(connection, [document for each in group for document in _pack(each)])
            known = {each.job.source.id for each in group if each.job.is_known}
            put_states(connection, [outcome.state for outcome in outcomes], known=known)
        return outcomes

    def _settle(self, connection: Connection, settlement: Settlement, now: datetime) -> Settled:
        job, fetched, provenance = settlement.job, settlement.fetched, settlement.provenance
        if settlement.error is not None or fetched is None:
            error = settlement.error or HarvestError("there was no answer", place=job.request.address)
            return take_failure(job, error, fetched, now=now, settings=self._settings)
        if provenance is None:
            return take_unchanged(job, fetched, now=now, settings=self._settings)
        gist, counts = self._take(connection, settlement, provenance)
        return take_document(job, fetched, gist, counts, now=provenance.fetched_at, settings=self._settings)

    def _take(
        self, connection: Connection, settlement: Settlement, provenance: Provenance
    ) -> tuple[Gist, StoredCounts]:
        reading, counted = settlement.reading, settlement.counted or SheetCounts()
        if reading is None:
            gist = Gist(sha256=provenance.sha256, entries_count=counted.rows_count)
            return gist, StoredCounts(
                new_count=counted.new_count,
                changed_count=counted.changed_count,
                problems=shorten_problems(counted.problems),
            )
        gist = Gist(
            sha256=provenance.sha256,
            entries_count=len(reading.items) + len(reading.events),
            check_after_s=reading.document.check_after_s,
            facts=reading.facts,
        )
        return gist, _store_reading(connection, settlement.job, reading, provenance.fetched_at)


def _store_reading(connection: Connection, job: Job, reading: Reading, at: datetime) -> StoredCounts:
    """Store items and events; answer both counts together, with all problems."""
    document = replace(
        reading.document,
        entries=tuple(item.entry for item in reading.items),
        events=tuple(event.entry for event in reading.events),
    )
    items = store_items(
        connection,
        job.source,
        document,
        reading.items,
        at=at,
        last_sha256=job.last_sha256,
        is_first=not job.is_known,
    )
    events = store_events(connection, job.source, document, reading.events, at=at)
    problems = (*reading.problems, *items.problems, *events.problems)
    return StoredCounts(
        new_count=items.new_count + events.new_count,
        changed_count=items.changed_count + events.changed_count,
        removed_count=items.removed_count + events.removed_count,
        problems=shorten_problems(problems),
    )


def _pack(settlement: Settlement) -> list[PackedDocument]:
    reading, provenance, fetched = settlement.reading, settlement.provenance, settlement.fetched
    if reading is None or provenance is None or fetched is None:
        return []
    return [
        PackedDocument(
            sha256=provenance.sha256,
            source_id=settlement.job.source.id,
            packed=reading.packed,
            bytes_count=reading.bytes_count,
            content_type=fetched.content_type,
            stored_at=provenance.fetched_at,
        )
    ]
