"""The view `load`: a centre as its manager watches it, at most five times a second.

`load` puts the page together from its parts: `field_load`, `counter_load`, `alarms`.
"""

from collections import Counter as Count

from counters.load.alarms import alarms_of
from counters.load.counter_load import counter_loads
from counters.load.field_load import field_loads, late_from, mean_s
from counters.load.proposal_load import rebalancing_load
from counters.load.values import (
    DayOfLoad,
    Load,
    MessageInForce,
    Totals,
    WaitingTicket,
    ZoneOfLoad,
)
from queue_server.accounts.principal import Principal
from queue_server.api.access import manager
from queue_server.core.centre import Centre
from queue_server.core.ticket import TicketState
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind

PACE_S = 0.2


def load(centre: Centre, _: str, outlook: Outlook) -> Load:
    """The centre's load; an empty one while the centre has no configuration."""
    facts = centre.configuration
    if facts is None:
        return Load(centre=centre.id, is_configured=False)
    return Load(
        centre=centre.id,
        is_configured=True,
        name=facts.name,
        day=_day(centre),
        totals=_totals(centre),
        fields=field_loads(centre, outlook.by_field),
        counters=counter_loads(centre),
        waiting=_waiting(centre),
        alarms=alarms_of(centre, outlook),
        rebalancing=rebalancing_load(centre),
        messages=_messages(centre),
        zones=tuple(ZoneOfLoad(id=zone.id, name=zone.name) for zone in facts.zones.values()),
        pause_reasons=facts.pause_reasons,
        printers={printer.id: printer.name for printer in facts.printers.values()},
        priority_classes={one.id: one.name for one in facts.priority_classes.values()},
    )


def may_watch_load(principal: Principal, centre: Centre, _: str) -> bool:
    """Managers of the centre."""
    return manager(principal, centre.id)


KIND = ViewKind(name="load", compute=load, may_watch=may_watch_load, pace_s=PACE_S)


def _day(centre: Centre) -> DayOfLoad | None:
    day = centre.day
    if day is None:
        return None
    return DayOfLoad(date=day.date, is_open=day.is_open, opened_at=day.opened_at)


def _totals(centre: Centre) -> Totals:
    states = Count(ticket.state for ticket in centre.tickets.values())
    tallies = list(centre.tallies.values())
    waits = sum(tally.waits for tally in tallies)
    return Totals(
        waiting=len(centre.waiting),
        at_counters=states[TicketState.CALLED] + states[TicketState.SERVING],
        parked=len(centre.parked),
        booked=states[TicketState.BOOKED],
        issued=len(centre.tickets),
        served=sum(tally.completed for tally in tallies),
        no_shows=sum(tally.no_shows for tally in tallies),
        cancelled=states[TicketState.CANCELLED],
        transferred=sum(tally.transferred for tally in tallies),
        out_of_order=sum(counter.out_of_order for counter in centre.counters.values()),
        waits=waits,
        waits_within_target=sum(tally.waits_within_target for tally in tallies),
        mean_wait_s=mean_s(sum(tally.waiting_time_s for tally in tallies), waits),
    )


def _waiting(centre: Centre) -> tuple[WaitingTicket, ...]:
    return tuple(
        WaitingTicket(
            id=ticket.id,
            number=ticket.number,
            field=ticket.field,
            procedure=ticket.procedure,
            priority_class=ticket.priority_class,
            reserved_for=ticket.reserved_for,
            since=ticket.wait_began_at,
            late_from=late_from(centre, ticket),
        )
        for ticket in centre.waiting_tickets()
    )


def _messages(centre: Centre) -> tuple[MessageInForce, ...]:
    return tuple(
        MessageInForce(
            id=key,
            texts=message.texts,
            zones=message.zones,
            until=message.until,
            at=message.at,
            audience=message.audience,
            counters=message.counters,
            read_at=tuple(reading.counter for reading in message.readings),
        )
        for key, message in centre.messages.items()
    )
