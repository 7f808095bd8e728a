"""Events to state: `apply` folds one commit into a centre, in place.

It decides nothing and refuses nothing; what is in the journal happened. The functions for
tickets are here, those for counters and the centre in `apply_centre`.
"""

from datetime import datetime
from typing import Any, assert_never

from msgspec.structs import replace

from queue_server.core import apply_centre
from queue_server.core import events as e
from queue_server.core.centre import RECENT_CALLS, Call, Centre, Served, Tally
from queue_server.core.commit import Commit
from queue_server.core.counter import Availability, LastAction
from queue_server.core.identifiers import CounterId, TicketId
from queue_server.core.ticket import (
    AT_COUNTER,
    UNDO_OF,
    Action,
    Ticket,
    TicketState,
    next_state,
)


def apply(centre: Centre, commit: Commit) -> None:
    """Fold the commit into the centre. Commits must come in the order of their offsets."""
    centre.offset = commit.offset
    centre.changed_at = commit.at
    for event in commit.events:
        apply_event(centre, event, commit.at)


def apply_event(centre: Centre, event: e.Event, at: datetime) -> None:  # noqa: C901, PLR0912, PLR0915
    """Fold one event into the centre."""
    match event:
        case e.TicketIssued():
            _issue(centre, event)
        case e.TicketCheckedIn():
            _change(
                centre,
                event.ticket,
                Action.CHECK_IN,
                first_queued_at=event.queued_at,
                queued_at=event.queued_at,
                wait_began_at=event.queued_at,
            )
        case e.TicketDelayed():
            ticket = centre.tickets[event.ticket]
            delays = ticket.delays + 1
            _change(centre, ticket.id, Action.DELAY, queued_at=event.queued_at, delays=delays)
        case e.TicketCancelled():
            _end(centre, event.ticket, Action.CANCEL, at)
            _tally(centre, event.ticket).cancelled += 1
        case e.TicketExpired():
            _end(centre, event.ticket, Action.EXPIRE, at)
            _tally(centre, event.ticket).expired += 1
        case e.TicketCalled():
            _call(centre, event, at)
        case e.TicketRecalled():
            calls = centre.tickets[event.ticket].calls + 1
            _change(centre, event.ticket, Action.RECALL, called_at=at, calls=calls)
            _announce(centre, event.ticket, event.counter, at, is_recall=True)
        case e.ServingStarted():
            _remember(centre, event.counter, event.ticket, UNDO_OF[Action.START_SERVING], at)
            _change(centre, event.ticket, Action.START_SERVING, serving_at=at)
        case e.NoShowMarked():
            _remember(centre, event.counter, event.ticket, UNDO_OF[Action.MARK_NO_SHOW], at)
            _release(centre, event.counter, at)
            _change(centre, event.ticket, Action.MARK_NO_SHOW, no_show_at=at, counter=None)
            centre.absent[event.ticket] = event.counter
            _tally(centre, event.ticket).no_shows += 1
        case e.TicketReinstated():
            _change(
                centre,
                event.ticket,
                Action.REINSTATE,
                queued_at=event.queued_at,
                wait_began_at=at,
                no_show_at=None,
                serving_at=None,
            )
        case e.TicketRequeued():
            _remember(centre, event.counter, event.ticket, UNDO_OF[Action.REQUEUE], at)
            _release(centre, event.counter, at)
            _wait_again(centre, event.ticket, Action.REQUEUE, at)
        case e.TicketGivenBack():
            _leave_counter(centre, event.ticket, at)
            _wait_again(centre, event.ticket, Action.GIVE_BACK, at)
        case e.TicketParked():
            _remember(centre, event.counter, event.ticket, UNDO_OF[Action.PARK], at)
            _release(centre, event.counter, at)
            _change(
                centre,
                event.ticket,
                Action.PARK,
                parked_until=event.until,
                park_reason=event.reason,
            )
            centre.parked[event.ticket] = event.counter
        case e.TicketResumed():
            _remember(centre, event.counter, event.ticket, UNDO_OF[Action.RESUME], at)
            _change(centre, event.ticket, Action.RESUME, called_at=at, parked_until=None)
            _occupy(centre, event.counter, event.ticket, at)
            _announce(centre, event.ticket, event.counter, at)
        case e.TicketTransferred():
            _transfer(centre, event, at)
        case e.TicketCompleted():
            _complete(centre, event, at)
        case e.OutageVisitRecorded():
            _record_outage_visit(centre, event)
        case e.CounterActionUndone():
            _undo(centre, event, at)
        case (
            e.ConfigurationApplied()
            | e.DayOpened()
            | e.DayClosed()
            | e.NumbersSkipped()
            | e.MessageAnnounced()
            | e.MessageWithdrawn()
            | e.CounterTaken()
            | e.CounterLeft()
            | e.CounterOpened()
            | e.CounterPaused()
            | e.CounterClosed()
            | e.WorkProfileChanged()
            | e.PrintRequested()
            | e.PrintRecorded()
            | e.DossierOpened()
            | e.DossierVoided()
            | e.HandOverReleased()
            | e.HandOverRecorded()
        ):
            apply_centre.apply_event(centre, event, at)
        case _:
            assert_never(event)


