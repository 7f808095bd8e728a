"""Sessions in SQL: 12 hours from the last time the person was seen. Everything here blocks."""

from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection, Engine, delete, insert, select, update

from queue_server.accounts.known import Known
from queue_server.accounts.people import roles_of
from queue_server.accounts.principal import Principal
from queue_server.archive.database import DatabaseUnavailable, reading, writing
from queue_server.archive.tables import SESSIONS, STAFF
from queue_server.core.identifiers import StaffId

SESSION_LIFE: Final = timedelta(hours=12)
SEEN_EVERY: Final = timedelta(minutes=1)
"""How often at most it is written that somebody was seen."""

SEEN_LATELY: Final = timedelta(minutes=3)
"""Longer than a page that is open goes without being seen, however the writes of it fall."""

log = structlog.get_logger(__name__)


def open_session(connection: Connection, staff: StaffId, key: str, now: datetime) -> None:
    """Begin a session under the hash of its token; sweep out those of the past."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at <= now))
    connection.execute(
        insert(SESSIONS).values(
            token_hash=key,
            staff=staff,
            created_at=now,
            last_seen_at=now,
            expires_at=now + SESSION_LIFE,
        )
    )


def close_session(engine: Engine, key: str) -> None:
    """End the session, if there is one."""
    with writing(engine) as connection:
        connection.execute(delete(SESSIONS).where(SESSIONS.c.token_hash == key))


def is_seen(engine: Engine, staff: StaffId, now: datetime, *, but: str = "") -> bool:
    """Whether the person was seen lately in a session, other than the one of that hash.

    Pages that are open ask who they are for twice a minute, so each keeps its session seen.
    """
    statement = select(SESSIONS.c.token_hash).where(
        SESSIONS.c.staff == staff,
        SESSIONS.c.token_hash != but,
        SESSIONS.c.expires_at > now,
        SESSIONS.c.last_seen_at >= now - SEEN_LATELY,
    )
    with reading(engine) as connection:
        return connection.execute(statement.limit(1)).first() is not None


def read_session(engine: Engine, key: str, now: datetime) -> Known | None:
    """Who is signed in under the hash; the session is prolonged, once a minute at most."""
    statement = (
        select(STAFF, SESSIONS.c.last_seen_at, SESSIONS.c.expires_at)
        .join(SESSIONS, SESSIONS.c.staff == STAFF.c.id)
        .where(SESSIONS.c.token_hash == key, SESSIONS.c.expires_at > now, STAFF.c.is_active)
    )
    with reading(engine) as connection:
        row = connection.execute(statement).first()
    if row is None:
        return None
    is_due = now - row.last_seen_at >= SEEN_EVERY
    until = _prolonged(engine, key, now) if is_due else None
    principal = Principal(
        kind="staff",
        id=row.id,
        name=row.name,
        roles=frozenset(roles_of(row.roles)),
        centre=row.centre,
    )
    return Known(principal=principal, until=until or row.expires_at)


def _prolonged(engine: Engine, key: str, now: datetime) -> datetime | None:
    until = now + SESSION_LIFE
    seen = update(SESSIONS).where(SESSIONS.c.token_hash == key)
    try:
        with writing(engine) as connection:
            connection.execute(seen.values(last_seen_at=now, expires_at=until))
    except DatabaseUnavailable:
        # Another writer is slow: the person is signed in all the same.
        log.warning("session_not_prolonged")
        return None
    return until
