"""Commits to visits: a pure fold of one centre's day.

It reads events and nothing else; the rows of the archive are what it holds. Tickets it does not
know (of a day that ended before it began) are left as they are.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from queue_server.archive.visit import Ending, Transaction, Visit
from queue_server.core import events as e
from queue_server.core.commit import Commit
from queue_server.core.configuration import CentreConfiguration, Field, Procedure
from queue_server.core.identifiers import CounterId, FieldId, ProcedureCode, StaffId, TicketId
from queue_server.core.ticket import Rating, TicketState


class Ledger:
    """Visits of one centre's present or last day."""

    def __init__(self) -> None:
        self.offset = 0
        """Of the last commit that was folded."""
        self.visits: dict[TicketId, Visit] = {}
        self._day: date | None = None
        self._timezone = ZoneInfo("UTC")
        self._staff: dict[CounterId, StaffId] = {}
        self._fields: dict[FieldId, Field] = {}
        self._procedures: dict[ProcedureCode, Procedure] = {}
        self._before: dict[TicketId, Visit] = {}
        """Each visit as it was before the last commit that touched it: what undo goes back to.

        A rating is no action of the counter: undo goes back behind it.
        """

    def fold(self, commit: Commit) -> dict[TicketId, Visit]:
        """Take the commit; the visits that are not as they were, as they are now."""
        self.offset = commit.offset
        changed: dict[TicketId, Visit] = {}
        before: dict[TicketId, Visit] = {}
        for event in commit.events:
            ticket = ticket_of(event)
            old = None if ticket is None else self.visits.get(ticket)
            new = self._after(event, old, commit)
            if ticket is not None and new is not None and new != old:
                if old is not None and not isinstance(event, e.VisitRated):
                    before.setdefault(ticket, old)
                self.visits[ticket] = changed[ticket] = new
            self._note(event)
        self._before.update(before)
        return changed

    def configure(self, configuration: CentreConfiguration) -> None:
        """Take the configuration; what it no longer names is kept, tickets may still hold it."""
        self._fields.update(configuration.fields)
        self._procedures.update(configuration.procedures)
        self._timezone = ZoneInfo(configuration.timezone)

    def seat(self, counter: CounterId, staff: StaffId | None) -> None:
        """Somebody sits at the counter, or nobody any more."""
        if staff is None:
            self._staff.pop(counter, None)
        else:
            self._staff[counter] = staff

    def _note(self, event: e.Event) -> None:
        """Keep what is not about a ticket."""
        match event:
            case e.ConfigurationApplied(configuration=configuration):
                self.configure(configuration)
            case e.DayOpened():
                self._day, self._timezone = event.date, ZoneInfo(event.timezone)
                self.visits, self._before = {}, {}
            case e.CounterTaken():
                self.seat(event.counter, event.staff)
            case e.CounterLeft():
                self.seat(event.counter, None)
            case _:
                pass

    def _after(self, event: e.Event, visit: Visit | None, commit: Commit) -> Visit | None:
        """The visit after the event; None when the archive does not know it."""
        if isinstance(event, e.TicketIssued):
            return visit or self._issued(event, commit.at)
        if visit is None:
            return None  # of a day before, or about no ticket
        if isinstance(event, e.CounterActionUndone):
            return self._before.get(visit.ticket, visit)
        if isinstance(event, e.TicketTransferred):
            return self._transferred(event, visit, commit.at)
        if isinstance(event, e.TicketCalled | e.ServingStarted | e.TicketCompleted):
            visit = visit.moved(visit.state, staff=self._staff.get(event.counter))
        if isinstance(event, e.OutageVisitRecorded):
            return _recorded_by_hand(event, visit, self._staff.get(event.counter))
        change = CHANGES.get(type(event))
        return visit if change is None else change(event, visit, commit.at)

    def _issued(self, event: e.TicketIssued, at: datetime) -> Visit:
        start = event.appointment_at or event.issued_at
        is_booked = event.appointment_at is not None
        return Visit(
            ticket=event.ticket,
            day=self._day or at.astimezone(self._timezone).date(),
            number=event.number,
            sequence=event.sequence,
            field=event.field,
            procedure=event.procedure,
            channel=event.channel,
            language=event.language,
            priority_class=event.priority_class,
            dossiers=event.dossiers,
            issued_at=event.issued_at,
            appointment_at=event.appointment_at,
            first_queued_at=start,
            forecast=event.forecast,
            state=TicketState.BOOKED if is_booked else TicketState.WAITING,
            transactions=(self._transaction(event.procedure, event.field, start),),
        )

    def _transferred(self, event: e.TicketTransferred, visit: Visit, at: datetime) -> Visit:
        ended = visit.ended(TicketState.WAITING, Ending.TRANSFERRED, at)
        return ended.with_next(self._transaction(event.procedure, event.field, at))

    def _transaction(
        self, procedure: ProcedureCode, field: FieldId, queued_at: datetime
    ) -> Transaction:
        return Transaction(
            procedure=procedure,
            field=field,
            queued_at=queued_at,
            target_waiting_time_s=self._target_s(procedure, field),
        )

    def _target_s(self, code: ProcedureCode, field_id: FieldId) -> int | None:
        procedure, field = self._procedures.get(code), self._fields.get(field_id)
        own = procedure.target_waiting_time_s if procedure else None
        return own or (field.target_waiting_time_s if field else None)


