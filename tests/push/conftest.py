"""Databases, and a browser with the sample centre, for messages to phones."""

from tests.support.browser import browser, new_page
from tests.support.databases import (
    database,
    empty_database_url,
    migrated_template,
    postgresql_server,
)

__all__ = [
    "browser",
    "database",
    "empty_database_url",
    "migrated_template",
    "new_page",
    "postgresql_server",
]
