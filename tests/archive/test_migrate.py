"""Migrations lead to the layout of the tables, once, whoever starts together."""

import multiprocessing

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import ProgrammingError

from queue_server.archive.alembic_upgrade import alembic_config
from queue_server.archive.database import DatabaseUnavailable, open_database, reading, writing
from queue_server.archive.migrate import NEWEST, DatabaseTooNew, migrate
from queue_server.archive.tables import METADATA


def migrate_at(url: str) -> None:
    """What each starting process does; at module level, so that it can be sent to one."""
    engine = open_database(url)
    migrate(engine)
    engine.dispose()


def test_migrations_make_the_layout_of_the_tables(database: Engine) -> None:
    with reading(database) as connection:
        options = {"compare_type": True, "target_metadata": METADATA}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, METADATA)

    assert differences == []


def test_the_newest_layout_is_that_of_the_last_migration() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())

    assert scripts.get_current_head() == NEWEST


def test_migrating_again_changes_nothing(database: Engine) -> None:
    with writing(database) as connection:
        connection.execute(
            text("INSERT INTO cursors VALUES ('f', 'c', 'e', 1, '2026-11-02 00:00:00')")
        )

    migrate(database)

    with reading(database) as connection:
        assert connection.execute(text("SELECT count(*) FROM cursors")).scalar_one() == 1


def test_processes_that_start_together_migrate_once(empty_database_url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(migrate_at, [empty_database_url] * 2, chunksize=1)

    engine = open_database(empty_database_url)
    assert set(METADATA.tables) < set(inspect(engine).get_table_names())
    engine.dispose()


def test_a_failing_migration_leaves_nothing_behind(empty_database_url: str) -> None:
    engine = open_database(empty_database_url)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE devices (id INTEGER)"))

    with pytest.raises((DatabaseUnavailable, ProgrammingError)):
        migrate(engine)

    assert inspect(engine).get_table_names() == ["devices"]
    engine.dispose()


def test_refuses_the_database_of_a_later_release(database: Engine) -> None:
    with writing(database) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseTooNew, match="got layout 9999"):
        migrate(database)


def test_the_layout_can_be_taken_back(database: Engine) -> None:
    with writing(database) as connection:
        command.downgrade(alembic_config(connection), "base")

    assert inspect(database).get_table_names() == ["alembic_version"]
