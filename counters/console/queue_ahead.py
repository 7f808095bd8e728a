"""Who waits for a counter, in figures; and what its next call will be about, and why."""

from datetime import datetime

from msgspec import Struct

from counters.routing.eligibility import eligible_tickets
from counters.routing.explain import why_called
from counters.routing.reasons import ReasonKind
from counters.routing.router import StrategyRouter
from queue_server.core.centre import Centre
from queue_server.core.configuration import Level, Texts
from queue_server.core.counter import CounterState
from queue_server.core.events import TicketCalled
from queue_server.core.protocols import Choice


class Waiting(Struct, frozen=True, kw_only=True):
    """Tickets this counter may call; `reserved` of them wait for this counter alone."""

    total: int
    primary: int
    secondary: int
    back_up: int
    reserved: int
    oldest_queued_at: datetime | None


class ComesNext(Struct, frozen=True, kw_only=True):
    """What the next call will be about; never whom: nobody picks citizens or is picked."""

    procedure: Texts
    field: Texts
    why: ReasonKind
    level: Level | None
    """At which the counter serves it; the longest wait is told by it."""


def waiting_for(centre: Centre, counter: CounterState) -> Waiting:
    """How many this counter may call, by how well it serves them."""
    eligible = list(eligible_tickets(centre, counter))
    levels = [candidate.level for candidate in eligible]
    return Waiting(
        total=len(eligible),
        primary=levels.count(Level.PRIMARY),
        secondary=levels.count(Level.SECONDARY),
        back_up=levels.count(Level.BACK_UP),
        reserved=sum(candidate.ticket.reserved_for is not None for candidate in eligible),
        oldest_queued_at=min((found.ticket.queued_at for found in eligible), default=None),
    )


def comes_next(centre: Centre, counter: CounterState, at: datetime) -> ComesNext | None:
    """What the order in force would choose now; None while nobody can be called."""
    choice = StrategyRouter().choose(centre, counter.id, at)
    if choice is None:
        return None
    procedure = centre.procedure(centre.ticket(choice.ticket).procedure)
    chosen = TicketCalled(ticket=choice.ticket, counter=counter.id, candidates=choice.candidates)
    is_drawn = _will_be_drawn(centre, choice)
    reason = why_called(centre, chosen, centre.facts.routing.strategy)
    return ComesNext(
        procedure=procedure.name,
        field=centre.field(procedure.field).name,
        why=ReasonKind.DRAWN if is_drawn else reason.kind,
        level=reason.level,
    )


def _will_be_drawn(centre: Centre, choice: Choice) -> bool:
    """Whether another one is as good: then it is drawn who is called, and only then."""
    window_s = centre.facts.routing.draw_window_s
    first, *others = choice.candidates
    return bool(window_s and others and others[0].claim_s >= first.claim_s - window_s)
