"""Speakers' consent to the exact words of their quotes; only ever added to."""

from datetime import date

from sqlalchemy import Connection, insert, select

from stuifmail.model.reviews import QuoteApproval
from stuifmail.store.schema import quote_approvals as table


def add_approval(connection: Connection, approval: QuoteApproval) -> None:
    """Store a consent."""
    connection.execute(
        insert(table).values(
            publication_id=approval.publication_id,
            block_id=approval.block_id,
            language=approval.language,
            text_sha256=approval.text_sha256,
            speaker=approval.speaker,
            approved_on=approval.approved_on.isoformat(),
            how=approval.how,
            actor=approval.actor,
            recorded_at=approval.recorded_at,
        )
    )


def list_approvals(connection: Connection, publication_id: str) -> tuple[QuoteApproval, ...]:
    """Answer the consents to quotes of a publication, the oldest first."""
    query = select(table).where(table.c.publication_id == publication_id).order_by(table.c.id)
    return tuple(
        QuoteApproval(
            publication_id=row.publication_id,
            block_id=row.block_id,
            language=row.language,
            text_sha256=row.text_sha256,
            speaker=row.speaker,
            approved_on=date.fromisoformat(row.approved_on),
            how=row.how,
            actor=row.actor,
            recorded_at=row.recorded_at,
        )
        for row in connection.execute(query)
    )
