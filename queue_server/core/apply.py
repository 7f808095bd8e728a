"""Events to state: `apply` folds one commit into a centre, in place.

It decides nothing and refuses nothing; what is in the journal happened. The functions for
tickets are here, those for undo in `apply_undo`, those for proposals
in `apply_proposals`, those for what is told of a visit that is over in `apply_afterwards`, those
for paper in `apply_paper`, those for counters and the centre in `apply_centre`; `apply_holding`
has what they share.
"""

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from queue_server.core import apply_afterwards, apply_centre, apply_paper, apply_proposals
from queue_server.core import events as e
from queue_server.core.apply_holding import change, leave_counter, occupy, put, release, remember
from queue_server.core.apply_steps import add_step, step_of
from queue_server.core.apply_undo import undo
from queue_server.core.centre import RECENT_CALLS, Call, Centre
from queue_server.core.commit import Commit
from queue_server.core.identifiers import CounterId, TicketId
from queue_server.core.tallies import (
    count_out_of_order,
    count_served,
    count_skips,
    count_wait,
    count_work,
    tally_of,
)
from queue_server.core.ticket import UNDO_OF, Action, Ticket, TicketState


def apply(centre: Centre, commit: Commit) -> None:
    """Fold the commit into the centre. Commits must come in the order of their offsets."""
    centre.offset = commit.offset
    centre.changed_at = commit.at
    for event in commit.events:
        apply_event(centre, event, commit.at)


def apply_event(centre: Centre, event: e.Event, at: datetime) -> None:
    """Fold one event into the centre."""
    step = step_of(centre, event, at)
    _fold(centre, event, at)
    if step is not None:
        add_step(centre, *step)


