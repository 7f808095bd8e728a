"""A visit that waits for its next transaction, and how the order in force sees it."""

from collections.abc import Mapping

from msgspec import Struct

from counters.routing.choice import Order
from counters.routing.standing import APPOINTMENT, PRIORITY, TRANSFERRED, WALK_IN, Standing
from counters.simulation.visits import Leg, Visit
from queue_server.core.identifiers import ProcedureCode, TicketId


class Rules(Struct, frozen=True, kw_only=True):
    """The order in force with the numbers of each line."""

    order: Order
    clocks: Mapping[str, tuple[float, float]]
    """Rate and head start in seconds, by line; a priority class has a line of its own."""
    factors: Mapping[ProcedureCode, float]
    """``(centre's mean ÷ procedure's mean)^κ · (15 min ÷ target)``."""


class Turn(Struct, gc=False):
    """One transaction of a visit, from the beginning of its wait."""

    visit: Visit
    leg: int
    joined_s: float
    """Start of the wait as it is measured; of an appointment not before its hour."""
    standing: Standing
    is_return: bool = False
    """Back after a missed call."""

    @property
    def work(self) -> Leg:
        """What is to be done."""
        return self.visit.legs[self.leg]


def line_of(visit: Visit, leg: int) -> str:
    """What gives the visit its clock; priority keeps priority."""
    if visit.priority_class is not None:
        return PRIORITY + visit.priority_class
    if visit.slot_s is not None:
        return APPOINTMENT
    return TRANSFERRED if leg else WALK_IN


def turn_of(rules: Rules, visit: Visit, leg: int, since_s: float, joined_s: float) -> Turn:
    """The visit's turn.

    Args:
        rules: The order in force.
        visit: Who waits.
        leg: Which of its transactions is next.
        since_s: Start of its clock.
        joined_s: Start of the wait as it is measured.
    """
    line, work = line_of(visit, leg), visit.legs[leg]
    rate, head_start_s = rules.clocks[line]
    standing = Standing(
        ticket=TicketId(str(visit.id)),
        series=work.field,
        procedure=work.procedure,
        line=line,
        since_s=since_s,
        sequence=visit.id,
        rate=rate,
        head_start_s=head_start_s,
        factor=rules.factors[work.procedure],
    )
    return Turn(visit, leg, joined_s, standing)


def arrival_of(rules: Rules, visit: Visit) -> Turn:
    """The visit as it arrives: an appointment's clock starts at its hour, or when it is late."""
    start_s = visit.arrives_s if visit.slot_s is None else max(visit.slot_s, visit.arrives_s)
    return turn_of(rules, visit, 0, start_s, start_s)
