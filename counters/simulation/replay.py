"""A real day through other rules: what the journal says, decided again.

`replayed` folds a day's commits and asks the order before every call whom it would have called:
with the rules of the day it names the same ticket each time; with others it shows where they
differ. `counters.simulation.recorded` lets the day go on under them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from counters.routing.router import StrategyRouter
from queue_server.core import events as e
from queue_server.core.apply import apply_event
from queue_server.core.centre import Centre
from queue_server.core.commit import Commit
from queue_server.core.identifiers import CounterId, TicketNumber
from queue_server.core.routing_rules import RoutingRules


class CallAgain(Struct, frozen=True, kw_only=True):
    """A call of the journal, and whom the rules would have called in its place."""

    at: datetime
    counter: CounterId
    called: TicketNumber
    chosen: TicketNumber | None
    """None: nobody, though somebody was called."""
    is_out_of_order: bool
    """The clerk named the ticket: the order was not asked."""

    @property
    def is_same(self) -> bool:
        """Whether the rules call the same ticket."""
        return self.called == self.chosen


def replayed(
    centre: Centre, commits: Iterable[Commit], rules: RoutingRules | None = None
) -> Iterator[CallAgain]:
    """Every call of the commits again.

    Args:
        centre: As it was before the first commit; it is folded forward, in place.
        commits: In the order of their offsets.
        rules: In place of those of the centre; None asks the rules that were in force.
    """
    router = StrategyRouter()
    for commit in commits:
        centre.offset, centre.changed_at = commit.offset, commit.at
        for event in commit.events:
            if isinstance(event, e.TicketCalled):
                yield _again(centre, commit, event, router, rules)
            apply_event(centre, event, commit.at)


def _again(
    centre: Centre,
    commit: Commit,
    event: e.TicketCalled,
    router: StrategyRouter,
    rules: RoutingRules | None,
) -> CallAgain:
    asked = _asked(centre, rules)
    choice = router.choose(asked, event.counter, commit.at)
    chosen = event.ticket if choice and _is_equal(event, choice.candidates, choice.equals) else None
    if chosen is None and choice is not None:
        chosen = choice.ticket
    return CallAgain(
        at=commit.at,
        counter=event.counter,
        called=centre.tickets[event.ticket].number,
        chosen=None if chosen is None else centre.tickets[chosen].number,
        is_out_of_order=bool(event.reason),
    )


def _asked(centre: Centre, rules: RoutingRules | None) -> Centre:
    """The centre with other rules; counters are as they are."""
    if rules is None:
        return centre
    facts = replace(centre.facts, routing=rules)
    return replace(centre, configuration=facts)


def _is_equal(event: e.TicketCalled, candidates: Sequence[Any], equals: int) -> bool:
    """Whether the call was drawn among equals that are equals now."""
    return event.equals > 1 and event.ticket in {each.ticket for each in candidates[:equals]}
