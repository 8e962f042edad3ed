"""Migrations and tables say the same."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

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
