"""The SQL database: one file beside the server by default, PostgreSQL by URL.

Calls block; whoever serves requests makes them in a thread. `writing` and `reading` are the two
ways in: they hold one transaction and turn a database that cannot be reached into one refusal.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from queue_server.core.errors import InvalidValue, QueueError

BUSY_TIMEOUT_S: Final = 10
"""How long a writer of the SQLite file waits for another one, and a caller for PostgreSQL."""
_DRIVERS: Final = {
    "sqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}


class DatabaseUnavailable(QueueError):
    """The database cannot be reached or is locked; nothing was changed. Try again."""

    code = "database_unavailable"


def open_database(url: str) -> Engine:
    """Open the database at `url`, e.g. ``sqlite:///data/queue.db`` or ``postgresql://host/queue``.

    Nothing is connected yet, except that a SQLite file and its folder are made, readable by
    this user alone. Statements in error messages never show their values, which may be names.

    Raises:
        InvalidValue: The URL cannot be read, or names another kind of database.
    """
    target = _target(url)
    if target.get_backend_name() == "sqlite":
        return _open_file(target)
    return create_engine(
        target,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=BUSY_TIMEOUT_S,
        connect_args={"connect_timeout": BUSY_TIMEOUT_S},
    )


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write, committed at the end.

    SQLite takes the write lock at its beginning: a transaction that reads first and writes later
    would otherwise be refused at once when another writer came between.

    Raises:
        DatabaseUnavailable: Nothing was changed.
    """
    with _translated(), engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads and never waits for a writer.

    Raises:
        DatabaseUnavailable: Nothing was read.
    """
    with _translated(), engine.connect() as connection:
        yield connection


def insert_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert `row` unless its primary key is there; True when it was inserted now."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**row).on_conflict_do_nothing()
    # What came back is counted, since psycopg tells no row count for this.
    return connection.execute(statement.returning(*table.primary_key)).first() is not None


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        # The driver's own words name hosts and users: they stay in the log, as the cause.
        raise DatabaseUnavailable("expected a database that answers, got none in time") from error


def _target(url: str) -> URL:
    try:
        target = make_url(url)
        driver = _DRIVERS[target.drivername.partition("+")[0]]
    except (ArgumentError, ValueError, KeyError):
        # The URL is not repeated: it may hold a password.
        raise InvalidValue(
            "expected a URL like sqlite:///queue.db or postgresql://host/queue"
        ) from None
    if driver.startswith("sqlite") and target.database in {None, "", ":memory:"}:
        raise InvalidValue("expected a file in the URL of the database, e.g. sqlite:///queue.db")
    return target.set(drivername=driver)


def _open_file(target: URL) -> Engine:
    path = Path(target.database or "")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    engine = create_engine(target, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_S})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # The driver would begin transactions by itself, and not for DDL; `_begin` does it instead.
    connection.isolation_level = None
    # FULL: what was answered is on the disk, also in WAL. Deleted names are overwritten.
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
