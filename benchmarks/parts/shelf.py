"""A store in which each seed was harvested yesterday, to harvest what became of it today."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.parts.promises import BrokenPromiseError
from benchmarks.parts.seeds import NOW, Seed, make_task
from stuifmail.config.models import NewsroomConfig
from stuifmail.curate.agenda import select_events
from stuifmail.errors import StuifmailError
from stuifmail.harvest.calendars.storing_events import store_events
from stuifmail.harvest.identity.storing import identify_items, store_items
from stuifmail.harvest.reading import Reading, Task, read_document
from stuifmail.model.harvests import StoredCounts
from stuifmail.store.database import Connection, Store
from stuifmail.store.events import list_events
from stuifmail.store.items import get_items, list_known

_TOMORROW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An open store in a transaction that is never committed.

    Args:
        connection: the transaction.
        zone: the newsroom's.
    """

    connection: Connection
    zone: str

    def try_out(self, task: Task, reading: Reading) -> None:
        """Store what was read, look at it, read it a second time, and forget it all.

        Raises:
            BrokenPromiseError: what is stored is not what was read, or the same bytes made a difference.
        """
        savepoint = self.connection.begin_nested()
        try:
            _store(self.connection, task, reading)
            self._look(task, reading)
            again = _store(self.connection, task, reading, days=1)
            if again.new_count or again.changed_count:
                raise BrokenPromiseError(f"the same bytes are news the next day: {again}")
        finally:
            savepoint.rollback()

    def _look(self, task: Task, reading: Reading) -> None:
        """Read back what was stored, and choose an agenda from it."""
        known = list_known(self.connection, task.source.id)
        stored = get_items(self.connection, [each.id for each in known])
        for item_id, item in identify_items(reading.items, known).items():
            if item_id not in stored or stored[item_id].entry != item.entry:
                raise BrokenPromiseError("an item is not stored as it was read")
        events = list_events(self.connection, source_ids=[task.source.id])
        if len(events) < len({event.id for event in reading.events}):
            raise BrokenPromiseError("an event is not stored")
        select_events(events, days=400, limit=50, today=NOW.date(), zone=self.zone)


@contextmanager
def open_shelf(folder: Path, config: NewsroomConfig, seeds: Iterable[Seed]) -> Iterator[Shelf]:
    """Open a store in the folder in which all seeds that can be read are stored.

    Args:
        folder: empty; it keeps a database without rows.
    """
    store = Store.open("sqlite:///fuzz.db", folder)
    try:
        with store.engine.connect() as connection:
            for one in seeds:
                task = make_task(one, one.content)
                try:
                    reading = read_document(config, task)
                except StuifmailError:
                    continue
                _store(connection, task, reading, days=-1)
            yield Shelf(connection, config.organisation.time_zone)
    finally:
        store.close()


def _store(connection: Connection, task: Task, reading: Reading, *, days: int = 0) -> StoredCounts:
    at = NOW + days * _TOMORROW
    items = store_items(connection, task.source, reading.document, reading.items, at=at)
    events = store_events(connection, task.source, reading.document, reading.events, at=at)
    return StoredCounts(
        new_count=items.new_count + events.new_count,
        changed_count=items.changed_count + events.changed_count,
        removed_count=items.removed_count + events.removed_count,
        problems=(*items.problems, *events.problems),
    )
