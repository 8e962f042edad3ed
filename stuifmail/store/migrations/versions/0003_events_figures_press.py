"""Breakdowns and overrides of figures, embargoes, quotes, and what comes after sending."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what event mailings and press releases need."""
    _create_figures()
    _extend_publications()
    _create_press()


def _create_figures() -> None:
    op.create_table(
        "breakdowns",
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("source_id", sa.String(60), nullable=False),
        sa.Column("breakdown", sa.JSON(), nullable=False),
        sa.Column("computed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_breakdowns"),
    )
    op.create_index("ix_breakdowns_source_id", "breakdowns", ["source_id"])
    op.create_table(
        "figure_overrides",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("figure_id", sa.String(120), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime()),
        sa.Column("ended_by", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_figure_overrides"),
    )
    op.create_index("ix_figure_overrides_figure_id", "figure_overrides", ["figure_id"])


def _extend_publications() -> None:
    empty = sa.text("''")
    for column in (
        sa.Column("event_id", sa.String(60), nullable=False, server_default=empty),
        sa.Column("facts_id", sa.String(120), nullable=False, server_default=empty),
        sa.Column("corrects", sa.String(120), nullable=False, server_default=empty),
        sa.Column("held_from", sa.String(12), nullable=False, server_default=empty),
        sa.Column("corrected_by", sa.String(120), nullable=False, server_default=empty),
        sa.Column("killed_at", sa.DateTime()),
        sa.Column("kill_reason", sa.Text(), nullable=False, server_default=empty),
    ):
        op.add_column("publications", column)
    for name in ("event_id", "facts_id", "corrects"):
        op.create_index(f"ix_publications_{name}", "publications", [name])


def _create_press() -> None:
    op.create_table(
        "embargoes",
        sa.Column("facts_id", sa.String(120), nullable=False),
        sa.Column("event_id", sa.String(60), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=False),
        sa.Column("time_zone", sa.String(60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(60), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("lifted_at", sa.DateTime()),
        sa.Column("lifted_by", sa.String(60), nullable=False),
        sa.Column("lift_reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime()),
        sa.Column("withdrawn_by", sa.String(60), nullable=False),
        sa.Column("withdraw_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("facts_id", name="pk_embargoes"),
    )
    op.create_table(
        "quote_approvals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("publication_id", sa.String(120), nullable=False),
        sa.Column("block_id", sa.String(120), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.String(10), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(60), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quote_approvals"),
    )
    op.create_index("ix_quote_approvals_publication_id", "quote_approvals", ["publication_id"])
