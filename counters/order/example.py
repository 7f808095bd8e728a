"""The live worked example: who could be called at a counter now, and what each one claims."""

from datetime import datetime

from msgspec.structs import replace

from counters.order.values import Claimant, Example
from counters.routing.reasons import GRADED, GRADED_LINES, class_in
from counters.routing.router import StrategyRouter
from counters.routing.standing import PRIORITY
from queue_server.core.centre import Centre
from queue_server.core.configuration import Level
from queue_server.core.events import Candidate
from queue_server.core.identifiers import CounterId
from queue_server.core.routing_rules import RoutingRules


def under(centre: Centre, routing: RoutingRules) -> Centre:
    """The centre as if its order were this one; the centre itself is not changed."""
    return replace(centre, configuration=replace(centre.facts, routing=routing))


def example(centre: Centre, counter: CounterId, at: datetime) -> Example:
    """The candidates of the counter at that instant, largest claim first."""
    choice = StrategyRouter().choose(centre, counter, at)
    candidates = () if choice is None else choice.candidates
    equals = equals_in(candidates, centre.facts.routing.draw_window_s)
    claimants = tuple(
        _claimant(centre, candidate, is_first=place < equals)
        for place, candidate in enumerate(candidates)
    )
    return Example(counter=counter, at=at, equals=equals, claimants=claimants)


def equals_in(candidates: tuple[Candidate, ...], window_s: float) -> int:
    """How many would be drawn from; 1 where nothing is drawn."""
    if not candidates or window_s <= 0:
        return min(len(candidates), 1)
    return sum(each.claim_s >= candidates[0].claim_s - window_s for each in candidates)


def _claimant(centre: Centre, candidate: Candidate, *, is_first: bool) -> Claimant:
    ticket = centre.ticket(candidate.ticket)
    claimed = class_in(candidate.line)
    known = None if claimed is None else centre.facts.priority_classes.get(claimed)
    return Claimant(
        number=ticket.number,
        procedure=centre.procedure(ticket.procedure).name,
        waited_s=candidate.waited_s,
        clock_s=candidate.clock_s,
        line=PRIORITY.strip() if candidate.line.startswith(PRIORITY) else candidate.line,
        priority_class=known.name if known else {},
        level=candidate.level or Level.PRIMARY,
        weight=candidate.weight,
        length=candidate.length,
        urgency=candidate.urgency,
        long_wait_s=_long_wait_s(centre, candidate),
        claim_s=candidate.claim_s,
        is_first=is_first,
    )


def _long_wait_s(centre: Centre, candidate: Candidate) -> float:
    """What of the claim is not clock × weight × length × urgency."""
    if centre.facts.routing.strategy not in {GRADED, GRADED_LINES} or candidate.clock_s < 0:
        return 0.0
    product = candidate.clock_s * candidate.weight * candidate.length * candidate.urgency
    return max(round(candidate.claim_s - product, 0), 0.0)
