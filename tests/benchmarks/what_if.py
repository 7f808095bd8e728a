"""How long a what-if takes: 40 continuations of a day, as it is and with a counter closed."""

from datetime import timedelta
from time import perf_counter, process_time
from typing import Final

from counters.rebalancing.what_if import what_if
from tests.benchmarks.estimate_speed import full_hall
from tests.benchmarks.estimated_day import MIDNIGHT
from tests.benchmarks.report import Report, load_average

DAYS: Final = 40
MOST_S: Final = 4.0


async def run() -> Report:
    """Processor time from nine in the morning of a hall like H1000, in this process."""
    load = load_average()
    centre, now = full_hall(), MIDNIGHT + timedelta(hours=9)
    number = next(iter(centre.facts.counters.values())).number
    began, began_wall = process_time(), perf_counter()
    found = what_if(centre, (f"close {number}",), now, days=DAYS)
    took_s, wall_s = process_time() - began, perf_counter() - began_wall
    arms = len(found.arms)
    return Report(
        name="what_if",
        heading=("what", "processor s", "wall s", "ms a day"),
        rows=[
            (
                f"{DAYS} days, {arms} arms",
                f"{took_s:.2f}",
                f"{wall_s:.2f}",
                f"{1000 * took_s / DAYS / arms:.0f}",
            )
        ],
        figures={"took_s": round(took_s, 3)},
        aim=f"at most {MOST_S:g} s of a processor",
        is_met=took_s <= MOST_S,
        found=f"{took_s:.2f} s",
        load_average=load,
    )