def _put(centre: Centre, ticket: Ticket) -> None:
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


def _change(centre: Centre, ticket_id: TicketId, action: Action, **changes: Any) -> Ticket:  # noqa: ANN401
    """Move the ticket by the table and change what else the event says."""
    old = centre.tickets[ticket_id]
    new = replace(old, state=next_state(old.state, action), last_offset=centre.offset, **changes)
    _put(centre, new)
    return new


def _end(centre: Centre, ticket_id: TicketId, action: Action, at: datetime) -> None:
    """Free the counter that holds the ticket and end the visit unserved."""
    _leave_counter(centre, ticket_id, at)
    _change(centre, ticket_id, action, ended_at=at, counter=None, parked_until=None)


def _tally(centre: Centre, ticket_id: TicketId) -> Tally:
    """The day's counts of the ticket's field."""
    return centre.tallies.setdefault(centre.tickets[ticket_id].field, Tally())


def _issue(centre: Centre, event: e.TicketIssued) -> None:
    is_booked = event.appointment_at is not None
    start = event.appointment_at or event.issued_at
    ticket = Ticket(
        id=event.ticket,
        number=event.number,
        sequence=event.sequence,
        field=event.field,
        procedure=event.procedure,
        state=TicketState.BOOKED if is_booked else TicketState.WAITING,
        language=event.language,
        channel=event.channel,
        issued_at=event.issued_at,
        first_queued_at=start,
        queued_at=start,
        wait_began_at=start,
        priority_class=event.priority_class,
        dossiers=event.dossiers,
        forecast=event.forecast,
        appointment_at=event.appointment_at,
        person=event.person,
        person_key=event.person_key,
        last_offset=centre.offset,
    )
    _put(centre, ticket)
    centre.numbers[ticket.number] = ticket.id
    centre.sequence = event.sequence
    field = centre.field(event.field)
    digits = ticket.number[len(field.series.letter) :]
    if digits.isdigit():
        number = int(digits) + 1
        centre.next_number[event.field] = max(
            centre.next_number.get(event.field, field.series.first), number
        )
    centre.issued[event.field] = centre.issued.get(event.field, 0) + 1
    if event.person_key is not None:
        count = centre.issued_by_person.get(event.person_key, 0)
        centre.issued_by_person[event.person_key] = count + 1
    _tally(centre, ticket.id).issued += 1


def _announce(
    centre: Centre,
    ticket_id: TicketId,
    counter_id: CounterId,
    at: datetime,
    *,
    is_recall: bool = False,
) -> None:
    """Put the call on the boards' list. A ticket is on it once per call, newest first."""
    ticket, counter = centre.tickets[ticket_id], centre.counter_facts(counter_id)
    call = Call(
        id=centre.offset,
        ticket=ticket.id,
        number=ticket.number,
        counter=counter_id,
        counter_number=counter.number,
        zone=counter.zone,
        field=ticket.field,
        language=ticket.language,
        at=at,
        is_recall=is_recall,
    )
    centre.calls.insert(0, call)
    del centre.calls[RECENT_CALLS:]


