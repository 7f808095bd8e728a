"""Databases for messages to phones."""

from tests.support.databases import (
    database,
    empty_database_url,
    migrated_template,
    postgresql_server,
)

__all__ = ["database", "empty_database_url", "migrated_template", "postgresql_server"]
