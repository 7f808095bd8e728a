"""The router the core asks for the next ticket of a counter."""

from datetime import datetime

from counters.routing.eligibility import eligible_tickets, heads_of_series, place
from counters.routing.strategies import STRATEGIES
from queue_server.core.centre import Centre
from queue_server.core.errors import InvalidValue
from queue_server.core.events import Candidate
from queue_server.core.identifiers import CounterId
from queue_server.core.protocols import Choice

LISTED_CANDIDATES = 8
"""Candidates kept with the call, best first, to answer "why was I passed?"."""


class StrategyRouter:
    """Calls by the strategy the centre's configuration names."""

    def choose(self, centre: Centre, counter: CounterId, now: datetime) -> Choice | None:
        """The candidate with the largest claim; ties go to the earlier ticket."""
        heads = heads_of_series(eligible_tickets(centre, centre.counter(counter)))
        if not heads:
            return None
        configuration = centre.facts
        claim = STRATEGIES[require_strategy(configuration.routing.strategy)]
        claims = [(claim(configuration, head, now), head.ticket) for head in heads]
        claims.sort(key=lambda scored: (-scored[0], *place(scored[1])))
        listed = tuple(
            Candidate(ticket=ticket.id, claim_s=round(score, 1))
            for score, ticket in claims[:LISTED_CANDIDATES]
        )
        return Choice(ticket=claims[0][1].id, candidates=listed)


def require_strategy(name: str) -> str:
    """The name, if it is a known strategy.

    Raises:
        InvalidValue: It is not; the message names the known ones.
    """
    if name not in STRATEGIES:
        message = f"expected a routing strategy of {', '.join(STRATEGIES)}, got {name!r}"
        raise InvalidValue(message)
    return name
