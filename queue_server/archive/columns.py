"""Column types that mean the same in SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator

from queue_server.core.errors import InvalidValue

Whole = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits in both."""


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; SQLite, which knows no zones, holds the bare UTC time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC; a naive one is refused, since nobody could say what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"expected an instant with its time zone, got {value}"
            raise InvalidValue(message)
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)
