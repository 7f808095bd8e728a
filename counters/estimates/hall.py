"""A hall as the roll-forward sees it: who waits, who will come, which counters are free when.

Plain numbers, made from a live centre by `present` and from a simulated one by tests. Instants in
seconds since 1970, or since any other instant that all share.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from counters.routing.choice import Order
from counters.routing.standing import Seat, Standing
from queue_server.core.configuration import Level
from queue_server.core.identifiers import ProcedureCode, TicketId

Span = tuple[float, float]
"""From and until."""

LEVEL_TIME: Mapping[Level, float] = {
    Level.PRIMARY: 1.0,
    Level.SECONDARY: 1.08,
    Level.BACK_UP: 1.18,
}
"""How much longer a transaction takes at a counter that is not best at it (routing study §2.1)."""


class Desk(Struct, gc=False):
    """An open counter."""

    seat: Seat
    occupied_s: float | None = None
    """How long somebody has been there; None when it can call at once, breaks aside."""
    mean_s: float = 0.0
    """How long such a transaction takes there on average."""
    factor: float = 1.0
    """Above 1 where the clerk takes longer than others."""
    away: Sequence[Span] = ()
    """Breaks ahead in order of time; who is being served is served to the end first."""
    busy_s: float = 0.0
    """Busy time today: of several idle counters the least busy one calls."""

    def back_at(self, instant_s: float) -> float:
        """The first instant from then on at which somebody sits there."""
        for begins_s, ends_s in self.away:
            if begins_s <= instant_s < ends_s:
                instant_s = ends_s
        return instant_s


class Arrival(Struct, gc=False):
    """Somebody who will join."""

    at_s: float
    standing: Standing


class Hall(Struct, kw_only=True):
    """A copy of the queue and the counters, to be rolled forward and thrown away."""

    now_s: float
    order: Order
    desks: list[Desk]
    waiting: list[Standing]
    arrivals: list[Arrival]
    """In order of time."""
    needs_s: Mapping[ProcedureCode, float]
    """Mean transaction time at a counter that is best at it, with a clerk of usual speed."""
    dossiers: Mapping[TicketId, int] = {}
    """Where it is not one. Nobody with 0 takes time: a question put to the queue, not a visit."""
    again: Sequence[Standing] = ()
    """Who waits again after being called: sent on to another counter, or back after a missed
    call. They join in turn, a share of those that are called."""
    again_share: float = 0.0
    no_show_share: float = 0.05
    time_cv: float = 0.7
    """Standard deviation of a procedure's transaction times over their mean."""

    def is_reachable(self, standing: Standing) -> bool:
        """Whether any counter of the hall may call the ticket."""
        return any(desk.seat.level_of(standing) is not None for desk in self.desks)
