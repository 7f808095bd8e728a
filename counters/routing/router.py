"""The router the core asks for the next ticket of a counter."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import nsmallest
from operator import attrgetter

from counters.routing.choice import Claim, Order, claims_of, equals_of, order_of, ranked
from counters.routing.draw import draw
from counters.routing.eligibility import present_seat
from counters.routing.lines import Lines
from counters.routing.parameters import Parameters
from counters.routing.standing import (
    Seat,
    Standing,
    length_factor,
    seconds,
    standing_of,
    urgency_factor,
)
from queue_server.core.centre import Centre
from queue_server.core.events import Candidate
from queue_server.core.identifiers import CounterId, FieldId
from queue_server.core.protocols import Choice, Drawing
from queue_server.core.ticket import Ticket

LISTED_CANDIDATES = 8
"""Candidates kept with the call, best first, to answer "why was I passed?"."""


class StrategyRouter:
    """Calls by the strategy the centre's configuration names."""

    def choose(
        self, centre: Centre, counter: CounterId, now: datetime, drawing: Drawing | None = None
    ) -> Choice | None:
        """The candidate with the largest claim; ties go to the earlier ticket.

        With a drawing and a draw window, one is drawn among those whose claims are equal within
        the window; they stand first in `Choice.candidates`, in the order that was drawn from.
        """
        order = order_of(centre.facts.routing)
        parameters = order.parameters
        now_s = seconds(now)
        seat = present_seat(centre, centre.counter(counter))
        lines = Lines(_who_may_be_first(centre, seat, order))
        claims = ranked(claims_of(lines, seat, now_s, order))
        if not claims:
            return None
        drawn, equals = 0, 1
        if drawing is not None and parameters.draw_window_s > 0:
            equals = len(equals_of(claims, order))
            drawn = draw(drawing.key, drawing.call, equals)
        listed = claims[: max(LISTED_CANDIDATES, equals)]
        return Choice(
            ticket=claims[drawn].standing.ticket,
            candidates=tuple(_candidate(centre, claim, now_s, parameters) for claim in listed),
            equals=equals,
        )


def _who_may_be_first(centre: Centre, seat: Seat, order: Order) -> Iterator[Standing]:
    """The waiting tickets of the counter, of the walk-ins only the first of each series.

    Without overtaking the others cannot be called; to leave them out keeps a choice in a full
    hall of 200 well below a millisecond. With overtaking everybody is needed.
    """
    parameters, levels = order.parameters, seat.levels
    is_order_kept = parameters.overtakes_allowed == 0
    walk_ins: dict[FieldId, list[Ticket]] = {}
    tickets, here = centre.tickets, seat.counter
    for ticket in [tickets[each] for each in centre.waiting]:
        if ticket.reserved_for is not None:
            if ticket.reserved_for == here:
                yield standing_of(centre, ticket, parameters)
        elif ticket.procedure in levels:
            if is_order_kept and ticket.is_walk_in:
                walk_ins.setdefault(ticket.field, []).append(ticket)
            else:
                yield standing_of(centre, ticket, parameters)
    for line in walk_ins.values():
        for ticket in _first(line, order.line_length):
            yield standing_of(centre, ticket, parameters)


def _first(line: list[Ticket], count: int) -> Sequence[Ticket]:
    """The first of the line by their place; those who came back stand further on in it."""
    if count == 1:
        return (min(line, key=_place),)
    return nsmallest(count, line, key=_place)


_place = attrgetter("queued_at", "sequence")
"""`Ticket.place`, without a call in Python for each ticket of the hall."""


def _candidate(centre: Centre, claim: Claim, now_s: float, parameters: Parameters) -> Candidate:
    """The candidate with every term of its claim, as it is kept with the call."""
    standing = claim.standing
    waited_s = now_s - standing.since_s
    dossiers = centre.tickets[standing.ticket].dossiers
    procedure = standing.procedure
    return Candidate(
        ticket=standing.ticket,
        claim_s=round(claim.claim_s, 1),
        waited_s=round(waited_s),
        clock_s=round(standing.rate * waited_s + standing.head_start_s),
        line=standing.line,
        level=claim.level,
        weight=parameters.weights[claim.level],
        length=round(length_factor(centre, procedure, parameters, dossiers=dossiers), 3),
        urgency=round(urgency_factor(centre, centre.procedure(procedure)), 3),
    )
