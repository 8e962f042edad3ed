"""What is remembered of each source between harvests."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from stuifmail.store.batches import split_batches
from stuifmail.store.schema import sources


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """The last harvests of one source.

    Args:
        id: the source in sources.yaml.
        etag, last_modified: the server's validators of the document that is stored.
        sha256: hash of that document's bytes.
        settings_sha256: hash of the settings it was read with.
        url: the address as configured when it was fetched.
        fetched_at: when that document came, UTC.
        checked_at: the last attempt of any outcome, UTC.
        failing_since: UTC moment of the first failure in a row.
        failures_count: failures in a row.
        error: the last failure in words, "" when there is none.
        entries_count: entries, events or rows in the document.
    """

    id: str
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    settings_sha256: str | None = None
    url: str | None = None
    fetched_at: datetime | None = None
    checked_at: datetime | None = None
    failing_since: datetime | None = None
    failures_count: int = 0
    error: str = ""
    entries_count: int = 0


_COLUMNS = [sources.c[field.name] for field in fields(SourceState)]


def get_states(connection: Connection, ids: Collection[str] | None = None) -> dict[str, SourceState]:
    """Answer what is remembered, by source id; sources never harvested are absent.

    Args:
        ids: of these sources; None for all.
    """
    query = select(*_COLUMNS)
    if ids is None:
        rows = list(connection.execute(query))
    else:
        batches = split_batches(sorted(ids))
        rows = [row for batch in batches for row in connection.execute(query.where(sources.c.id.in_(batch)))]
    return {row.id: SourceState(**row._mapping) for row in rows}


def put_state(connection: Connection, state: SourceState) -> None:
    """Remember this state in place of the source's earlier one."""
    values = asdict(state)
    changed = connection.execute(update(sources).where(sources.c.id == state.id).values(values))
    if changed.rowcount == 0:
        connection.execute(insert(sources).values(values))
