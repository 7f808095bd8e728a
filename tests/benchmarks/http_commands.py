"""Commands per second of one server process, as share of what an empty route answers.

Both servers have the same configuration and the same number of connections and are measured in
turn, so that a busy machine slows both. Each connection has a counter of its own and does what a
day is made of: issue a ticket, call the next, serve, complete. Every command is authenticated,
carries an Idempotency-Key, and is on the disk before it is answered.
"""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import msgspec
from msgspec import Struct

from queue_server.clock import SystemClock
from tests.benchmarks.command_server import BIG
from tests.benchmarks.load import KEY, Job, LoadGenerator, Result
from tests.benchmarks.processes import (
    cpu_s,
    first_line,
    free_port,
    python_process,
    wait_for_port,
)
from tests.benchmarks.report import Report, load_average, percentile
from tests.support.busy_centre import busy_centre

CONNECTIONS = 64
ROUNDS = 5
DURATION_S = 2.0
AIM = 0.4
EMPTY, MANY, ONE = "an empty route", "64 centres", "1 centre"


class Target(Struct, frozen=True, kw_only=True):
    """A server and what is sent to it."""

    port: int
    process_id: int
    connections: list[list[bytes]]


class Measured(Struct, frozen=True, kw_only=True):
    """One round of one target."""

    per_s: float
    cpu_us: float
    """Processor time of the server process for one answer."""
    p99_ms: float


def request(path: str, token: str, body: Mapping[str, str] | None = None) -> bytes:
    """A whole POST as bytes, as a kiosk or console sends it."""
    data = msgspec.json.encode(body or {})
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n"
        f"idempotency-key: {KEY.decode()}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data


def visit(centre: str, counter: str, procedure: str, token: str) -> list[bytes]:
    """The commands of one visit at a counter."""
    at = f"/api/v1/centres/{centre}"
    return [
        request(f"{at}/tickets", token, {"procedure": procedure}),
        request(f"{at}/counters/{counter}/call-next", token),
        request(f"{at}/counters/{counter}/start-serving", token),
        request(f"{at}/counters/{counter}/complete", token, {"outcome": "advice_only"}),
    ]


def connections(centres: Sequence[str], counters: int | None, token: str) -> list[list[bytes]]:
    """Steps of each connection: one counter each, in the centres in turn."""
    configuration = busy_centre(SystemClock().now(), counters=counters)
    chosen: list[list[bytes]] = []
    for n, (centre, counter) in enumerate(
        islice(zip(cycle(centres), cycle(configuration.counters.values())), CONNECTIONS)
    ):
        by_field = {
            procedure.field: code
            for code, procedure in configuration.procedures.items()
            if counter.profile.level_of(procedure) is not None
        }
        served = list(by_field.values())
        chosen.append(visit(centre, counter.id, served[n % len(served)], token))
    return chosen


async def _measure(load: LoadGenerator, target: Target) -> tuple[Measured, Result]:
    before_s = cpu_s(target.process_id)
    job = Job(port=target.port, connections=target.connections, duration_s=DURATION_S)
    result = await load.run(job)
    used_s = cpu_s(target.process_id) - before_s
    measured = Measured(
        per_s=result.answered / result.elapsed_s,
        cpu_us=1e6 * used_s / result.answered,
        p99_ms=percentile(result.latencies_ms, 0.99),
    )
    return measured, result


async def run() -> Report:
    """Measure in turn, several rounds, and compare the medians."""
    busy = load_average()
    rounds: dict[str, list[Measured]] = {EMPTY: [], MANY: [], ONE: []}
    refused: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="queue-bench-") as folder:
        empty_port, port = free_port(), free_port()
        async with (
            python_process("tests.benchmarks.empty_server", empty_port) as empty,
            python_process(
                "tests.benchmarks.command_server", port, Path(folder), "--centres", CONNECTIONS
            ) as server,
            LoadGenerator() as load,
        ):
            token = await first_line(server)
            await asyncio.gather(wait_for_port(empty_port), wait_for_port(port))
            many = [f"c{n}" for n in range(CONNECTIONS)]
            nothing = [[request("/empty", token)]] * CONNECTIONS
            targets = {
                EMPTY: Target(port=empty_port, process_id=empty.pid, connections=nothing),
                MANY: Target(
                    port=port, process_id=server.pid, connections=connections(many, None, token)
                ),
                ONE: Target(
                    port=port,
                    process_id=server.pid,
                    connections=connections([BIG], CONNECTIONS, token),
                ),
            }
            for number in range(ROUNDS + 1):
                for name, target in targets.items():
                    measured, result = await _measure(load, target)
                    if number:  # the first round warms up
                        rounds[name].append(measured)
                    for status, count in result.statuses.items():
                        if not status.startswith("2"):
                            refused[status] = refused.get(status, 0) + count
    return _report(rounds, refused, busy)


def _report(
    rounds: Mapping[str, Sequence[Measured]], refused: Mapping[str, int], busy: float
) -> Report:
    shares = {
        name: median(
            one.per_s / base.per_s for one, base in zip(measured, rounds[EMPTY], strict=True)
        )
        for name, measured in rounds.items()
    }
    rows = [
        (
            name,
            f"{median(one.per_s for one in measured):,.0f}",
            f"{shares[name]:.2f}",
            f"{median(one.cpu_us for one in measured):.0f}",
            f"{median(one.p99_ms for one in measured):.1f}",
        )
        for name, measured in rounds.items()
    ]
    found = f"{shares[MANY]:.2f} of an empty route with {MANY}, {shares[ONE]:.2f} with {ONE}"
    if refused:
        found += f"; REFUSED {dict(refused)}"
    return Report(
        name="http_commands",
        heading=("POST", "per s", "share", "µs of CPU", "p99 ms"),
        rows=rows,
        figures={"share": shares[MANY], "share_one_centre": shares[ONE]},
        aim=f"at least {AIM}",
        is_met=shares[MANY] >= AIM and not refused,
        found=found,
        load_average=busy,
    )
