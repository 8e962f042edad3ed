"""What is remembered of each source between harvests."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from stuifmail.store.batches import split_batches
from stuifmail.store.schema import sources


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """The last harvests of one source.

    Args:
        id: the source in sources.yaml.
        etag, last_modified: the server's validators of the document that is stored.
        sha256: hash of that document's bytes.
        settings_sha256: hash of the settings it was asked with; the validators go with these.
        url: the address as configured when it was asked last.
        fetched_at: when that document came, UTC.
        checked_at: the last attempt of any outcome, UTC.
        failing_since: UTC moment of the first failure in a row.
        failures_count: failures in a row.
        error: the last failure in words, "" when there is none.
        entries_count: entries, events or rows in the document.
        answer: the last answer in words.
        next_check_at: it is not asked before, UTC; None: at each run.
        next_check_why: who or what set that moment.
        check_after_s: how long the document itself asks to wait, in seconds.
        moved_to: the address that the server says to use from now on, "" otherwise.
        moved_since: since when it says so, UTC.
        retired_at: when the server said that it is gone for good (410), UTC.
        first_fetched_at: when its first complete document came, UTC.
        last_new_at: when an item or event came in last, UTC.
        facts: what health wants to know of the document (see harvest/health.py).
        facts_since: which trouble in it was there since when, ISO 8601 in UTC.
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
    answer: str = ""
    next_check_at: datetime | None = None
    next_check_why: str = ""
    check_after_s: int | None = None
    moved_to: str = ""
    moved_since: datetime | None = None
    retired_at: datetime | None = None
    first_fetched_at: datetime | None = None
    last_new_at: datetime | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    facts_since: dict[str, str] = field(default_factory=dict)


_COLUMNS = [sources.c[each.name] for each in fields(SourceState)]


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
    return {row.id: _from_row(row) for row in rows}


def put_state(connection: Connection, state: SourceState) -> None:
    """Remember this state in place of the source's earlier one."""
    put_states(connection, [state], known=get_states(connection, [state.id]))


def put_states(connection: Connection, states: Sequence[SourceState], *, known: Collection[str]) -> None:
    """Remember these states, one a source, in place of the sources' earlier ones.

    Args:
        known: ids of the sources of which something is remembered already.
    """
    again = [_to_row(state) for state in states if state.id in known]
    if again:
        connection.execute(_UPDATE, again)
    new = [asdict(state) for state in states if state.id not in known]
    if new:
        connection.execute(insert(sources), new)


#: SQLAlchemy keeps the columns' own names for itself, so the parameters get a prefix.
_UPDATE = (
    update(sources)
    .where(sources.c.id == bindparam("new_id"))
    .values({column.name: bindparam(f"new_{column.name}") for column in _COLUMNS if column.name != "id"})
)


def _to_row(state: SourceState) -> dict[str, Any]:
    return {f"new_{column.name}": getattr(state, column.name) for column in _COLUMNS}


def _from_row(row: Row[Any]) -> SourceState:
    values = row._asdict()
    values["facts"] = values["facts"] or {}
    values["facts_since"] = values["facts_since"] or {}
    return SourceState(**values)
