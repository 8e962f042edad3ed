"""What must go out, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """What is known of one reader's copy."""

    PLANNED = "planned"
    ATTEMPTING = "attempting"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    SUPPRESSED = "suppressed"

    @property
    def is_final(self) -> bool:
        """True when nothing more will be done without a person's word."""
        return self not in (self.PLANNED, self.ATTEMPTING, self.DEFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One outbox row: one reader's copy of one publication.

    Args:
        id: stable, derived from publication and address.
        edition: language of the copy.
        message_id: deterministic Message-ID, with angle brackets.
        attempts_count: how often a transport was asked.
        detail: the server's answer, or why it was suppressed.
    """

    id: str
    publication_id: str
    contact_id: str
    address: str
    name: str = ""
    edition: str
    message_id: str
    state: DeliveryState = DeliveryState.PLANNED
    attempts_count: int = 0
    next_attempt_at: datetime | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The next server's answer for one copy.

    Args:
        state: accepted, deferred, rejected or uncertain.
        detail: the answer in the server's own words, or the file written.
    """

    state: DeliveryState
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchReport:
    """What one dispatch run did for one publication.

    Args:
        counts: copies by state after the run, all runs together.
        attempted_count: copies tried in this run.
        uncertain: addresses whose copy nobody can vouch for.
    """

    publication_id: str
    counts: dict[DeliveryState, int] = field(default_factory=dict)
    attempted_count: int = 0
    uncertain: tuple[str, ...] = ()
    finished: bool = False
