"""Each counter of a centre now and today."""

from counters.estimates.transaction_time import mean_transaction_time_s
from counters.load.values import CounterLoad
from counters.routing.eligibility import eligible_tickets
from queue_server.core.centre import Centre
from queue_server.core.counter import CounterState, activity_of
from queue_server.core.stranded import still_waiting


def counter_loads(centre: Centre) -> tuple[CounterLoad, ...]:
    """All counters in their configured order."""
    return tuple(_counter_load(centre, counter) for counter in centre.counters.values())


def _counter_load(centre: Centre, counter: CounterState) -> CounterLoad:
    facts = centre.counter_facts(counter.id)
    ticket = centre.ticket_at(counter)
    expected_s = None
    if ticket is not None:
        mean_s = mean_transaction_time_s(centre, centre.procedure(ticket.procedure))
        expected_s = round(mean_s * ticket.dossiers)
    return CounterLoad(
        id=counter.id,
        number=facts.number,
        name=facts.name,
        zone=facts.zone,
        staff_name=None if counter.staff is None else counter.staff_name or counter.staff,
        availability=counter.availability,
        pause_reason=counter.pause_reason,
        paused_until=counter.paused_until,
        available_since=counter.availability_since,
        activity=activity_of(ticket),
        ticket=None if ticket is None else ticket.number,
        ticket_field=None if ticket is None else ticket.field,
        occupied_since=counter.occupied_since,
        expected_s=expected_s,
        idle_since=counter.idle_since,
        may_call=sum(1 for _ in eligible_tickets(centre, counter)),
        completed=counter.completed,
        out_of_order=counter.out_of_order,
        given_back=still_waiting(centre, counter.given_back),
        busy_time_s=counter.busy_time_s,
        profile=counter.profile,
        is_profile_changed=counter.is_profile_changed,
        returns_at=None if counter.timed is None else counter.timed.until,
        is_retired=counter.is_retired,
    )
