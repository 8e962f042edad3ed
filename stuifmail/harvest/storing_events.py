"""What a document's events do to what is stored of its source."""

from collections.abc import Sequence
from datetime import datetime

from stuifmail.config.models import Source
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.events import Event
from stuifmail.model.harvests import StoredCounts
from stuifmail.store.database import Connection
from stuifmail.store.events import put_events


def store_events(
    connection: Connection, source: Source, document: ParsedDocument, events: Sequence[Event], *, at: datetime
) -> StoredCounts:
    """Store the events of one document of a source.

    Args:
        source: where the document came from.
        document: what was parsed.
        events: its events, in its order.
        at: when it was fetched, UTC.
    """
    counts = put_events(connection, events)
    return StoredCounts(new_count=counts.new_count, changed_count=counts.changed_count)
