"""``queue-server simulate``: what would a change do? Whole days, in pairs, on the live order."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec.structs import replace
from rich.console import Console
from rich.progress import Progress

from config.settings import Settings
from counters.simulation.cases import Case, case_of_centre, case_of_scenario
from counters.simulation.comparison import Arm
from counters.simulation.experiment import arms_of, days_of, of_case
from counters.simulation.figures import DayFigures
from counters.simulation.policies import policy_of
from queue_server.clock import clock_in
from queue_server.places import Places
from queue_server.scenarios import scenario_named
from queue_server.simulate_report import show
from queue_server.simulate_today import as_set, expected_today, records_of

TODAY: Final = "today"
STANDARD: Final = "D1"
WIDTH: Final = 110


def simulate(settings: Settings, arguments: Namespace) -> int:
    """Run the days and show each arm against the first.

    Raises:
        InvalidValue: The scenario, the policy or a change cannot be used.
    """
    case, title = _case(settings, arguments)
    days = run_days(
        case, arguments.change, range(arguments.seed_from, arguments.seed_from + arguments.days)
    )
    arms = arms_of(arguments.change, days)
    if arguments.json:
        sys.stdout.write(as_json(title, arguments, arms) + "\n")
        return 0
    console = Console(
        record=arguments.plot is not None, width=None if sys.stdout.isatty() else WIDTH
    )
    show(console, title, arms, days=len(days), closes_s=case.scenario.closes_s)
    if arguments.plot is not None:
        console.save_svg(str(arguments.plot), title=title)
    return 0


def run_days(case: Case, changes: Sequence[str], seeds: range) -> list[tuple[DayFigures, ...]]:
    """Run the days with a bar on the terminal; none where the output is no terminal."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        return list(
            progress.track(
                days_of(of_case(case), changes, seeds), total=len(seeds), description="days"
            )
        )


def as_json(title: str, arguments: Namespace, arms: Sequence[Arm]) -> str:
    """The arms for programs; an interval that cannot be told has no half width."""
    found = {
        "scenario": title,
        "policy": arguments.policy,
        "days": arguments.days,
        "seed_from": arguments.seed_from,
        "unit": "minutes; within_15 in per cent, unserved in tickets",
        "arms": arms,
    }
    return msgspec.json.encode(found).decode()


def _case(settings: Settings, arguments: Namespace) -> tuple[Case, str]:
    name, policy = arguments.scenario, arguments.policy
    if name != TODAY:
        scenario = scenario_named(name)
        chosen = policy_of(policy or STANDARD)
        return case_of_scenario(
            scenario, chosen
        ), f"{scenario.name}, policy {chosen.name}: {chosen.summary}"
    now = clock_in(Places(settings.store.data_folder).clock).now()
    records = records_of(settings, arguments.centre, now)
    configuration = as_set(records.centre)
    if policy is not None:
        routing = policy_of(policy).routing
        configuration = replace(configuration, routing=routing)
    expectation, source = expected_today(records, now)
    return case_of_centre(configuration, now, expectation), f"{configuration.id} today, {source}"
