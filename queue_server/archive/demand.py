"""Who walked in on earlier days: what the simulation of a day like today is made from."""

from collections import Counter as Count
from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import Connection, select

from queue_server.archive.tables import VISITS
from queue_server.core.identifiers import CentreId, FieldId, ProcedureCode
from queue_server.core.learned import HALF_HOURS

WEEKS = 4


class Demand(Struct, frozen=True, kw_only=True):
    """Visits without appointment on days alike."""

    days: int
    """How many of them had visits."""
    arrivals: Mapping[FieldId, list[float]]
    """Mean visits a day in each half hour of the local day."""
    mix: Mapping[ProcedureCode, float]
    """Visits by procedure."""
    priority_share: float


def demand_of(
    connection: Connection, centre: CentreId, day: date, timezone: str, weeks: int = WEEKS
) -> Demand | None:
    """Who walked in on the same weekday in the weeks before; None if there were no visits."""
    days = [day - timedelta(weeks=week) for week in range(1, weeks + 1)]
    of_days = (VISITS.c.centre == centre, VISITS.c.day.in_(days))
    seen = set(connection.scalars(select(VISITS.c.day).where(*of_days).distinct()))
    if not seen:
        return None
    columns = (VISITS.c.field, VISITS.c.procedure, VISITS.c.issued_at, VISITS.c.priority_class)
    statement = select(*columns).where(*of_days, VISITS.c.appointment_at.is_(None))
    rows = connection.execute(statement).all()
    zone = ZoneInfo(timezone)
    arrivals: dict[FieldId, list[float]] = {}
    for row in rows:
        local = row.issued_at.astimezone(zone)
        half_hours = arrivals.setdefault(FieldId(row.field), [0.0] * HALF_HOURS)
        half_hours[local.hour * 2 + local.minute // 30] += 1 / len(seen)
    return Demand(
        days=len(seen),
        arrivals=arrivals,
        mix=Count(ProcedureCode(row.procedure) for row in rows),
        priority_share=sum(row.priority_class is not None for row in rows) / (len(rows) or 1),
    )


def seen_on(connection: Connection, centre: CentreId, day: date) -> Mapping[FieldId, int]:
    """Visits without appointment on the day so far, by field."""
    statement = select(VISITS.c.field).where(
        VISITS.c.centre == centre, VISITS.c.day == day, VISITS.c.appointment_at.is_(None)
    )
    return Count(FieldId(field) for field in connection.scalars(statement))
