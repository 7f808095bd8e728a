"""Alembic's part of a migration. Imported only when there is one: it stays in memory."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER: Final = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Bring the database to the newest layout, in the connection's transaction."""
    command.upgrade(alembic_config(connection), "head")


def known_layouts() -> set[str]:
    """The layouts of this release and the earlier ones."""
    scripts = ScriptDirectory.from_config(alembic_config())
    return {script.revision for script in scripts.walk_revisions()}


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the packaged migrations; a connection is used as it is."""
    config = Config(attributes={"connection": connection})
    # Alembic expands per cent signs in its options.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config
