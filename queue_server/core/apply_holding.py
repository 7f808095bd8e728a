"""A ticket, the indexes it stands in, and the counter that holds it; shared by the folds."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from queue_server.core.centre import Centre
from queue_server.core.counter import Availability, LastAction
from queue_server.core.identifiers import CounterId, TicketId
from queue_server.core.ticket import Action, Ticket, TicketState, next_state


def put(centre: Centre, ticket: Ticket) -> None:
    """Keep the ticket and its place in the indexes."""
    centre.tickets[ticket.id] = ticket
    if ticket.state is TicketState.WAITING:
        centre.waiting.pop(ticket.id, None)
        centre.waiting[ticket.id] = ticket.field
    else:
        centre.waiting.pop(ticket.id, None)
    if ticket.state is not TicketState.PARKED:
        centre.parked.pop(ticket.id, None)
    if ticket.state is not TicketState.NO_SHOW:
        centre.absent.pop(ticket.id, None)


def change(centre: Centre, ticket_id: TicketId, action: Action, **changes: Any) -> Ticket:  # noqa: ANN401
    """Move the ticket by the table and change what else the event says."""
    old = centre.tickets[ticket_id]
    new = replace(old, state=next_state(old.state, action), last_offset=centre.offset, **changes)
    put(centre, new)
    return new


def occupy(centre: Centre, counter_id: CounterId, ticket_id: TicketId, at: datetime) -> None:
    """Let the ticket take the counter."""
    counter = centre.counters[counter_id]
    centre.counters[counter_id] = replace(
        counter,
        ticket=ticket_id,
        occupied_since=at,
        idle_since=None,
        countdown_since=None,
        given_back=(),
    )


def release(centre: Centre, counter_id: CounterId, at: datetime) -> None:
    """Free the counter of its ticket and count the time it was busy."""
    counter = centre.counters[counter_id]
    busy_s = (at - (counter.occupied_since or at)).total_seconds()
    is_open = counter.availability is Availability.OPEN
    centre.counters[counter_id] = replace(
        counter,
        ticket=None,
        occupied_since=None,
        idle_since=at if is_open else None,
        countdown_since=at if is_open else None,
        busy_time_s=counter.busy_time_s + max(busy_s, 0.0),
    )


def leave_counter(centre: Centre, ticket_id: TicketId, at: datetime) -> None:
    """Free whichever counter holds the ticket."""
    counter_id = centre.tickets[ticket_id].counter
    if counter_id is not None and centre.counters[counter_id].ticket == ticket_id:
        release(centre, counter_id, at)


def remember(
    centre: Centre, counter_id: CounterId, ticket_id: TicketId, undoing: Action, at: datetime
) -> None:
    """Keep what undo would need, before the ticket and the counter change."""
    counter = centre.counters[counter_id]
    last = LastAction(
        undo=undoing,
        offset=centre.offset,
        at=at,
        before=centre.tickets[ticket_id],
        occupied_since=counter.occupied_since,
        idle_since=counter.idle_since,
        busy_time_s=counter.busy_time_s,
    )
    centre.counters[counter_id] = replace(counter, last_action=last)