def _fold(centre: Centre, event: e.Event, at: datetime) -> None:  # noqa: C901, PLR0912, PLR0915
    if isinstance(event, apply_paper.Event):
        apply_paper.apply_event(centre, event, at)
        return
    match event:
        case e.TicketIssued():
            _issue(centre, event)
        case e.TicketCheckedIn():
            change(
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
            change(centre, ticket.id, Action.DELAY, queued_at=event.queued_at, delays=delays)
        case e.TicketCancelled():
            _end(centre, event.ticket, Action.CANCEL, at)
            tally_of(centre, event.ticket).cancelled += 1
        case e.TicketExpired():
            _end(centre, event.ticket, Action.EXPIRE, at)
            tally_of(centre, event.ticket).expired += 1
        case e.TicketCalled():
            _call(centre, event, at)
        case e.TicketRecalled():
            calls = centre.tickets[event.ticket].calls + 1
            change(centre, event.ticket, Action.RECALL, called_at=at, calls=calls)
            _announce(centre, event.ticket, event.counter, at, is_recall=True)
        case e.ServingStarted():
            remember(centre, event.counter, event.ticket, UNDO_OF[Action.START_SERVING], at)
            change(centre, event.ticket, Action.START_SERVING, serving_at=at)
        case e.NoShowMarked():
            remember(centre, event.counter, event.ticket, UNDO_OF[Action.MARK_NO_SHOW], at)
            release(centre, event.counter, at)
            change(centre, event.ticket, Action.MARK_NO_SHOW, no_show_at=at, counter=None)
            centre.absent[event.ticket] = event.counter
            tally_of(centre, event.ticket).no_shows += 1
        case e.TicketReinstated():
            change(
                centre,
                event.ticket,
                Action.REINSTATE,
                queued_at=event.queued_at,
                wait_began_at=at,
                no_show_at=None,
                serving_at=None,
            )
        case e.TicketRequeued():
            remember(centre, event.counter, event.ticket, UNDO_OF[Action.REQUEUE], at)
            release(centre, event.counter, at)
            _wait_again(centre, event.ticket, Action.REQUEUE, at)
        case e.TicketGivenBack():
            _give_back(centre, event, at)
        case e.ReservationReleased():
            _release_reservation(centre, event.ticket)
        case e.TicketParked():
            remember(centre, event.counter, event.ticket, UNDO_OF[Action.PARK], at)
            release(centre, event.counter, at)
            change(
                centre,
                event.ticket,
                Action.PARK,
                parked_until=event.until,
                park_reason=event.reason,
            )
            centre.parked[event.ticket] = event.counter
        case e.TicketResumed():
            remember(centre, event.counter, event.ticket, UNDO_OF[Action.RESUME], at)
            change(centre, event.ticket, Action.RESUME, called_at=at, parked_until=None)
            occupy(centre, event.counter, event.ticket, at)
            _announce(centre, event.ticket, event.counter, at)
        case e.TicketTransferred():
            _transfer(centre, event, at)
        case e.TicketCompleted():
            _complete(centre, event, at)
        case e.VisitRated():
            apply_afterwards.rate(centre, event, at)
        case e.OutageVisitRecorded():
            apply_afterwards.record_outage_visit(centre, event)
        case e.CounterActionUndone():
            undo(centre, event, at)
        case (
            e.ConfigurationApplied()
            | e.RoutingChanged()
            | e.DayOpened()
            | e.DayClosed()
            | e.ParametersLearned()
            | e.NumbersSkipped()
            | e.MessageAnnounced()
            | e.MessageWithdrawn()
            | e.MessageRead()
            | e.CounterTaken()
            | e.CounterLeft()
            | e.CounterOpened()
            | e.CounterPaused()
            | e.CounterClosed()
            | e.AutomaticCallHeld()
            | e.WorkProfileChanged()
            | e.DossierOpened()
            | e.DossierVoided()
            | e.FormWritten()
            | e.FormVoided()
            | e.HandOverReleased()
            | e.HandOverRecorded()
        ):
            apply_centre.apply_event(centre, event, at)
        case (
            e.ProposalsMade()
            | e.ProposalAccepted()
            | e.ProposalDeclined()
            | e.AutomaticRebalancingSwitched()
        ):
            apply_proposals.apply_event(centre, event, at)
        case _:
            assert_never(event)


def _end(centre: Centre, ticket_id: TicketId, action: Action, at: datetime) -> None:
    """Free the counter that holds the ticket and end the visit unserved."""
    leave_counter(centre, ticket_id, at)
    change(centre, ticket_id, action, ended_at=at, counter=None, parked_until=None)


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
    put(centre, ticket)
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
    tally_of(centre, ticket.id).issued += 1


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


def _call(centre: Centre, event: e.TicketCalled, at: datetime) -> None:
    remember(centre, event.counter, event.ticket, UNDO_OF[Action.CALL], at)
    count_skips(centre, centre.tickets[event.ticket])
    ticket = change(
        centre,
        event.ticket,
        Action.CALL,
        counter=event.counter,
        called_at=at,
        first_called_at=at,
        calls=1,
    )
    occupy(centre, event.counter, event.ticket, at)
    if event.reason:
        count_out_of_order(centre, event.counter)
    _announce(centre, event.ticket, event.counter, at)
    count_wait(centre, ticket, sign=1)


def _wait_again(centre: Centre, ticket_id: TicketId, action: Action, at: datetime) -> None:
    """Go on with the wait that a call had ended, or begin a new one after being served.

    A counter that went away loses the tickets that were reserved for it.
    """
    ticket = centre.tickets[ticket_id]
    was_served = ticket.serving_at is not None
    if not was_served:
        count_wait(centre, ticket, sign=-1)
    change(
        centre,
        ticket_id,
        action,
        counter=None,
        parked_until=None,
        serving_at=None,
        reserved_for=None if action is Action.GIVE_BACK else ticket.reserved_for,
        wait_began_at=at if was_served else ticket.wait_began_at,
    )


def _give_back(centre: Centre, event: e.TicketGivenBack, at: datetime) -> None:
    leave_counter(centre, event.ticket, at)
    _wait_again(centre, event.ticket, Action.GIVE_BACK, at)
    counter = centre.counters[event.counter]
    given_back = (*counter.given_back, event.ticket)
    centre.counters[counter.id] = replace(counter, given_back=given_back)


def _release_reservation(centre: Centre, ticket_id: TicketId) -> None:
    """Keep the place in the queue, and what undo knows of the ticket."""
    ticket = centre.tickets[ticket_id]
    centre.tickets[ticket_id] = replace(ticket, reserved_for=None)


def _transfer(centre: Centre, event: e.TicketTransferred, at: datetime) -> None:
    before = centre.tickets[event.ticket]
    is_called = before.state is TicketState.CALLED
    undoing = Action.UNDO_TRANSFER_OF_CALLED if is_called else Action.UNDO_TRANSFER
    remember(centre, event.counter, event.ticket, undoing, at)
    if before.state is TicketState.PARKED:
        counter = centre.counters[event.counter]
        centre.counters[event.counter] = replace(counter, last_action=None)
    leave_counter(centre, event.ticket, at)
    tally_of(centre, event.ticket).transferred += 1
    change(
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
        skipped=0,
        transactions=before.transactions + 1,
        was_transferred=True,
    )


def _complete(centre: Centre, event: e.TicketCompleted, at: datetime) -> None:
    remember(centre, event.counter, event.ticket, UNDO_OF[Action.COMPLETE], at)
    release(centre, event.counter, at)
    ticket = change(
        centre,
        event.ticket,
        Action.COMPLETE,
        ended_at=at,
        outcome=event.outcome,
        counter=None,
        served_by=event.counter,
    )
    counter = centre.counters[event.counter]
    completed = counter.completed + 1
    centre.counters[event.counter] = replace(counter, completed=completed, served_last=ticket.id)
    tally_of(centre, ticket.id).completed += 1
    count_served(centre, ticket, at, sign=1)
    count_work(centre, event.counter, ticket, at, sign=1)
