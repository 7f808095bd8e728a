"""Find a ticket by the number on the citizen's slip, so that a clerk can call just that one."""

import re
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from queue_server.core.centre import Centre, unknown
from queue_server.core.configuration import Texts
from queue_server.core.identifiers import CounterId, TicketId, TicketNumber
from queue_server.core.ticket import Ticket, TicketState

_SHAPE: Final = re.compile(r"([A-ZĐ]+)\s*0*(\d+)")
_SCANNED: Final = re.compile(r"[0-9a-f]{32}")
"""The ticket's id, in what a scanner reads from a slip's code."""


class FoundTicket(Struct, frozen=True, kw_only=True):
    """Where a ticket is."""

    id: TicketId
    number: TicketNumber
    state: TicketState
    procedure: Texts
    queued_at: datetime
    counter: CounterId | None
    """Where it is called, served or parked, else the one it waits for."""
    counter_number: str
    return_until: datetime | None
    """A no-show may be reinstated until then."""


def find_number(centre: Centre, text: str) -> FoundTicket:
    """The ticket of today with that number, typed as people do: ``h1`` finds ``H001``.

    What a scanner reads from the code of a slip finds its ticket too.

    Raises:
        UnknownName: No ticket of today has it.
    """
    return _found(centre, ticket_of_number(centre, text))


def ticket_of_number(centre: Centre, text: str) -> Ticket:
    """The ticket of today with that number.

    Raises:
        UnknownName: No ticket of today has it.
    """
    scanned = _SCANNED.search(text.lower())
    if scanned is not None:
        return centre.ticket(TicketId(scanned.group()))
    wanted = _shape(text)
    for number, ticket_id in centre.numbers.items():
        if _shape(number) == wanted:
            return centre.ticket(ticket_id)
    raise unknown("number", text, ())


def _shape(text: str) -> tuple[str, str]:
    """Letter and number without leading zeros."""
    found = _SHAPE.fullmatch(text.strip().upper())
    return (found[1], found[2]) if found else (text.strip().upper(), "")


def _found(centre: Centre, ticket: Ticket) -> FoundTicket:
    counter = ticket.counter or ticket.reserved_for
    window = timedelta(seconds=centre.facts.limits.reinstate_within_s)
    return FoundTicket(
        id=ticket.id,
        number=ticket.number,
        state=ticket.state,
        procedure=centre.procedure(ticket.procedure).name,
        queued_at=ticket.queued_at,
        counter=counter,
        counter_number="" if counter is None else centre.counter_facts(counter).number,
        return_until=ticket.no_show_at + window if ticket.no_show_at else None,
    )
