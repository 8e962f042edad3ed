import signal
from dataclasses import replace
from datetime import timedelta

import pytest

from stuifmail.dispatch.engine import dispatch, report_dispatch, wait_before_attempt
from stuifmail.dispatch.transports.memory import MemoryTransport
from stuifmail.errors import DispatchError, InvalidMessage, TransportFailed, TransportFailedForNow
from stuifmail.model.deliveries import DeliveryState, Receipt
from stuifmail.store.database import Store
from stuifmail.store.deliveries import claim_deliveries, list_deliveries, list_receipts, record_deliveries
from tests.letters import ISSUE, NOW, fill_outbox, make_builder, make_readers

ACCEPTED, DEFERRED, REJECTED = DeliveryState.ACCEPTED, DeliveryState.DEFERRED, DeliveryState.REJECTED
PLANNED, UNCERTAIN, ATTEMPTING = DeliveryState.PLANNED, DeliveryState.UNCERTAIN, DeliveryState.ATTEMPTING


class Inexact(MemoryTransport):
    """As a mail server: it cannot be asked what it took."""

    exact = False
    place = "smtp://loopback:25"

    def find(self, delivery):
        return None


@pytest.fixture
def store(tmp_path):
    opened = Store.open("sqlite:///state/stuifmail.db", tmp_path)
    yield opened
    opened.close()


def run(store, transport, *, now=NOW, build=None, max_attempts=3, **more):
    builder = build or make_builder().build
    return dispatch(
        ISSUE,
        store=store,
        transport=transport,
        build=builder,
        clock=lambda: now,
        max_attempts=max_attempts,
        **more,
    )


def rows(store, *states):
    with store.begin() as connection:
        return list_deliveries(connection, ISSUE, states=states)


def ledger(store, delivery):
    with store.begin() as connection:
        return [line.state for line in list_receipts(connection, ISSUE) if line.delivery_id == delivery.id]


def always(state, detail="words"):
    return lambda _delivery: Receipt(state=state, detail=detail)


@pytest.mark.parametrize("kind", [MemoryTransport, Inexact])
def test_every_reader_gets_one_copy_and_a_second_run_sends_nothing(store, kind):
    planned = fill_outbox(store, 60)
    transport = kind()
    report = run(store, transport)
    assert (report.counts, report.attempted_count, report.finished) == ({ACCEPTED: 60}, 60, True)
    assert sorted(transport.tried) == sorted(row.address for row in planned)
    again = run(store, transport)
    assert (again.counts, again.attempted_count, len(transport.tried)) == ({ACCEPTED: 60}, 0, 60)


def test_the_ledger_tells_every_change(store):
    (row,) = fill_outbox(store, 1)
    run(store, MemoryTransport(always(DEFERRED)))
    run(store, MemoryTransport(), now=NOW + timedelta(hours=1))
    assert ledger(store, row) == [PLANNED, ATTEMPTING, DEFERRED, ATTEMPTING, ACCEPTED]


def test_suppressed_readers_are_never_tried_and_do_not_keep_a_run_from_finishing(store):
    readers = make_readers(3)
    fill_outbox(store, [replace(readers[0], suppressed="bounced"), *readers[1:]])
    transport = MemoryTransport()
    report = run(store, transport)
    assert (report.counts[DeliveryState.SUPPRESSED], report.counts[ACCEPTED], report.finished) == (1, 2, True)
    assert readers[0].address not in transport.tried


def test_a_reader_who_withdraws_during_the_run_gets_nothing(store):
    fill_outbox(store, 30)
    transport = MemoryTransport()

    def should_skip(delivery):
        return "withdrew just now" if len(transport.messages) >= 10 else ""

    report = run(store, transport, should_skip=should_skip)
    assert report.counts == {ACCEPTED: 10, DeliveryState.SUPPRESSED: 20}
    assert {row.detail for row in rows(store, DeliveryState.SUPPRESSED)} == {"withdrew just now"}


def test_a_refused_copy_keeps_the_servers_words_and_is_not_tried_again(store):
    fill_outbox(store, 1)
    report = run(store, MemoryTransport(always(REJECTED, "550 5.1.1 no such user")))
    assert report.finished
    assert rows(store)[0].detail == "550 5.1.1 no such user"
    assert run(store, MemoryTransport()).attempted_count == 0


