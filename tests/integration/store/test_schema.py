"""Migrations and tables say the same."""

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, create_engine, inspect, select

from stuifmail.store.database import Store
from stuifmail.store.migrate import HEAD, make_config
from stuifmail.store.schema import metadata


def test_the_migrations_make_exactly_the_tables_of_the_schema(store):
    with store.begin() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_constraints_and_indexes_have_the_names_of_the_schema(store):
    found = inspect(store.engine)
    for table in metadata.sorted_tables:
        assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        for kind in (found.get_foreign_keys, found.get_unique_constraints, found.get_indexes):
            for one in kind(table.name):
                assert one["name"].startswith(("fk_", "uq_", "ix_")), one
        names = {index["name"] for index in found.get_indexes(table.name)}
        missing = {index.name for index in table.indexes if not index.name.startswith("ix_%")} - names
        assert not missing


def test_the_newest_migration_is_the_one_that_a_database_is_brought_to(store):
    assert ScriptDirectory.from_config(make_config()).get_heads() == [HEAD]
    with store.begin() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == HEAD


def test_a_migration_of_the_past_does_not_read_the_tables_of_today():
    for script in ScriptDirectory.from_config(make_config()).walk_revisions():
        with open(script.path, encoding="utf-8") as file:  # noqa: PTH123
            assert "stuifmail" not in file.read(), script.path


@pytest.fixture
def older(store_url, tmp_path):
    """The URL of a database as an older newsroom has it, with one publication that was sent."""
    (tmp_path / "state").mkdir()
    url = store_url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    config = make_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        table = Table("publications", MetaData(), autoload_with=connection)
        row = {column.name: _fill(column) for column in table.columns}
        connection.execute(table.insert().values({**row, "id": "nieuwsbrief-2026-04", "state": "sent"}))
    engine.dispose()
    return store_url


def _fill(column):
    """Answer something that the column takes; what is none of these kinds holds JSON."""
    kinds = {int: 1, str: "x", datetime: datetime(2026, 4, 7, 8, tzinfo=UTC).replace(tzinfo=None)}
    return kinds.get(column.type.python_type, {})


def test_an_older_database_keeps_its_publications_and_is_brought_up_to_date(older, tmp_path):
    store = Store.open(older, tmp_path)
    with store.begin() as connection:
        table = Table("publications", MetaData(), autoload_with=connection)
        (row,) = connection.execute(select(table)).mappings()
        assert (row["id"], row["state"]) == ("nieuwsbrief-2026-04", "sent")
        added = ("event_id", "facts_id", "corrects", "held_from", "corrected_by", "kill_reason")
        assert [row[name] for name in added] == [""] * len(added)
        assert row["killed_at"] is None
        assert MigrationContext.configure(connection).get_current_revision() == HEAD
    store.close()
