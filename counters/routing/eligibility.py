"""May this counter call this ticket, and at which level does it serve it?"""

from collections.abc import Iterator

from msgspec import Struct

from counters.routing.standing import Seat, seat_of
from queue_server.core.centre import Centre
from queue_server.core.configuration import Level
from queue_server.core.counter import CounterState
from queue_server.core.ticket import Ticket


class Eligible(Struct, frozen=True):
    """A waiting ticket the counter may call."""

    ticket: Ticket
    level: Level


def eligible_tickets(centre: Centre, counter: CounterState) -> Iterator[Eligible]:
    """Waiting tickets the counter may call, in the order in which they began to wait.

    A ticket reserved for a counter by a transfer is called there and nowhere else, whatever the
    counter's work profile says.
    """
    seat = present_seat(centre, counter)
    for ticket in centre.waiting_tickets():
        level = seat.level_of(ticket)
        if level is not None:
            yield Eligible(ticket, level)


def present_seat(centre: Centre, counter: CounterState) -> Seat:
    """The counter for everything that somebody waits for now."""
    tickets = centre.tickets
    return seat_of(centre, counter, {tickets[each].procedure for each in centre.waiting})
