"""Run benchmarks by name, or all: ``python -m tests.benchmarks [name …] [--json]``.

``routing --scenario FILE`` takes scenario files in place of its own."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from tests.benchmarks import (
    announcements,
    board_memory,
    board_paint,
    call_to_board,
    estimate_speed,
    estimates,
    http_commands,
    manager_page,
    memory,
    phone_3g,
    rebalancing,
    restart,
    routing,
    routing_speed,
    slip_drawing,
    slip_latency,
    what_if,
)
from tests.benchmarks.report import Report

BENCHMARKS: Final[Mapping[str, Callable[[], Awaitable[Report]]]] = {
    "http_commands": http_commands.run,
    "call_to_board": call_to_board.run,
    "board_paint": board_paint.run,
    "board_memory": board_memory.run,
    "manager_page": manager_page.run,
    "restart": restart.run,
    "memory": memory.run,
    "routing": routing.run,
    "routing_speed": routing_speed.run,
    "slip_drawing": slip_drawing.run,
    "rebalancing": rebalancing.run,
    "slip_latency": slip_latency.run,
    "what_if": what_if.run,
    "estimates": estimates.run,
    "estimate_speed": estimate_speed.run,
    "announcements": announcements.run,
    "phone_3g": phone_3g.run,
}


def main() -> int:
    """Run the chosen ones in turn; the exit status is 1 if an aim is not met."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument(
        "--scenario", type=Path, action="append", metavar="FILE", help="for routing alone"
    )
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"expected names of {', '.join(BENCHMARKS)}, got {', '.join(unknown)}")
    is_well = True
    benchmarks = dict(BENCHMARKS)
    if arguments.scenario:
        if arguments.names != ["routing"]:
            parser.error("expected --scenario with routing alone")
        benchmarks["routing"] = partial(routing.run_files, arguments.scenario)
    for name in arguments.names or BENCHMARKS:
        report = asyncio.run(_run(benchmarks[name]))
        text = msgspec.json.encode(report).decode() if arguments.json else report.as_text() + "\n"
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
        is_well = is_well and report.is_met
    return 0 if is_well else 1


async def _run(benchmark: Callable[[], Awaitable[Report]]) -> Report:
    return await benchmark()


if __name__ == "__main__":
    sys.exit(main())
