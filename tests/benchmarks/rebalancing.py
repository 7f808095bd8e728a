"""How long a plan takes a processor: 60 counters and 16 fields, on a hundred random situations.

Processor time is judged, since a planner runs beside everything else; the time on the wall
stands beside it.
"""

import time
from random import Random  # noqa: TID251  # random situations, the same each time

from counters.rebalancing.plan import Limits, plan
from counters.rebalancing.situation import CounterSupply, FieldDemand, Situation
from queue_server.core.identifiers import CounterId, FieldId
from tests.benchmarks.report import Report, load_average, percentile

SITUATIONS = 100
SIZES = ((16, 8), (60, 16))
"""Counters and fields; the last is judged."""
HORIZON_S = 2700.0
MOST_MS = 250.0
CHANGES = 6


async def run() -> Report:
    """Plan each situation once, in turn."""
    load = load_average()
    rows, p95_ms = [], 0.0
    plan(situation(Random(0), *SIZES[0]))  # noqa: S311  # loads the solver
    for counters, fields in SIZES:
        rng = Random(f"{counters} {fields}")  # noqa: S311  # no secret
        times, walls, changed = [], [], 0
        for _ in range(SITUATIONS):
            now = situation(rng, counters, fields)
            began, began_wall = time.process_time(), time.perf_counter()
            changed += bool(plan(now, Limits(max_changes=CHANGES)))
            times.append(1000 * (time.process_time() - began))
            walls.append(1000 * (time.perf_counter() - began_wall))
        p95_ms = percentile(times, 0.95)
        figures = (percentile(times, 0.5), p95_ms, max(times), percentile(walls, 0.95), changed)
        rows.append(
            [f"{counters} counters, {fields} fields", *(f"{figure:.0f}" for figure in figures)]
        )
    return Report(
        name="rebalancing",
        heading=["size", "p50 ms", "p95 ms", "max ms", "wall p95 ms", "with a change"],
        rows=rows,
        figures={"p95_ms": p95_ms},
        aim=f"p95 at most {MOST_MS:g} ms of a processor",
        is_met=p95_ms <= MOST_MS,
        found=f"p95 {p95_ms:.0f} ms",
        load_average=load,
    )


def situation(rng: Random, counters: int, fields: int) -> Situation:
    """Nine tenths busy on average, unevenly; two fields active of four trained."""
    names = [FieldId(f"field-{n}") for n in range(fields)]
    mean_work_s = 0.9 * counters * HORIZON_S / fields
    demands = tuple(
        FieldDemand(
            field=name,
            work_s=mean_work_s * rng.gammavariate(4, 0.25),
            mean_s=rng.uniform(180, 1500),
        )
        for name in names
    )
    supplies = tuple(_supply(rng, n, names) for n in range(counters))
    return Situation(horizon_s=HORIZON_S, fields=demands, counters=supplies)


def _supply(rng: Random, number: int, names: list[FieldId]) -> CounterSupply:
    trained = rng.sample(names, 4)
    active = trained[: rng.randint(1, 3)]
    return CounterSupply(
        counter=CounterId(str(number)),
        available_s=rng.uniform(1500, HORIZON_S),
        trained={name: 1.0 if name in active else rng.choice((1.08, 1.18)) for name in trained},
        active=set(active),
        is_open=rng.random() > 0.1,
        may_open=True,
    )
