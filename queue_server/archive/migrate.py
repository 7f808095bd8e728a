"""Bring the database to the layout of this release; run at every start."""

from typing import Final

import structlog
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from queue_server.archive.database import open_database, writing
from queue_server.core.errors import InvalidValue, QueueError

MIGRATION_LOCK: Final = 7_171_310_866_352_421
"""Number of the PostgreSQL advisory lock; random, so that no other program uses it."""
NEWEST: Final = "0006"
"""The last of `migrations/versions`: whoever finds it has nothing to do."""

log = structlog.get_logger(__name__)


class DatabaseTooNew(QueueError):
    """A later release has changed the database; this one would damage it."""

    code = "database_too_new"


def migrate(engine: Engine) -> None:
    """Bring the database to the newest layout, in one transaction.

    Processes that start together do it one after another; the later ones find nothing to do.

    Raises:
        DatabaseTooNew: The database was made by a later release; nothing was changed.
        DatabaseUnavailable: It cannot be reached, or another process holds it for too long.
    """
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK}
            )
        before = _layout(connection)
        if before != NEWEST:
            _upgrade(connection, before)
            log.info("database_migrated", before=before, now=NEWEST)


def _layout(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def _upgrade(connection: Connection, before: str | None) -> None:
    from queue_server.archive import alembic_upgrade  # noqa: PLC0415  # it stays in memory

    if before is not None and before not in alembic_upgrade.known_layouts():
        message = f"expected a database of this release or an earlier one, got layout {before}"
        raise DatabaseTooNew(message)
    alembic_upgrade.upgrade(connection)


def migrated_database(url: str) -> Engine:
    """The database with this release's layout.

    Raises:
        QueueError: It cannot be used.
    """
    engine: Engine | None = None
    try:
        engine = open_database(url)
        migrate(engine)
    except (OSError, SQLAlchemyError, QueueError) as error:
        if engine is not None:
            engine.dispose()
        if isinstance(error, QueueError):
            raise
        reason = getattr(error, "orig", None) or error
        message = f"expected a database that can be used, got: {reason}"
        raise InvalidValue(message) from error
    return engine
