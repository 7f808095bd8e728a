"""How long one estimate takes, and all of a hall in which 200 people wait."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from time import process_time
from typing import Final

from msgspec.structs import replace

from counters.estimates.default_table import DEFAULT_QUANTILES
from counters.estimates.estimator import RollForwardEstimator
from counters.simulation.centre_of import centre_of
from counters.simulation.policies import policy_of
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CounterId, ProcedureCode, StaffId, TicketId
from tests.benchmarks.estimated_day import MIDNIGHT, EstimatedHall, bench_day, learned_of
from tests.benchmarks.report import Report, load_average, percentile

WAITING: Final = 200
TIMES: Final = 60
ONE_MS, ALL_MS = 5.0, 100.0


async def run() -> Report:
    """Processor time, so that a busy machine does not count."""
    centre = full_hall()
    now = MIDNIGHT + timedelta(hours=9)
    estimator = RollForwardEstimator()
    codes = [*centre.facts.procedures]
    one_ms = [
        _ms(partial(estimator.forecast, centre, _code(codes, n), None, now)) for n in range(TIMES)
    ]
    all_ms = [_ms(partial(estimator.forecasts, centre, now)) for _ in range(TIMES // 3)]
    one, everybody = percentile(one_ms, 0.95), percentile(all_ms, 0.95)
    return Report(
        name="estimate_speed",
        heading=("what", "median ms", "p95 ms"),
        rows=[
            ("one estimate", f"{percentile(one_ms, 0.5):.2f}", f"{one:.2f}"),
            (f"all of {WAITING}", f"{percentile(all_ms, 0.5):.1f}", f"{everybody:.1f}"),
        ],
        figures={"one_ms": round(one, 3), "all_ms": round(everybody, 2)},
        aim=f"p95 at most {ONE_MS:.0f} ms and {ALL_MS:.0f} ms",
        is_met=one <= ONE_MS and everybody <= ALL_MS,
        found=f"one {one:.2f} ms, all {everybody:.1f} ms",
        load_average=load_average(),
    )


def full_hall(counters: int | None = None) -> Centre:
    """The bench centre at nine with all counters serving and 200 people waiting.

    Args:
        counters: How many, its own again and again; None leaves them as they are.
    """
    day = bench_day("H1000")
    policy = policy_of("D1")
    learned = learned_of(day, DEFAULT_QUANTILES)
    configuration = centre_of(day, policy.plans(day), policy.routing)
    if counters is not None:
        configuration = _with_counters(configuration, counters)
    hall = EstimatedHall(configuration, learned, ())
    codes = [*hall.centre.facts.procedures]
    begin_s = 8.5 * 3600
    for counter in hall.centre.counters:
        hall._do(c.TakeCounter(counter=counter, staff=StaffId(f"clerk-{counter}")), begin_s)
        hall._do(c.OpenCounter(counter=counter), begin_s)
    served = len(hall.centre.counters)
    step_s = min(8, 1780 / (WAITING + served))
    for n in range(WAITING + served):
        command = c.IssueTicket(
            ticket=TicketId(str(n)), procedure=_code(codes, n), print_slip=False
        )
        hall._do(command, begin_s + n * step_s)
    for counter in hall.centre.counters:
        hall._do(c.CallNext(counter=counter), begin_s + 1790)
    return hall.centre


def _with_counters(configuration: CentreConfiguration, count: int) -> CentreConfiguration:
    own = list(configuration.counters.values())
    numbers = [str(n + 1) for n in range(count)]
    counters = {
        CounterId(number): replace(own[n % len(own)], id=CounterId(number), number=number)
        for n, number in enumerate(numbers)
    }
    return replace(configuration, counters=counters)


def _code(codes: list[ProcedureCode], n: int) -> ProcedureCode:
    return codes[n * 7 % len(codes)]


def _ms(job: Callable[[], object]) -> float:
    began = process_time()
    job()
    return (process_time() - began) * 1000