def ticket_of(event: e.Event) -> TicketId | None:
    """The ticket an event is about."""
    if isinstance(event, e.CounterActionUndone):
        return event.ticket.id
    found: TicketId | None = getattr(event, "ticket", None)
    return found


def _check_in(event: e.TicketCheckedIn, visit: Visit, _: datetime) -> Visit:
    moved = visit.moved(TicketState.WAITING, queued_at=event.queued_at)
    return replace(moved, first_queued_at=event.queued_at)


def _call(event: e.TicketCalled, visit: Visit, at: datetime) -> Visit:
    return visit.moved(
        TicketState.CALLED, counter=event.counter, first_called_at=at, called_at=at, calls=1
    )


def _recall(_: e.TicketRecalled, visit: Visit, at: datetime) -> Visit:
    current = visit.current
    calls = current.calls + 1
    if current.serving_at is not None:  # parked and called back: the wait was over before
        return visit.moved(visit.state, calls=calls)
    return visit.moved(visit.state, calls=calls, called_at=at)


def _start_serving(_: e.ServingStarted, visit: Visit, at: datetime) -> Visit:
    serving_at = visit.current.serving_at or at
    return visit.moved(TicketState.SERVING, serving_at=serving_at, resumed_at=at)


def _park(_: e.TicketParked, visit: Visit, at: datetime) -> Visit:
    served_s = visit.current.served_s(at)
    return visit.moved(TicketState.PARKED, served_before_s=served_s, resumed_at=None)


def _resume(_: e.TicketResumed, visit: Visit, __: datetime) -> Visit:
    return visit.moved(TicketState.CALLED)


def _miss(_: e.NoShowMarked, visit: Visit, at: datetime) -> Visit:
    return visit.ended(TicketState.NO_SHOW, Ending.NO_SHOW, at)


def _reinstate(_: e.TicketReinstated, visit: Visit, at: datetime) -> Visit:
    return visit.with_next(_waiting_again(visit.current, at))


def _put_back(_: e.TicketRequeued | e.TicketGivenBack, visit: Visit, at: datetime) -> Visit:
    """Wait on; who was served already (and parked) begins a wait of its own."""
    current = visit.current
    queued_at = current.queued_at if current.serving_at is None else at
    ended = visit.ended(TicketState.WAITING, Ending.REQUEUED, at)
    return ended.with_next(_waiting_again(current, queued_at))


def _waiting_again(ended: Transaction, queued_at: datetime) -> Transaction:
    return Transaction(
        procedure=ended.procedure,
        field=ended.field,
        queued_at=queued_at,
        target_waiting_time_s=ended.target_waiting_time_s,
    )


def _complete(event: e.TicketCompleted, visit: Visit, at: datetime) -> Visit:
    ended = visit.ended(TicketState.COMPLETED, Ending.SERVED, at, outcome=event.outcome)
    return ended.finished(at, event.outcome)


def _cancel(_: e.TicketCancelled, visit: Visit, at: datetime) -> Visit:
    return visit.ended(TicketState.CANCELLED, Ending.CANCELLED, at).finished(at)


def _expire(_: e.TicketExpired, visit: Visit, at: datetime) -> Visit:
    return visit.ended(TicketState.EXPIRED, Ending.EXPIRED, at).finished(at)


def _rate(event: e.VisitRated, visit: Visit, at: datetime) -> Visit:
    rating = Rating(
        score=event.score,
        criteria=event.criteria,
        at=visit.rating.at if visit.rating else at,
        has_comment=event.has_comment,
    )
    return replace(visit, rating=rating)


def _recorded_by_hand(event: e.OutageVisitRecorded, visit: Visit, staff: StaffId | None) -> Visit:
    ended = visit.ended(
        TicketState.COMPLETED,
        Ending.SERVED,
        event.ended_at,
        counter=event.counter,
        staff=staff,
        first_called_at=event.called_at,
        called_at=event.called_at,
        serving_at=event.serving_at,
        resumed_at=event.serving_at,
        outcome=event.outcome,
        calls=1,
    )
    return ended.finished(event.ended_at, event.outcome)


CHANGES: Final[Mapping[type[e.Event], Callable[[Any, Visit, datetime], Visit]]] = {
    e.TicketCheckedIn: _check_in,
    e.TicketCalled: _call,
    e.TicketRecalled: _recall,
    e.ServingStarted: _start_serving,
    e.TicketParked: _park,
    e.TicketResumed: _resume,
    e.NoShowMarked: _miss,
    e.TicketReinstated: _reinstate,
    e.TicketRequeued: _put_back,
    e.TicketGivenBack: _put_back,
    e.TicketCompleted: _complete,
    e.TicketCancelled: _cancel,
    e.TicketExpired: _expire,
    e.VisitRated: _rate,
}
"""What an event does to the visit it is about; events that are not here change none."""
