"""What happens to a number that somebody follows on a phone."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Page

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, ProcedureCode, StaffId, TicketId
from queue_server.core.ticket import Outcome, Ticket, TicketState
from tests.support.live_servers import LiveServer

PHONE = {"width": 390, "height": 844}
SMALL = {"width": 360, "height": 640}
NARROW = {"width": 320, "height": 640}
BIRTH = ProcedureCode("1.001193")

OpenTicket = Callable[..., Awaitable[Page]]


def issue(server: LiveServer, **more: Any) -> TicketId:
    """Give a number for a birth registration."""
    ticket = TicketId(secrets.token_hex(16))
    server.do(c.IssueTicket(ticket=ticket, procedure=BIRTH, **more))
    return ticket


def call(server: LiveServer, ticket: TicketId) -> CounterId:
    """Call the ticket to a free counter, one that nobody sits at if need be."""
    counters = server.core.replicas.loaded()[0].centre.counters.values()
    counter = next(one for one in counters if one.ticket is None)
    if counter.staff is None:
        server.do(c.TakeCounter(counter=counter.id, staff=StaffId(f"staff-of-{counter.id}")))
        server.do(c.OpenCounter(counter=counter.id))
    server.do(c.CallTicket(counter=counter.id, ticket=ticket, reason="test"))
    return counter.id


def serve(server: LiveServer, ticket: TicketId) -> CounterId:
    """Call the ticket, serve its holder to the end."""
    counter = call(server, ticket)
    server.do(c.StartServing(counter=counter))
    server.do(c.Complete(counter=counter, outcome=Outcome.ADVICE_ONLY))
    return counter


def held(server: LiveServer, ticket: TicketId) -> Ticket:
    """The ticket as it is now."""
    return server.core.replicas.loaded()[0].centre.tickets[ticket]


def state_of(server: LiveServer, ticket: TicketId) -> TicketState:
    """Its state."""
    return held(server, ticket).state