def _occupy(centre: Centre, counter_id: CounterId, ticket_id: TicketId, at: datetime) -> None:
    counter = centre.counters[counter_id]
    centre.counters[counter_id] = replace(
        counter, ticket=ticket_id, occupied_since=at, idle_since=None
    )


def _release(centre: Centre, counter_id: CounterId, at: datetime) -> None:
    """Free the counter of its ticket and count the time it was busy."""
    counter = centre.counters[counter_id]
    busy_s = (at - (counter.occupied_since or at)).total_seconds()
    is_open = counter.availability is Availability.OPEN
    centre.counters[counter_id] = replace(
        counter,
        ticket=None,
        occupied_since=None,
        idle_since=at if is_open else None,
        busy_time_s=counter.busy_time_s + max(busy_s, 0.0),
    )


def _leave_counter(centre: Centre, ticket_id: TicketId, at: datetime) -> None:
    """Free whichever counter holds the ticket."""
    counter_id = centre.tickets[ticket_id].counter
    if counter_id is not None and centre.counters[counter_id].ticket == ticket_id:
        _release(centre, counter_id, at)


def _remember(
    centre: Centre, counter_id: CounterId, ticket_id: TicketId, undo: Action, at: datetime
) -> None:
    """Keep what undo would need, before the ticket and the counter change."""
    counter = centre.counters[counter_id]
    last = LastAction(
        undo=undo,
        offset=centre.offset,
        at=at,
        before=centre.tickets[ticket_id],
        occupied_since=counter.occupied_since,
        idle_since=counter.idle_since,
        busy_time_s=counter.busy_time_s,
    )
    centre.counters[counter_id] = replace(counter, last_action=last)


def _call(centre: Centre, event: e.TicketCalled, at: datetime) -> None:
    _remember(centre, event.counter, event.ticket, UNDO_OF[Action.CALL], at)
    ticket = _change(
        centre,
        event.ticket,
        Action.CALL,
        counter=event.counter,
        called_at=at,
        first_called_at=at,
        calls=1,
    )
    _occupy(centre, event.counter, event.ticket, at)
    _announce(centre, event.ticket, event.counter, at)
    _count_wait(centre, ticket, sign=1)


def _count_wait(centre: Centre, ticket: Ticket, *, sign: int) -> None:
    """Count the wait that ended with the call, or take it out again when the ticket waits on."""
    called_at = ticket.first_called_at or ticket.wait_began_at
    waited_s = max((called_at - ticket.wait_began_at).total_seconds(), 0.0)
    tally = _tally(centre, ticket.id)
    tally.waits += sign
    tally.waiting_time_s += sign * waited_s
    if waited_s <= target_waiting_time_s(centre, ticket):
        tally.waits_within_target += sign


def _wait_again(centre: Centre, ticket_id: TicketId, action: Action, at: datetime) -> None:
    """Go on with the wait that a call had ended, or begin a new one after being served.

    A counter that went away loses the tickets that were reserved for it.
    """
    ticket = centre.tickets[ticket_id]
    was_served = ticket.serving_at is not None
    if not was_served:
        _count_wait(centre, ticket, sign=-1)
    _change(
        centre,
        ticket_id,
        action,
        counter=None,
        parked_until=None,
        serving_at=None,
        reserved_for=None if action is Action.GIVE_BACK else ticket.reserved_for,
        wait_began_at=at if was_served else ticket.wait_began_at,
    )


def target_waiting_time_s(centre: Centre, ticket: Ticket) -> int:
    """Promised maximum wait of the ticket in seconds: its procedure's, or its field's."""
    procedure_target = centre.procedure(ticket.procedure).target_waiting_time_s
    return procedure_target or centre.field(ticket.field).target_waiting_time_s


