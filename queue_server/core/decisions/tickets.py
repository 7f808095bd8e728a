"""Decisions about tickets that are not at a counter."""

from datetime import datetime, timedelta

from queue_server.core import commands as c
from queue_server.core import events as e
from queue_server.core.centre import Centre, Day, unknown
from queue_server.core.configuration import Field, Procedure
from queue_server.core.errors import (
    FieldFull,
    InvalidValue,
    NumberTaken,
    ProcedureNotOffered,
    TooLate,
    TooManyDelays,
    TooManyTickets,
)
from queue_server.core.hours import (
    local_time,
    require_open_day,
    require_serving_at,
    require_tickets_open,
)
from queue_server.core.identifiers import PrinterId, PriorityClassId, ProcedureCode, TicketId
from queue_server.core.numbering import next_ticket_number, series_of_number
from queue_server.core.paper_versions import template_version
from queue_server.core.protocols import Circumstances
from queue_server.core.ticket import Action, Channel, Ticket, TicketState, next_state


def issue(centre: Centre, command: c.IssueTicket, at: Circumstances) -> tuple[e.Event, ...]:
    """Give a number, or say why not and what to do instead."""
    day = require_open_day(centre)
    procedure = offered_procedure(centre, command.procedure, at.now)
    field = centre.field(procedure.field)
    _require_hours(centre, day, command, at.now)
    _require_new_ticket(centre, command.ticket)
    _require_priority_class(centre, command.priority_class)
    _require_dossiers(centre, command.dossiers)
    _require_room(centre, field)
    _require_person_may_have_more(centre, command)
    _require_language(centre, command.language)
    issued = e.TicketIssued(
        ticket=command.ticket,
        number=next_ticket_number(centre, field),
        sequence=centre.sequence + 1,
        field=field.id,
        procedure=procedure.code,
        language=command.language,
        channel=command.channel,
        issued_at=at.now,
        priority_class=command.priority_class,
        dossiers=command.dossiers,
        forecast=at.rules.estimator.forecast(
            centre, procedure.code, command.priority_class, at.now
        ),
        appointment_at=command.appointment_at,
        person=command.person,
        person_key=command.person_key,
    )
    if not command.print_slip:
        return (issued,)
    require_printer(centre, command.printer)
    printer = command.printer or centre.facts.kiosk_printer
    job = f"slip-{command.ticket}-1"
    slip = e.PrintRequested(
        job=job,
        kind="slip",
        ticket=command.ticket,
        printer=printer,
        template=template_version(centre),
    )
    return (issued, slip)


def _require_hours(centre: Centre, day: Day, command: c.IssueTicket, now: datetime) -> None:
    """A number is taken while numbers are given; an appointment may be entered at any hour."""
    if command.appointment_at is None:
        require_tickets_open(centre, now)
    else:
        _require_today(centre, day, command.appointment_at, "an appointment")
        require_serving_at(centre.facts, command.appointment_at)


def offered_procedure(centre: Centre, code: ProcedureCode, now: datetime) -> Procedure:
    """The procedure, if it is configured and in force today."""
    procedure = centre.facts.procedures.get(code)
    if procedure is None:
        raise unknown("procedure", code, centre.facts.procedures)
    today = centre.day.date if centre.day else now.date()
    too_early = procedure.valid_from is not None and today < procedure.valid_from
    too_late = procedure.valid_until is not None and today > procedure.valid_until
    if too_early or too_late:
        message = (
            f"procedure {code} is in force from {procedure.valid_from or 'always'} "
            f"to {procedure.valid_until or 'further notice'}, and today is {today}; ask reception"
        )
        raise ProcedureNotOffered(message, procedure=code)
    return procedure


def _require_new_ticket(centre: Centre, ticket: TicketId) -> None:
    if ticket in centre.tickets:
        message = f"expected a new ticket id, got {ticket}, which exists"
        raise InvalidValue(message)


def _require_language(centre: Centre, language: str) -> None:
    if language not in centre.facts.languages:
        known = ", ".join(centre.facts.languages)
        message = f"expected one of the centre's languages ({known}), got {language!r}"
        raise InvalidValue(message)


def require_printer(centre: Centre, printer: PrinterId | None) -> None:
    """Refuse to print where there is nothing to print on."""
    if printer is not None and printer not in centre.facts.printers:
        raise unknown("printer", printer, centre.facts.printers)


