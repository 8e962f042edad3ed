import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from stuifmail.errors import Busy, DispatchError
from stuifmail.model.deliveries import DeliveryState
from stuifmail.store.database import Store
from stuifmail.store.deliveries import (
    claim_deliveries,
    count_deliveries,
    insert_deliveries,
    list_deliveries,
    list_receipts,
    record_deliveries,
    settle_delivery,
)
from stuifmail.store.locks import hold_lock
from tests.letters import ISSUE, NOW, fill_outbox, make_deliveries, make_readers

PLANNED, ATTEMPTING, DEFERRED = DeliveryState.PLANNED, DeliveryState.ATTEMPTING, DeliveryState.DEFERRED
ACCEPTED, UNCERTAIN, REJECTED = DeliveryState.ACCEPTED, DeliveryState.UNCERTAIN, DeliveryState.REJECTED


def claim(store, *, limit=10, at=NOW, after=""):
    with store.begin() as connection:
        return claim_deliveries(connection, ISSUE, by="memory", at=at, limit=limit, after=after)


def record(store, *rows, at=NOW):
    with store.begin() as connection:
        record_deliveries(connection, rows, at=at)


def rows(store, *states):
    with store.begin() as connection:
        return list_deliveries(connection, ISSUE, states=states)


def settle(store, address, state, *, reason="phoned them"):
    with store.begin() as connection:
        return settle_delivery(
            connection,
            ISSUE,
            address,
            state=state,
            actor="redactie",
            reason=reason,
            at=NOW + timedelta(days=1),
        )


def test_rows_come_back_as_they_were_planned(store):
    planned = fill_outbox(store, 3)
    assert rows(store) == sorted(planned, key=lambda row: row.address)


def test_planning_again_adds_only_who_is_new_and_resets_nobody(store):
    fill_outbox(store, 3)
    claim(store, limit=1)
    with store.begin() as connection:
        assert insert_deliveries(connection, make_deliveries(5), at=NOW) == 2
        assert insert_deliveries(connection, [], at=NOW) == 0
        assert count_deliveries(connection, ISSUE) == {PLANNED: 4, ATTEMPTING: 1}
        assert len(list_receipts(connection, ISSUE)) == 3 + 1 + 2


def test_an_address_that_is_there_under_another_id_is_not_planned_twice(store):
    (row,) = fill_outbox(store, 1)
    with store.begin() as connection:
        assert insert_deliveries(connection, [replace(row, id="other")], at=NOW) == 0


def test_a_large_audience_is_planned_in_one_go(store):
    fill_outbox(store, 3000)
    with store.begin() as connection:
        assert count_deliveries(connection, ISSUE) == {PLANNED: 3000}


def test_claims_go_through_the_outbox_by_id_and_count_attempts(store):
    planned = sorted(fill_outbox(store, 5), key=lambda row: row.id)
    first = claim(store, limit=3)
    assert [row.id for row in first] == [row.id for row in planned[:3]]
    assert {(row.state, row.attempts_count, row.detail) for row in first} == {(ATTEMPTING, 1, "memory")}
    assert [row.id for row in claim(store, after=first[-1].id)] == [row.id for row in planned[3:]]
    assert claim(store) == []


def test_deferred_rows_are_claimed_when_their_time_has_come(store):
    fill_outbox(store, 1)
    (row,) = claim(store)
    record(store, replace(row, state=DEFERRED, next_attempt_at=NOW + timedelta(minutes=10)))
    assert claim(store, at=NOW + timedelta(minutes=9)) == []
    (again,) = claim(store, at=NOW + timedelta(minutes=10))
    assert (again.attempts_count, again.next_attempt_at) == (2, None)


def test_two_runs_never_claim_the_same_row(store, store_url, tmp_path):
    fill_outbox(store, 200)
    claimed, other = [], Store.open(store_url, tmp_path)

    def work(mine):
        while batch := claim(mine, limit=7):
            claimed.extend(row.id for row in batch)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in (store, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert len(claimed) == len(set(claimed)) == 200


def test_a_claim_that_is_rolled_back_never_happened(store):
    fill_outbox(store, 2)
    with store.engine.connect() as connection:
        claim_deliveries(connection, ISSUE, by="memory", at=NOW, limit=2)
        connection.rollback()
    assert {row.state for row in rows(store)} == {PLANNED}


def test_every_change_is_a_line_of_the_ledger(store):
    fill_outbox(store, 1)
    (row,) = claim(store)
    record(store, replace(row, state=UNCERTAIN, detail="no answer"), at=NOW + timedelta(minutes=1))
    settle(store, row.address, PLANNED)
    with store.begin() as connection:
        lines = list_receipts(connection, ISSUE)
    assert [(line.state, line.detail) for line in lines] == [
        (PLANNED, ""),
        (ATTEMPTING, "memory"),
        (UNCERTAIN, "no answer"),
        (PLANNED, "redactie: phoned them"),
    ]
    assert lines[2].recorded_at == NOW + timedelta(minutes=1)
    assert lines[3].recorded_at == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "wanted"), [(UNCERTAIN, ACCEPTED), (UNCERTAIN, PLANNED), (REJECTED, PLANNED)]
)
def test_a_person_can_settle_a_doubt_or_have_a_refused_copy_sent_again(store, state, wanted):
    fill_outbox(store, 2)
    row = claim(store)[0]
    record(store, replace(row, state=state))
    settled = settle(store, row.address, wanted)
    assert (settled.state, settled.attempts_count) == (wanted, 0)
    assert settled in rows(store, wanted)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        (ACCEPTED, PLANNED),
        (PLANNED, ACCEPTED),
        (ATTEMPTING, PLANNED),
        (REJECTED, ACCEPTED),
        (UNCERTAIN, REJECTED),
    ],
)
def test_what_is_known_cannot_be_settled_otherwise(store, state, wanted):
    (row,) = fill_outbox(store, 1)
    record(store, replace(row, state=state))
    with pytest.raises(DispatchError, match=f"this copy is {state}") as caught:
        settle(store, row.address, wanted)
    assert caught.value.remedy
    assert [row.state for row in rows(store)] == [state]


def test_settling_needs_a_reason_and_a_copy(store):
    (row,) = fill_outbox(store, 1)
    record(store, replace(row, state=UNCERTAIN))
    with pytest.raises(DispatchError, match="reason is missing"):
        settle(store, row.address, ACCEPTED, reason="  ")
    with pytest.raises(DispatchError, match="no copy for this address"):
        settle(store, "nobody@example.org", ACCEPTED)


def test_hostile_names_are_data(store):
    reader = replace(make_readers(1)[0], name="'); DROP TABLE deliveries; --\u2028é蜂")
    assert fill_outbox(store, [reader])[0].name == rows(store)[0].name


def test_only_one_run_dispatches_at_a_time(store, store_url, tmp_path):
    other = Store.open(store_url, tmp_path)
    with hold_lock(store, "dispatch"), pytest.raises(Busy, match="dispatch"), hold_lock(other, "dispatch"):
        pass
    with hold_lock(other, "dispatch"):
        pass
    other.close()
