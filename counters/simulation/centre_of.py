"""A scenario as a centre that the live core can run, and the order as that centre has it."""

from datetime import time
from math import ceil
from typing import Final

from counters.routing.choice import order_of
from counters.routing.parameters import Parameters
from counters.routing.standing import factor_of
from counters.simulation.plans import CounterPlan, Levels
from counters.simulation.policies import clocks_of
from counters.simulation.scenario import Scenario
from counters.simulation.turns import Rules
from counters.simulation.visits import PRIORITY_CLASS
from queue_server.core.centre import Centre
from queue_server.core.configuration import (
    CentreConfiguration,
    Counter,
    Field,
    Level,
    OpeningHours,
    PriorityClass,
    Procedure,
    Series,
    Session,
    WorkProfile,
    Zone,
)
from queue_server.core.hours import WEEKDAYS
from queue_server.core.identifiers import CentreId, Language, ZoneId
from queue_server.core.routing_rules import RoutingRules

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZĐ"
"""A series has one letter: so many fields a centre can have."""
ZONE: Final = ZoneId("hall")
LAST_NUMBER: Final = 9999
CENTRE: Final = CentreId("simulated")


def centre_of(
    scenario: Scenario, plans: tuple[CounterPlan, ...], routing: RoutingRules
) -> CentreConfiguration:
    """The centre in which the scenario's days happen."""
    session = Session(
        opens=_time(scenario.opens_s),
        tickets_until=_time(scenario.last_ticket_s),
        closes=_time(scenario.closes_s),
    )
    fields = [
        Field(
            id=field.id,
            name={"vi": field.id},
            series=Series(letter=LETTERS[index], last=LAST_NUMBER),
            zone=ZONE,
        )
        for index, field in enumerate(scenario.fields)
    ]
    return CentreConfiguration(
        id=CENTRE,
        name={"vi": scenario.name},
        timezone="UTC",
        languages=(Language("vi"),),
        hours=OpeningHours(weekdays=dict.fromkeys(WEEKDAYS, (session,))),
        zones={ZONE: Zone(id=ZONE, name={"vi": "Hall"})},
        fields={field.id: field for field in fields},
        procedures={
            code: Procedure(
                code=code,
                field=load.field,
                name={"vi": code},
                mean_transaction_time_s=max(1, round(load.mean_s)),
                target_waiting_time_s=round(load.target_s),
            )
            for code, load in scenario.procedures.items()
        },
        counters={plan.id: _counter(scenario, plan) for plan in plans},
        priority_classes={
            PRIORITY_CLASS: PriorityClass(
                id=PRIORITY_CLASS, name={"vi": "Ưu tiên"}, basis={"vi": "Luật"}
            )
        },
        routing=routing,
    )


def clocks_of_centre(
    configuration: CentreConfiguration, parameters: Parameters
) -> dict[str, tuple[float, float]]:
    """Rate and head start of each line of the centre."""
    return clocks_of(parameters, configuration.priority_classes.values())


def rules_of_centre(centre: Centre) -> Rules:
    """The order the centre has, with its own times, classes and targets."""
    order = order_of(centre.facts.routing)
    known = (*centre.facts.procedures, *centre.retired_procedures)
    return Rules(
        order=order,
        clocks=clocks_of_centre(centre.facts, order.parameters),
        factors={code: factor_of(centre, code, order.parameters) for code in known},
    )


def profile_of(levels: Levels) -> WorkProfile:
    """What the counter serves, as a work profile."""
    return WorkProfile(procedures=levels)


def _counter(scenario: Scenario, plan: CounterPlan) -> Counter:
    """The counter with what it serves first; one that never opens serves what is first of all."""
    first = next((each.levels for each in plan.stretches if each.levels), None)
    levels = first or {next(iter(scenario.procedures)): Level.BACK_UP}
    return Counter(
        id=plan.id,
        number=plan.id,
        zone=ZONE,
        profile=profile_of(levels),
        languages=plan.languages,
    )


def _time(seconds: float) -> time:
    minutes = min(ceil(seconds / 60), 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)
