"""May this counter call this ticket, and at which level does it serve it?"""

from collections.abc import Iterator

from msgspec import Struct

from queue_server.core.centre import Centre
from queue_server.core.configuration import Level, Procedure
from queue_server.core.counter import CounterState
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
    for ticket in centre.waiting_tickets():
        procedure = centre.procedure(ticket.procedure)
        if ticket.reserved_for is not None:
            if ticket.reserved_for == counter.id:
                yield Eligible(ticket, procedure, Level.PRIMARY)
            continue
        level = counter.profile.level_of(procedure)
        if level is not None:
            yield Eligible(ticket, procedure, level)


def heads_of_series(eligible: Iterator[Eligible]) -> list[Eligible]:
    """The oldest ticket of each series and priority class: within it, order is never broken."""
    heads: dict[tuple[str, str | None], Eligible] = {}
    for candidate in eligible:
        key = (candidate.ticket.field, candidate.ticket.priority_class)
        head = heads.get(key)
        if head is None or place(candidate.ticket) < place(head.ticket):
            heads[key] = candidate
    return list(heads.values())


def place(ticket: Ticket) -> tuple[float, int]:
    """Order within a series: start of the wait, then order of issue."""
    return (ticket.queued_at.timestamp(), ticket.sequence)
