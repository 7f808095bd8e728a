"""A scenario's day through the live core, and through the bare order as that core has it."""

from datetime import UTC, datetime
from typing import Final

from counters.simulation.bare_hall import BareHall
from counters.simulation.centre_of import centre_of, rules_of_centre
from counters.simulation.core_hall import CoreHall
from counters.simulation.engine import Conditions, Engine
from counters.simulation.hall import Hall
from counters.simulation.outcome import Outcome
from counters.simulation.policies import Policy
from counters.simulation.scenario import Scenario
from counters.simulation.visits import Visit

MIDNIGHT: Final = datetime(2026, 11, 23, tzinfo=UTC)
"""A Monday like any other: the scenario's centre is in UTC and open every day."""


class CoreDay:
    """One day of a scenario in a centre of its own."""

    def __init__(
        self, scenario: Scenario, visits: tuple[Visit, ...], policy: Policy, seed: int = 0
    ) -> None:
        self._visits = visits
        self._plans = policy.plans(scenario)
        self.hall = CoreHall(centre_of(scenario, self._plans, policy.routing), MIDNIGHT)
        """The core with its centre and every commit."""
        self._conditions = Conditions(
            rules=rules_of_centre(self.hall.centre),
            slowdown=scenario.slowdown,
            noshow_s=scenario.noshow_s,
            free_choice=policy.free_choice,
            seed=seed,
        )

    def run(self) -> Outcome:
        """The day as commands that the core decides, commits and applies; once."""
        return self._run(self.hall)

    def run_bare(self) -> Outcome:
        """The same day on the order alone; the calls are the same, one for one."""
        return self._run(BareHall(self._conditions.rules))

    def _run(self, hall: Hall) -> Outcome:
        return Engine(self._visits, self._plans, hall, self._conditions).run()


def calls_of(outcome: Outcome) -> list[tuple[int, int, str, float]]:
    """Every call in order: visit, transaction, counter, instant."""
    return [(call.turn.visit.id, call.turn.leg, call.counter, call.at_s) for call in outcome.calls]
