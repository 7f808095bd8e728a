"""``queue-server simulate``: what would a change do? Whole days, in pairs, on the live order."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import replace
from rich.console import Console
from rich.progress import Progress

from config.centre_file import load_centre
from config.settings import Settings
from counters.simulation.cases import Case, case_of_centre, case_of_scenario
from counters.simulation.comparison import Arm
from counters.simulation.expectation import (
    DayExpectation,
    scaled,
    since_midnight,
    usual_expectation,
)
from counters.simulation.experiment import arms_of, days_of, of_case
from counters.simulation.figures import DayFigures
from counters.simulation.policies import policy_of
from queue_server.archive.database import open_database, reading
from queue_server.archive.demand import demand_of, seen_on
from queue_server.clock import clock_in
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.errors import InvalidValue
from queue_server.core.hours import local_time
from queue_server.places import Places
from queue_server.scenarios import scenario_named
from queue_server.simulate_report import show

TODAY: Final = "today"
STANDARD: Final = "D1"
WIDTH: Final = 110


def simulate(settings: Settings, arguments: Namespace) -> int:
    """Run the days and show each arm against the first.

    Raises:
        InvalidValue: The scenario, the policy or a change cannot be used.
    """
    case, title = _case(settings, arguments.scenario, arguments.policy)
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


def _case(settings: Settings, name: str, policy: str | None) -> tuple[Case, str]:
    if name != TODAY:
        scenario = scenario_named(name)
        chosen = policy_of(policy or STANDARD)
        return case_of_scenario(
            scenario, chosen
        ), f"{scenario.name}, policy {chosen.name}: {chosen.summary}"
    configuration = load_centre(settings.centre.centre_file)
    if policy is not None:
        routing = policy_of(policy).routing
        configuration = replace(configuration, routing=routing)
    now = clock_in(Places(settings.store.data_folder).clock).now()
    expectation, source = expected_today(settings, configuration, now)
    return case_of_centre(configuration, now, expectation), f"{configuration.id} today, {source}"


def expected_today(
    settings: Settings, configuration: CentreConfiguration, now: datetime
) -> tuple[DayExpectation, str]:
    """What such a day is like: the same weekday of the last four weeks, scaled to today so far.

    Without records of such a day it is a rough guess from the configuration.
    """
    usual = usual_expectation(configuration, now)
    rough = "visits guessed from the configuration"
    places = Places(settings.store.data_folder)
    if not places.folder.is_dir():
        return usual, rough
    try:
        engine = open_database(places.database_url(settings))
        with reading(engine) as connection:
            day = local_time(configuration, now).date()
            found = demand_of(connection, configuration.id, day, configuration.timezone)
            seen = seen_on(connection, configuration.id, day)
        engine.dispose()
    except InvalidValue:
        return usual, rough
    if found is None:
        return usual, rough
    known = replace(
        usual, arrivals=found.arrivals, mix=found.mix, priority_share=found.priority_share
    )
    source = f"as on {found.days} earlier days of this weekday"
    if not seen:
        return known, source
    today = scaled(known, seen, since_midnight(configuration, now))
    return today, f"{source}, scaled to the {sum(seen.values())} visits so far"
