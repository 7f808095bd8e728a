"""Two arms on the same days: what a change does, with an interval that says how sure it is.

Days differ far more from each other than a change makes them differ; so the arms are compared
day by day on the same visits and the interval is that of the differences.
Source: routing study §2.7 (common random numbers).
"""

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist, fmean, stdev
from typing import Final

from msgspec import Struct

from counters.simulation.figures import DayFigures
from queue_server.core.errors import InvalidValue
from queue_server.core.identifiers import FieldId

MEASURES: Final[dict[str, Callable[[DayFigures], float]]] = {
    "mean": lambda day: day.mean,
    "p90": lambda day: day.p90,
    "within_15": lambda day: day.within_15,
    "worst_field": lambda day: day.worst_field,
    "overtime": lambda day: day.overtime_min,
    "unserved": lambda day: float(day.unserved),
}
"""What arms are compared by: minutes, but `within_15` in per cent and `unserved` in tickets."""

LEAST_DAYS: Final = 2
"""A single day says nothing about how much days differ."""


class Interval(Struct, frozen=True):
    """A mean, give or take, with 95 % confidence."""

    mean: float
    half_width: float

    @property
    def is_clear(self) -> bool:
        """Whether it excludes no difference."""
        return abs(self.mean) > self.half_width


class Arm(Struct, frozen=True, kw_only=True):
    """One way to run the days."""

    name: str
    measures: dict[str, Interval]
    differences: dict[str, Interval]
    """Against the first arm, paired by day; empty for the first."""
    fields: dict[str, Interval]
    """Mean wait by field."""
    field_differences: dict[str, Interval]
    half_hours: dict[int, float]
    """Mean wait in minutes by the half hour in which the wait began."""


def arm_of(name: str, days: Sequence[DayFigures], base: Sequence[DayFigures] | None = None) -> Arm:
    """The arm's figures; with a base arm of the same days, paired differences too."""
    measures = {key: interval_of([of(day) for day in days]) for key, of in MEASURES.items()}
    differences = {} if base is None else {
        key: paired([of(day) for day in days], [of(day) for day in base])
        for key, of in MEASURES.items()
    }  # fmt: skip
    names = sorted({str(field) for day in days for field in day.field_waits})
    fields = {name: interval_of([_field(day, name) for day in days]) for name in names}
    field_differences = {} if base is None else {
        name: paired([_field(day, name) for day in days], [_field(day, name) for day in base])
        for name in names
    }  # fmt: skip
    return Arm(
        name=name,
        measures=measures,
        differences=differences,
        fields=fields,
        field_differences=field_differences,
        half_hours=_half_hours(days),
    )


def _half_hours(days: Sequence[DayFigures]) -> dict[int, float]:
    together: dict[int, list[float]] = {}
    for day in days:
        for half_hour, waits in day.half_hour_waits.items():
            together.setdefault(half_hour, []).extend(waits)
    return {half_hour: fmean(together[half_hour]) for half_hour in sorted(together)}


def _field(day: DayFigures, name: str) -> float:
    waits = day.field_waits.get(FieldId(name))
    return fmean(waits) if waits else 0.0


def paired(values: Sequence[float], base: Sequence[float]) -> Interval:
    """The mean difference of values of the same days."""
    return interval_of([value - other for value, other in zip(values, base, strict=True)])


def interval_of(values: Sequence[float]) -> Interval:
    """Mean and 95 % interval; the half width is infinite for a single value."""
    if len(values) < LEAST_DAYS:
        return Interval(fmean(values) if values else 0.0, math.inf)
    half = t_quantile(len(values) - 1) * stdev(values) / math.sqrt(len(values))
    return Interval(fmean(values), half)


def require_interval(days: int) -> None:
    """Refuse so few days that nothing can be said of how sure a difference is.

    Raises:
        InvalidValue: Fewer than two.
    """
    if days < LEAST_DAYS:
        message = f"expected {LEAST_DAYS} days at least to tell an interval from, got {days}"
        raise InvalidValue(message)


def t_quantile(freedom: int, share: float = 0.975) -> float:
    """Quantile of Student's t by the expansion of Cornish and Fisher, good to 1 % from 3 on."""
    z = NormalDist().inv_cdf(share)
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
