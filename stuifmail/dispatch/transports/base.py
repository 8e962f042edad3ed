"""What every transport can do."""

from types import TracebackType
from typing import Protocol, Self

from stuifmail.model.deliveries import Delivery, Receipt


class Transport(Protocol):
    """A way out of the house. It never raises for one reader's sake: that is a receipt.

    Attributes:
        place: what it is, for the ledger and for people ("smtp://relay.example.org:587");
            after a crash only a transport of the same place is asked what became of a copy.
        exact: True when `find` knows for certain, so that what it does not find was not sent.
    """

    @property
    def place(self) -> str:
        """What it is and where it leads."""

    @property
    def exact(self) -> bool:
        """Whether `find` knows for certain."""

    def __enter__(self) -> Self:
        """Get ready; a server need not be called yet."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give back connections and files."""

    def send(self, delivery: Delivery, envelope_from: str, message: bytes) -> Receipt:
        """Hand over one reader's message.

        Args:
            delivery: the copy; its address is the envelope's only recipient.
            envelope_from: the envelope's sender.
            message: the whole message with CRLF line ends, ASCII.

        Returns:
            accepted, deferred, rejected, or uncertain when the connection broke after the
            whole message had left.

        Raises:
            TransportFailed: the transport as a whole takes nothing; this message did not
                leave the house.
            TransportFailedForNow: likewise, but it may pass by itself.
        """

    def find(self, delivery: Delivery) -> Receipt | None:
        """Answer the receipt of a copy handed over in an earlier run, None when none is known."""
