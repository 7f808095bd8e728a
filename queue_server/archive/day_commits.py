"""A day's commits as the archive keeps them, with the order of calls in force at its opening."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Engine, and_, or_, select

from queue_server.archive.database import reading
from queue_server.archive.tables import COMMITS, EVENTS
from queue_server.core import events as e
from queue_server.core.codec import decode_commit
from queue_server.core.commit import Commit
from queue_server.core.identifiers import CentreId
from queue_server.core.routing_rules import RoutingRules


class DayCommits(Struct, frozen=True, kw_only=True):
    """The commits from the opening to before the next one."""

    day: date
    routing: RoutingRules
    """In force at the opening."""
    commits: tuple[Commit, ...]


def day_commits(engine: Engine, centre: CentreId, day: date) -> DayCommits | None:
    """The day; None when the archive has no opening of it.

    Raises:
        DatabaseUnavailable: Nothing can be read now.
    """
    with reading(engine) as connection:
        opened = _openings(connection, centre)
        here = [each for each in opened if each.body["date"] == day.isoformat()]
        if not here:
            return None
        begin = here[-1]
        later = [each for each in opened if (each.at, each.offset) > (begin.at, begin.offset)]
        return DayCommits(
            day=day,
            routing=_routing_before(connection, centre, begin),
            commits=_commits(connection, centre, begin, later[0] if later else None),
        )


def archived_centres(engine: Engine) -> list[CentreId]:
    """Centres of which the archive has an opened day."""
    statement = select(EVENTS.c.centre).where(EVENTS.c.kind == "DayOpened").distinct()
    with reading(engine) as connection:
        return sorted(CentreId(centre) for centre in connection.scalars(statement))


def opened_days(engine: Engine, centre: CentreId, until: date, count: int) -> list[date]:
    """The last days that were opened up to `until`, oldest first."""
    with reading(engine) as connection:
        days = {date.fromisoformat(row.body["date"]) for row in _openings(connection, centre)}
    return sorted(day for day in days if day <= until)[-count:]


def _openings(connection: Connection, centre: CentreId) -> Sequence[Any]:
    return connection.execute(
        select(EVENTS.c.at, EVENTS.c.offset, EVENTS.c.body)
        .where(EVENTS.c.centre == centre, EVENTS.c.kind == "DayOpened")
        .order_by(EVENTS.c.at, EVENTS.c.offset)
    ).all()


def _routing_before(connection: Connection, centre: CentreId, begin: Any) -> RoutingRules:  # noqa: ANN401  # a row
    """What the last change of the order before the opening said."""
    is_before = or_(
        EVENTS.c.at < begin.at, and_(EVENTS.c.at == begin.at, EVENTS.c.offset < begin.offset)
    )
    row = connection.execute(
        select(EVENTS.c.kind, EVENTS.c.body)
        .where(EVENTS.c.centre == centre, is_before)
        .where(EVENTS.c.kind.in_(("ConfigurationApplied", "RoutingChanged")))
        .order_by(EVENTS.c.at.desc(), EVENTS.c.offset.desc(), EVENTS.c.index.desc())
        .limit(1)
    ).first()
    if row is None:
        return RoutingRules()
    if row.kind == "RoutingChanged":
        return msgspec.convert(row.body, e.RoutingChanged).routing
    return msgspec.convert(row.body, e.ConfigurationApplied).configuration.routing


def _commits(
    connection: Connection,
    centre: CentreId,
    begin: Any,  # noqa: ANN401  # a row
    end: Any | None,  # noqa: ANN401
) -> tuple[Commit, ...]:
    statement = select(COMMITS.c.raw, COMMITS.c.at, COMMITS.c.offset).where(
        COMMITS.c.centre == centre, COMMITS.c.is_void.is_(False), COMMITS.c.at >= begin.at
    )
    if end is not None:
        statement = statement.where(COMMITS.c.at <= end.at)
    rows = connection.execute(statement.order_by(COMMITS.c.at, COMMITS.c.offset))
    last: tuple[datetime, int] | None = None if end is None else (end.at, end.offset)
    return tuple(
        decode_commit(row.raw)
        for row in rows
        if (row.at, row.offset) >= (begin.at, begin.offset)
        and (last is None or (row.at, row.offset) < last)
    )
