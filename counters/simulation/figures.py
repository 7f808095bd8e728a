"""Figures of simulated days: waits, fairness, work. Waits in minutes, as people say them.

A wait is that of one transaction: from arrival (of an appointment: from its hour), or from the
transfer, to the call. The wait of somebody who missed a call counts up to that call. Whoever was
never called counts as waiting until closing time.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from statistics import fmean, pstdev

from msgspec import Struct

from counters.estimates.table import quantile as quantile_of_ordered
from counters.routing.standing import WALK_IN
from counters.simulation.outcome import Outcome
from counters.simulation.scenario import Scenario
from counters.simulation.turns import Turn
from queue_server.core.identifiers import FieldId

MINUTE_S = 60.0
HALF_HOUR_S = 1800.0
WITHIN_MIN = 15.0


class DayFigures(Struct, kw_only=True):
    """One day. Waits in minutes, in no order."""

    waits: list[float] = []
    priority_waits: list[float] = []
    appointment_waits: list[float] = []
    field_waits: dict[FieldId, list[float]] = {}
    half_hour_waits: dict[int, list[float]] = {}
    """By the half hour of the day in which the wait began, counted from midnight."""
    overtakes: int
    """How often a later number of a series was called before an earlier one (walk-ins)."""
    walk_ins: int
    occupancies: list[float]
    """Share of its open time in which each counter was busy."""
    overtime_min: float
    unserved: int

    @property
    def mean(self) -> float:
        """Mean wait."""
        return fmean(self.waits) if self.waits else 0.0

    @property
    def p90(self) -> float:
        """What nine of ten did not exceed."""
        return quantile(self.waits, 0.9)

    @property
    def within_15(self) -> float:
        """Percentage of waits of at most a quarter of an hour."""
        return percentage_within(self.waits, WITHIN_MIN)

    @property
    def worst_field(self) -> float:
        """Mean wait of the field that waited longest."""
        return max((fmean(waits) for waits in self.field_waits.values()), default=0.0)


class Figures(Struct, frozen=True, kw_only=True):
    """Several days. Waits in minutes."""

    days: int
    visits: float
    """A day."""
    mean: float
    p50: float
    p90: float
    p95: float
    max: float
    """Mean of the days' longest waits."""
    within_15: float
    """Percentage of waits of at most a quarter of an hour."""
    priority: float
    priority_p90: float
    appointment: float
    overtakes: float
    """Per walk-in."""
    occupancy_sd: float
    """Spread of the counters' occupancy in points."""
    worst_field: float
    overtime: float
    """After closing time, in minutes a day."""
    unserved: float
    """A day."""


def day_figures(scenario_closes_s: float, outcome: Outcome) -> DayFigures:
    """The figures of a day that closes at the instant."""
    overtakes, walk_ins = overtakes_of(outcome)
    day = DayFigures(
        overtakes=overtakes,
        walk_ins=walk_ins,
        occupancies=[each.busy_s / each.open_s for each in outcome.worked if each.open_s > 0],
        overtime_min=max(0.0, outcome.ended_s - scenario_closes_s) / MINUTE_S,
        unserved=len(outcome.unserved),
    )
    for call in outcome.calls:
        if not call.turn.is_return:
            _add(day, call.turn, call.waited_s / MINUTE_S)
    for turn in outcome.unserved:
        _add(day, turn, max(0.0, scenario_closes_s - turn.joined_s) / MINUTE_S)
    return day


def _add(day: DayFigures, turn: Turn, waited: float) -> None:
    visit = turn.visit
    day.waits.append(waited)
    day.field_waits.setdefault(visit.legs[turn.leg].field, []).append(waited)
    half_hour = int(turn.joined_s // HALF_HOUR_S)
    day.half_hour_waits.setdefault(half_hour, []).append(waited)
    if visit.priority_class is not None:
        day.priority_waits.append(waited)
    elif visit.slot_s is not None:
        day.appointment_waits.append(waited)


def overtakes_of(outcome: Outcome) -> tuple[int, int]:
    """How often a walk-in of a series was called after a later one, and how many walk-ins."""
    called: dict[FieldId, list[int]] = {}
    overtakes = walk_ins = 0
    for call in outcome.calls:
        turn = call.turn
        if turn.standing.line != WALK_IN or turn.is_return:
            continue
        series = called.setdefault(turn.standing.series, [])
        overtakes += len(series) - bisect_right(series, turn.visit.id)
        insort(series, turn.visit.id)
        walk_ins += 1
    return overtakes, walk_ins


def figures_of(days: Sequence[DayFigures]) -> Figures:
    """The days together: waits are pooled, what is a day's own is averaged."""
    waits = [wait for day in days for wait in day.waits]
    priority = [wait for day in days for wait in day.priority_waits]
    appointment = [wait for day in days for wait in day.appointment_waits]
    walk_ins = sum(day.walk_ins for day in days)
    return Figures(
        days=len(days),
        visits=len(waits) / len(days),
        mean=fmean(waits) if waits else 0.0,
        p50=quantile(waits, 0.5),
        p90=quantile(waits, 0.9),
        p95=quantile(waits, 0.95),
        max=fmean(max(day.waits, default=0.0) for day in days),
        within_15=percentage_within(waits, WITHIN_MIN),
        priority=fmean(priority) if priority else 0.0,
        priority_p90=quantile(priority, 0.9),
        appointment=fmean(appointment) if appointment else 0.0,
        overtakes=sum(day.overtakes for day in days) / walk_ins if walk_ins else 0.0,
        occupancy_sd=fmean(100 * pstdev(day.occupancies or [0.0]) for day in days),
        worst_field=fmean(day.worst_field for day in days),
        overtime=fmean(day.overtime_min for day in days),
        unserved=fmean(day.unserved for day in days),
    )


def quantile(values: Iterable[float], share: float) -> float:
    """The value that this share does not exceed, by linear interpolation; 0 of nothing."""
    ordered = sorted(values)
    return quantile_of_ordered(ordered, share) if ordered else 0.0


def percentage_within(values: Sequence[float], limit: float) -> float:
    """Percentage of the values that are not above the limit; 100 of nothing."""
    if not values:
        return 100.0
    return 100 * sum(value <= limit for value in values) / len(values)


def scenario_figures(scenario: Scenario, outcomes: Iterable[Outcome]) -> Figures:
    """Figures of the scenario's days."""
    return figures_of([day_figures(scenario.closes_s, outcome) for outcome in outcomes])
