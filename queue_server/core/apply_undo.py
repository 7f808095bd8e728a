"""An undone action, folded: the ticket, its counter and the counts are as they were before."""

from datetime import datetime

from msgspec.structs import replace

from queue_server.core import events as e
from queue_server.core.apply_holding import put
from queue_server.core.centre import Centre, Tally
from queue_server.core.counter import Availability, LastAction
from queue_server.core.tallies import count_served, count_wait, count_work
from queue_server.core.ticket import AT_COUNTER, Action, Ticket, TicketState, next_state


def undo(centre: Centre, event: e.CounterActionUndone, at: datetime) -> None:
    """Put the ticket and the counter's times back to what they were before the action."""
    now_ticket, before = centre.tickets[event.ticket.id], event.ticket
    expected = next_state(now_ticket.state, event.action)
    _take_back(centre, event, now_ticket)
    reserved_for = before.reserved_for if before.reserved_for in centre.counters else None
    put(
        centre,
        replace(before, state=expected, reserved_for=reserved_for, last_offset=centre.offset),
    )
    if expected is TicketState.PARKED and before.counter is not None:
        centre.parked[before.id] = before.counter
    counter = centre.counters[event.counter]
    last = counter.last_action or LastAction(undo=event.action, offset=0, at=at, before=before)
    is_open = counter.availability is Availability.OPEN
    centre.counters[event.counter] = replace(
        counter,
        ticket=before.id if expected in AT_COUNTER else None,
        occupied_since=last.occupied_since,
        idle_since=last.idle_since if is_open else None,
        countdown_since=None,  # who takes something back is not hurried on
        busy_time_s=last.busy_time_s,
        last_action=None,
    )


def _take_back(centre: Centre, event: e.CounterActionUndone, ticket: Ticket) -> None:
    """Take back what the undone action had counted and shown."""
    tally = centre.tallies.setdefault(event.ticket.field, Tally())
    counter = centre.counters[event.counter]
    match event.action:
        case Action.UNDO_COMPLETE:
            tally.completed -= 1
            ended_at = ticket.ended_at or ticket.issued_at
            count_served(centre, ticket, ended_at, sign=-1)
            count_work(centre, counter.id, ticket, ended_at, sign=-1)
            centre.counters[counter.id] = replace(
                counter, completed=counter.completed - 1, served_last=None
            )
        case Action.UNDO_NO_SHOW:
            tally.no_shows -= 1
        case Action.UNDO_CALL:
            count_wait(centre, ticket, sign=-1)
            if counter.last_action is not None and counter.last_action.is_out_of_order:
                fewer = replace(counter, out_of_order=counter.out_of_order - 1)
                centre.counters[counter.id] = fewer
        case Action.UNDO_REQUEUE if event.ticket.serving_at is None:
            count_wait(centre, event.ticket, sign=1)
        case Action.UNDO_TRANSFER | Action.UNDO_TRANSFER_OF_CALLED:
            tally.transferred -= 1
        case _:
            pass
    if counter.last_action is not None:
        centre.calls[:] = [call for call in centre.calls if call.id != counter.last_action.offset]
