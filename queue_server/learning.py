"""Once a night each centre learns from its last thirty days: read from SQL, entered by a command.

A machine that is off at night learns when it is on and the day is not open; one that never is,
learns during the day every other day.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
import structlog
from sqlalchemy import Connection, Engine, select

from counters.estimates.learning import PastTransaction, PastVisit, learn
from queue_server.archive.database import reading
from queue_server.archive.tables import TRANSACTIONS, VISITS
from queue_server.core.centre import Centre
from queue_server.core.commands import LearnParameters
from queue_server.core.commit import Actor
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CentreId, CommandId
from queue_server.core.learned import LearnedParameters
from queue_server.hub.replica import Replica, Request, payload_hash

log = structlog.get_logger()

LOOKED_AT: Final = timedelta(days=30)
AT_LEAST_EVERY: Final = timedelta(days=2)
ACTOR: Final = Actor("system", "learning")


def is_due(centre: Centre, today: date) -> bool:
    """Whether the centre should learn now: nothing was learned today, and nobody is disturbed."""
    if centre.configuration is None:
        return False
    learned_on = centre.learned.learned_on if centre.learned else None
    if learned_on is not None and learned_on >= today:
        return False
    is_open = centre.day is not None and centre.day.is_open and centre.day.date == today
    return not is_open or learned_on is None or today - learned_on >= AT_LEAST_EVERY


def learned_of(engine: Engine, facts: CentreConfiguration, today: date) -> LearnedParameters | None:
    """What the last thirty days before today teach; None when nobody came in them.

    Raises:
        DatabaseUnavailable: Nothing can be read now.
    """
    first = today - LOOKED_AT
    with reading(engine) as connection:
        visits = list(_visits(connection, facts, first, today))
        if not visits:
            return None
        transactions = list(_transactions(connection, facts.id, first, today))
    return learn(facts, visits, transactions, today)


async def enter(replica: Replica, learned: LearnedParameters) -> bool:
    """Enter it in the centre's journal; False when it was in force before."""
    command = LearnParameters(parameters=learned)
    text = f"learn {replica.centre.id} {msgspec.json.encode(learned).decode()}"
    request = Request(
        command=command,
        actor=ACTOR,
        command_id=CommandId(blake2b(text.encode(), digest_size=16).hexdigest()),
        payload_hash=payload_hash(command),
    )
    return await replica.submit(request) is not None


def _visits(
    connection: Connection, facts: CentreConfiguration, first: date, today: date
) -> Iterator[PastVisit]:
    zone = ZoneInfo(facts.timezone)
    waits = _first_waits(connection, facts.id, first, today)
    statement = select(VISITS).where(
        VISITS.c.centre == facts.id, VISITS.c.day >= first, VISITS.c.day < today
    )
    for row in connection.execute(statement):
        issued = row.issued_at.astimezone(zone)
        yield PastVisit(
            day=row.day,
            half_hour=issued.hour * 2 + issued.minute // 30,
            field=row.field,
            procedure=row.procedure,
            is_priority=row.priority_class is not None,
            is_appointment=row.appointment_at is not None,
            computed_s=row.forecast_computed_s,
            waited_s=waits.get(row.ticket),
        )


def _first_waits(
    connection: Connection, centre: CentreId, first: date, today: date
) -> dict[str, float]:
    """Seconds to the first call of each visit's first transaction."""
    columns = (TRANSACTIONS.c.ticket, TRANSACTIONS.c.queued_at, TRANSACTIONS.c.first_called_at)
    statement = select(*columns).where(
        TRANSACTIONS.c.centre == centre,
        TRANSACTIONS.c.day >= first,
        TRANSACTIONS.c.day < today,
        TRANSACTIONS.c.n == 1,
        TRANSACTIONS.c.first_called_at.is_not(None),
    )
    return {
        row.ticket: max((row.first_called_at - row.queued_at).total_seconds(), 0.0)
        for row in connection.execute(statement)
    }


def _transactions(
    connection: Connection, centre: CentreId, first: date, today: date
) -> Iterator[PastTransaction]:
    statement = (
        select(TRANSACTIONS, VISITS.c.dossiers)
        .join(VISITS, TRANSACTIONS.c.ticket == VISITS.c.ticket)
        .where(
            TRANSACTIONS.c.centre == centre,
            TRANSACTIONS.c.day >= first,
            TRANSACTIONS.c.day < today,
            TRANSACTIONS.c.first_called_at.is_not(None),
        )
    )
    for row in connection.execute(statement):
        is_served = row.serving_time_s is not None and row.ending in {"served", "transferred"}
        yield PastTransaction(
            procedure=row.procedure,
            staff=row.staff,
            time_s=(row.serving_time_s + (row.approach_time_s or 0)) if is_served else None,
            dossiers=row.dossiers,
            is_no_show=row.ending == "no_show",
            is_again=row.n > 1,
        )
