"""Fetched bytes are kept, packed, as long as something refers to them."""

import hashlib
import zlib
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from stuifmail.errors import StoreError
from stuifmail.model.items import Item, Provenance
from stuifmail.store.database import Store
from stuifmail.store.documents import PackedDocument, get_document, prune_documents, put_documents
from stuifmail.store.items import add_items
from stuifmail.store.schema import documents
from stuifmail.store.sources import SourceState, put_state
from tests.builders_harvest import NOW, make_item


def pack(content: bytes, at: datetime = NOW) -> PackedDocument:
    return PackedDocument(
        sha256=sha256_of(content),
        source_id="berm",
        packed=zlib.compress(content, 1),
        bytes_count=len(content),
        content_type="text/xml",
        stored_at=at,
    )


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def item_from(content: bytes) -> Item:
    where = Provenance(source_id="berm", url="berm.xml", fetched_at=NOW, sha256=sha256_of(content))
    return make_item(provenance=where)


def test_the_very_bytes_come_back_and_the_same_twice_are_kept_once(store: Store) -> None:
    content = bytes(range(256)) * 50
    with store.begin() as connection:
        put_documents(connection, [pack(content), pack(content), pack(b"")])
        put_documents(connection, [pack(content)])
    with store.begin() as connection:
        assert get_document(connection, sha256_of(content)) == content
        assert get_document(connection, sha256_of(b"")) == b""
        assert get_document(connection, "0" * 64) is None


@pytest.mark.parametrize("damaged", [b"rubbish", zlib.compress(b"something else")])
def test_bytes_that_are_not_those_fetched_are_refused(store: Store, damaged: bytes) -> None:
    with store.begin() as connection:
        put_documents(connection, [pack(b"news")])
        connection.execute(update(documents).values(content=damaged))
    with store.begin() as connection, pytest.raises(StoreError, match="not the one that was fetched"):
        get_document(connection, sha256_of(b"news"))


def test_only_what_is_old_and_nothing_refers_to_is_forgotten(store: Store) -> None:
    old, cited, newest, fresh = b"old", b"cited", b"newest of its source", b"fresh"
    ago = NOW - timedelta(days=100)
    with store.begin() as connection:
        put_documents(connection, [pack(old, ago), pack(cited, ago), pack(newest, ago), pack(fresh)])
        add_items(connection, [item_from(cited)])
        put_state(connection, SourceState(id="berm", sha256=sha256_of(newest)))
        put_state(connection, SourceState(id="never"))
        assert prune_documents(connection, before=NOW - timedelta(days=90)) == 1
        assert prune_documents(connection, before=NOW - timedelta(days=90)) == 0
    with store.begin() as connection:
        kept = [get_document(connection, sha256_of(each)) for each in (old, cited, newest, fresh)]
    assert kept == [None, cited, newest, fresh]


def test_what_is_fetched_again_counts_as_new(store: Store) -> None:
    with store.begin() as connection:
        put_documents(connection, [pack(b"again", NOW - timedelta(days=100))])
        put_documents(connection, [pack(b"again")])
        assert prune_documents(connection, before=NOW - timedelta(days=90)) == 0
