"""Sources, items, events, figures, publications with their review, the outbox and its ledger."""

from alembic import op

from stuifmail.store.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create all tables."""
    metadata.create_all(op.get_bind())
