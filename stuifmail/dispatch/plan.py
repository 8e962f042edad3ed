"""Which copy goes to whom: the audience, frozen into outbox rows before anything is sent."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from stuifmail.model.deliveries import Delivery, DeliveryState
from stuifmail.model.people import Reader


def plan_deliveries(
    publication_id: str, readers: Sequence[Reader], *, domain: str, embargo_end: datetime | None = None
) -> tuple[Delivery, ...]:
    """Answer one outbox row per address, the readers who get nothing included.

    Ids and Message-IDs depend on publication and address alone, so that planning twice
    gives the same rows and a copy that is sent again is known to be the same copy.

    Args:
        publication_id: "nieuwsbrief-2026-05".
        readers: candidates of the audience; of one address in several spellings of case the
            first counts, unless another of them is suppressed: a withdrawal holds for all; and
            it is trusted only where all of them are.
        domain: right-hand side of Message-IDs, ASCII.
        embargo_end: copies of readers who are not trusted are not due before it; None: all are
            due at once.

    Returns:
        The rows in the order in which their addresses first appear.
    """
    chosen: dict[str, Reader] = {}
    for reader in readers:
        key = reader.address.strip().lower()
        known = chosen.setdefault(key, reader)
        if reader.suppressed and not known.suppressed:
            chosen[key] = reader
        if not reader.is_trusted and chosen[key].is_trusted:
            chosen[key] = replace(chosen[key], is_trusted=False)
    return tuple(_plan(publication_id, key, one, domain, embargo_end) for key, one in chosen.items())


def _plan(
    publication_id: str, key: str, reader: Reader, domain: str, embargo_end: datetime | None
) -> Delivery:
    delivery_id = hashlib.sha256(f"{publication_id}\n{key}".encode()).hexdigest()[:32]
    return Delivery(
        id=delivery_id,
        publication_id=publication_id,
        contact_id=reader.contact_id,
        address=reader.address.strip(),
        name=reader.name,
        edition=reader.edition,
        message_id=f"<{delivery_id}.{publication_id}@{domain}>",
        state=DeliveryState.SUPPRESSED if reader.suppressed else DeliveryState.PLANNED,
        next_attempt_at=None if reader.is_trusted or reader.suppressed else embargo_end,
        detail=reader.suppressed,
    )
