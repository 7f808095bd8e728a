"""Writes commits into SQL: whole, as events, and as the visits they make. Read `ledger` first.

A batch and the cursor behind it are one transaction, so the archive is always at a commit's
edge. Recording a commit again changes nothing; several processes may record the same journal.
"""

from collections.abc import Sequence

import structlog
from sqlalchemy import Connection, Engine, select

from queue_server.archive import history
from queue_server.archive.database import reading, writing
from queue_server.archive.ledger import Ledger
from queue_server.archive.rows import (
    delete_visits,
    insert_new,
    replace_rows,
    void_commits,
    write_visits,
)
from queue_server.archive.tables import CURSORS
from queue_server.archive.visit import Visit
from queue_server.core import events as e
from queue_server.core.commit import Commit, Position
from queue_server.core.identifiers import CentreId, CommandId, Epoch, TicketId

log = structlog.get_logger()

FOLLOWER = "archive"
"""Name of the cursor, here and in the journal."""


class Recorder:
    """The archive's writer. Calls block; use it from one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ledgers: dict[CentreId, Ledger] = {}

    def record(self, commits: Sequence[Commit]) -> None:
        """Write commits of one centre, in the order of their offsets; known ones are passed over.

        Raises:
            DatabaseUnavailable: Nothing was written.
        """
        if not commits:
            return
        centre, last = commits[0].centre, commits[-1]
        # Put back after the transaction only: a ledger that ran ahead of SQL must be forgotten.
        ledger = self._ledgers.pop(centre, None)
        with writing(self._engine) as connection:
            ledger = ledger or history.restored_ledger(connection, centre)
            fresh = insert_new(connection, commits)
            if fresh:
                ledger = _just_before(connection, ledger, fresh[0])
                write_visits(connection, centre, _folded(ledger, fresh))
            _save_cursor(connection, last, Position(last.epoch, last.offset))
        self._ledgers[centre] = ledger

    def last_position(self, centre: CentreId) -> Position | None:
        """How far the archive is; None when it knows nothing of the centre."""
        statement = select(CURSORS.c.epoch, CURSORS.c.offset).where(
            CURSORS.c.follower == FOLLOWER, CURSORS.c.centre == centre
        )
        with reading(self._engine) as connection:
            row = connection.execute(statement).first()
        return None if row is None else Position(Epoch(row.epoch), row.offset)

    def commits_of(
        self, centre: CentreId, after: int = 0, limit: int | None = None
    ) -> list[Commit]:
        """Commits of the journal's present life beyond offset `after`, first to last."""
        with reading(self._engine) as connection:
            return history.commits_after(connection, centre, after, limit)

    def commands_between(self, centre: CentreId, first: int, last: int) -> dict[int, CommandId]:
        """Command of each recorded commit, by offset: by these two histories are compared.

        Epochs would not do: a journal that was restored from a backup has another one.
        """
        with reading(self._engine) as connection:
            return history.commands_between(connection, centre, first, last)

    def first_offset_of_last_days(self, centre: CentreId, days: int) -> int | None:
        """Offset at which the last `days` days begin; None when there were fewer."""
        with reading(self._engine) as connection:
            return history.first_offset_of_last_days(connection, centre, days)

    def void_after(self, centre: CentreId, position: Position) -> int:
        """Void what the archive has beyond `position`; the visits are as they were there.

        With offset 0 the journal began anew. Days that were closed are history and stay; a day
        that was still open is void, since its numbers begin again.

        Returns:
            How many commits became void.
        """
        self._ledgers.pop(centre, None)
        with writing(self._engine) as connection:
            lost = history.lost_commits(connection, centre, position.offset)
            if lost:
                void_commits(connection, lost)
                delete_visits(connection, _issued_in(lost))
                ledger = history.restored_ledger(connection, centre)
                write_visits(connection, centre, ledger.visits.values())
                log.error("commits that the journal lost are void", centre=centre, count=len(lost))
                _save_cursor(connection, lost[-1], position)
        return len(lost)


def _just_before(connection: Connection, ledger: Ledger, first: Commit) -> Ledger:
    """The ledger just before `first`: another process may have recorded in between."""
    if first.offset == ledger.offset + 1:
        return ledger
    if first.offset == 1:
        return Ledger()
    return history.restored_ledger(connection, first.centre, below=first.offset)


def _folded(ledger: Ledger, commits: Sequence[Commit]) -> list[Visit]:
    """The visits that the commits changed, those of a day that ended among them included."""
    changed: dict[TicketId, Visit] = {}
    for commit in commits:
        changed.update(ledger.fold(commit))
    return list(changed.values())


def _issued_in(commits: Sequence[Commit]) -> list[TicketId]:
    events = (event for commit in commits for event in commit.events)
    return [event.ticket for event in events if isinstance(event, e.TicketIssued)]


def _save_cursor(connection: Connection, last: Commit, position: Position) -> None:
    """Move the cursor to `position`; `last` is the newest commit that was looked at."""
    row = {
        "follower": FOLLOWER,
        "centre": last.centre,
        "epoch": position.epoch,
        "offset": position.offset,
        "moved_at": last.at,
    }
    replace_rows(connection, CURSORS, [row])
