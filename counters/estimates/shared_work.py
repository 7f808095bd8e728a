"""Forecast of a wait by sharing the work ahead among the open counters.

The fallback: `(tickets ahead + 1) · mean ÷ Σ share`, where each open counter gives every
field it serves an equal share of its time (routing study §3.2).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from counters.estimates.transaction_time import mean_transaction_time_s
from queue_server.core.centre import Centre
from queue_server.core.configuration import Level, Procedure
from queue_server.core.counter import Availability, CounterState
from queue_server.core.hours import serving_ends_at
from queue_server.core.identifiers import FieldId, PriorityClassId, ProcedureCode
from queue_server.core.ticket import Forecast, ForecastKind

AT_MOST_FACTOR = 1.8
"""Ninth decile over median of the wait in the routing study's busy scenarios."""
LEVEL_SHARE = {Level.PRIMARY: 1.0, Level.SECONDARY: 0.6, Level.BACK_UP: 0.3}


def shared_work_forecast(
    centre: Centre,
    procedure: ProcedureCode,
    priority_class: PriorityClassId | None,
    now: datetime,
) -> Forecast:
    """What to tell somebody who takes a number for the procedure now."""
    wanted = centre.procedure(procedure)
    capacity = _capacity(centre, wanted)
    if capacity == 0:
        return Forecast(kind=ForecastKind.NO_COUNTER_OPEN)
    ahead = _ahead(centre, wanted.field, priority_class)
    free = _is_somebody_free(centre, wanted)
    work_s = sum(mean_transaction_time_s(centre, other) for other in ahead)
    residual_s = 0.0 if free and not ahead else mean_transaction_time_s(centre, wanted) / 2
    about_s = (work_s + residual_s) / capacity
    ends_at = serving_ends_at(centre.facts, now)
    if ends_at is not None and now + timedelta(seconds=about_s) > ends_at:
        return Forecast(kind=ForecastKind.MAY_NOT_BE_SERVED_TODAY)
    return Forecast(
        kind=ForecastKind.RANGE,
        about_s=ceil(about_s),
        at_most_s=ceil(about_s * AT_MOST_FACTOR),
    )


def _open_counters(centre: Centre, procedure: Procedure) -> Iterable[CounterState]:
    for counter in centre.counters.values():
        is_open = counter.availability is Availability.OPEN
        if is_open and counter.profile.level_of(procedure) is not None:
            yield counter


def _is_somebody_free(centre: Centre, procedure: Procedure) -> bool:
    return any(counter.ticket is None for counter in _open_counters(centre, procedure))


def _capacity(centre: Centre, procedure: Procedure) -> float:
    """Counters working for the procedure's field, each by its share."""
    busy_fields = set(centre.waiting.values()) | {procedure.field}
    total = 0.0
    for counter in _open_counters(centre, procedure):
        level = counter.profile.level_of(procedure) or Level.BACK_UP
        shares = sum(
            LEVEL_SHARE[counter.profile.fields[field]]
            for field in busy_fields
            if field in counter.profile.fields
        )
        total += LEVEL_SHARE[level] / max(shares, LEVEL_SHARE[level])
    return total


def _ahead(
    centre: Centre, field: FieldId, priority_class: PriorityClassId | None
) -> list[Procedure]:
    """Procedures of the tickets that are called before somebody who joins now."""
    return [
        centre.procedure(ticket.procedure)
        for ticket in centre.waiting_tickets()
        if ticket.field == field and (priority_class is None or ticket.priority_class is not None)
        for _ in range(ticket.dossiers)
    ]
