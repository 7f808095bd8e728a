"""What a report needs of one day, read from SQL."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, select

from queue_server.archive.figures import TransactionFacts, VisitFacts
from queue_server.archive.ratings import RatingFacts
from queue_server.archive.tables import EVENTS, TRANSACTIONS, VISITS
from queue_server.core import events as e
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CentreId, CounterId, ProcedureCode

CONFIGURATIONS_LOOKED_AT = 20
"""More changes than that in one day leave some retired name as its bare id."""


class OpenedDossier(Struct, frozen=True):
    """A dossier that was opened and not voided."""

    procedure: ProcedureCode
    counter: CounterId
    at: datetime


class DayFacts(Struct, frozen=True, kw_only=True):
    """What was read of the day."""

    visits: tuple[VisitFacts, ...]
    transactions: tuple[TransactionFacts, ...]
    dossiers: tuple[OpenedDossier, ...]
    ratings: tuple[RatingFacts, ...]
    configurations: tuple[CentreConfiguration, ...]
    """Those known on that day, the last one last."""


def read_day(connection: Connection, centre: CentreId, day: date) -> DayFacts:
    """Visits that began on that local day, with everything that became of them."""
    visits = connection.execute(
        select(VISITS).where(VISITS.c.centre == centre, VISITS.c.day == day)
    ).all()
    legs = connection.execute(
        select(TRANSACTIONS)
        .where(TRANSACTIONS.c.centre == centre, TRANSACTIONS.c.day == day)
        .order_by(TRANSACTIONS.c.ticket, TRANSACTIONS.c.n)
    ).all()
    transactions = {visit.ticket: visit.transactions for visit in visits}
    first_waits = _first_waits(legs)
    return DayFacts(
        visits=tuple(_visit(row, first_waits.get(row.ticket)) for row in visits),
        transactions=tuple(_leg(row, is_last=row.n == transactions[row.ticket]) for row in legs),
        dossiers=_dossiers(connection, centre, day),
        ratings=tuple(_ratings(visits, legs)),
        configurations=_configurations(connection, centre, day),
    )


def _first_waits(legs: Iterable[Any]) -> Mapping[str, int]:
    """Seconds from the first queueing to the first call that was not put back."""
    queued_at: dict[str, datetime] = {}
    waits: dict[str, int] = {}
    for leg in legs:
        since = queued_at.setdefault(leg.ticket, leg.queued_at)
        if leg.waiting_time_s is not None and leg.ticket not in waits:
            waits[leg.ticket] = round((leg.called_at - since).total_seconds())
    return waits


def _ratings(visits: Iterable[Any], legs: Iterable[Any]) -> Iterator[RatingFacts]:
    """What was said, with the field, procedure and counter of each visit's last transaction."""
    last = {leg.ticket: leg for leg in legs}
    for visit in visits:
        leg = last.get(visit.ticket)
        if visit.rating is not None and leg is not None:
            yield RatingFacts(
                field=leg.field,
                procedure=leg.procedure,
                counter=leg.counter,
                score=visit.rating,
                criteria=visit.rating_criteria or {},
            )


def _visit(row: Any, first_wait_s: int | None) -> VisitFacts:  # noqa: ANN401  # a row of VISITS
    told_s = row.forecast_about_s
    is_judged = told_s is not None and first_wait_s is not None
    return VisitFacts(
        ticket=row.ticket,
        field=row.field,
        procedure=row.procedure,
        issued_at=row.issued_at,
        estimate_error_s=first_wait_s - told_s if is_judged else None,
        first_wait_s=first_wait_s,
        told_at_most_s=row.forecast_at_most_s,
    )


def _leg(row: Any, *, is_last: bool) -> TransactionFacts:  # noqa: ANN401  # of TRANSACTIONS
    names = [name for name in TransactionFacts.__struct_fields__ if name != "is_last"]
    return TransactionFacts(**{name: getattr(row, name) for name in names}, is_last=is_last)


def _dossiers(connection: Connection, centre: CentreId, day: date) -> tuple[OpenedDossier, ...]:
    """Dossiers of the day's visits, without those whose completion was undone."""
    statement = (
        select(EVENTS.c.kind, EVENTS.c.at, EVENTS.c.body)
        .join(VISITS, EVENTS.c.ticket == VISITS.c.ticket)
        .where(
            VISITS.c.centre == centre,
            VISITS.c.day == day,
            EVENTS.c.centre == centre,
            EVENTS.c.kind.in_(("DossierOpened", "DossierVoided")),
        )
        .order_by(EVENTS.c.at, EVENTS.c.offset, EVENTS.c.index)
    )
    found: dict[str, OpenedDossier] = {}
    for row in connection.execute(statement):
        code = row.body["code"]
        if row.kind == "DossierOpened":
            found[code] = OpenedDossier(row.body["procedure"], row.body["counter"], row.at)
        else:
            found.pop(code, None)
    return tuple(found.values())


def _configurations(
    connection: Connection, centre: CentreId, day: date
) -> tuple[CentreConfiguration, ...]:
    """The newest configurations up to the day's last event, oldest first."""
    last_at = connection.execute(
        select(func.max(EVENTS.c.at))
        .join(VISITS, EVENTS.c.ticket == VISITS.c.ticket)
        .where(VISITS.c.centre == centre, VISITS.c.day == day)
    ).scalar()
    statement = (
        select(EVENTS.c.body)
        .where(EVENTS.c.centre == centre, EVENTS.c.kind == "ConfigurationApplied")
        .order_by(EVENTS.c.at.desc(), EVENTS.c.offset.desc())
        .limit(CONFIGURATIONS_LOOKED_AT)
    )
    if last_at is not None:
        statement = statement.where(EVENTS.c.at <= last_at)
    applied = [
        msgspec.convert(body, e.ConfigurationApplied).configuration
        for body in connection.scalars(statement)
    ]
    return tuple(reversed(applied))
