"""Memory of everything that serves one centre: server, private store, crew and workers.

Counted as proportional set size: a page that processes share counts once. Measured after a
morning's load with boards watching, when every worker has worked.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from queue_server.clock import SystemClock
from queue_server.hub.messages import Watch, encode
from tests.benchmarks.http_commands import request, visit
from tests.benchmarks.load import KEY
from tests.benchmarks.processes import free_port
from tests.benchmarks.raw_client import Poster, Socket
from tests.benchmarks.report import Report, load_average
from tests.support.busy_centre import busy_centre
from tests.support.installation import Installation, Part

VISITS = 300
BOARDS = 20
SETTLE_S = 20.0
"""Clips are made and slips drawn meanwhile."""
AIM_MB = 250.0


def pss_mb(process_id: int) -> float:
    """Proportional set size in MB (10⁶ bytes)."""
    text = Path(f"/proc/{process_id}/smaps_rollup").read_text("ascii")
    sizes = [line.split()[1] for line in text.splitlines() if line.startswith("Pss:")]
    return int(sizes[0]) * 1024 / 1e6


async def run() -> Report:
    """Serve, load, let it settle, and count."""
    busy = load_average()
    with tempfile.TemporaryDirectory(prefix="queue-bench-") as temporary:
        port = free_port()
        configuration = busy_centre(SystemClock().now())
        installation = Installation(Path(temporary), configuration, port)
        tokens = await installation.make_accounts()
        installation.start()
        try:
            await installation.wait_until_ready()
            await installation.open_day(tokens.manager)
            await _load(port, tokens.manager)
            await asyncio.sleep(SETTLE_S)
            used_mb: Counter[Part] = Counter()
            count: Counter[Part] = Counter()
            for each in installation.processes():
                used_mb[each.part] += pss_mb(each.process_id)  # type: ignore[assignment]
                count[each.part] += 1
        finally:
            await installation.stop()
    return _report(used_mb, count, busy)


async def _load(port: int, token: str) -> None:
    """A morning: boards watch, visits pass."""
    configuration = busy_centre(SystemClock().now())
    at = f"/api/v1/centres/{configuration.id}"
    boards = [await Socket.open(port, "/live", token) for _ in range(BOARDS)]
    for board in boards:
        board.send(encode(Watch("board", configuration.id)))
    clerk = await Poster.open(port)
    counter = next(iter(configuration.counters.values()))
    procedure = next(
        code
        for code, each in configuration.procedures.items()
        if counter.profile.level_of(each) is not None
    )
    await boards[0].wait_for(lambda: boards[0].offset > 0)
    for action in ("take", "open"):
        step = request(f"{at}/counters/{counter.id}/{action}", token)
        await clerk.post(step.replace(KEY, action.encode()))
    for number in range(VISITS):
        for place, step in enumerate(visit(configuration.id, counter.id, procedure, token)):
            await clerk.post(step.replace(KEY, f"{number:08}{place:08}".encode()))
    clerk.close()
    for board in boards:
        board.close()


def _report(used_mb: Mapping[Part, float], count: Mapping[Part, int], busy: float) -> Report:
    total_mb = sum(used_mb.values())
    rows = [
        (f"{part} ({count[part]})" if count[part] > 1 else str(part), f"{used_mb[part]:.0f}")
        for part in Part
        if part in used_mb
    ]
    return Report(
        name="memory",
        heading=("processes", "PSS in MB"),
        rows=[*rows, ("together", f"{total_mb:.0f}")],
        figures={"pss_mb": total_mb},
        aim=f"less than {AIM_MB:.0f} MB",
        is_met=total_mb < AIM_MB,
        found=f"{total_mb:.0f} MB",
        load_average=busy,
    )
