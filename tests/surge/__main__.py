"""Pairs of runs: ``python -m tests.surge --runs 5``. The exit status is 1 if proposals misled.

Each pair lives the same day twice, once with the first proposal accepted. What the land wait
changed by, over all pairs, must lie within what the proposals said, both with their intervals.
"""

import argparse
import asyncio
import math
import sys
import tempfile
from pathlib import Path
from statistics import fmean

from counters.simulation.comparison import interval_of
from queue_server.logs import set_up_logs
from tests.surge.centre import surge_centre
from tests.surge.day import Observed, run
from tests.surge.served import ScaledCentre


def observed(folder: Path, seed: int, speed: float, *, accepts: bool) -> Observed:
    """One run on a server of its own."""
    with ScaledCentre(folder, surge_centre(), speed) as served:
        return asyncio.run(run(served, seed, accepts=accepts))


def main() -> int:
    """Run the pairs and say how they compare, in minutes."""
    parser = argparse.ArgumentParser(prog="python -m tests.surge")
    parser.add_argument("--runs", type=int, default=5, help="pairs of runs, at least 2")
    parser.add_argument("--seed", type=int, default=1, help="of the first pair")
    parser.add_argument("--speed", type=float, default=150.0, help="times the usual speed")
    arguments = parser.parse_args()
    set_up_logs("plain")
    said, within, changed = [], [], []
    for seed in range(arguments.seed, arguments.seed + max(2, arguments.runs)):
        with tempfile.TemporaryDirectory(prefix="queue-surge-") as folder:
            pair = [
                observed(Path(folder) / str(accepts), seed, arguments.speed, accepts=accepts)
                for accepts in (False, True)
            ]
        without, accepted = pair
        said.append(accepted.said.mean_s)
        within.append(accepted.said.within_s)
        changed.append(accepted.land_wait_s - without.land_wait_s)
        _say(f"seed {seed}: said {_minutes(said[-1], within[-1])}, was {changed[-1] / 60:+.1f} min")
    was = interval_of(changed)
    expected, expected_within = fmean(said), fmean(within)
    _say(f"said {_minutes(expected, expected_within)}, was {_minutes(was.mean, was.half_width)}")
    allowed = math.hypot(expected_within, was.half_width)
    return 0 if was.mean < 0 and abs(was.mean - expected) <= allowed else 1


def _minutes(mean_s: float, within_s: float) -> str:
    return f"{mean_s / 60:+.1f} ± {within_s / 60:.1f} min"


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
