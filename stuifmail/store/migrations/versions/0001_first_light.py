"""Sources, items, events, figures, publications with their review, the outbox and its ledger.

Frozen: what is written here made real databases. A later change of the tables is a migration
of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create all tables."""
    _create_harvested()
    _create_publications()
    _create_review()
    _create_dispatch()


def _create_harvested() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.String(60), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("sha256", sa.String(64)),
        sa.Column("settings_sha256", sa.String(64)),
        sa.Column("url", sa.Text()),
        sa.Column("fetched_at", sa.DateTime()),
        sa.Column("checked_at", sa.DateTime()),
        sa.Column("failing_since", sa.DateTime()),
        sa.Column("failures_count", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("entries_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_table(
        "items",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("source_id", sa.String(60), nullable=False),
        sa.Column("member_id", sa.String(60), nullable=False),
        sa.Column("guid", sa.Text()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("published_at", sa.DateTime()),
        sa.Column("updated_at", sa.DateTime()),
        sa.Column("dated_at", sa.DateTime(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("entry_sha256", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
    )
    op.create_index("ix_items_dated_at", "items", ["dated_at"])
    op.create_index("ix_items_source_id", "items", ["source_id"])
    op.create_table(
        "events",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("source_id", sa.String(60), nullable=False),
        sa.Column("member_id", sa.String(60), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.String(10)),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("entry_sha256", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_source_id", "events", ["source_id"])
    op.create_index("ix_events_starts_on", "events", ["starts_on"])
    op.create_table(
        "figures",
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("source_id", sa.String(60), nullable=False),
        sa.Column("figure", sa.JSON(), nullable=False),
        sa.Column("computed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_figures"),
    )
    op.create_index("ix_figures_source_id", "figures", ["source_id"])


def _create_publications() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("series_id", sa.String(60), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime()),
        sa.Column("sent_at", sa.DateTime()),
        sa.Column("letterhead", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
    )
    op.create_index("ix_publications_series_id", "publications", ["series_id"])
    op.create_table(
        "revisions",
        sa.Column("publication_id", sa.String(120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("author", sa.String(60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_revisions_publication_id_publications"
        ),
        sa.PrimaryKeyConstraint("publication_id", "number", name="pk_revisions"),
    )
    op.create_table(
        "renderings",
        sa.Column("publication_id", sa.String(120), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("rendering", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_renderings_publication_id_publications"
        ),
        sa.PrimaryKeyConstraint("publication_id", "language", name="pk_renderings"),
    )


def _create_review() -> None:
    op.create_table(
        "reports",
        sa.Column("publication_id", sa.String(120), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("report_sha256", sa.String(64), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_reports_publication_id_publications"
        ),
        sa.PrimaryKeyConstraint("publication_id", "revision", name="pk_reports"),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("publication_id", sa.String(120), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(60), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("audience_sha256", sa.String(64), nullable=False),
        sa.Column("findings_sha256", sa.String(64), nullable=False),
        sa.Column("readers", sa.JSON(), nullable=False),
        sa.Column("single_eye_reason", sa.Text(), nullable=False),
        sa.Column("voided_at", sa.DateTime()),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_approvals_publication_id_publications"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
    )
    op.create_index("ix_approvals_publication_id", "approvals", ["publication_id"])
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("publication_id", sa.String(120), nullable=False),
        sa.Column("actor", sa.String(60), nullable=False),
        sa.Column("verb", sa.String(30), nullable=False),
        sa.Column("from_state", sa.String(12), nullable=False),
        sa.Column("to_state", sa.String(12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_acts_publication_id_publications"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_acts"),
    )
    op.create_index("ix_acts_publication_id", "acts", ["publication_id"])


def _create_dispatch() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("publication_id", sa.String(120), nullable=False),
        sa.Column("contact_id", sa.String(120), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("edition", sa.String(2), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts_count", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_deliveries_publication_id_publications"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("publication_id", "address", name="uq_deliveries_publication_address"),
    )
    op.create_index("ix_deliveries_publication_state", "deliveries", ["publication_id", "state"])
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("delivery_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_receipts_delivery_id_deliveries"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
    )
    op.create_index("ix_receipts_delivery_id", "receipts", ["delivery_id"])
    op.create_table(
        "suppressions",
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_suppressions"),
    )
