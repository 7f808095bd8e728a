"""Scenarios for tests, small enough to be quick."""

import json
from typing import Any

from counters.simulation.scenario import Scenario
from counters.simulation.scenario_file import scenarios_of
from queue_server.scenarios import bench_scenarios


def bench(name: str) -> Scenario:
    """A scenario of the bench centre."""
    return next(each for each in bench_scenarios() if each.name == name)


def small_file(**changes: Any) -> dict[str, Any]:
    """A whole scenario file of two fields and three counters, with changes."""
    usual = {
        "open": "08:00",
        "last_ticket": "11:30",
        "close": "12:00",
        "fields": ["land", "civil"],
        "procedure_means_min": [[10.0, 20.0], [5.0, 8.0]],
        "service_cv": 0.7,
        "field_share": [0.4, 0.6],
        "within_field_share": [0.7, 0.3],
        "arrival_profile_30min": [1, 2, 3, 3, 2, 1, 1],
        "day_gamma_cv": 0.08,
        "field_gamma_cv": 0.15,
        "p_appointment": 0.1,
        "p_priority": 0.08,
        "p_noshow": 0.05,
        "p_return_after_noshow": 0.4,
        "return_delay_min": [5, 20],
        "noshow_desk_min": 0.75,
        "p_transfer": 0.06,
        "p_transfer_other_field": 0.7,
        "active": [["land"], ["civil"], ["civil", "land"]],
        "trained": [["land", "civil"], ["civil"], ["civil", "land"]],
        "level_slowdown": [1.0, 1.1, 1.2],
        "clerk_factor": [1.0, 0.9, 1.1],
        "breaks": [[[570, 580]], [[580, 590]], []],
        "visitors_per_day": 60,
    }
    return {**usual, **changes}


def small(**changes: Any) -> Scenario:
    """The small file as a scenario."""
    (scenario,) = scenarios_of(json.dumps(small_file(**changes)).encode(), name="small")
    return scenario
