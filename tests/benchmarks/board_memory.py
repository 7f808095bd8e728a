"""What a board keeps in memory after 10,000 calls: a week of a busy hall.

The page's clock and the server's are driven together, and calls come as fast as the board shows
them one after another. The heap is measured after a collection.
"""

import tempfile
from datetime import timedelta
from pathlib import Path

from playwright.async_api import CDPSession, Page

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId
from tests.benchmarks.real_browser import browser_page
from tests.benchmarks.report import Report, load_average
from tests.support.boards import board, set_boards
from tests.support.centres import MORNING
from tests.support.live_servers import LiveServer

CALLS, WARM = 10_000, 1_000
SPACING_S = 2.3
AIM_GROWTH = 1.10
COUNTERS = [CounterId(f"counter-{n}") for n in (3, 4, 5, 6)]


async def run() -> Report:
    """Let the calls pass and weigh the page at every thousand."""
    busy = load_average()
    with (
        tempfile.TemporaryDirectory(prefix="queue-bench-") as folder,
        LiveServer(Path(folder), waiting=60) as server,
    ):
        set_boards(server, {"measured": board("calls", has_sound=True)})
        async with browser_page(server.url, {"queue_device": "board"}) as page:
            await page.clock.install(time=MORNING)
            await page.clock.pause_at(MORNING + timedelta(seconds=1))
            await page.goto(f"{server.url}/board?board=measured")
            await page.locator(".newest-number").wait_for()
            session = await page.context.new_cdp_session(page)
            weights = {}
            for made in range(CALLS):
                if made % WARM == 0:
                    weights[made] = await _weight(session)
                await _call(server, page, COUNTERS[made % len(COUNTERS)])
            weights[CALLS] = await _weight(session)
    return _report(weights, busy)


async def _call(server: LiveServer, page: Page, counter: CounterId) -> None:
    """A number is put back and another called, so that there are always some."""
    server.do(c.Requeue(counter=counter))
    server.do(c.CallNext(counter=counter))
    server.later(minutes=SPACING_S / 60)
    await page.clock.fast_forward(round(SPACING_S * 1_000))


async def _weight(session: CDPSession) -> tuple[float, int]:
    """Megabytes of the heap in use after a collection, and nodes of the document."""
    for _ in range(2):
        await session.send("HeapProfiler.collectGarbage")
    heap = await session.send("Runtime.getHeapUsage")
    counters = await session.send("Memory.getDOMCounters")
    return heap["usedSize"] / 1e6, counters["nodes"]


def _report(weights: dict[int, tuple[float, int]], busy: float) -> Report:
    warm, end = weights[WARM][0], weights[CALLS][0]
    growth = end / warm
    return Report(
        name="board_memory",
        heading=("calls", "heap MB", "nodes"),
        rows=[(f"{made:,}", f"{heap:.2f}", f"{nodes}") for made, (heap, nodes) in weights.items()],
        figures={"growth": growth, "heap_mb": end},
        aim=f"the heap at most {AIM_GROWTH:.2f} times that after {WARM:,} calls",
        is_met=growth <= AIM_GROWTH,
        found=f"{end:.2f} MB after {CALLS:,} calls, {growth:.3f} times that after {WARM:,}",
        load_average=busy,
    )