def _transfer(centre: Centre, event: e.TicketTransferred, at: datetime) -> None:
    before = centre.tickets[event.ticket]
    is_called = before.state is TicketState.CALLED
    undo = Action.UNDO_TRANSFER_OF_CALLED if is_called else Action.UNDO_TRANSFER
    _remember(centre, event.counter, event.ticket, undo, at)
    if before.state is TicketState.PARKED:
        counter = centre.counters[event.counter]
        centre.counters[event.counter] = replace(counter, last_action=None)
    _leave_counter(centre, event.ticket, at)
    _tally(centre, event.ticket).transferred += 1
    _change(
        centre,
        event.ticket,
        Action.TRANSFER,
        procedure=event.procedure,
        field=event.field,
        queued_at=event.queued_at,
        wait_began_at=at,
        reserved_for=event.reserved_for,
        counter=None,
        called_at=None,
        first_called_at=None,
        serving_at=None,
        parked_until=None,
        calls=0,
        transactions=before.transactions + 1,
        was_transferred=True,
    )


def _complete(centre: Centre, event: e.TicketCompleted, at: datetime) -> None:
    _remember(centre, event.counter, event.ticket, UNDO_OF[Action.COMPLETE], at)
    _release(centre, event.counter, at)
    ticket = _change(
        centre, event.ticket, Action.COMPLETE, ended_at=at, outcome=event.outcome, counter=None
    )
    counter = centre.counters[event.counter]
    centre.counters[event.counter] = replace(counter, completed=counter.completed + 1)
    _tally(centre, ticket.id).completed += 1
    _count_served(centre, ticket, at, sign=1)


def _count_served(centre: Centre, ticket: Ticket, at: datetime, *, sign: int) -> None:
    """Add the transaction to the procedure's mean, or take it out again."""
    if ticket.first_called_at is None:
        return
    time_s = (at - ticket.first_called_at).total_seconds()
    old = centre.served.get(ticket.procedure, Served(0, 0.0))
    if old.count + sign == 0:
        del centre.served[ticket.procedure]
        return
    centre.served[ticket.procedure] = Served(
        old.count + sign, old.transaction_time_s + sign * time_s
    )


def _record_outage_visit(centre: Centre, event: e.OutageVisitRecorded) -> None:
    ticket = _change(
        centre,
        event.ticket,
        Action.RECORD_OUTAGE_VISIT,
        called_at=event.called_at,
        first_called_at=event.called_at,
        serving_at=event.serving_at,
        ended_at=event.ended_at,
        outcome=event.outcome,
        calls=1,
    )
    _tally(centre, ticket.id).completed += 1
    _count_wait(centre, ticket, sign=1)


def _undo(centre: Centre, event: e.CounterActionUndone, at: datetime) -> None:
    """Put the ticket and the counter's times back to what they were before the action."""
    now_ticket, before = centre.tickets[event.ticket.id], event.ticket
    expected = next_state(now_ticket.state, event.action)
    _take_back(centre, event, now_ticket)
    reserved_for = before.reserved_for if before.reserved_for in centre.counters else None
    _put(
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
            _count_served(centre, ticket, ticket.ended_at or ticket.issued_at, sign=-1)
            centre.counters[counter.id] = replace(counter, completed=counter.completed - 1)
        case Action.UNDO_NO_SHOW:
            tally.no_shows -= 1
        case Action.UNDO_CALL:
            _count_wait(centre, ticket, sign=-1)
        case Action.UNDO_REQUEUE if event.ticket.serving_at is None:
            _count_wait(centre, event.ticket, sign=1)
        case Action.UNDO_TRANSFER | Action.UNDO_TRANSFER_OF_CALLED:
            tally.transferred -= 1
        case _:
            pass
    if counter.last_action is not None:
        centre.calls[:] = [call for call in centre.calls if call.id != counter.last_action.offset]
