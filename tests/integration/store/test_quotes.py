"""Consents to quotes are kept, all of them, in the order in which they were given."""

import dataclasses

import pytest

from stuifmail.store.database import Store
from stuifmail.store.quotes import add_approval, list_approvals
from tests.builders_release import consent

pytestmark = pytest.mark.integration


def test_consents_come_back_as_they_were_given_the_oldest_first(store: Store) -> None:
    first, second = consent(), consent(words="Andere woorden.")
    other = dataclasses.replace(consent(), publication_id="congres-2026-pers-2-nl")
    with store.begin() as connection:
        for approval in (first, other, second):
            add_approval(connection, approval)
    with store.begin() as connection:
        assert list_approvals(connection, first.publication_id) == (first, second)
        assert list_approvals(connection, "nobody") == ()
