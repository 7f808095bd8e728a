"""Bring the database to the layout of this release; run at every start."""

from pathlib import Path
from typing import Final

import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from queue_server.archive.database import writing
from queue_server.core.errors import QueueError

MIGRATION_LOCK: Final = 7_171_310_866_352_421
"""Number of the PostgreSQL advisory lock; random, so that no other program uses it."""
FOLDER: Final = Path(__file__).parent / "migrations"

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
        before, newest = _revisions(connection)
        if before != newest:
            command.upgrade(alembic_config(connection), "head")
            log.info("database_migrated", before=before, now=newest)


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the packaged migrations; a connection is used as it is."""
    config = Config(attributes={"connection": connection})
    # Alembic expands per cent signs in its options.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def _revisions(connection: Connection) -> tuple[str | None, str | None]:
    before = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(alembic_config())
    known = {script.revision for script in scripts.walk_revisions()}
    if before is not None and before not in known:
        message = f"expected a database of this release or an earlier one, got layout {before}"
        raise DatabaseTooNew(message)
    return before, scripts.get_current_head()
