"""What is wrong with a centre's routing rules; the centre file and the manager go through it."""

from collections.abc import Collection, Iterator

from queue_server.core.configuration_ranges import ROUTING
from queue_server.core.routing_rules import RoutingRules


def routing_problems(
    routing: RoutingRules, known_strategies: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Key and reason of each problem.

    Args:
        routing: The rules.
        known_strategies: Names that the strategy may have; empty checks no name.
    """
    if known_strategies and routing.strategy not in known_strategies:
        reason = f"expected one of {', '.join(known_strategies)}, got {routing.strategy!r}"
        yield "routing.strategy", reason
    secondary, back_up = routing.secondary_weight, routing.back_up_weight
    if not 0 < back_up <= secondary <= 1:
        reason = "expected 0 < back_up_weight ≤ secondary_weight ≤ 1"
        yield "routing", f"{reason}, got {back_up} and {secondary}"
    for name, (lowest, highest) in ROUTING.items():
        value = getattr(routing, name)
        if value is not None and not lowest <= value <= highest:
            yield f"routing.{name}", f"expected {lowest} to {highest}, got {value}"
