"""The live centre as a hall to roll forward."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from counters.estimates.coming import Mixes, booked, expected_newcomers
from counters.estimates.desks import Seats, desks_of
from counters.estimates.hall import Arrival, Hall
from counters.estimates.local_day import LocalDay
from counters.estimates.transaction_time import mean_transaction_time_s
from counters.routing.choice import order_of
from counters.routing.standing import (
    Clock,
    Standing,
    clock_of,
    factor_of,
    seconds,
    standing_of,
)
from queue_server.core.centre import Centre
from queue_server.core.identifiers import PriorityClassId, ProcedureCode, TicketId

USUAL_NO_SHOW_SHARE: Final = 0.05
USUAL_AGAIN_SHARE: Final = 0.08
AGAIN_ROW: Final = 34
"""People made ready to wait again; the row is used again from its beginning."""
FAR_AHEAD: Final = 1_000_000
"""More than a centre issues in a day: they stand behind all who wait as long."""
USUAL_CV: Final = 0.7
"""Standard deviation over mean of transaction times where none was measured."""


class Known:
    """What need not be made anew for each roll of a centre."""

    def __init__(self) -> None:
        self.seats = Seats()
        self.mixes = Mixes()


class Present:
    """One centre at one instant; makes a fresh hall for each roll."""

    def __init__(self, centre: Centre, now: datetime, known: Known) -> None:
        self.centre = centre
        self.now = now
        self.now_s = seconds(now)
        self._known = known
        self.day = LocalDay(centre.facts, now)
        self._order = order_of(centre.facts.routing)
        self._factors: dict[ProcedureCode, float] = {}

    def hall(self, questions: Iterable[Standing] = ()) -> Hall:
        """A copy to roll forward; questions wait like everybody and take no time."""
        centre, parameters = self.centre, self._order.parameters
        tickets = list(centre.waiting_tickets())
        waiting = [standing_of(centre, ticket, parameters) for ticket in tickets]
        dossiers = {ticket.id: ticket.dossiers for ticket in tickets if ticket.dossiers != 1}
        for standing in questions:
            waiting.append(standing)
            dossiers[standing.ticket] = 0
        arrivals = self._arrivals()
        codes = {each.procedure for each in waiting}
        codes.update(each.standing.procedure for each in arrivals)
        again = self._again()
        codes.update(each.procedure for each in again)
        needs = {code: mean_transaction_time_s(centre, centre.procedure(code)) for code in codes}
        learned = centre.learned
        return Hall(
            now_s=self.now_s,
            order=self._order,
            desks=list(desks_of(centre, self.day, self.now, self._known.seats)),
            waiting=waiting,
            arrivals=arrivals,
            again=again,
            again_share=learned.again_share if learned else USUAL_AGAIN_SHARE,
            needs_s=needs,
            dossiers=dossiers,
            no_show_share=learned.no_show_share if learned else USUAL_NO_SHOW_SHARE,
            time_cv=learned.transaction_time_cv if learned else USUAL_CV,
        )

    def question(
        self, ticket: TicketId, procedure: ProcedureCode, priority_class: PriorityClassId | None
    ) -> Standing:
        """Where somebody would stand who takes a number now."""
        clock = clock_of(self.centre, self._order.parameters, priority_class=priority_class)
        return self._standing(ticket, procedure, clock, self.now_s, self.centre.sequence + 1)

    def _again(self) -> list[Standing]:
        """A row of people who are sent on, as many of each field as usually come."""
        centre, clock = (
            self.centre,
            clock_of(self.centre, self._order.parameters, is_transferred=True),
        )
        codes = self._known.mixes.of_all(centre).spread(AGAIN_ROW)
        first = centre.sequence + FAR_AHEAD
        return [
            self._standing(TicketId(f"again-{place}"), code, clock, 0.0, first + place)
            for place, code in enumerate(codes)
        ]

    def _arrivals(self) -> list[Arrival]:
        centre, parameters = self.centre, self._order.parameters
        walk_in = clock_of(centre, parameters)
        first_class = next(iter(centre.facts.priority_classes), None)
        priority = clock_of(centre, parameters, priority_class=first_class)
        expected = expected_newcomers(centre, self.day, self.now, self._known.mixes.of(centre))
        coming = []
        for place, each in enumerate(expected):
            clock = priority if each.is_priority else walk_in
            at_s = self.day.midnight_s + each.at_s
            sequence = centre.sequence + 2 + place
            ticket = TicketId(f"expected-{place}")
            standing = self._standing(ticket, each.procedure, clock, at_s, sequence)
            coming.append(Arrival(at_s, standing))
        for held in booked(centre, self.now):
            standing = standing_of(centre, held, parameters)
            standing.since_s = seconds(held.appointment_at) if held.appointment_at else self.now_s
            coming.append(Arrival(max(standing.since_s, self.now_s), standing))
        return sorted(coming, key=_when)

    def _standing(
        self, ticket: TicketId, code: ProcedureCode, clock: Clock, since_s: float, sequence: int
    ) -> Standing:
        factor = self._factors.get(code)
        if factor is None:
            factor = factor_of(self.centre, code, self._order.parameters)
            self._factors[code] = factor
        languages = self.centre.facts.languages
        return Standing(
            ticket=ticket,
            series=self.centre.procedure(code).field,
            procedure=code,
            line=clock.line,
            since_s=since_s,
            sequence=sequence,
            rate=clock.rate,
            head_start_s=clock.head_start_s,
            factor=factor,
            language=languages[0] if languages else None,
        )


def _when(arrival: Arrival) -> float:
    return arrival.at_s
