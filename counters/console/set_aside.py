"""Who is set aside at a counter: parked for it, or absent at its call."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from counters.reason_texts import reason_texts
from queue_server.core.centre import Centre
from queue_server.core.configuration import Texts
from queue_server.core.counter import CounterState
from queue_server.core.identifiers import ProcedureCode, TicketId, TicketNumber
from queue_server.core.ticket import Action, Ticket

ABSENT_SHOWN: Final = 6


class SetAside(Struct, frozen=True, kw_only=True):
    """A ticket parked here, or a no-show that may still come back, until an instant."""

    id: TicketId
    number: TicketNumber
    code: ProcedureCode
    procedure: Texts
    reason: Texts
    since: datetime | None
    until: datetime | None


def parked_at(centre: Centre, counter: CounterState) -> tuple[SetAside, ...]:
    """Tickets parked at the counter, in the order in which they were."""
    here = [ticket for ticket, where in centre.parked.items() if where == counter.id]
    return tuple(_parked(centre, centre.ticket(ticket)) for ticket in here)


def absent_at(centre: Centre, counter: CounterState) -> tuple[SetAside, ...]:
    """No-shows of the counter, the latest first; the screen hides those that are too late."""
    missed = [
        centre.ticket(ticket) for ticket, where in centre.absent.items() if where == counter.id
    ]
    missed.reverse()
    return tuple(_absent(centre, ticket) for ticket in missed[:ABSENT_SHOWN])


def _parked(centre: Centre, ticket: Ticket) -> SetAside:
    steps = [step.at for step in ticket.steps if step.action is Action.PARK]
    return SetAside(
        id=ticket.id,
        number=ticket.number,
        code=ticket.procedure,
        procedure=centre.procedure(ticket.procedure).name,
        reason=reason_texts(ticket.park_reason, centre.facts.park_reasons),
        since=steps[-1] if steps else None,
        until=ticket.parked_until,
    )


def _absent(centre: Centre, ticket: Ticket) -> SetAside:
    window = timedelta(seconds=centre.facts.limits.reinstate_within_s)
    return SetAside(
        id=ticket.id,
        number=ticket.number,
        code=ticket.procedure,
        procedure=centre.procedure(ticket.procedure).name,
        reason={},
        since=ticket.no_show_at,
        until=ticket.no_show_at + window if ticket.no_show_at else None,
    )
