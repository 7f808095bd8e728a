"""Until when a counter that went away may keep its citizens: instants, for timers and rules."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from queue_server.core.centre import Centre
from queue_server.core.counter import Availability
from queue_server.core.identifiers import CounterId, TicketId, TicketNumber
from queue_server.core.ticket import Ticket


def kept_until(centre: Centre, ticket: Ticket) -> datetime | None:
    """When a parked ticket waits again: its park time, or earlier where the counter is paused."""
    counter = None if ticket.counter is None else centre.counters.get(ticket.counter)
    if counter is None or counter.availability is not Availability.PAUSED:
        return ticket.parked_until
    if counter.availability_since is None or ticket.parked_until is None:
        return ticket.parked_until
    limit = timedelta(seconds=centre.facts.limits.pause_keeps_parked_s)
    return min(ticket.parked_until, counter.availability_since + limit)


def reserved_until(centre: Centre, ticket: Ticket) -> datetime | None:
    """When a waiting ticket is released to all; None while it may wait for its counter.

    The limit counts from the counter's going away or from the wait's begin, whichever is later.
    """
    if ticket.reserved_for is None:
        return None
    counter = centre.counters[ticket.reserved_for]
    if counter.availability is Availability.OPEN:
        return None
    since = ticket.wait_began_at
    if counter.availability_since is not None:
        since = max(since, counter.availability_since)
    return since + timedelta(seconds=centre.facts.limits.reserved_for_s)


def reserved_for(centre: Centre, counter: CounterId) -> Iterator[Ticket]:
    """Tickets that wait for the counter alone."""
    return (ticket for ticket in centre.waiting_tickets() if ticket.reserved_for == counter)


def still_waiting(centre: Centre, tickets: Iterable[TicketId]) -> tuple[TicketNumber, ...]:
    """Numbers of those tickets that still wait."""
    return tuple(centre.tickets[each].number for each in tickets if each in centre.waiting)