def _require_today(centre: Centre, day: Day, instant: datetime, what: str) -> None:
    """Tickets live for one day: one of another day would be lost when that day closes."""
    try:
        on = local_time(centre.facts, instant).date()
    except OverflowError:  # the first and the last day of the calendar have no local date
        on = instant.date()
    if on != day.date:
        message = f"expected {what} of {day.date}, got one of {on}"
        raise InvalidValue(message)


def _require_priority_class(centre: Centre, priority_class: PriorityClassId | None) -> None:
    if priority_class is not None and priority_class not in centre.facts.priority_classes:
        raise unknown("priority class", priority_class, centre.facts.priority_classes)


def _require_dossiers(centre: Centre, dossiers: int) -> None:
    limit = centre.facts.limits.dossiers_per_ticket
    if not 1 <= dossiers <= limit:
        message = f"expected 1 to {limit} dossiers for one ticket, got {dossiers}"
        raise InvalidValue(message, limit=limit)


def _require_room(centre: Centre, field: Field) -> None:
    issued = centre.issued.get(field.id, 0)
    if field.daily_capacity is not None and issued >= field.daily_capacity:
        message = (
            f"field {field.id} takes {field.daily_capacity} tickets a day and gave {issued} "
            "today; come back on the next working day or ask reception"
        )
        raise FieldFull(message, field=field.id, capacity=field.daily_capacity)


def _require_person_may_have_more(centre: Centre, command: c.IssueTicket) -> None:
    if command.person_key is None:
        return
    limit = centre.facts.limits.tickets_per_person
    taken = centre.issued_by_person.get(command.person_key, 0)
    if taken >= limit:
        message = (
            f"one person may have {limit} tickets a day and this person has {taken}; "
            "ask reception for another"
        )
        raise TooManyTickets(message, limit=limit)


def check_in(centre: Centre, command: c.CheckIn, at: Circumstances) -> tuple[e.Event, ...]:
    """Let a booked citizen wait; the wait counts from the appointment, or from now if later."""
    ticket = centre.ticket(command.ticket)
    next_state(ticket.state, Action.CHECK_IN)
    queued_at = max(at.now, ticket.appointment_at or at.now)
    checked_in = e.TicketCheckedIn(ticket=ticket.id, queued_at=queued_at)
    job = f"slip-{ticket.id}-1"
    if not command.print_slip or job in centre.prints:
        return (checked_in,)
    require_printer(centre, command.printer)
    printer = command.printer or centre.facts.kiosk_printer
    slip = e.PrintRequested(job=job, kind="slip", ticket=ticket.id, printer=printer)
    return (checked_in, slip)


def cancel(centre: Centre, command: c.CancelTicket, _: Circumstances) -> tuple[e.Event, ...]:
    """The citizen leaves."""
    ticket = centre.ticket(command.ticket)
    next_state(ticket.state, Action.CANCEL)
    return (e.TicketCancelled(ticket=ticket.id, reason=command.reason),)


def delay(centre: Centre, command: c.DelayTicket, _: Circumstances) -> tuple[e.Event, ...]:
    """Move the ticket behind the next tickets of its field."""
    ticket = centre.ticket(command.ticket)
    next_state(ticket.state, Action.DELAY)
    limit = centre.facts.limits.delays_per_ticket
    if ticket.delays >= limit:
        message = f"a ticket may be delayed {limit} times and {ticket.number} was already"
        raise TooManyDelays(message, limit=limit)
    behind = _tickets_behind(centre, ticket)[: command.let_pass]
    if not behind:
        message = f"nobody waits behind {ticket.number}: there is nobody to let go first"
        raise InvalidValue(message, let_pass=command.let_pass)
    queued_at = behind[-1].queued_at + timedelta(microseconds=1)
    return (e.TicketDelayed(ticket=ticket.id, queued_at=queued_at, let_pass=len(behind)),)


def _tickets_behind(centre: Centre, ticket: Ticket) -> list[Ticket]:
    place = (ticket.queued_at, ticket.sequence)
    same_field = [other for other in centre.waiting_tickets() if other.field == ticket.field]
    behind = [other for other in same_field if (other.queued_at, other.sequence) > place]
    return sorted(behind, key=lambda other: (other.queued_at, other.sequence))


