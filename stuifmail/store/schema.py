"""All tables. A change here needs a migration in migrations/versions/."""

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import JSON, TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC without its zone: SQLite has no zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times, turn the rest to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored time must be aware, got {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Put the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: What is remembered of each source between harvests.
sources = Table(
    "sources",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("sha256", String(64)),
    Column("settings_sha256", String(64)),  # of the settings it was read with: other ones, read again
    Column("url", Text),
    Column("fetched_at", UtcDateTime),  # last complete document
    Column("checked_at", UtcDateTime),  # last answer of any kind
    Column("failing_since", UtcDateTime),
    Column("failures_count", Integer, nullable=False, default=0),
    Column("error", Text, nullable=False, default=""),
    Column("entries_count", Integer, nullable=False, default=0),
    Column("answer", Text, nullable=False, default="", server_default=text("''")),  # the last one in words
    Column("next_check_at", UtcDateTime),  # not asked before; empty: at each run
    Column("next_check_why", Text, nullable=False, default="", server_default=text("''")),
    Column("check_after_s", Integer),  # what the document itself asks for
    Column("moved_to", Text, nullable=False, default="", server_default=text("''")),
    Column("moved_since", UtcDateTime),
    Column("retired_at", UtcDateTime),  # 410: not asked until its address in sources.yaml changes
    Column("first_fetched_at", UtcDateTime),  # first complete document ever
    Column("last_new_at", UtcDateTime),  # last time an item or event came in
    Column("facts", JSON),  # of the document, for health
    Column("facts_since", JSON),  # trouble in it: since when, ISO 8601
)

items = Table(
    "items",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("source_id", String(60), nullable=False, index=True),
    Column("member_id", String(60), nullable=False),
    Column("guid", Text),
    Column("title", Text, nullable=False),
    Column("link", Text),
    Column("published_at", UtcDateTime),
    Column("updated_at", UtcDateTime),
    Column("dated_at", UtcDateTime, nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("entry", JSON, nullable=False),  # the whole Entry
    Column("entry_sha256", String(64), nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("url", Text, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("language_origin", String(10), nullable=False, default="default", server_default="default"),
    Column("link_key", Text),  # the link as it is compared
    Column("removed_at", UtcDateTime),  # the source no longer has it, though it should
    Column("killed_at", UtcDateTime),  # an editor said "never again"
    Column("killed_by", String(60), nullable=False, default="", server_default=text("''")),
    Column("kill_reason", Text, nullable=False, default="", server_default=text("''")),
)

#: Earlier versions of items; the newest stands in `items`.
item_versions = Table(
    "item_versions",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("entry", JSON, nullable=False),
    Column("language", String(2), nullable=False),
    Column("url", Text, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("sha256", String(64), nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("source_id", String(60), nullable=False, index=True),
    Column("member_id", String(60), nullable=False),
    Column("uid", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("starts_on", String(10), index=True),  # ISO date in the event's zone, for selecting
    Column("status", String(12), nullable=False),
    Column("entry", JSON, nullable=False),  # the whole CalendarEntry
    Column("entry_sha256", String(64), nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("url", Text, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("ends_on", String(10)),  # last day on which something of it may happen, for selecting
    Column("sequence", Integer, nullable=False, default=0, server_default="0"),
    Column("removed_at", UtcDateTime),  # the source no longer has it, though it should
)

#: What sources changed in events; only ever added to.
event_changes = Table(
    "event_changes",
    metadata,
    Column("event_id", ForeignKey("events.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("entry", JSON, nullable=False),  # the whole CalendarEntry as it was before
    Column("changes", JSON, nullable=False),
    Column("sha256", String(64), nullable=False),  # of the document in which it stood so
    Column("recorded_at", UtcDateTime, nullable=False),
)

#: What editors changed in events, field by field; it outlives what the source says.
event_edits = Table(
    "event_edits",
    metadata,
    Column("event_id", ForeignKey("events.id"), primary_key=True),
    Column("field", String(30), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("base", JSON, nullable=False),  # what the source said when it was edited
    Column("actor", String(60), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("edited_at", UtcDateTime, nullable=False),
)

#: The fetched bytes themselves, packed with zlib, so that a sentence can be traced to them.
documents = Table(
    "documents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("source_id", String(60), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("bytes_count", Integer, nullable=False),  # unpacked
    Column("content_type", Text, nullable=False, default=""),
    Column("stored_at", UtcDateTime, nullable=False, index=True),
)

#: What editors decided about addresses that texts hide from robots.
address_decisions = Table(
    "address_decisions",
    metadata,
    Column("address", String(320), primary_key=True),
    Column("is_confirmed", Boolean, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
)

figures = Table(
    "figures",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("source_id", String(60), nullable=False, index=True),
    Column("figure", JSON, nullable=False),
    Column("computed_at", UtcDateTime, nullable=False),
)

#: Numbers by parts, the newest of each.
breakdowns = Table(
    "breakdowns",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("source_id", String(60), nullable=False, index=True),
    Column("breakdown", JSON, nullable=False),
    Column("computed_at", UtcDateTime, nullable=False),
)

#: Editors' own numbers; only ever added to. Of one figure the newest counts, unless it was ended.
figure_overrides = Table(
    "figure_overrides",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("figure_id", String(120), nullable=False, index=True),
    Column("value", Integer, nullable=False),
    Column("counted", Integer, nullable=False),  # as it stood then
    Column("actor", String(60), nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_by", String(60), nullable=False, default=""),
)

publications = Table(
    "publications",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("kind", String(30), nullable=False),
    Column("series_id", String(60), nullable=False, index=True),
    Column("state", String(12), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),  # set when queued
    Column("sent_at", UtcDateTime),
    Column("letterhead", JSON(none_as_null=True)),  # frozen with the renderings
    Column("event_id", String(60), nullable=False, default="", server_default=text("''"), index=True),
    Column("facts_id", String(120), nullable=False, default="", server_default=text("''"), index=True),
    Column("corrects", String(120), nullable=False, default="", server_default=text("''"), index=True),
    Column("held_from", String(12), nullable=False, default="", server_default=text("''")),
    Column("corrected_by", String(120), nullable=False, default="", server_default=text("''")),
    Column("killed_at", UtcDateTime),
    Column("kill_reason", Text, nullable=False, default="", server_default=text("''")),
)

#: Embargoes by the facts that they lock; who set, lifted and withdrew them stays for good.
embargoes = Table(
    "embargoes",
    metadata,
    Column("facts_id", String(120), primary_key=True),
    Column("event_id", String(60), nullable=False, default=""),
    Column("until_at", UtcDateTime, nullable=False),
    Column("time_zone", String(60), nullable=False),
    Column("reason", Text, nullable=False),
    Column("set_by", String(60), nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
    Column("lifted_at", UtcDateTime),
    Column("lifted_by", String(60), nullable=False, default=""),
    Column("lift_reason", Text, nullable=False, default=""),
    Column("withdrawn_at", UtcDateTime),
    Column("withdrawn_by", String(60), nullable=False, default=""),
    Column("withdraw_reason", Text, nullable=False, default=""),
)

#: Speakers' consent to the exact words of their quotes; only ever added to.
quote_approvals = Table(
    "quote_approvals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("publication_id", String(120), nullable=False, index=True),
    Column("block_id", String(120), nullable=False),
    Column("language", String(2), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("speaker", Text, nullable=False),
    Column("approved_on", String(10), nullable=False),  # ISO date
    Column("how", Text, nullable=False, default=""),
    Column("actor", String(60), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("publication_id", ForeignKey("publications.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", JSON, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("author", String(60), nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("saved_at", UtcDateTime, nullable=False),
)

#: The last check report of each revision.
reports = Table(
    "reports",
    metadata,
    Column("publication_id", ForeignKey("publications.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("report", JSON, nullable=False),
    Column("report_sha256", String(64), nullable=False),
    Column("checked_at", UtcDateTime, nullable=False),
)

approvals = Table(
    "approvals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("publication_id", ForeignKey("publications.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("role", String(60), nullable=False),
    Column("approved_at", UtcDateTime, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("audience_sha256", String(64), nullable=False),
    Column("findings_sha256", String(64), nullable=False),
    Column("readers", JSON, nullable=False),  # the audience that was approved
    Column("single_eye_reason", Text, nullable=False, default=""),
    Column("voided_at", UtcDateTime),
    Column("void_reason", Text, nullable=False, default=""),
)

#: Who did what to a publication, and why; only ever added to.
acts = Table(
    "acts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("publication_id", ForeignKey("publications.id"), nullable=False, index=True),
    Column("actor", String(60), nullable=False),
    Column("verb", String(30), nullable=False),
    Column("from_state", String(12), nullable=False),
    Column("to_state", String(12), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("done_at", UtcDateTime, nullable=False),
)

#: What is being sent, frozen when sending begins: a restart goes on with the same bytes.
renderings = Table(
    "renderings",
    metadata,
    Column("publication_id", ForeignKey("publications.id"), primary_key=True),
    Column("language", String(2), primary_key=True),
    Column("rendering", JSON, nullable=False),
)

#: The outbox: one row per reader and publication, whatever happens.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("publication_id", ForeignKey("publications.id"), nullable=False),
    Column("contact_id", String(120), nullable=False),
    Column("address", String(320), nullable=False),
    Column("name", Text, nullable=False, default=""),
    Column("edition", String(2), nullable=False),
    Column("message_id", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts_count", Integer, nullable=False, default=0),
    Column("next_attempt_at", UtcDateTime),
    Column("detail", Text, nullable=False, default=""),
    UniqueConstraint("publication_id", "address", name="uq_deliveries_publication_address"),
    Index("ix_deliveries_publication_state", "publication_id", "state"),
)

#: The ledger: every change of a delivery's state; only ever added to.
receipts = Table(
    "receipts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("delivery_id", ForeignKey("deliveries.id"), nullable=False, index=True),
    Column("state", String(12), nullable=False),
    Column("detail", Text, nullable=False, default=""),
    Column("recorded_at", UtcDateTime, nullable=False),
)

#: Addresses that get no mail, whatever a sheet says.
suppressions = Table(
    "suppressions",
    metadata,
    Column("address", String(320), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
)