def test_a_deferred_copy_waits_longer_each_time_and_is_given_up_in_the_end(store):
    fill_outbox(store, 1)
    transport, now = MemoryTransport(always(DEFERRED, "450 4.2.0 later")), NOW
    for tries, minutes in ((1, 10), (2, 20)):
        assert not run(store, transport, now=now).finished
        assert rows(store)[0].next_attempt_at == now + timedelta(minutes=minutes)
        run(store, transport, now=now + timedelta(minutes=minutes, seconds=-1))
        assert len(transport.tried) == tries
        now += timedelta(minutes=minutes)
    assert run(store, transport, now=now).finished
    assert rows(store)[0].detail == "gave up after 3 tries: 450 4.2.0 later"


def test_the_wait_doubles_up_to_six_hours():
    waits = [wait_before_attempt(count) for count in (0, 1, 2, 3, 6, 7, 50)]
    assert [wait.total_seconds() / 60 for wait in waits] == [10, 10, 20, 40, 320, 360, 360]


def test_a_deferred_copy_is_tried_once_a_run_even_when_the_clock_jumps(store):
    fill_outbox(store, 3)
    transport = MemoryTransport(always(DEFERRED))
    times = iter(range(1000))
    dispatch(
        ISSUE, store=store, transport=transport, build=make_builder().build,
        clock=lambda: NOW + timedelta(hours=next(times)), max_attempts=50,
    )  # fmt: skip
    assert len(transport.tried) == 3


def test_a_copy_in_doubt_is_listed_and_not_sent_again(store):
    fill_outbox(store, 3)
    doubt = "reader-1@example.org"
    transport = Inexact(lambda row: Receipt(state=UNCERTAIN if row.address == doubt else ACCEPTED))
    report = run(store, transport)
    assert (report.uncertain, report.finished) == ((doubt,), True)
    assert run(store, Inexact()).attempted_count == 0


def test_one_bad_address_is_rejected_with_its_reason_and_the_others_are_sent(store):
    readers = make_readers(5)
    fill_outbox(store, [*readers, replace(readers[0], address="persé@example.org", contact_id="c9")])
    report = run(store, MemoryTransport())
    assert report.counts == {ACCEPTED: 5, REJECTED: 1}
    assert rows(store, REJECTED)[0].detail.startswith(
        "address of c9: 'persé@example.org' has letters outside ASCII"
    )


@pytest.mark.parametrize("kind", [MemoryTransport, Inexact])
@pytest.mark.parametrize("failure", [TransportFailed("full"), TransportFailedForNow("busy")])
def test_a_failing_transport_stops_the_run_and_loses_nothing(store, kind, failure):
    fill_outbox(store, 30)

    def answer(_delivery):
        if len(transport.messages) == 12:
            raise failure
        return Receipt(state=ACCEPTED)

    transport = kind(answer)
    with pytest.raises(type(failure)) as caught:
        run(store, transport)
    assert caught.value is failure
    assert report_dispatch(store, ISSUE).counts == {PLANNED: 18, ACCEPTED: 12}
    assert {row.attempts_count for row in rows(store, PLANNED)} == {0}
    second = kind()
    assert run(store, second).counts == {ACCEPTED: 30}
    assert not set(second.messages) & set(transport.messages)


def test_a_fault_of_ours_while_building_stops_the_run_and_loses_nothing(store):
    fill_outbox(store, 3)

    def build(_delivery):
        raise DispatchError("no edition")

    with pytest.raises(DispatchError, match="no edition"):
        run(store, Inexact(), build=build)
    assert report_dispatch(store, ISSUE).counts == {PLANNED: 3}


@pytest.mark.parametrize(("kind", "state"), [(MemoryTransport, PLANNED), (Inexact, UNCERTAIN)])
def test_an_unforeseen_error_in_a_transport_leaves_doubt_only_where_nobody_can_know(store, kind, state):
    fill_outbox(store, 3)

    def answer(_delivery):
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        run(store, kind(answer))
    counts = report_dispatch(store, ISSUE).counts
    assert ATTEMPTING not in counts
    assert counts == ({PLANNED: 3} if state is PLANNED else {PLANNED: 2, UNCERTAIN: 1})


