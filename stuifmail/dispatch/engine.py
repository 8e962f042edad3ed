"""The outbox engine: each reader one copy, whatever interrupts it.

A row is marked as being attempted, and that is committed, before a transport sees it. What
was being attempted when a run died is settled first by the next run: by looking, where the
transport knows for certain, and else by calling it uncertain; that one is sent again only
on a person's word.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from stuifmail.dispatch.interrupts import Interrupts, hold_interrupts
from stuifmail.dispatch.transports.base import Transport
from stuifmail.errors import InvalidMessage, TransportFailed
from stuifmail.model.deliveries import Delivery, DeliveryState, DispatchReport, Receipt
from stuifmail.store.database import Store
from stuifmail.store.deliveries import claim_deliveries, count_deliveries, list_deliveries, record_deliveries

#: Rows claimed at once. A transport that cannot be asked gets them one by one, so that a
#: crash leaves one copy in doubt and not a batch of them.
_BATCH_EXACT = 25
_BATCH_INEXACT = 1

_FIRST_WAIT = timedelta(minutes=10)
_LONGEST_WAIT = timedelta(hours=6)

Build = Callable[[Delivery], tuple[str, bytes]]


class Halted(Exception):
    """A person held the publication or took it back: no more copies go out now."""


def dispatch(
    publication_id: str,
    *,
    store: Store,
    transport: Transport,
    build: Build,
    clock: Callable[[], datetime],
    max_attempts: int,
    should_skip: Callable[[Delivery], str] | None = None,
    on_result: Callable[[Delivery, Receipt], None] | None = None,
) -> DispatchReport:
    """Send what is due of one publication, each row at most once in this run.

    The caller holds the lock "dispatch" of this store and has planned the rows. Ctrl-C and
    SIGTERM take effect after the message on the wire has its answer.

    Args:
        publication_id: whose outbox rows.
        store: the newsroom's store.
        transport: an entered transport.
        build: answers envelope sender and message of a row.
        clock: answers now, aware.
        max_attempts: after so many "not now" answers a row is rejected.
        should_skip: answers why this reader gets nothing after all, "" to go on; asked just
            before each copy, for those who withdrew in the meantime. It may raise `Halted`: the
            copies that are left are planned again, and the run ends without error.
        on_result: told of each row once its result is stored.

    Returns:
        How the publication stands; `finished` when nothing is left to try, now or later.

    Raises:
        TransportFailed: the transport takes nothing; rows not sent are planned again.
        KeyboardInterrupt: somebody stopped the run; likewise.
    """
    run = _Run(
        publication_id=publication_id,
        store=store,
        transport=transport,
        build=build,
        clock=clock,
        max_attempts=max_attempts,
        should_skip=should_skip or (lambda _delivery: ""),
        on_result=on_result or (lambda _delivery, _receipt: None),
    )
    run.recover()
    with hold_interrupts() as interrupts:
        run.send_all(interrupts)
    return report_dispatch(store, publication_id, attempted_count=run.attempted_count)


def report_dispatch(store: Store, publication_id: str, *, attempted_count: int = 0) -> DispatchReport:
    """Answer how a publication's outbox stands, without sending anything."""
    with store.begin() as connection:
        counts = count_deliveries(connection, publication_id)
        doubtful = list_deliveries(connection, publication_id, states=[DeliveryState.UNCERTAIN])
    return DispatchReport(
        publication_id=publication_id,
        counts=counts,
        attempted_count=attempted_count,
        uncertain=tuple(delivery.address for delivery in doubtful),
        finished=all(state.is_final for state in counts),
    )


def wait_before_attempt(attempts_count: int) -> timedelta:
    """Answer how long to wait after so many attempts: 10 minutes, doubled each time, at most 6 hours."""
    doublings = min(max(attempts_count - 1, 0), 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)


