"""Decisions about the citizen at a counter: call, serve, park, transfer, complete, undo."""

from datetime import timedelta

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre
from queue_server.core.counter import Availability, CounterState
from queue_server.core.decisions.dossiers import open_dossiers, void_dossiers
from queue_server.core.decisions.forms import void_forms, write_form
from queue_server.core.decisions.tickets import offered_procedure
from queue_server.core.draws import drawing_for_next_call
from queue_server.core.errors import (
    CounterBusy,
    CounterIdle,
    CounterNotOpen,
    IllegalAction,
    InvalidValue,
    NotAtThisCounter,
    NothingToUndo,
)
from queue_server.core.hours import local_time
from queue_server.core.identifiers import CounterId, TicketId
from queue_server.core.protocols import Circumstances
from queue_server.core.ticket import Action, Outcome, Ticket, TicketState, next_state


def counter_of(centre: Centre, counter_id: CounterId, at: Circumstances) -> CounterState:
    """The counter, if the actor may act there.

    Raises:
        NotAtThisCounter: Staff who have not taken it, and may not act for others.
    """
    counter = centre.counter(counter_id)
    is_other_staff = at.actor.kind == "staff" and counter.staff != at.actor.id
    if is_other_staff and not at.may_act_for_others:
        who = counter.staff_name or counter.staff or "nobody"
        message = f"expected the staff at counter {counter_id} ({who}), got {at.actor.id}"
        raise NotAtThisCounter(message, counter=counter_id)
    return counter


def _free_counter(centre: Centre, counter_id: CounterId, at: Circumstances) -> CounterState:
    """The counter, if it may call somebody now."""
    counter = counter_of(centre, counter_id, at)
    if counter.availability is not Availability.OPEN:
        message = f"counter {counter_id} is {counter.availability}: open it to call"
        raise CounterNotOpen(message, counter=counter_id, availability=counter.availability)
    occupant = centre.ticket_at(counter)
    if occupant is not None:
        message = f"counter {counter_id} has {occupant.number}: finish that first"
        raise CounterBusy(message, counter=counter_id, number=occupant.number)
    return counter


def _occupant(centre: Centre, counter_id: CounterId, at: Circumstances, action: Action) -> Ticket:
    """The ticket at the counter, if the action may be done to it."""
    ticket = centre.ticket_at(counter_of(centre, counter_id, at))
    if ticket is None:
        message = f"nobody is called to or served at counter {counter_id}"
        raise CounterIdle(message, counter=counter_id)
    next_state(ticket.state, action)
    return ticket


def call_next(centre: Centre, command: c.CallNext, at: Circumstances) -> tuple[e.Event, ...]:
    """Call the router's choice; no events when nobody can be called."""
    counter = _free_counter(centre, command.counter, at)
    drawing = drawing_for_next_call(centre, at.rules)
    choice = at.rules.router.choose(centre, counter.id, at.now, drawing)
    if choice is None:
        return ()
    return (
        e.TicketCalled(
            ticket=choice.ticket,
            counter=counter.id,
            candidates=choice.candidates,
            equals=choice.equals,
        ),
    )


def call_ticket(centre: Centre, command: c.CallTicket, at: Circumstances) -> tuple[e.Event, ...]:
    """Call one ticket out of order, with a reason.

    A ticket that waits for another counter stays there as long as somebody is at that counter.
    """
    counter = _free_counter(centre, command.counter, at)
    ticket = centre.ticket(command.ticket)
    next_state(ticket.state, Action.CALL)
    if ticket.reserved_for is not None and ticket.reserved_for != counter.id:
        target = centre.counter(ticket.reserved_for)
        if target.availability is not Availability.CLOSED:
            message = f"{ticket.number} waits for counter {target.id}"
            raise IllegalAction(message, number=ticket.number, reserved_for=target.id)
    return (e.TicketCalled(ticket=ticket.id, counter=counter.id, reason=command.reason),)


def recall(centre: Centre, command: c.Recall, at: Circumstances) -> tuple[e.Event, ...]:
    """Call the same ticket again."""
    ticket = _occupant(centre, command.counter, at, Action.RECALL)
    return (e.TicketRecalled(ticket=ticket.id, counter=command.counter),)


def start_serving(
    centre: Centre, command: c.StartServing, at: Circumstances
) -> tuple[e.Event, ...]:
    """The citizen has arrived."""
    ticket = _occupant(centre, command.counter, at, Action.START_SERVING)
    return (e.ServingStarted(ticket=ticket.id, counter=command.counter),)


def mark_no_show(centre: Centre, command: c.MarkNoShow, at: Circumstances) -> tuple[e.Event, ...]:
    """The citizen is absent."""
    ticket = _occupant(centre, command.counter, at, Action.MARK_NO_SHOW)
    return (e.NoShowMarked(ticket=ticket.id, counter=command.counter),)


def requeue(centre: Centre, command: c.Requeue, at: Circumstances) -> tuple[e.Event, ...]:
    """Put the called ticket back, place kept."""
    ticket = _occupant(centre, command.counter, at, Action.REQUEUE)
    return (e.TicketRequeued(ticket=ticket.id, counter=command.counter),)


