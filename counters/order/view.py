"""The view `order`: in which order numbers are called, for managers. Its subject is a counter."""

from typing import Final

from counters.order.example import example
from counters.order.values import (
    CounterChoice,
    DrawOfDay,
    Example,
    ModeNumbers,
    OrderView,
    PriorityClock,
)
from counters.routing.eligibility import present_seat
from counters.routing.parameters import parameters_of
from counters.routing.standing import clock_of
from counters.routing.strategies import STRATEGIES
from queue_server.accounts.principal import Principal
from queue_server.api.access import manager
from queue_server.core.centre import Centre
from queue_server.core.configuration_ranges import ROUTING
from queue_server.core.counter import CounterState
from queue_server.core.identifiers import CounterId
from queue_server.core.routing_rules import RoutingMode, RoutingRules
from queue_server.hub.outlook import Outlook
from queue_server.hub.views import ViewKind

PACE_S: Final = 1.0
WEIGHTS: Final = {"secondary_weight": (0.01, 1.0), "back_up_weight": (0.01, 1.0)}


def order(centre: Centre, subject: str, outlook: Outlook) -> OrderView:
    """The order in force, with the candidates of the counter; "" takes one that has some."""
    facts = centre.configuration
    if facts is None:
        return OrderView(centre=centre.id, is_configured=False)
    counters = tuple(_choice(centre, counter) for counter in centre.counters.values())
    return OrderView(
        centre=centre.id,
        is_configured=True,
        routing=facts.routing,
        modes={mode: _numbers(mode) for mode in RoutingMode},
        strategies=tuple(STRATEGIES),
        ranges={**{name: (float(a), float(b)) for name, (a, b) in ROUTING.items()}, **WEIGHTS},
        priority_classes=_clocks(centre),
        counters=counters,
        example=_example(centre, subject, counters, outlook),
        draw=_draw(centre),
    )


def _example(
    centre: Centre, subject: str, counters: tuple[CounterChoice, ...], outlook: Outlook
) -> Example | None:
    """Of the counter that was asked for; else of the one with most to choose from.

    The outlook may be older than the last change: nobody has waited a negative time.
    """
    at = max(outlook.at, centre.changed_at or outlook.at)
    if subject:
        return example(centre, centre.counter(CounterId(subject)).id, at)
    if not counters:
        return None
    best = max(counters, key=lambda counter: counter.candidates)
    return example(centre, best.id, at)


def _choice(centre: Centre, counter: CounterState) -> CounterChoice:
    seat = present_seat(centre, counter)
    procedures = {ticket.procedure for ticket in centre.waiting_tickets()}
    served = sum(code in seat.levels for code in procedures)
    return CounterChoice(counter.id, centre.counter_facts(counter.id).number, served)


def _numbers(mode: RoutingMode) -> ModeNumbers:
    parameters = parameters_of(RoutingRules(mode=mode))
    return ModeNumbers(
        length_exponent=parameters.length_exponent,
        long_wait_gain_s=parameters.long_wait_gain_s,
        overtakes_allowed=parameters.overtakes_allowed,
        least_priority_head_start_s=parameters.least_priority_head_start_s,
    )


def _clocks(centre: Centre) -> tuple[PriorityClock, ...]:
    parameters = parameters_of(centre.facts.routing)
    clocks = []
    for chosen in centre.facts.priority_classes.values():
        clock = clock_of(centre, parameters, priority_class=chosen.id)
        clocks.append(
            PriorityClock(
                id=chosen.id,
                name=chosen.name,
                rate=clock.rate,
                head_start_s=clock.head_start_s,
            )
        )
    return tuple(clocks)


def _draw(centre: Centre) -> DrawOfDay | None:
    day = centre.day
    if day is None:
        return None
    return DrawOfDay(
        day=day.date,
        is_open=day.is_open,
        draw_key_hash=day.draw_key_hash,
        draw_key=day.draw_key,
    )


def may_watch_order(principal: Principal, centre: Centre, _: str) -> bool:
    """Managers of the centre."""
    return manager(principal, centre.id)


KIND = ViewKind(name="order", compute=order, may_watch=may_watch_order, pace_s=PACE_S)