@dataclass(slots=True, kw_only=True)
class _Run:
    """One run of the engine over one publication."""

    publication_id: str
    store: Store
    transport: Transport
    build: Build
    clock: Callable[[], datetime]
    max_attempts: int
    should_skip: Callable[[Delivery], str]
    on_result: Callable[[Delivery, Receipt], None]
    attempted_count: int = 0
    #: The row that the transport has in hand.
    in_hand: Delivery | None = None
    #: Results not yet stored.
    results: list[Delivery] = field(default_factory=list)
    #: Results stored, but not yet told.
    untold: list[Delivery] = field(default_factory=list)

    def recover(self) -> None:
        """Settle what a dead run was attempting."""
        with self.store.begin() as connection:
            orphans = list_deliveries(connection, self.publication_id, states=[DeliveryState.ATTEMPTING])
        settled = [self._settle(orphan) for orphan in orphans]
        with self.store.begin() as connection:
            record_deliveries(connection, settled, at=self.clock())

    def send_all(self, interrupts: Interrupts) -> None:
        """Claim, send and record until nothing is due."""
        after = ""
        with suppress(Halted):
            while batch := self._exchange(after):
                after = batch[-1].id
                self._send_batch(batch, interrupts)
        self._tell()

    def _exchange(self, after: str) -> list[Delivery]:
        """Store the results at hand and claim the next rows, in one transaction."""
        now = self.clock()
        with self.store.begin() as connection:
            record_deliveries(connection, self.results, at=now)
            batch = claim_deliveries(
                connection,
                self.publication_id,
                by=self.transport.place,
                at=now,
                limit=_BATCH_EXACT if self.transport.exact else _BATCH_INEXACT,
                after=after,
            )
        self.untold, self.results = self.results, []
        return batch

    def _send_batch(self, batch: list[Delivery], interrupts: Interrupts) -> None:
        done_count = 0
        try:
            self._tell()
            for delivery in batch:
                interrupts.check()
                self.results.append(self._send(delivery))
                done_count += 1
        except BaseException as error:
            self._give_back(batch[done_count:], error)
            raise

    def _send(self, delivery: Delivery) -> Delivery:
        if reason := self.should_skip(delivery):
            return _uncount(delivery, DeliveryState.SUPPRESSED, reason)
        try:
            envelope_from, message = self.build(delivery)
        except InvalidMessage as error:
            return replace(delivery, state=DeliveryState.REJECTED, detail=str(error))
        self.in_hand = delivery
        receipt = self.transport.send(delivery, envelope_from, message)
        self.in_hand = None
        self.attempted_count += 1
        return self._judge(delivery, receipt)

    def _judge(self, delivery: Delivery, receipt: Receipt) -> Delivery:
        """Answer the row after this receipt: patience has an end."""
        if receipt.state is not DeliveryState.DEFERRED:
            return replace(delivery, state=receipt.state, detail=receipt.detail)
        count = delivery.attempts_count
        if count >= self.max_attempts:
            detail = f"gave up after {count} tries: {receipt.detail}"
            return replace(delivery, state=DeliveryState.REJECTED, detail=detail)
        again_at = self.clock() + wait_before_attempt(count)
        return replace(
            delivery, state=DeliveryState.DEFERRED, detail=receipt.detail, next_attempt_at=again_at
        )

    def _give_back(self, rest: list[Delivery], error: BaseException) -> None:
        """Store what is known when a run breaks off: results, the row in hand, rows not begun."""
        in_hand, why = self.in_hand, f"not sent: {str(error) or type(error).__name__}"
        left_the_house = in_hand is not None and not isinstance(error, TransportFailed)
        for delivery in rest:
            doubtful = left_the_house and delivery is in_hand
            self.results.append(
                self._settle(delivery) if doubtful else _uncount(delivery, DeliveryState.PLANNED, why)
            )
        with self.store.begin() as connection:
            record_deliveries(connection, self.results, at=self.clock())

    def _settle(self, orphan: Delivery) -> Delivery:
        """Answer the row of which nobody recorded a result.

        Only the transport that was asked can know: a row's detail names it.
        """
        known = orphan.detail == self.transport.place and self.transport.exact
        if known and (receipt := self.transport.find(orphan)):
            return replace(orphan, state=receipt.state, detail=receipt.detail)
        if known:
            return replace(
                orphan, state=DeliveryState.PLANNED, detail="the run broke off before it was written"
            )
        return replace(
            orphan,
            state=DeliveryState.UNCERTAIN,
            detail=f"the run broke off while {orphan.detail} had the message; it may have arrived",
        )

    def _tell(self) -> None:
        while self.untold:
            delivery = self.untold.pop(0)
            self.on_result(delivery, Receipt(state=delivery.state, detail=delivery.detail))


def _uncount(delivery: Delivery, state: DeliveryState, detail: str) -> Delivery:
    """Answer a claimed row that no transport was asked about, its attempt not counted."""
    return replace(delivery, state=state, detail=detail, attempts_count=delivery.attempts_count - 1)
