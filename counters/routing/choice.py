"""Who is next: the one function of the live core, the estimator and the simulator."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from counters.routing.lines import Lines
from counters.routing.parameters import Parameters, parameters_of
from counters.routing.standing import WALK_IN, Seat, Standing, place
from counters.routing.strategies import LINE_LENGTHS, STRATEGIES, Strategy, line_claim_s
from queue_server.core.configuration import Level
from queue_server.core.errors import InvalidValue
from queue_server.core.routing_rules import RoutingRules


class Claim(Struct, gc=False):
    """A candidate at a counter, with what it claims in seconds of waiting."""

    claim_s: float
    standing: Standing
    level: Level


class Order(Struct, frozen=True):
    """Which order is in force, with its numbers."""

    strategy: Strategy
    parameters: Parameters
    line_length: int = 1
    """For how many of its series the first walk-in claims; 1 for itself alone."""


Draw = Callable[[int], int]
"""Which of k equals is called, counted from 0."""


def choose(
    lines: Lines, seat: Seat, now_s: float, order: Order, draw: Draw | None = None
) -> Standing | None:
    """The ticket the counter calls, or None when nobody can be called.

    Args:
        lines: Everybody who waits; not changed.
        seat: The counter.
        now_s: The instant, in seconds since 1970.
        order: The order in force.
        draw: Draws among equals (`Parameters.draw_window_s`); None calls the first of them.
    """
    claims = claims_of(lines, seat, now_s, order)
    if not claims:
        return None
    if draw is not None and order.parameters.draw_window_s > 0:
        equals = equals_of(ranked(claims), order)
        return equals[draw(len(equals))].standing
    return min(claims, key=_rank).standing


def claims_of(lines: Lines, seat: Seat, now_s: float, order: Order) -> list[Claim]:
    """Every candidate of the counter with its claim, in no order."""
    strategy, parameters = order.strategy, order.parameters
    claims: list[Claim] = []
    for standing in lines.heads(seat, parameters.overtakes_allowed):
        level = seat.level_of(standing)
        if level is not None:
            claim_s = strategy(parameters, standing, level, now_s)
            if order.line_length > 1 and standing.line == WALK_IN and not standing.reserved_for:
                line = lines.first_of(standing.series, seat, order.line_length)
                claim_s = max(claim_s, line_claim_s(parameters, line, now_s))
            claims.append(Claim(claim_s, standing, level))
    return claims


def ranked(claims: Sequence[Claim]) -> list[Claim]:
    """Largest claim first; ties go to the earlier wait, then to the earlier issue."""
    return sorted(claims, key=_rank)


def equals_of(claims: Sequence[Claim], order: Order) -> Sequence[Claim]:
    """Those of the ranked claims that lie within the draw window of the best."""
    least_s = claims[0].claim_s - order.parameters.draw_window_s
    return [claim for claim in claims if claim.claim_s >= least_s]


def _rank(claim: Claim) -> tuple[float, tuple[float, int]]:
    return (-claim.claim_s, place(claim.standing))


def order_of(rules: RoutingRules) -> Order:
    """The order the centre's configuration names.

    Raises:
        InvalidValue: Its strategy is unknown; the message names the known ones.
    """
    strategy, parameters = STRATEGIES[require_strategy(rules.strategy)], parameters_of(rules)
    line_length = 1 if parameters.overtakes_allowed else LINE_LENGTHS.get(rules.strategy, 1)
    return Order(strategy, parameters, line_length)


def require_strategy(name: str) -> str:
    """The name, if it is a known strategy.

    Raises:
        InvalidValue: It is not; the message names the known ones.
    """
    if name not in STRATEGIES:
        message = f"expected a routing strategy of {', '.join(STRATEGIES)}, got {name!r}"
        raise InvalidValue(message)
    return name
