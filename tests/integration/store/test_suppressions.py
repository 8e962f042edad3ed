"""Addresses that get no mail, on SQLite and on PostgreSQL."""

from datetime import UTC, datetime

from stuifmail.store.database import Store
from stuifmail.store.suppressions import (
    add_suppression,
    all_suppressions,
    find_suppression,
    remove_suppression,
)

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)


def test_an_address_is_suppressed_whatever_its_capitals(store: Store) -> None:
    with store.begin() as connection:
        assert add_suppression(connection, "Rol@Example.org", reason="complaint", since=NOW)
    with store.begin() as connection:
        assert all_suppressions(connection) == {"rol@example.org": "complaint"}


def test_the_first_reason_stays(store: Store) -> None:
    with store.begin() as connection:
        add_suppression(connection, "a@example.org", reason="withdrawn", since=NOW)
        assert not add_suppression(connection, "A@example.org", reason="bounced", since=NOW)
        add_suppression(connection, "b@example.org", reason="bounced", since=NOW)
    with store.begin() as connection:
        assert all_suppressions(connection) == {"a@example.org": "withdrawn", "b@example.org": "bounced"}


def test_a_removed_address_may_get_mail_again(store: Store) -> None:
    with store.begin() as connection:
        add_suppression(connection, "a@example.org", reason="x", since=NOW)
        assert remove_suppression(connection, "A@example.org")
        assert not remove_suppression(connection, "a@example.org")
        assert all_suppressions(connection) == {}


def test_one_address_is_found_without_reading_the_list(store):
    with store.begin() as connection:
        add_suppression(connection, "Weg@example.org", reason="complaint", since=NOW)
        assert find_suppression(connection, "WEG@example.org") == "complaint"
        assert find_suppression(connection, "hier@example.org") is None
