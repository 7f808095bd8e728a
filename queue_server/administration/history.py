"""Configurations that were in force, out of the archive. Everything here blocks."""

from datetime import datetime
from typing import Final

import msgspec
from msgspec import Struct
from sqlalchemy import Engine, and_, select

from queue_server.archive.database import reading
from queue_server.archive.tables import COMMITS, EVENTS
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import UnknownName
from queue_server.core.events import ConfigurationApplied
from queue_server.core.identifiers import CentreId

LISTED: Final = 100
_KIND: Final = ConfigurationApplied.__name__
_OF_COMMIT: Final = and_(
    COMMITS.c.centre == EVENTS.c.centre,
    COMMITS.c.epoch == EVENTS.c.epoch,
    COMMITS.c.offset == EVENTS.c.offset,
)


class Applied(Struct, frozen=True, kw_only=True):
    """One configuration that was applied."""

    epoch: str
    offset: int
    at: datetime
    actor_kind: str
    actor: str
    """Staff id, or what the system did it for."""


def applied_before(engine: Engine, centre: CentreId, limit: int = LISTED) -> list[Applied]:
    """The newest configurations of the centre, newest first."""
    statement = (
        select(
            EVENTS.c.epoch, EVENTS.c.offset, EVENTS.c.at, COMMITS.c.actor_kind, COMMITS.c.actor_id
        )
        .join(COMMITS, _OF_COMMIT)
        .where(EVENTS.c.centre == centre, EVENTS.c.kind == _KIND, COMMITS.c.is_void.is_(False))
        .order_by(EVENTS.c.at.desc(), EVENTS.c.offset.desc())
        .limit(limit)
    )
    with reading(engine) as connection:
        return [
            Applied(
                epoch=row.epoch,
                offset=row.offset,
                at=row.at,
                actor_kind=row.actor_kind,
                actor=row.actor_id,
            )
            for row in connection.execute(statement)
        ]


def configuration_at(
    engine: Engine, centre: CentreId, epoch: str, offset: int
) -> CentreConfiguration:
    """The configuration that was applied by that commit.

    Raises:
        UnknownName: The archive knows none.
    """
    statement = select(EVENTS.c.body).where(
        EVENTS.c.centre == centre,
        EVENTS.c.epoch == epoch,
        EVENTS.c.offset == offset,
        EVENTS.c.kind == _KIND,
    )
    with reading(engine) as connection:
        row = connection.execute(statement).first()
    if row is None:
        message = f"expected a configuration that was applied, got {epoch} {offset}"
        raise UnknownName(message, kind="configuration", name=f"{epoch}-{offset}")
    return msgspec.convert(row.body, ConfigurationApplied).configuration
