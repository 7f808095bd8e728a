"""What past days teach, from their visits and transactions: pure.

Means are shrunk to what the manager gave, clerk factors to 1, profiles of a weekday to those of
all days, so that little data changes little. Source: routing study §3.2; docs/reference,
estimates.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from math import exp, log, sqrt
from statistics import fmean, median
from typing import Final

from msgspec import Struct

from counters.estimates.table import PRIORITY_CLASS, WALK_IN_CLASS, quantile, table_of
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.hours import WEEKDAYS
from queue_server.core.identifiers import FieldId, ProcedureCode, StaffId
from queue_server.core.learned import HALF_HOURS, LearnedParameters, QuantileRow

PRIOR_TRANSACTIONS: Final = 10
PSEUDO_SERVICES: Final = 20
"""Services at usual speed that every clerk is credited with."""
PSEUDO_TICKETS: Final = 50
"""Tickets with the usual shares of no-shows, priority and transfers."""
USUAL_CV: Final = 0.7
USUAL_NO_SHOWS: Final = 0.05
USUAL_PRIORITY: Final = 0.08
USUAL_AGAIN: Final = 0.08
SHORTEST_S: Final = 5.0
"""Whatever was shorter was a slip of the finger."""
TRIMMED: Final = 0.01
TRIMMED_FROM: Final = 50
"""Transactions of a procedure from which its outermost hundredths are left out."""
LEAST_WAITS: Final = 5
"""Waits of a half hour from which its usual one is told."""


class PastVisit(Struct, frozen=True, kw_only=True, gc=False):
    """A visit of a past day."""

    day: date
    half_hour: int
    """Local half hour of the issue, from 0."""
    field: FieldId
    procedure: ProcedureCode
    is_priority: bool = False
    is_appointment: bool = False
    computed_s: float | None = None
    """What rolling forward gave at issue."""
    waited_s: float | None = None
    """To the first call; None when it was never called."""


class PastTransaction(Struct, frozen=True, kw_only=True, gc=False):
    """A transaction of a past day that was called."""

    procedure: ProcedureCode
    staff: StaffId | None = None
    time_s: float | None = None
    """How long it occupied the counter; None when nobody was served."""
    dossiers: int = 1
    is_no_show: bool = False
    is_again: bool = False
    """It followed another of the same visit: sent on, or back after a missed call."""


def learn(
    configuration: CentreConfiguration,
    visits: Collection[PastVisit],
    transactions: Collection[PastTransaction],
    learned_on: date,
) -> LearnedParameters:
    """Everything the days teach.

    Args:
        configuration: The centre as it is now; what it has no more is not learned.
        visits: Visits of the last days.
        transactions: Their transactions.
        learned_on: Today, by the centre's clock.
    """
    own = [each for each in visits if each.procedure in configuration.procedures]
    logs = _logs(configuration, transactions)
    variance = _variance(logs)
    means = _means(configuration, logs, variance)
    called = len(transactions)
    days = {each.day for each in own}
    return LearnedParameters(
        learned_on=learned_on,
        days=len(days),
        transactions=sum(len(each) for each in logs.values()),
        mean_transaction_time_s=means,
        transaction_time_cv=round(sqrt(exp(variance) - 1), 3),
        clerk_factors=_clerk_factors(means, variance, transactions),
        demand=_demand(own),
        arrivals=_arrivals(own, days),
        usual_waits_s=_usual_waits(own),
        no_show_share=_shrunk(
            sum(each.is_no_show for each in transactions), called, USUAL_NO_SHOWS
        ),
        priority_share=_shrunk(sum(each.is_priority for each in own), len(own), USUAL_PRIORITY),
        again_share=_shrunk(sum(each.is_again for each in transactions), called, USUAL_AGAIN),
        quantiles=_quantiles(own),
    )


# -- how long things take --------------------------------------------------------------------

_Logs = Mapping[ProcedureCode, Sequence[float]]


def _logs(configuration: CentreConfiguration, transactions: Iterable[PastTransaction]) -> _Logs:
    """Logarithms of the times of each procedure, trimmed."""
    times: defaultdict[ProcedureCode, list[float]] = defaultdict(list)
    for each in transactions:
        if each.time_s is not None and each.procedure in configuration.procedures:
            time_s = each.time_s / max(each.dossiers, 1)
            if time_s >= SHORTEST_S:
                times[each.procedure].append(log(time_s))
    return {code: _trimmed(sorted(found)) for code, found in times.items()}


def _trimmed(ordered: Sequence[float]) -> list[float]:
    """Without the first and last hundredth, once there are enough."""
    if len(ordered) < TRIMMED_FROM:
        return list(ordered)
    least, most = quantile(ordered, TRIMMED), quantile(ordered, 1 - TRIMMED)
    return [each for each in ordered if least <= each <= most]


def _variance(logs: _Logs) -> float:
    """Variance of the logarithms within procedures, shrunk to the usual one."""
    usual = log(1 + USUAL_CV * USUAL_CV)
    squares, freedom = 0.0, 0
    for found in logs.values():
        mean = fmean(found)
        squares += sum((each - mean) ** 2 for each in found)
        freedom += len(found) - 1
    return (PRIOR_TRANSACTIONS * usual + squares) / (PRIOR_TRANSACTIONS + freedom)


def _means(
    configuration: CentreConfiguration, logs: _Logs, variance: float
) -> dict[ProcedureCode, float]:
    """``exp((10 · prior + Σ ln s) ÷ (10 + n) + s² ÷ 2)``; the prior is the manager's figure."""
    means = {}
    for code, procedure in configuration.procedures.items():
        found = logs.get(code, ())
        prior = log(procedure.mean_transaction_time_s) - variance / 2
        total = PRIOR_TRANSACTIONS * prior + sum(found)
        means[code] = round(exp(total / (PRIOR_TRANSACTIONS + len(found)) + variance / 2), 1)
    return means


