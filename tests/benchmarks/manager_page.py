"""Processor time of the manager's page: 60 counters, 20 changes a second, in a real Chromium.

The time is that of the page's whole process, painting in software included; a page that hears the
same messages and draws nothing is measured in turn.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Final

from playwright.async_api import Page

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, StaffId
from tests.benchmarks.real_browser import browser_page, metrics
from tests.benchmarks.report import Report, load_average
from tests.support.busy_centre import busy_centre
from tests.support.centres import MORNING
from tests.support.live_servers import LiveServer

COUNTERS, CHANGES_A_SECOND = 60, 20
MEASURED_S, ROUNDS = 15, 2
AIM_SHARE = 0.25
DESK = {"width": 1600, "height": 1000}

LISTENER: Final = """() => {
    document.body.replaceChildren();
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/live`);
    const watch = { type: "watch", view: "load", centre: "an-binh", subject: "" };
    socket.onopen = () => socket.send(JSON.stringify(watch));
    socket.onmessage = ({ data }) => JSON.parse(data);
}"""


async def run() -> Report:
    """Measure the listener and the page in turn."""
    busy = load_average()
    shares: dict[str, list[tuple[float, float]]] = {"floor": [], "page": []}
    with (
        tempfile.TemporaryDirectory(prefix="queue-bench-") as folder,
        LiveServer(
            Path(folder), waiting=300, configuration=busy_centre(MORNING, counters=COUNTERS)
        ) as server,
    ):
        changes = _changes(server)
        async with browser_page(server.url, {"queue_session": "minh"}, viewport=DESK) as page:
            for _ in range(ROUNDS):
                await page.goto(f"{server.url}/health/live")
                await page.evaluate(LISTENER)
                shares["floor"].append(await _share(page, server, changes))
                await page.goto(f"{server.url}/manager")
                await page.locator(".load").wait_for()
                shares["page"].append(await _share(page, server, changes))
    return _report(shares, busy)


def _changes(server: LiveServer) -> Iterator[c.Command]:
    """Counters are opened; then each calls, serves, and completes or puts back, for ever."""
    counters = [CounterId(str(n)) for n in range(1, COUNTERS + 1)]
    for counter in counters:
        state = server.replica().centre.counters[counter]
        if state.staff is None:
            server.do(c.TakeCounter(counter=counter, staff=StaffId(f"clerk-{counter}"), name="Lan"))
            server.do(c.OpenCounter(counter=counter))
        if state.ticket is not None:
            server.do(c.Requeue(counter=counter))
    rounds: list[type[c.CallNext | c.Recall | c.Requeue]] = [c.CallNext, c.Recall, c.Requeue]
    return (step(counter=counter) for step in cycle(rounds) for counter in counters)


async def _share(
    page: Page, server: LiveServer, changes: Iterator[c.Command]
) -> tuple[float, float]:
    """Shares of a core: of the page's process, and of its main thread."""
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})
    await _pass(server, changes, 3)
    before = await metrics(session)
    taken_s = await _pass(server, changes, MEASURED_S)
    after = await metrics(session)
    await session.detach()
    return tuple((after[name] - before[name]) / taken_s for name in ("ProcessTime", "TaskDuration"))  # type: ignore[return-value]


async def _pass(server: LiveServer, changes: Iterator[c.Command], seconds: float) -> float:
    """Let changes happen at their pace; gives how long that took."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for n in range(int(seconds * CHANGES_A_SECOND)):
        server.do(next(changes))
        await asyncio.sleep(max(0.0, begun + (n + 1) / CHANGES_A_SECOND - loop.time()))
    return loop.time() - begun


def _report(shares: dict[str, list[tuple[float, float]]], busy: float) -> Report:
    mean = {
        name: [sum(each[n] for each in found) / len(found) for n in (0, 1)]
        for name, found in shares.items()
    }
    of_process, of_thread = mean["page"]
    rows = [
        (label, f"{100 * mean[name][0]:.1f}", f"{100 * mean[name][1]:.1f}")
        for name, label in (("floor", "a page that only listens"), ("page", "the manager's page"))
    ]
    return Report(
        name="manager_page",
        heading=(f"{COUNTERS} counters, {CHANGES_A_SECOND} changes/s", "process %", "thread %"),
        rows=rows,
        figures={"process_share": of_process, "thread_share": of_thread},
        aim=f"less than {100 * AIM_SHARE:.0f} % of a core",
        is_met=of_process < AIM_SHARE,
        found=f"{100 * of_process:.1f} % of a core, its main thread {100 * of_thread:.1f} %",
        load_average=busy,
    )
