"""Alembic migrations of the SQL side. To make the next one: docs/guides, or `alembic revision`."""