def _clerk_factors(
    means: Mapping[ProcedureCode, float],
    variance: float,
    transactions: Iterable[PastTransaction],
) -> dict[StaffId, float]:
    """How much longer each clerk takes: the mean logarithm of time over mean, shrunk to none."""
    ratios: defaultdict[StaffId, list[float]] = defaultdict(list)
    for each in transactions:
        mean_s = means.get(each.procedure)
        if each.staff is not None and each.time_s is not None and mean_s:
            time_s = each.time_s / max(each.dossiers, 1)
            if time_s >= SHORTEST_S:
                ratios[each.staff].append(log(time_s / mean_s) + variance / 2)
    factors = {
        staff: exp(sum(found) / (PSEUDO_SERVICES + len(found))) for staff, found in ratios.items()
    }
    return {staff: round(min(max(each, 0.3), 3.0), 3) for staff, each in sorted(factors.items())}


# -- who comes -------------------------------------------------------------------------------


def _demand(visits: Collection[PastVisit]) -> dict[ProcedureCode, float]:
    counts: defaultdict[ProcedureCode, int] = defaultdict(int)
    for each in visits:
        counts[each.procedure] += 1
    return {code: round(count / len(visits), 6) for code, count in sorted(counts.items())}


def _arrivals(
    visits: Iterable[PastVisit], days: Collection[date]
) -> dict[str, dict[FieldId, tuple[float, ...]]]:
    """Walk-ins of each weekday; one day like all of them is added to those seen."""
    if not days:
        return {}
    seen: defaultdict[tuple[str, FieldId], list[float]] = defaultdict(_no_half_hours)
    in_all: defaultdict[FieldId, list[float]] = defaultdict(_no_half_hours)
    for each in visits:
        if not each.is_appointment:
            seen[WEEKDAYS[each.day.weekday()], each.field][each.half_hour] += 1
            in_all[each.field][each.half_hour] += 1 / len(days)
    arrivals: dict[str, dict[FieldId, tuple[float, ...]]] = {}
    for weekday in WEEKDAYS:
        count = sum(WEEKDAYS[day.weekday()] == weekday for day in days)
        arrivals[weekday] = {
            field: tuple(
                round((own + usual) / (count + 1), 3)
                for own, usual in zip(seen[weekday, field], profile, strict=True)
            )
            for field, profile in sorted(in_all.items())
        }
    return arrivals


def _no_half_hours() -> list[float]:
    return [0.0] * HALF_HOURS


def _shrunk(count: int, of: int, usual: float) -> float:
    return round((PSEUDO_TICKETS * usual + count) / (PSEUDO_TICKETS + of), 4)


# -- how waits ended -------------------------------------------------------------------------


def _usual_waits(
    visits: Iterable[PastVisit],
) -> dict[str, dict[FieldId, tuple[float | None, ...]]]:
    """Median wait by half hour, of the weekday or else of all days; None where few were seen."""
    found: defaultdict[tuple[str, FieldId, int], list[float]] = defaultdict(list)
    fields: set[FieldId] = set()
    for each in visits:
        if each.waited_s is None or each.is_appointment or each.is_priority:
            continue
        fields.add(each.field)
        for weekday in (WEEKDAYS[each.day.weekday()], ""):
            found[weekday, each.field, each.half_hour].append(each.waited_s)

    def usual(weekday: str, field: FieldId, half_hour: int) -> float | None:
        for of_days in (weekday, ""):
            waits = found.get((of_days, field, half_hour), ())
            if len(waits) >= LEAST_WAITS:
                return round(median(waits))
        return None

    return {
        weekday: {
            field: tuple(usual(weekday, field, place) for place in range(HALF_HOURS))
            for field in sorted(fields)
        }
        for weekday in WEEKDAYS
        if fields
    }


def _quantiles(visits: Iterable[PastVisit]) -> dict[str, tuple[QuantileRow, ...]]:
    """The tables of those who had to wait, where there are enough of them."""
    waits: dict[str, list[tuple[float, float]]] = {WALK_IN_CLASS: [], PRIORITY_CLASS: []}
    for each in visits:
        if each.computed_s and each.waited_s is not None and not each.is_appointment:
            kind = PRIORITY_CLASS if each.is_priority else WALK_IN_CLASS
            waits[kind].append((each.computed_s, each.waited_s))
    tables = {kind: table_of(found) for kind, found in waits.items()}
    return {kind: table for kind, table in tables.items() if table}
