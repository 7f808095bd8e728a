"""The order of calls against what other systems do, on days it was not tuned on.

Every policy sees the same visits (common random numbers). Scenarios of the bench centre: seeds
200 to 219; the forty other centres: three days each. `run_files` takes scenario files instead.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import Final

from msgspec import Struct

from counters.simulation.core_day import CoreDay
from counters.simulation.day import day_of
from counters.simulation.figures import DayFigures, Figures, day_figures, figures_of
from counters.simulation.policies import POLICIES, Policy, simulate
from counters.simulation.scenario import Scenario
from queue_server.scenarios import bench_scenarios, random_scenarios, read_scenarios
from tests.benchmarks.report import Report, load_average
from tests.benchmarks.routing_gates import GATES, Gates, Verdict, verdicts

SEEDS: Final = range(200, 220)
RANDOM_SEEDS: Final = range(200, 203)
OWN, BETTER, USUAL, BOUND = "D1", "L1", "c", "g"
HEADING = (
    "scenario and policy", "mean", "P50", "P90", "P95", "max", "≤15 %", "prio", "prioP90", "appt",
    "skips", "occ sd", "worst", "overtime", "×g", "×c",
)  # fmt: skip


class Run(Struct, frozen=True):
    """The figures of each policy, and the processor time of a day per 1,000 visits."""

    name: str
    figures: Mapping[str, Figures]
    ms_per_1000: float


async def run() -> Report:
    """All scenarios and centres."""
    runs = [run_of(each.name, (each,), SEEDS) for each in bench_scenarios()]
    runs.append(run_of("random 40", random_scenarios(), RANDOM_SEEDS))
    return report_of(runs)


async def run_files(files: Sequence[Path]) -> Report:
    """The scenarios of files; one with the name of ours is held to its gates."""
    runs = [
        run_of(scenario.name, (scenario,), SEEDS)
        for file in files
        for scenario in read_scenarios(file)
    ]
    return report_of(runs)


def run_of(name: str, scenarios: Sequence[Scenario], seeds: Iterable[int]) -> Run:
    """Every policy on every day, spread over the processors."""
    with get_context("fork").Pool() as pool:
        parts = pool.map(partial(_one_day, scenarios), _tasks(scenarios, seeds), chunksize=4)
    figures = {policy: figures_of([days[policy] for days, _, _ in parts]) for policy in POLICIES}
    spent_s, visits = sum(part[1] for part in parts), sum(part[2] for part in parts)
    return Run(name, figures, spent_s / visits * 1e6)


def _tasks(scenarios: Sequence[Scenario], seeds: Iterable[int]) -> list[tuple[int, int]]:
    return [(index, seed) for index in range(len(scenarios)) for seed in seeds]


def _one_day(
    scenarios: Sequence[Scenario], task: tuple[int, int]
) -> tuple[dict[str, DayFigures], float, int]:
    """A day's figures by policy, processor seconds of the own policy, and its visits."""
    index, seed = task
    scenario = scenarios[index]
    visits = day_of(scenario, seed)
    days, spent_s = {}, 0.0
    for name, policy in POLICIES.items():
        began = process_time()
        outcome = simulate(scenario, visits, policy, seed)
        if name == OWN:
            spent_s = process_time() - began
        days[name] = day_figures(scenario.closes_s, outcome)
    return days, spent_s, len(visits)


def report_of(runs: Sequence[Run]) -> Report:
    """The table of the study, with a line of gates under each scenario."""
    rows: list[Sequence[str]] = []
    found: dict[str, float] = {}
    missed: list[str] = []
    for each in runs:
        rows += [_row(each, policy) for policy in POLICIES]
        for policy in (OWN, BETTER):
            gates = _verdicts(each, policy)
            rows += [_gate_row(each, policy, verdict) for verdict in gates]
            own = {f"{each.name} {policy} {verdict.gate}": verdict for verdict in gates}
            found |= {key: verdict.found for key, verdict in own.items()}
            missed += [key for key, verdict in own.items() if not verdict.is_met]
        found[f"{each.name} ms per 1,000 visits"] = each.ms_per_1000
    slowest = max(each.ms_per_1000 for each in runs)
    core_ms = max(core_ms_per_1000(scenario) for scenario in bench_scenarios())
    found["core ms per 1,000 visits"] = core_ms
    if slowest > MS_PER_1000:
        missed.append("speed")
    if core_ms > CORE_MS_PER_1000:
        missed.append("speed of the core")
    text = f"missed: {', '.join(missed)}" if missed else "every gate"
    return Report(
        name="routing",
        heading=HEADING,
        rows=rows,
        figures=found,
        aim=f"every gate; 1,000 visits in {MS_PER_1000:.0f} ms, by the core {CORE_MS_PER_1000:.0f}",
        is_met=not missed,
        found=f"{text}; 1,000 visits in {slowest:.0f} ms at most, by the core in {core_ms:.0f}",
        load_average=load_average(),
    )


MS_PER_1000: Final = 50.0
CORE_MS_PER_1000: Final = 200.0
"""Processor time of a day by the bare order, and as commands through the live core."""


def core_ms_per_1000(scenario: Scenario) -> float:
    """Processor time of the scenario's day 200 through `decide` and `apply`; the better of two."""
    visits = day_of(scenario, SEEDS[0])
    spent_s = []
    for _ in range(2):
        day = CoreDay(scenario, visits, POLICIES[OWN], SEEDS[0])
        began = process_time()
        day.run()
        spent_s.append(process_time() - began)
    return min(spent_s) / len(visits) * 1e6


def _verdicts(each: Run, policy: str) -> list[Verdict]:
    gates = GATES.get(each.name, Gates())
    return verdicts(gates, *(each.figures[name] for name in (policy, USUAL, BOUND)))


def _gate_row(each: Run, policy: str, verdict: Verdict) -> Sequence[str]:
    return [f"{each.name} {policy} gate {verdict}", *[""] * (len(HEADING) - 1)]


def _row(each: Run, name: str) -> Sequence[str]:
    policy: Policy = POLICIES[name]
    own, usual, bound = (each.figures[policy] for policy in (name, USUAL, BOUND))
    numbers = (
        own.mean, own.p50, own.p90, own.p95, own.max, own.within_15, own.priority,
        own.priority_p90, own.appointment,
    )  # fmt: skip
    more = (own.occupancy_sd, own.worst_field, own.overtime)
    ratios = (own.mean / bound.mean if bound.mean else 0.0, own.mean / usual.mean)
    return [
        f"{each.name} {name} {policy.summary}"[:64],
        *(f"{number:.1f}" for number in numbers),
        f"{own.overtakes:.2f}",
        *(f"{number:.1f}" for number in more),
        *(f"{ratio:.2f}" for ratio in ratios),
    ]
