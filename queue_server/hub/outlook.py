"""What views say of waits, as of one instant."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from queue_server.core.centre import Centre
from queue_server.core.identifiers import FieldId, ProcedureCode, TicketId
from queue_server.core.protocols import Estimator
from queue_server.core.ticket import Forecast, ForecastKind
from queue_server.core.usual_waits import quieter_from


class Outlook(Struct, frozen=True, kw_only=True):
    """Forecasts as of one instant, so that views need no clock and do not flicker."""

    at: datetime
    by_field: Mapping[FieldId, Forecast]
    """Who would join the field for what most people come for."""
    estimator: Estimator
    by_procedure: Mapping[ProcedureCode, Forecast] = {}
    """Who would join for the procedure."""
    by_ticket: Mapping[TicketId, Forecast] = {}
    """Who waits."""
    quieter_from: Mapping[FieldId, datetime] = {}
    """Fields in which the wait is usually much shorter later today."""


def outlook_of(centre: Centre, now: datetime, estimator: Estimator) -> Outlook:
    """The outlook of a centre; empty while it has no configuration."""
    if centre.configuration is None:
        return Outlook(at=now, by_field={}, estimator=estimator)
    forecasts = estimator.forecasts(centre, now)
    by_field = _by_field(centre, forecasts.by_procedure)
    quieter = {
        field: found
        for field, forecast in by_field.items()
        for found in (quieter_from(centre, field, now, forecast),)
        if found is not None
    }
    return Outlook(
        at=now,
        by_field=by_field,
        estimator=estimator,
        by_procedure=forecasts.by_procedure,
        by_ticket=forecasts.by_ticket,
        quieter_from=quieter,
    )


def _by_field(
    centre: Centre, by_procedure: Mapping[ProcedureCode, Forecast]
) -> dict[FieldId, Forecast]:
    """The forecast of each field's commonest procedure, of those a counter is open for."""
    demand = centre.learned.demand if centre.learned else {}
    chosen: dict[FieldId, tuple[tuple[bool, float], Forecast]] = {}
    for code, forecast in by_procedure.items():
        field = centre.procedure(code).field
        is_served = forecast.kind is not ForecastKind.NO_COUNTER_OPEN
        weight = (is_served, demand.get(code, 0.0))
        if field not in chosen or weight > chosen[field][0]:
            chosen[field] = (weight, forecast)
    return {field: forecast for field, (_, forecast) in chosen.items()}