@pytest.mark.parametrize(
    ("number", "error"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]
)
def test_an_interrupt_waits_for_the_answer_of_the_message_on_the_wire(store, number, error):
    fill_outbox(store, 30)

    def answer(_delivery):
        if len(transport.tried) == 7:
            signal.raise_signal(number)
        return Receipt(state=ACCEPTED)

    transport = Inexact(answer)
    before = signal.getsignal(number)
    with pytest.raises(error):
        run(store, transport)
    assert report_dispatch(store, ISSUE).counts == {PLANNED: 23, ACCEPTED: 7}
    assert signal.getsignal(number) is before


def test_a_second_interrupt_stops_at_once_and_leaves_one_copy_in_doubt(store):
    fill_outbox(store, 5)

    def answer(_delivery):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        return Receipt(state=ACCEPTED)

    with pytest.raises(KeyboardInterrupt):
        run(store, Inexact(answer))
    assert report_dispatch(store, ISSUE).counts == {PLANNED: 4, UNCERTAIN: 1}


def test_an_interrupt_during_the_last_message_is_not_swallowed(store):
    fill_outbox(store, 1)

    def answer(_delivery):
        signal.raise_signal(signal.SIGINT)
        return Receipt(state=ACCEPTED)

    with pytest.raises(KeyboardInterrupt):
        run(store, Inexact(answer))
    assert report_dispatch(store, ISSUE).finished


def claim_as(store, place, count):
    """Do what a run does before it dies."""
    with store.begin() as connection:
        return claim_deliveries(connection, ISSUE, by=place, at=NOW, limit=count)


def test_what_a_dead_run_had_in_hand_is_looked_up_where_the_transport_knows(store):
    fill_outbox(store, 10)
    claimed = claim_as(store, "memory", 5)
    transport = MemoryTransport()
    for row in claimed[:3]:
        transport.messages[row.id] = b""
    report = run(store, transport)
    assert report.counts == {ACCEPTED: 10}
    assert report.attempted_count == 7


def test_what_a_dead_run_had_in_hand_is_in_doubt_where_nobody_knows(store):
    fill_outbox(store, 10)
    (claimed,) = claim_as(store, Inexact.place, 1)
    report = run(store, Inexact())
    assert report.uncertain == (claimed.address,)
    assert report.counts == {ACCEPTED: 9, UNCERTAIN: 1}
    assert "smtp://loopback:25 had the message" in rows(store, UNCERTAIN)[0].detail


def test_another_transport_than_the_one_that_was_asked_cannot_know(store):
    fill_outbox(store, 2)
    claim_as(store, Inexact.place, 1)
    assert run(store, MemoryTransport()).counts == {ACCEPTED: 1, UNCERTAIN: 1}


def test_results_are_told_once_each_after_they_are_stored(store):
    fill_outbox(store, 60)
    told = []

    def on_result(delivery, receipt):
        assert delivery.id in {row.id for row in rows(store, receipt.state)}
        told.append(delivery.address)

    run(store, MemoryTransport(), on_result=on_result)
    assert sorted(told) == sorted({row.address for row in rows(store)})


@pytest.mark.parametrize("kind", [MemoryTransport, Inexact])
def test_a_listener_that_fails_leaves_no_copy_in_doubt(store, kind):
    fill_outbox(store, 60)

    def on_result(_delivery, _receipt):
        raise ValueError("progress bar broke")

    with pytest.raises(ValueError, match="progress bar broke"):
        run(store, kind(), on_result=on_result)
    counts = report_dispatch(store, ISSUE).counts
    assert set(counts) == {PLANNED, ACCEPTED}
    assert run(store, kind()).counts == {ACCEPTED: 60}


def test_other_publications_are_left_alone(store):
    fill_outbox(store, 2)
    transport = MemoryTransport()
    report = dispatch(
        "persbericht-1",
        store=store,
        transport=transport,
        build=make_builder().build,
        clock=lambda: NOW,
        max_attempts=1,
    )
    assert (report.counts, report.finished, transport.tried) == ({}, True, [])


def test_an_invalid_message_is_a_bad_value_too():
    assert issubclass(InvalidMessage, ValueError)


def test_recording_nothing_changes_nothing(store):
    (row,) = fill_outbox(store, 1)
    with store.begin() as connection:
        record_deliveries(connection, [], at=NOW)
    assert ledger(store, row) == [PLANNED]
