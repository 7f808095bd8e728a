"""Commits and visits as rows of the archive's tables, and how they are written."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import Connection, Table, and_, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from queue_server.archive.ledger import ticket_of
from queue_server.archive.tables import COMMITS, EVENTS, TRANSACTIONS, VISITS
from queue_server.archive.visit import Transaction, Visit
from queue_server.core.codec import encode_commit
from queue_server.core.commit import Commit
from queue_server.core.identifiers import CentreId, TicketId

Row = dict[str, Any]
T = TypeVar("T")

AT_ONCE: Final = 400
"""Rows of one statement; the widest table has 26 columns and SQLite takes 32,766 values."""


def insert_new(connection: Connection, commits: Sequence[Commit]) -> list[Commit]:
    """Insert the commits that are not there yet, with their events; the ones that were not."""
    fresh: list[Commit] = []
    for some in chunks(commits):
        statement = _dialect(connection).insert(COMMITS).values([commit_row(c) for c in some])
        returned = connection.execute(
            statement.on_conflict_do_nothing().returning(COMMITS.c.epoch, COMMITS.c.offset)
        )
        new = {(epoch, offset) for epoch, offset in returned}
        fresh += [commit for commit in some if (commit.epoch, commit.offset) in new]
    events = [row for commit in fresh for row in event_rows(commit)]
    for rows in chunks(events):
        connection.execute(insert(EVENTS).values(rows))
    return fresh


def write_visits(connection: Connection, centre: CentreId, visits: Iterable[Visit]) -> None:
    """Insert or replace the visits with their transactions."""
    for some in chunks(list(visits)):
        replace_rows(connection, VISITS, [visit_row(centre, visit) for visit in some])
        rows = [row for visit in some for row in transaction_rows(centre, visit)]
        for part in chunks(rows):
            replace_rows(connection, TRANSACTIONS, part)
        for visit in some:
            # Undo takes transactions away.
            connection.execute(
                delete(TRANSACTIONS).where(
                    TRANSACTIONS.c.ticket == visit.ticket,
                    TRANSACTIONS.c.n > len(visit.transactions),
                )
            )


def delete_visits(connection: Connection, tickets: Iterable[TicketId]) -> None:
    """Remove visits that never were."""
    for some in chunks(list(tickets)):
        connection.execute(delete(TRANSACTIONS).where(TRANSACTIONS.c.ticket.in_(some)))
        connection.execute(delete(VISITS).where(VISITS.c.ticket.in_(some)))


def void_commits(connection: Connection, commits: Sequence[Commit]) -> None:
    """Keep the commits as evidence and count them nowhere: their events go."""
    for commit in commits:
        for table in (EVENTS, COMMITS):
            mine = and_(
                table.c.centre == commit.centre,
                table.c.epoch == commit.epoch,
                table.c.offset == commit.offset,
            )
            is_event = table is EVENTS
            statement = delete(table) if is_event else update(table).values(is_void=True)
            connection.execute(statement.where(mine))


def commit_row(commit: Commit) -> Row:
    """The commit, whole and as the columns that are searched."""
    return {
        "centre": commit.centre,
        "epoch": commit.epoch,
        "offset": commit.offset,
        "at": commit.at,
        "actor_kind": commit.actor.kind,
        "actor_id": commit.actor.id,
        "command_id": commit.command_id,
        "is_void": False,
        "raw": encode_commit(commit),
    }


def event_rows(commit: Commit) -> Iterator[Row]:
    """One row per event."""
    for index, event in enumerate(commit.events):
        yield {
            "centre": commit.centre,
            "epoch": commit.epoch,
            "offset": commit.offset,
            "index": index,
            "kind": type(event).__name__,
            "at": commit.at,
            "ticket": ticket_of(event),
            "counter": getattr(event, "counter", None),
            "body": msgspec.to_builtins(event, str_keys=True),
        }


def visit_row(centre: CentreId, visit: Visit) -> Row:
    """The visit without its transactions."""
    forecast, rating = visit.forecast, visit.rating
    return {
        "ticket": visit.ticket,
        "centre": centre,
        "day": visit.day,
        "number": visit.number,
        "sequence": visit.sequence,
        "field": visit.field,
        "procedure": visit.procedure,
        "channel": visit.channel.value,
        "language": visit.language,
        "priority_class": visit.priority_class,
        "dossiers": visit.dossiers,
        "issued_at": visit.issued_at,
        "appointment_at": visit.appointment_at,
        "first_queued_at": visit.first_queued_at,
        "ended_at": visit.ended_at,
        "state": visit.state.value,
        "outcome": visit.outcome.value if visit.outcome else None,
        "transactions": len(visit.transactions),
        "forecast_kind": forecast.kind.value if forecast else None,
        "forecast_about_s": forecast.about_s if forecast else None,
        "forecast_at_most_s": forecast.at_most_s if forecast else None,
        "forecast_computed_s": forecast.computed_s if forecast else None,
        "rating": int(rating.score) if rating else None,
        "rating_criteria": dict(rating.criteria) if rating and rating.criteria else None,
        "rated_at": rating.at if rating else None,
    }


def transaction_rows(centre: CentreId, visit: Visit) -> Iterator[Row]:
    """One row per transaction, numbered from 1."""
    for n, transaction in enumerate(visit.transactions, start=1):
        yield {
            "ticket": visit.ticket,
            "n": n,
            "centre": centre,
            "day": visit.day,
            **_measured(transaction),
        }


def _measured(transaction: Transaction) -> Row:
    return {
        "procedure": transaction.procedure,
        "field": transaction.field,
        "counter": transaction.counter,
        "staff": transaction.staff,
        "queued_at": transaction.queued_at,
        "first_called_at": transaction.first_called_at,
        "called_at": transaction.called_at,
        "serving_at": transaction.serving_at,
        "ended_at": transaction.ended_at,
        "ending": transaction.ending.value if transaction.ending else None,
        "outcome": transaction.outcome.value if transaction.outcome else None,
        "waiting_time_s": transaction.waiting_time_s,
        "approach_time_s": transaction.approach_time_s,
        "serving_time_s": transaction.serving_time_s,
        "calls": transaction.calls,
        "target_waiting_time_s": transaction.target_waiting_time_s,
    }


def replace_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows; where a primary key is there, its other columns are replaced."""
    if not rows:
        return
    statement = _dialect(connection).insert(table).values(rows)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def _dialect(connection: Connection) -> Any:  # noqa: ANN401  # two modules of the same shape
    return postgresql if connection.dialect.name == "postgresql" else sqlite


def chunks(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """The things in portions of `AT_ONCE`."""
    for start in range(0, len(things), AT_ONCE):
        yield things[start : start + AT_ONCE]
