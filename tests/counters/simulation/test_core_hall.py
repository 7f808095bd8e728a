"""The live core makes the calls of the bare engine, one for one."""

from datetime import UTC, datetime

import pytest

from counters.simulation.bare_hall import BareHall
from counters.simulation.centre_of import centre_of, rules_of_centre
from counters.simulation.core_hall import CoreHall
from counters.simulation.day import day_of
from counters.simulation.engine import Conditions, Engine
from counters.simulation.hall import Hall
from counters.simulation.outcome import Outcome
from counters.simulation.policies import POLICIES, Policy
from counters.simulation.scenario import Scenario
from queue_server.core.ticket import FINISHED, TicketState
from tests.support.scenarios import bench

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


def both(scenario: Scenario, policy: Policy, seed: int) -> tuple[CoreHall, Outcome, Outcome]:
    plans, visits = policy.plans(scenario), day_of(scenario, seed)
    core = CoreHall(centre_of(scenario, plans, policy.routing), MIDNIGHT)
    rules = rules_of_centre(core.centre)
    conditions = Conditions(
        rules=rules, slowdown=scenario.slowdown, noshow_s=scenario.noshow_s, seed=seed
    )

    def run(hall: Hall) -> Outcome:
        return Engine(visits, plans, hall, conditions).run()

    return core, run(core), run(BareHall(rules))


@pytest.mark.parametrize(
    ("name", "policy", "seed"),
    [("H1000", "D1", 5), ("S350", "D1", 200), ("SURGE", "D3", 1), ("M700", "c", 2)],
)
def test_the_core_makes_the_same_calls(name: str, policy: str, seed: int) -> None:
    _, core, bare = both(bench(name), POLICIES[policy], seed)

    assert calls_of(core) == calls_of(bare)


def test_every_ticket_of_the_core_ends_exactly_once() -> None:
    hall, outcome, _ = both(bench("S350"), POLICIES["D1"], 3)

    states = [ticket.state for ticket in hall.centre.tickets.values()]
    ended = {*FINISHED, TicketState.NO_SHOW}
    assert set(states) <= ended
    assert states.count(TicketState.COMPLETED) == outcome.completed
    assert states.count(TicketState.NO_SHOW) == outcome.lost
    assert [commit.offset for commit in hall.commits] == list(range(1, len(hall.commits) + 1))


def calls_of(outcome: Outcome) -> list[tuple[int, int, str, float]]:
    return [(call.turn.visit.id, call.turn.leg, call.counter, call.at_s) for call in outcome.calls]
