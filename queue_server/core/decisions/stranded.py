"""Decisions by which nobody is left with a counter that went away."""

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.counter import CounterState
from queue_server.core.errors import CounterBusy
from queue_server.core.protocols import Circumstances
from queue_server.core.stranded import kept_until, reserved_for, reserved_until
from queue_server.core.ticket import Action, TicketState, next_state


def give_back(centre: Centre, command: c.GiveBack, at: Circumstances) -> tuple[e.Event, ...]:
    """End the parking of a ticket; a timer that comes too late finds nothing to do."""
    ticket = centre.ticket(command.ticket)
    is_by_timer = at.actor.kind == "system"
    if ticket.state is not TicketState.PARKED:
        if is_by_timer:
            return ()
        next_state(ticket.state, Action.GIVE_BACK)
    until = kept_until(centre, ticket)
    if is_by_timer and until is not None and at.now < until:
        return ()
    counter = ticket.counter or centre.parked[ticket.id]
    return (e.TicketGivenBack(ticket=ticket.id, counter=counter, reason=command.reason),)


def release_reservation(
    centre: Centre, command: c.ReleaseReservation, at: Circumstances
) -> tuple[e.Event, ...]:
    """Let everybody call a ticket whose counter is away; nothing to do before its time."""
    ticket = centre.ticket(command.ticket)
    counter, until = ticket.reserved_for, reserved_until(centre, ticket)
    if ticket.state is not TicketState.WAITING or counter is None:
        return ()
    if until is None or at.now < until:
        return ()
    return (e.ReservationReleased(ticket=ticket.id, counter=counter, reason="counter away"),)


def give_back_called(
    centre: Centre, counter: CounterState, reason: str
) -> tuple[e.TicketGivenBack, ...]:
    """The ticket called to the counter, given back with its waiting time; one served stays."""
    occupant = centre.ticket_at(counter)
    if occupant is None or occupant.state is TicketState.SERVING:
        return ()
    return (e.TicketGivenBack(ticket=occupant.id, counter=counter.id, reason=reason),)


def give_back_all(centre: Centre, counter: CounterState, reason: str) -> tuple[e.Event, ...]:
    """Everybody the counter holds or keeps waiting for itself, given back or released.

    Raises:
        CounterBusy: Somebody is being served there.
    """
    occupant = centre.ticket_at(counter)
    if occupant is not None and occupant.state is TicketState.SERVING:
        message = f"counter {counter.id} serves {occupant.number}: finish that first"
        raise CounterBusy(message, counter=counter.id, number=occupant.number)
    parked = [ticket for ticket, where in centre.parked.items() if where == counter.id]
    return (
        *give_back_called(centre, counter, reason),
        *(e.TicketGivenBack(ticket=each, counter=counter.id, reason=reason) for each in parked),
        *(
            e.ReservationReleased(ticket=ticket.id, counter=counter.id, reason=reason)
            for ticket in reserved_for(centre, counter.id)
        ),
    )
