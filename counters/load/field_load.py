"""Each field of a centre now and today."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from counters.load.values import FieldLoad, FieldServer
from queue_server.core.centre import Centre, Tally
from queue_server.core.configuration import Field, Level
from queue_server.core.counter import Availability, CounterState
from queue_server.core.identifiers import FieldId
from queue_server.core.tallies import target_waiting_time_s
from queue_server.core.ticket import Forecast, Ticket

RANK = {Level.PRIMARY: 0, Level.SECONDARY: 1, Level.BACK_UP: 2}


def field_loads(centre: Centre, forecasts: Mapping[FieldId, Forecast]) -> tuple[FieldLoad, ...]:
    """All configured fields in their order, then those that are only waited for."""
    waiting: dict[FieldId, list[Ticket]] = {}
    for ticket in centre.waiting_tickets():
        waiting.setdefault(ticket.field, []).append(ticket)
    configured = centre.facts.fields
    left_over = [centre.field(field) for field in waiting if field not in configured]
    return tuple(
        _field_load(centre, field, waiting.get(field.id, ()), forecasts.get(field.id))
        for field in (*configured.values(), *left_over)
    )


def _field_load(
    centre: Centre, field: Field, waiting: Sequence[Ticket], forecast: Forecast | None
) -> FieldLoad:
    tally = centre.tallies.get(field.id, Tally())
    return FieldLoad(
        id=field.id,
        letter=field.series.letter,
        name=field.name,
        zone=field.zone,
        target_s=field.target_waiting_time_s,
        waiting=len(waiting),
        oldest_since=min((ticket.wait_began_at for ticket in waiting), default=None),
        late_from=min((late_from(centre, ticket) for ticket in waiting), default=None),
        forecast=forecast,
        issued=centre.issued.get(field.id, 0),
        capacity=field.daily_capacity,
        served=tally.completed,
        no_shows=tally.no_shows,
        waits=tally.waits,
        waits_within_target=tally.waits_within_target,
        mean_wait_s=mean_s(tally.waiting_time_s, tally.waits),
        servers=tuple(servers_of(centre, field)),
        is_retired=field.id not in centre.facts.fields,
    )


def servers_of(centre: Centre, field: Field) -> list[FieldServer]:
    """Open counters that serve the field or part of it, the most responsible first."""
    found = [
        FieldServer(
            counter=counter.id,
            number=centre.counter_facts(counter.id).number,
            level=level,
            is_whole_field=field.id in counter.profile.fields,
        )
        for counter in centre.counters.values()
        if counter.availability is Availability.OPEN
        and (level := level_in_field(centre, counter, field.id)) is not None
    ]
    return sorted(found, key=lambda server: (not server.is_whole_field, RANK[server.level]))


def level_in_field(centre: Centre, counter: CounterState, field: FieldId) -> Level | None:
    """Level for the whole field, else the best for a single procedure of it."""
    whole = counter.profile.fields.get(field)
    if whole is not None:
        return whole
    levels = [
        level
        for code, level in counter.profile.procedures.items()
        if centre.procedure(code).field == field
    ]
    return min(levels, key=RANK.__getitem__, default=None)


def late_from(centre: Centre, ticket: Ticket) -> datetime:
    """When the ticket's present wait passes the promised maximum, or passed it."""
    return ticket.wait_began_at + timedelta(seconds=target_waiting_time_s(centre, ticket))


def mean_s(sum_s: float, count: int) -> float | None:
    """Mean in whole seconds, or None of nothing."""
    return round(sum_s / count) if count else None
