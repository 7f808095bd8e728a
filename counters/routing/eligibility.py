"""May this counter call this ticket, and at which level does it serve it?"""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from queue_server.core.centre import Centre
from queue_server.core.configuration import Level, Procedure
from queue_server.core.counter import CounterState
from queue_server.core.identifiers import ProcedureCode
from queue_server.core.ticket import Ticket


class Eligible(Struct, frozen=True):
    """A waiting ticket the counter may call."""

    ticket: Ticket
    procedure: Procedure
    level: Level


def eligible_tickets(centre: Centre, counter: CounterState) -> Iterator[Eligible]:
    """Waiting tickets the counter may call, in the order in which they began to wait.

    A ticket reserved for a counter by a transfer is called there and nowhere else, whatever the
    counter's work profile says.
    """
    served: dict[ProcedureCode, tuple[Procedure, Level | None]] = {}
    for ticket in centre.waiting_tickets():
        known = served.get(ticket.procedure)
        if known is None:
            procedure = centre.procedure(ticket.procedure)
            known = served[ticket.procedure] = (procedure, counter.profile.level_of(procedure))
        procedure, level = known
        if ticket.reserved_for is not None:
            if ticket.reserved_for == counter.id:
                yield Eligible(ticket, procedure, Level.PRIMARY)
        elif level is not None:
            yield Eligible(ticket, procedure, level)


def heads_of_series(eligible: Iterator[Eligible]) -> list[Eligible]:
    """The oldest ticket of each series and class: within it, order is never broken."""
    heads: dict[tuple[str, str], Eligible] = {}
    for candidate in eligible:
        ticket = candidate.ticket
        key = (ticket.field, class_of(ticket))
        head = heads.get(key)
        if head is None or place(ticket) < place(head.ticket):
            heads[key] = candidate
    return list(heads.values())


def class_of(ticket: Ticket) -> str:
    """What gives the ticket its clock: a priority class, an appointment, a transfer, or nothing.

    Each stands in a line of its own, so that its head start counts within its series too.
    """
    if ticket.priority_class is not None:
        return f"priority {ticket.priority_class}"
    if ticket.appointment_at is not None:
        return "appointment"
    return "transferred" if ticket.was_transferred else ""


def place(ticket: Ticket) -> tuple[datetime, int]:
    """Order within a series: start of the wait, then order of issue."""
    return (ticket.queued_at, ticket.sequence)
