"""The fetched bytes themselves, packed, so that every sentence can be traced to them.

Participants sheets hold what is personal: their bytes are never kept (domain.md, 5).
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, union, update

from stuifmail.errors import StoreError
from stuifmail.store.batches import split_batches
from stuifmail.store.schema import documents, event_changes, events, item_versions, items, sources


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedDocument:
    """The bytes of one fetched document.

    Args:
        sha256: hash of the bytes, unpacked.
        source_id: the source that they came from first.
        packed: the bytes, packed with zlib.
        bytes_count: how many they are, unpacked.
        content_type: as the server said, "" for files.
        stored_at: when they were fetched last, UTC.
    """

    sha256: str
    source_id: str
    packed: bytes
    bytes_count: int
    content_type: str = ""
    stored_at: datetime


def put_documents(connection: Connection, found: Sequence[PackedDocument]) -> None:
    """Keep documents; of those that are kept already, only the moment is set anew."""
    unique = {document.sha256: document for document in found}
    known = {
        sha256
        for batch in split_batches(sorted(unique))
        for sha256 in connection.scalars(select(documents.c.sha256).where(documents.c.sha256.in_(batch)))
    }
    again = [{"known": sha256, "at": unique[sha256].stored_at} for sha256 in sorted(known)]
    if again:
        changed = update(documents).where(documents.c.sha256 == bindparam("known"))
        connection.execute(changed.values(stored_at=bindparam("at")), again)
    new = [_to_row(document) for sha256, document in unique.items() if sha256 not in known]
    if new:
        connection.execute(insert(documents), new)


def get_document(connection: Connection, sha256: str) -> bytes | None:
    """Answer the bytes with this hash; None when they are not kept, or not any more.

    Raises:
        StoreError: what is kept is not what was fetched.
    """
    packed = connection.scalar(select(documents.c.content).where(documents.c.sha256 == sha256))
    if packed is None:
        return None
    try:
        content = zlib.decompress(packed)
    except zlib.error:
        content = b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StoreError(
            "the document that is kept is not the one that was fetched",
            place=sha256,
            remedy="the database was changed by other means; take it from a copy from before",
        )
    return content


def prune_documents(connection: Connection, *, before: datetime) -> int:
    """Forget documents fetched before this moment that nothing refers to; answer how many.

    What any item, event, earlier version or change came from stays, and so does the newest
    document of each source.

    Args:
        before: aware.
    """
    old = set(connection.scalars(select(documents.c.sha256).where(documents.c.stored_at < before)))
    if not old:
        return 0
    tables = (items, item_versions, events, event_changes, sources)
    used = union(*(select(table.c.sha256).where(table.c.sha256.is_not(None)) for table in tables))
    unused = sorted(old.difference(connection.scalars(used)))
    for batch in split_batches(unused):
        connection.execute(delete(documents).where(documents.c.sha256.in_(batch)))
    return len(unused)


def _to_row(document: PackedDocument) -> dict[str, object]:
    return {
        "sha256": document.sha256,
        "source_id": document.source_id,
        "content": document.packed,
        "bytes_count": document.bytes_count,
        "content_type": document.content_type,
        "stored_at": document.stored_at,
    }
