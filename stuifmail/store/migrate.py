"""Bringing the schema up to date with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

#: The newest migration; a test holds it against migrations/versions/.
HEAD = "0001"


def upgrade(connection: Connection) -> None:
    """Run the migrations that this database still lacks, inside the caller's transaction."""
    if MigrationContext.configure(connection).get_current_revision() == HEAD:
        return
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
