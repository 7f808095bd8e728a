"""The archive's own commits, read back: to fold a ledger again, or a centre whose journal is gone.

Order in the archive is (`at`, `offset`): within one life of a journal both grow together, and a
journal that began anew at offset 1 comes later in time. Void commits are never read; their
events are deleted.
"""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, or_, select

from queue_server.archive.ledger import Ledger
from queue_server.archive.tables import COMMITS, EVENTS
from queue_server.core import events as e
from queue_server.core.codec import decode_commit
from queue_server.core.commit import Commit
from queue_server.core.identifiers import CentreId, CommandId, CounterId, StaffId

SEATINGS_LOOKED_AT = 2000
"""Newest events of sitting down and leaving; who has not moved for that long is not known."""


class Place(Struct, frozen=True):
    """Where a commit stands in the archive's order."""

    at: datetime
    offset: int


def restored_ledger(connection: Connection, centre: CentreId, below: int | None = None) -> Ledger:
    """The ledger after the archive's last commit, or after the last one below offset `below`."""
    ledger = Ledger()
    opened = last_day_opened(connection, centre)
    statement = in_order(centre)
    if opened is not None:
        statement = statement.where(_from(COMMITS, opened))
        _prepare(connection, centre, ledger, opened)
    if below is not None:
        statement = statement.where(COMMITS.c.offset < below)
    for commit in _decoded(connection, statement):
        ledger.fold(commit)
    return ledger


def last_day_opened(connection: Connection, centre: CentreId) -> Place | None:
    """Where the last day began."""
    row = connection.execute(_newest(centre, "DayOpened").limit(1)).first()
    return None if row is None else Place(row.at, row.offset)


def commits_after(
    connection: Connection, centre: CentreId, after: int, limit: int | None
) -> list[Commit]:
    """Commits of the journal's present life with offsets beyond `after`, first to last."""
    statement = in_order(centre).where(COMMITS.c.offset > after)
    began = beginning(connection, centre)
    if began is not None:
        statement = statement.where(_from(COMMITS, began))
    return _decoded(connection, statement.limit(limit))


def commands_between(
    connection: Connection, centre: CentreId, first: int, last: int
) -> dict[int, CommandId]:
    """Command of each commit from offset `first` to `last`, of the journal's present life."""
    statement = select(COMMITS.c.offset, COMMITS.c.command_id).where(
        COMMITS.c.centre == centre,
        COMMITS.c.is_void.is_(False),
        COMMITS.c.offset.between(first, last),
    )
    began = beginning(connection, centre)
    if began is not None:
        statement = statement.where(_from(COMMITS, began))
    rows = connection.execute(statement)
    return {row.offset: CommandId(row.command_id) for row in rows}


def beginning(connection: Connection, centre: CentreId) -> Place | None:
    """First commit of the journal's present life; None when the archive began later."""
    statement = (
        select(COMMITS.c.at, COMMITS.c.offset)
        .where(COMMITS.c.centre == centre, COMMITS.c.is_void.is_(False), COMMITS.c.offset == 1)
        .order_by(COMMITS.c.at.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return None if row is None else Place(row.at, row.offset)


def first_offset_of_last_days(connection: Connection, centre: CentreId, days: int) -> int | None:
    """Offset at which the last `days` days begin, in the journal's present life."""
    began = beginning(connection, centre)
    statement = _newest(centre, "DayOpened").offset(days - 1).limit(1)
    if began is not None:
        statement = statement.where(_from(EVENTS, began))
    row = connection.execute(statement).first()
    return None if row is None else int(row.offset)


def lost_commits(connection: Connection, centre: CentreId, after: int) -> list[Commit]:
    """What a journal that ends at offset `after` no longer knows.

    With 0 the journal began anew: lost is what belongs to a day that was not closed, nothing
    else, since finished days are in no journal for long.
    """
    if after > 0:
        return commits_after(connection, centre, after, None)
    opened = last_day_opened(connection, centre)
    if opened is None:
        return commits_after(connection, centre, 0, None)
    if not _is_last_day_open(connection, centre):
        return []
    return _decoded(connection, in_order(centre).where(_from(COMMITS, opened)))


def in_order(centre: CentreId) -> Select[bytes]:
    """Raw commits of the centre, first to last."""
    return (
        select(COMMITS.c.raw)
        .where(COMMITS.c.centre == centre, COMMITS.c.is_void.is_(False))
        .order_by(COMMITS.c.at, COMMITS.c.offset)
    )


def _prepare(connection: Connection, centre: CentreId, ledger: Ledger, opened: Place) -> None:
    """Give the ledger what was so before the day: the configuration, and who sat where."""
    before = ~_from(EVENTS, opened)
    applied = _newest(centre, "ConfigurationApplied").where(before).limit(1)
    for row in connection.execute(applied):
        ledger.configure(msgspec.convert(row.body, e.ConfigurationApplied).configuration)
    seatings = _newest(centre, "CounterTaken", "CounterLeft").where(before)
    seen: set[CounterId] = set()
    for row in connection.execute(seatings.limit(SEATINGS_LOOKED_AT)):
        if row.counter not in seen:
            seen.add(row.counter)
            is_taken = row.kind == "CounterTaken"
            ledger.seat(row.counter, StaffId(row.body["staff"]) if is_taken else None)


def _is_last_day_open(connection: Connection, centre: CentreId) -> bool:
    row = connection.execute(_newest(centre, "DayOpened", "DayClosed").limit(1)).first()
    return row is not None and row.kind == "DayOpened"


def _newest(centre: CentreId, *kinds: str) -> Select[Any]:
    """Events of the kinds, newest first."""
    return (
        select(EVENTS.c.kind, EVENTS.c.at, EVENTS.c.offset, EVENTS.c.counter, EVENTS.c.body)
        .where(EVENTS.c.centre == centre, EVENTS.c.kind.in_(kinds))
        .order_by(EVENTS.c.at.desc(), EVENTS.c.offset.desc(), EVENTS.c.index.desc())
    )


def _from(table: Table, place: Place) -> ColumnElement[bool]:
    """Condition: the row is of the commit at `place` or of a later one."""
    same = and_(table.c.at == place.at, table.c.offset >= place.offset)
    return or_(table.c.at > place.at, same)


def _decoded(connection: Connection, statement: Select[bytes]) -> list[Commit]:
    return [decode_commit(raw) for raw in connection.scalars(statement)]
