"""Politeness, versions, tombstones, event changes and edits, fetched documents, hidden addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add columns to what is harvested, and the tables that remember its past."""
    _extend_sources()
    _extend_items()
    _extend_events()
    _create_documents()


def _extend_sources() -> None:
    for column in (
        sa.Column("answer", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("next_check_at", sa.DateTime()),
        sa.Column("next_check_why", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("check_after_s", sa.Integer()),
        sa.Column("moved_to", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("moved_since", sa.DateTime()),
        sa.Column("retired_at", sa.DateTime()),
        sa.Column("first_fetched_at", sa.DateTime()),
        sa.Column("last_new_at", sa.DateTime()),
        sa.Column("facts", sa.JSON()),
        sa.Column("facts_since", sa.JSON()),
    ):
        op.add_column("sources", column)


def _extend_items() -> None:
    for column in (
        sa.Column("language_origin", sa.String(10), nullable=False, server_default="default"),
        sa.Column("link_key", sa.Text()),
        sa.Column("removed_at", sa.DateTime()),
        sa.Column("killed_at", sa.DateTime()),
        sa.Column("killed_by", sa.String(60), nullable=False, server_default=sa.text("''")),
        sa.Column("kill_reason", sa.Text(), nullable=False, server_default=sa.text("''")),
    ):
        op.add_column("items", column)
    op.create_table(
        "item_versions",
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_item_versions_item_id_items"),
        sa.PrimaryKeyConstraint("item_id", "number", name="pk_item_versions"),
    )


def _extend_events() -> None:
    op.add_column("events", sa.Column("ends_on", sa.String(10)))
    op.add_column("events", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("events", sa.Column("removed_at", sa.DateTime()))
    op.create_table(
        "event_changes",
        sa.Column("event_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_changes_event_id_events"),
        sa.PrimaryKeyConstraint("event_id", "version", name="pk_event_changes"),
    )
    op.create_table(
        "event_edits",
        sa.Column("event_id", sa.String(32), nullable=False),
        sa.Column("field", sa.String(30), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_edits_event_id_events"),
        sa.PrimaryKeyConstraint("event_id", "field", name="pk_event_edits"),
    )


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("source_id", sa.String(60), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("bytes_count", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_documents"),
    )
    op.create_index("ix_documents_stored_at", "documents", ["stored_at"])
    op.create_table(
        "address_decisions",
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.String(60), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_address_decisions"),
    )