def park(centre: Centre, command: c.Park, at: Circumstances) -> tuple[e.Event, ...]:
    """Set the citizen aside for this counter."""
    ticket = _occupant(centre, command.counter, at, Action.PARK)
    seconds = command.for_s or centre.facts.limits.parked_for_s
    until = at.now + timedelta(seconds=seconds)
    return (
        e.TicketParked(
            ticket=ticket.id, counter=command.counter, until=until, reason=command.reason
        ),
    )


def resume(centre: Centre, command: c.Resume, at: Circumstances) -> tuple[e.Event, ...]:
    """Call a citizen back who was parked at this counter."""
    counter = _free_counter(centre, command.counter, at)
    ticket = _parked_here(centre, command.ticket, counter)
    return (e.TicketResumed(ticket=ticket.id, counter=counter.id),)


def _parked_here(centre: Centre, ticket_id: TicketId, counter: CounterState) -> Ticket:
    ticket = centre.ticket(ticket_id)
    next_state(ticket.state, Action.RESUME)
    if ticket.counter != counter.id:
        message = f"{ticket.number} is parked at counter {ticket.counter}, not at {counter.id}"
        raise IllegalAction(message, number=ticket.number, counter=ticket.counter)
    return ticket


def transfer(centre: Centre, command: c.Transfer, at: Circumstances) -> tuple[e.Event, ...]:
    """Send the citizen to another procedure, another counter, or both."""
    ticket = _transferable(centre, command, at)
    procedure = command.procedure or ticket.procedure
    if procedure == ticket.procedure and command.to_counter is None:
        message = f"expected another procedure than {procedure}, or a counter to transfer to"
        raise InvalidValue(message)
    if procedure != ticket.procedure:
        offered_procedure(centre, procedure, at.now)
    if command.to_counter is not None:
        target = centre.counter(command.to_counter)
        if target.id == command.counter or target.is_retired:
            message = f"expected another counter than {command.counter}, got {target.id}"
            raise InvalidValue(message)
    return (
        e.TicketTransferred(
            ticket=ticket.id,
            counter=command.counter,
            procedure=procedure,
            field=centre.procedure(procedure).field,
            queued_at=ticket.first_queued_at if command.keep_waiting_time else at.now,
            reserved_for=command.to_counter,
            is_waiting_time_kept=command.keep_waiting_time,
            reason=command.reason,
        ),
    )


def _transferable(centre: Centre, command: c.Transfer, at: Circumstances) -> Ticket:
    """The ticket at the counter, or one parked there."""
    if command.ticket is None:
        return _occupant(centre, command.counter, at, Action.TRANSFER)
    counter = counter_of(centre, command.counter, at)
    if command.ticket == counter.ticket:
        return _occupant(centre, command.counter, at, Action.TRANSFER)
    return _parked_here(centre, command.ticket, counter)


def complete(centre: Centre, command: c.Complete, at: Circumstances) -> tuple[e.Event, ...]:
    """End the service; an accepted dossier is opened in the same commit."""
    ticket = _occupant(centre, command.counter, at, Action.COMPLETE)
    is_accepted = command.outcome is Outcome.DOSSIER_ACCEPTED
    if command.dossiers and not is_accepted:
        message = f"expected no dossiers with the outcome {command.outcome}"
        raise InvalidValue(message)
    if command.missing and command.outcome is not Outcome.SUPPLEMENT_NEEDED:
        message = f"expected no missing papers with the outcome {command.outcome}"
        raise InvalidValue(message)
    completed = e.TicketCompleted(
        ticket=ticket.id,
        counter=command.counter,
        outcome=command.outcome,
        note=command.note,
        missing=command.missing,
    )
    forms = write_form(centre, ticket, command, at)
    if not is_accepted:
        return (completed, *forms)
    return (completed, *open_dossiers(centre, ticket, command, at))


def undo_last(centre: Centre, command: c.UndoLast, at: Circumstances) -> tuple[e.Event, ...]:
    """Take back the counter's last action, if nothing happened since."""
    counter = counter_of(centre, command.counter, at)
    last = counter.last_action
    if last is None:
        message = f"counter {counter.id} has done nothing that can be undone"
        raise NothingToUndo(message, counter=counter.id)
    window_s = centre.facts.limits.undo_within_s
    if at.now - last.at > timedelta(seconds=window_s):
        last_at = local_time(centre.facts, last.at)
        message = f"an action can be undone within {window_s} s, the last was at {last_at:%H:%M:%S}"
        raise NothingToUndo(message, counter=counter.id, within_s=window_s)
    ticket = centre.ticket(last.before.id)
    if ticket.last_offset != last.offset:
        message = f"{ticket.number} has moved on since: it is {ticket.state}"
        raise NothingToUndo(message, counter=counter.id, state=ticket.state)
    state = next_state(ticket.state, last.undo)
    if state is TicketState.CALLED and counter.availability is not Availability.OPEN:
        message = f"counter {counter.id} is {counter.availability}: {ticket.number} stays as it is"
        raise NothingToUndo(message, counter=counter.id, availability=counter.availability)
    is_held = last.before.state in {TicketState.CALLED, TicketState.SERVING}
    if is_held and counter.ticket not in {None, ticket.id}:
        message = f"counter {counter.id} has somebody else since"
        raise NothingToUndo(message, counter=counter.id)
    undone = e.CounterActionUndone(counter=counter.id, action=last.undo, ticket=last.before)
    return (undone, *void_dossiers(centre, ticket.id), *void_forms(centre, ticket.id))