def reinstate(centre: Centre, command: c.Reinstate, at: Circumstances) -> tuple[e.Event, ...]:
    """Let a no-show wait again, with the place of the missed call."""
    ticket = centre.ticket(command.ticket)
    next_state(ticket.state, Action.REINSTATE)
    window_s = centre.facts.limits.reinstate_within_s
    missed_at = ticket.no_show_at or at.now
    if at.now - missed_at > timedelta(seconds=window_s):
        message = (
            f"{ticket.number} could come back within {window_s // 60} minutes of the missed call "
            f"at {local_time(centre.facts, missed_at):%H:%M}; take a new number"
        )
        raise TooLate(message, within_s=window_s)
    called_at = ticket.called_at or missed_at
    return (e.TicketReinstated(ticket=ticket.id, queued_at=called_at),)


def expire(centre: Centre, command: c.Expire, at: Circumstances) -> tuple[e.Event, ...]:
    """End a no-show after the return window; too early or gone already, there is nothing to do."""
    ticket = centre.ticket(command.ticket)
    if ticket.state is not TicketState.NO_SHOW or ticket.no_show_at is None:
        return ()
    window = timedelta(seconds=centre.facts.limits.reinstate_within_s)
    if at.now - ticket.no_show_at < window:
        return ()
    return (e.TicketExpired(ticket=ticket.id),)


def reprint(centre: Centre, command: c.Reprint, _: Circumstances) -> tuple[e.Event, ...]:
    """Ask for the slip again; a new job with the next copy number."""
    ticket = centre.ticket(command.ticket)
    copies = [
        job.copy for job in centre.prints.values() if job.ticket == ticket.id and job.kind == "slip"
    ]
    copy = max(copies, default=0) + 1
    require_printer(centre, command.printer)
    printer = command.printer or centre.facts.kiosk_printer
    job = f"slip-{ticket.id}-{copy}"
    return (
        e.PrintRequested(
            job=job,
            kind="slip",
            ticket=ticket.id,
            printer=printer,
            copy=copy,
            template=template_version(centre),
        ),
    )


def enter_outage_ticket(
    centre: Centre, command: c.EnterOutageTicket, at: Circumstances
) -> tuple[e.Event, ...]:
    """Enter a number written by hand, with its own times."""
    day = require_open_day(centre)
    procedure = offered_procedure(centre, command.procedure, at.now)
    field = centre.field(procedure.field)
    _require_new_ticket(centre, command.ticket)
    _require_priority_class(centre, command.priority_class)
    _require_dossiers(centre, command.dossiers)
    _require_language(centre, command.language)
    series_of_number(field, command.number)
    if command.number in centre.numbers:
        message = f"expected a number not yet used today, got {command.number}"
        raise NumberTaken(message, number=command.number)
    _require_today(centre, day, command.issued_at, "a number")
    _require_order(
        [command.issued_at, command.called_at, command.serving_at, command.ended_at, at.now]
    )
    issued = e.TicketIssued(
        ticket=command.ticket,
        number=command.number,
        sequence=centre.sequence + 1,
        field=field.id,
        procedure=procedure.code,
        language=command.language,
        channel=Channel.OUTAGE,
        issued_at=command.issued_at,
        priority_class=command.priority_class,
        dossiers=command.dossiers,
    )
    served = (command.counter, command.called_at, command.serving_at, command.ended_at)
    if (*served, command.outcome) == (None,) * 5:
        return (issued,)
    return (issued, _recorded_visit(centre, command))


def _recorded_visit(centre: Centre, command: c.EnterOutageTicket) -> e.OutageVisitRecorded:
    """The visit as it was; half of it is refused, so that nothing told is dropped."""
    if (
        command.counter is None
        or command.called_at is None
        or command.ended_at is None
        or command.outcome is None
    ):
        message = "a served visit needs counter, called_at, ended_at and outcome, or none of them"
        raise InvalidValue(message)
    return e.OutageVisitRecorded(
        ticket=command.ticket,
        counter=centre.counter(command.counter).id,
        called_at=command.called_at,
        serving_at=command.serving_at or command.called_at,
        ended_at=command.ended_at,
        outcome=command.outcome,
    )


def _require_order(instants: list[datetime | None]) -> None:
    """Times of one visit come in their order and not from the future."""
    known = [instant for instant in instants if instant is not None]
    if known != sorted(known):
        listed = " → ".join(instant.isoformat() for instant in known[:-1])
        message = (
            "expected issued_at, called_at, serving_at, ended_at in this order and not after now, "
            f"got {listed}"
        )
        raise InvalidValue(message)
