"""Arms on the same days: nothing changed, and each change; the answer to "what if"."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from counters.simulation.cases import Case
from counters.simulation.changes import Ground, apply_changes, parse_changes
from counters.simulation.comparison import Arm, arm_of
from counters.simulation.day import day_of
from counters.simulation.figures import DayFigures, day_figures
from counters.simulation.outcome import Outcome
from counters.simulation.plans import CounterPlan
from counters.simulation.present import Present
from counters.simulation.rest import run_rest
from counters.simulation.visits import Visit

UNCHANGED = "as it is"
RunDay = Callable[[tuple[CounterPlan, ...], int], Outcome]
"""Runs the day with that seed on those plans."""


class Experiment(Struct, frozen=True):
    """Days that can be run with other plans."""

    ground: Ground
    closes_s: float
    run: RunDay


def of_case(case: Case) -> Experiment:
    """Whole days; each is drawn once for all arms."""
    drawn: dict[int, tuple[Visit, ...]] = {}

    def run(plans: tuple[CounterPlan, ...], seed: int) -> Outcome:
        if seed not in drawn:
            drawn.clear()
            drawn[seed] = day_of(case.scenario, seed)
        return case.run(drawn[seed], plans, seed)

    return Experiment(case.ground, case.scenario.closes_s, run)


def of_present(ground: Ground, present: Present) -> Experiment:
    """The rest of a live centre's day."""

    def run(plans: tuple[CounterPlan, ...], seed: int) -> Outcome:
        return run_rest(present, seed, plans)

    return Experiment(ground, present.closes_s, run)


def compare(
    experiment: Experiment, changes: Sequence[str], seeds: Sequence[int]
) -> tuple[Arm, ...]:
    """The arms: unchanged, then each change, paired with it day by day.

    Raises:
        InvalidValue: A change cannot be understood or made; nothing is run then.
    """
    days = list(days_of(experiment, changes, seeds))
    return arms_of(changes, days)


def days_of(
    experiment: Experiment, changes: Sequence[str], seeds: Sequence[int]
) -> Iterator[tuple[DayFigures, ...]]:
    """Day by day the figures of each arm, the unchanged first; lets a caller show progress."""
    ground = experiment.ground
    parsed = [parse_changes(text, ground) for text in changes]
    for each in parsed:
        apply_changes(each, ground, 0)
    for seed in seeds:
        plans = [ground.plans, *(apply_changes(each, ground, seed) for each in parsed)]
        yield tuple(day_figures(experiment.closes_s, experiment.run(each, seed)) for each in plans)


def arms_of(changes: Sequence[str], days: Sequence[tuple[DayFigures, ...]]) -> tuple[Arm, ...]:
    """The days' figures by arm."""
    base = [each[0] for each in days]
    others = [
        arm_of(text, [each[index] for each in days], base) for index, text in enumerate(changes, 1)
    ]
    return (arm_of(UNCHANGED, base), *others)
