"""How long the live core takes to choose whom a free counter calls: 200 waiting, 60 counters."""

from datetime import timedelta
from time import process_time
from typing import Final

from counters.routing.router import StrategyRouter
from tests.benchmarks.estimate_speed import full_hall
from tests.benchmarks.estimated_day import MIDNIGHT
from tests.benchmarks.report import Report, load_average, percentile

COUNTERS: Final = 60
TIMES: Final = 2000
MOST_MS: Final = 0.2


async def run() -> Report:
    """Processor time of `StrategyRouter.choose`, each counter in turn."""
    load = load_average()
    centre, now = full_hall(COUNTERS), MIDNIGHT + timedelta(hours=9)
    router, counters = StrategyRouter(), list(centre.counters)
    router.choose(centre, counters[0], now)
    times = []
    for n in range(TIMES):
        counter = counters[n % len(counters)]
        began = process_time()
        router.choose(centre, counter, now)
        times.append(1000 * (process_time() - began))
    median, p95 = percentile(times, 0.5), percentile(times, 0.95)
    return Report(
        name="routing_speed",
        heading=("what", "median ms", "p95 ms", "max ms"),
        rows=[
            (
                f"{len(centre.waiting)} waiting, {len(counters)} counters",
                *(f"{figure:.3f}" for figure in (median, p95, max(times))),
            )
        ],
        figures={"p95_ms": round(p95, 4)},
        aim=f"p95 at most {MOST_MS:g} ms of a processor",
        is_met=p95 <= MOST_MS,
        found=f"p95 {p95:.3f} ms",
        load_average=load,
    )
