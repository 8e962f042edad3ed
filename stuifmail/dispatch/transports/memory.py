"""The transport that keeps everything in memory: for tests, trials and examples."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from stuifmail.model.deliveries import Delivery, DeliveryState, Receipt


class MemoryTransport:
    """Accepts every copy, or answers what `answer` says.

    Args:
        answer: called for each copy before it is kept; its receipt is given, or its error
            raised. Only accepted copies are kept.
    """

    exact = True
    place = "memory"

    def __init__(self, answer: Callable[[Delivery], Receipt] | None = None) -> None:
        self._answer = answer
        #: The messages by delivery id, in the order of sending.
        self.messages: dict[str, bytes] = {}
        #: Addresses in the order in which they were tried.
        self.tried: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep everything: a test looks at it afterwards."""

    def send(
        self,
        delivery: Delivery,
        envelope_from: str,  # noqa: ARG002 - as the protocol has it
        message: bytes,
    ) -> Receipt:
        """Keep the message, unless `answer` says otherwise."""
        self.tried.append(delivery.address)
        accepted = Receipt(state=DeliveryState.ACCEPTED, detail="kept in memory")
        receipt = self._answer(delivery) if self._answer else accepted
        if receipt.state is DeliveryState.ACCEPTED:
            self.messages[delivery.id] = message
        return receipt

    def find(self, delivery: Delivery) -> Receipt | None:
        """Answer accepted for a copy that is kept."""
        if delivery.id not in self.messages:
            return None
        return Receipt(state=DeliveryState.ACCEPTED, detail="kept in memory")
