"""What a board keeps in memory after 10,000 calls: a week of a busy hall.

The page's clock and the server's are driven together, and calls come as fast as the board shows
them one after another. The heap of the page's script is measured after a collection; beside it
stands the memory of the process that draws it, pictures and sound included.
"""

import tempfile
from datetime import timedelta
from pathlib import Path

from msgspec import Struct
from playwright.async_api import CDPSession, Page

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId
from queue_server.hub import connection
from tests.benchmarks.memory import pss_mb
from tests.benchmarks.real_browser import browser_page
from tests.benchmarks.report import Report, load_average
from tests.support.boards import board, set_boards
from tests.support.centres import MORNING
from tests.support.live_servers import LiveServer

CALLS, WARM = 10_000, 1_000
SPACING_S = 2.3
AIM_GROWTH = 1.10
COUNTERS = [CounterId(f"counter-{n}") for n in (3, 4, 5, 6)]


class Weight(Struct, frozen=True):
    """What a board weighs at one moment."""

    heap_mb: float
    nodes: int
    process_mb: float
    """Proportional set size of the browser's processes that draw pages."""


async def run() -> Report:
    """Let the calls pass and weigh the page at every thousand."""
    busy = load_average()
    connection.MESSAGES_PER_S = 1_000.0  # by the page's clock it says one a second
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
                    weights[made] = await _weight(page, session)
                await _call(server, page, COUNTERS[made % len(COUNTERS)])
            weights[CALLS] = await _weight(page, session)
    return _report(weights, busy)


async def _call(server: LiveServer, page: Page, counter: CounterId) -> None:
    """A number is put back and another called, so that there are always some."""
    server.do(c.Requeue(counter=counter))
    server.do(c.CallNext(counter=counter))
    server.later(minutes=SPACING_S / 60)
    await page.clock.fast_forward(round(SPACING_S * 1_000))


async def _weight(page: Page, session: CDPSession) -> Weight:
    for _ in range(2):
        await session.send("HeapProfiler.collectGarbage")
    heap = await session.send("Runtime.getHeapUsage")
    counters = await session.send("Memory.getDOMCounters")
    return Weight(heap["usedSize"] / 1e6, counters["nodes"], await _process_mb(page))


async def _process_mb(page: Page) -> float:
    browser = page.context.browser
    assert browser is not None
    session = await browser.new_browser_cdp_session()
    found = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
    await session.detach()
    return sum(pss_mb(each["id"]) for each in found if each["type"] == "renderer")


def _report(weights: dict[int, Weight], busy: float) -> Report:
    warm, end = weights[WARM], weights[CALLS]
    growth = end.heap_mb / warm.heap_mb
    process_growth = end.process_mb / warm.process_mb
    return Report(
        name="board_memory",
        heading=("calls", "heap MB", "nodes", "process MB"),
        rows=[
            (f"{made:,}", f"{each.heap_mb:.2f}", f"{each.nodes}", f"{each.process_mb:.0f}")
            for made, each in weights.items()
        ],
        figures={"growth": growth, "process_growth": process_growth, "heap_mb": end.heap_mb},
        aim=f"heap and process at most {AIM_GROWTH:.2f} times those after {WARM:,} calls",
        is_met=max(growth, process_growth) <= AIM_GROWTH,
        found=f"heap {end.heap_mb:.2f} MB after {CALLS:,} calls, {growth:.3f} times that after "
        f"{WARM:,}; process {end.process_mb:.0f} MB, {process_growth:.3f} times",
        load_average=busy,
    )
