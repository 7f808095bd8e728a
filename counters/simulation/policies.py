"""Orders to compare, each with what its counters serve. Sources: routing study §1.1, §2.3."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec import Struct

from counters.routing.choice import order_of
from counters.routing.parameters import TYPICAL_TARGET_S, Parameters
from counters.routing.standing import APPOINTMENT, PRIORITY, TRANSFERRED, WALK_IN
from counters.simulation.bare_hall import BareHall
from counters.simulation.dedicated import dedicated
from counters.simulation.engine import Conditions, Engine, FreeChoice
from counters.simulation.outcome import Outcome
from counters.simulation.plans import CounterPlan, plan_of, plans_of
from counters.simulation.scenario import Scenario
from counters.simulation.turns import Rules
from counters.simulation.visits import PRIORITY_CLASS, Visit
from queue_server.core.configuration import Level, PriorityClass
from queue_server.core.errors import InvalidValue
from queue_server.core.routing_rules import RoutingMode, RoutingRules


class Policy(Struct, frozen=True, kw_only=True):
    """An order and what the counters serve under it."""

    name: str
    summary: str
    routing: RoutingRules
    plans: Callable[[Scenario], tuple[CounterPlan, ...]]
    free_choice: FreeChoice = FreeChoice.LEAST_BUSY


def active(scenario: Scenario) -> tuple[CounterPlan, ...]:
    """Counters serve their active fields alone."""
    return plans_of(scenario, is_trained=False)


def trained(scenario: Scenario) -> tuple[CounterPlan, ...]:
    """Counters serve whatever their clerk is trained for."""
    return plans_of(scenario, is_trained=True)


def pooled(scenario: Scenario) -> tuple[CounterPlan, ...]:
    """Counters serve everything, each as what it is best at."""
    everything = {field.id: Level.PRIMARY for field in scenario.fields}
    return tuple(plan_of(scenario, post, everything) for post in scenario.posts)


def _rules(
    strategy: str = "graded_levels", mode: RoutingMode = RoutingMode.STANDARD
) -> RoutingRules:
    return RoutingRules(strategy=strategy, mode=mode)


_OTHERS = FreeChoice.LONGEST_FREE
"""What other systems do with several free counters."""

_ALL: Final = (
    Policy(
        name="a",
        summary="each counter one field, longest waiting",
        routing=_rules("longest_waiting"),
        plans=dedicated,
        free_choice=_OTHERS,
    ),
    Policy(
        name="b",
        summary="longest waiting, active fields",
        routing=_rules("longest_waiting"),
        plans=active,
        free_choice=_OTHERS,
    ),
    Policy(
        name="c",
        summary="priority, then longest waiting, active fields",
        routing=_rules("strict_priority"),
        plans=active,
        free_choice=_OTHERS,
    ),
    Policy(
        name="d",
        summary="accumulating priority, active fields",
        routing=_rules("accumulating_priority"),
        plans=active,
        free_choice=_OTHERS,
    ),
    Policy(
        name="c+",
        summary="priority, then longest waiting, all trained fields",
        routing=_rules("strict_priority"),
        plans=trained,
        free_choice=_OTHERS,
    ),
    Policy(
        name="R0",
        summary="graded index, active fields",
        routing=_rules(),
        plans=active,
    ),
    Policy(
        name="D1",
        summary="graded index, all trained fields (standard)",
        routing=_rules(),
        plans=trained,
    ),
    Policy(
        name="D2",
        summary="graded index, equal",
        routing=_rules(mode=RoutingMode.EQUAL),
        plans=trained,
    ),
    Policy(
        name="D3",
        summary="graded index, fast",
        routing=_rules(mode=RoutingMode.FAST),
        plans=trained,
    ),
    Policy(
        name="L1",
        summary="graded lines: the first of a line claims for the next ones too",
        routing=RoutingRules(
            strategy="graded_lines",
            length_exponent=1,
            long_wait_gain_s=900,
            secondary_weight=0.5,
            back_up_weight=0.2,
            least_priority_head_start_s=9000,
        ),
        plans=trained,
        free_choice=FreeChoice.BEST_LEVEL,
    ),
    Policy(
        name="g",
        summary="bound: every counter is at its best in everything",
        routing=_rules("longest_waiting"),
        plans=pooled,
        free_choice=_OTHERS,
    ),
)
POLICIES: Final[Mapping[str, Policy]] = {policy.name: policy for policy in _ALL}


def policy_of(name: str) -> Policy:
    """The policy of that name.

    Raises:
        InvalidValue: There is none; the message names the known ones.
    """
    found = POLICIES.get(name)
    if found is None:
        message = f"expected a policy of {', '.join(POLICIES)}, got {name!r}"
        raise InvalidValue(message)
    return found


def rules_of(scenario: Scenario, routing: RoutingRules) -> Rules:
    """The order as the scenario's tickets meet it."""
    order = order_of(routing)
    usual = PriorityClass(id=PRIORITY_CLASS, name={}, basis={})
    return Rules(
        order=order,
        clocks=clocks_of(order.parameters, (usual,)),
        factors={
            code: (scenario.reference_s / load.mean_s) ** order.parameters.length_exponent
            * (TYPICAL_TARGET_S / load.target_s)
            for code, load in scenario.procedures.items()
        },
    )


def clocks_of(
    parameters: Parameters, classes: Iterable[PriorityClass]
) -> dict[str, tuple[float, float]]:
    """Rate and head start of each line."""
    least_s = parameters.least_priority_head_start_s
    clocks = {
        WALK_IN: (1.0, 0.0),
        TRANSFERRED: (1.0, parameters.transfer_credit_s),
        APPOINTMENT: (parameters.appointment_rate, parameters.appointment_head_start_s),
    }
    clocks |= {PRIORITY + each.id: (each.rate, max(each.head_start_s, least_s)) for each in classes}
    return clocks


def simulate(scenario: Scenario, visits: Iterable[Visit], policy: Policy, seed: int = 0) -> Outcome:
    """The day under the policy, on the bare order."""
    rules = rules_of(scenario, policy.routing)
    conditions = Conditions(
        rules=rules,
        free_choice=policy.free_choice,
        slowdown=scenario.slowdown,
        noshow_s=scenario.noshow_s,
        seed=seed,
    )
    return Engine(visits, policy.plans(scenario), BareHall(rules), conditions).run()
