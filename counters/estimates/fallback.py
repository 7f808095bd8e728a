"""Plainer forecasts, for a hall that cannot be rolled forward.

First the work ahead is shared among the counters; where not even that is known, the longest
present wait of the field is told, then the mean wait of its day. Source: routing study §3.2.
"""

from datetime import datetime
from math import ceil

from counters.estimates.shared_work import AT_MOST_FACTOR, shared_work_forecast
from queue_server.core.centre import Centre
from queue_server.core.errors import QueueError
from queue_server.core.identifiers import FieldId, PriorityClassId, ProcedureCode
from queue_server.core.ticket import Forecast, ForecastKind


def plainest_forecast(
    centre: Centre,
    procedure: ProcedureCode,
    priority_class: PriorityClassId | None,
    now: datetime,
) -> Forecast:
    """What to tell somebody who takes a number for the procedure now."""
    field = centre.procedure(procedure).field
    try:
        return shared_work_forecast(centre, procedure, priority_class, now)
    except QueueError:
        about_s = longest_present_wait_s(centre, field, now)
    if about_s is None:
        about_s = mean_wait_of_the_day_s(centre, field)
    return Forecast(
        kind=ForecastKind.RANGE, about_s=ceil(about_s), at_most_s=ceil(about_s * AT_MOST_FACTOR)
    )


def longest_present_wait_s(centre: Centre, field: FieldId, now: datetime) -> float | None:
    """How long the first of the field has waited; None when nobody waits."""
    begun = [each.queued_at for each in centre.waiting_tickets() if each.field == field]
    return max((now - min(begun)).total_seconds(), 0.0) if begun else None


def mean_wait_of_the_day_s(centre: Centre, field: FieldId) -> float:
    """Mean of the field's waits today; 0 when nobody was called yet."""
    tally = centre.tallies.get(field)
    return tally.waiting_time_s / tally.waits if tally and tally.waits else 0.0
