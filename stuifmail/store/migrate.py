"""Bringing the schema up to date with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

#: The newest migration; a test holds it against migrations/versions/.
HEAD = "0003"

#: Any number will do, as long as it is always the same.
_MIGRATION_LOCK = 5_784_901_230_441


def upgrade(connection: Connection) -> None:
    """Run the migrations that this database still lacks, inside the caller's transaction."""
    if MigrationContext.configure(connection).get_current_revision() == HEAD:
        return
    if connection.dialect.name == "postgresql":  # SQLite's transactions wait for each other anyway
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
    config = make_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def make_config() -> Config:
    """Answer Alembic's settings, without a connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config
