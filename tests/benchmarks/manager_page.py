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

from msgspec import Struct
from msgspec.structs import astuple
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


class Cost(Struct, frozen=True):
    """Shares of a core, and how many changes a second there really were."""

    process: float
    thread: float
    changes: float


async def run() -> Report:
    """Measure the listener and the page in turn."""
    busy = load_average()
    shares: dict[str, list[Cost]] = {"floor": [], "page": []}
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


async def _share(page: Page, server: LiveServer, changes: Iterator[c.Command]) -> Cost:
    """What the page costs while changes happen."""
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})
    await _pass(server, changes, 3)
    before = await metrics(session)
    taken_s = await _pass(server, changes, MEASURED_S)
    after = await metrics(session)
    await session.detach()
    return Cost(
        process=(after["ProcessTime"] - before["ProcessTime"]) / taken_s,
        thread=(after["TaskDuration"] - before["TaskDuration"]) / taken_s,
        changes=MEASURED_S * CHANGES_A_SECOND / taken_s,
    )


async def _pass(server: LiveServer, changes: Iterator[c.Command], seconds: float) -> float:
    """Let changes happen at their pace; gives how long that took."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for n in range(int(seconds * CHANGES_A_SECOND)):
        server.do(next(changes))
        await asyncio.sleep(max(0.0, begun + (n + 1) / CHANGES_A_SECOND - loop.time()))
    return loop.time() - begun


def _report(shares: dict[str, list[Cost]], busy: float) -> Report:
    mean = {
        name: Cost(*(sum(each) / len(found) for each in zip(*map(astuple, found), strict=True)))
        for name, found in shares.items()
    }
    page = mean["page"]
    rows = [
        (label, f"{each.changes:.1f}", f"{100 * each.process:.1f}", f"{100 * each.thread:.1f}")
        for label, each in (
            ("a page that only listens", mean["floor"]),
            ("the manager's page", page),
        )
    ]
    return Report(
        name="manager_page",
        heading=(f"{COUNTERS} counters", "changes/s", "process %", "thread %"),
        rows=rows,
        figures={"process_share": page.process, "thread_share": page.thread},
        aim=f"less than {100 * AIM_SHARE:.0f} % of a core",
        is_met=page.process < AIM_SHARE and page.changes > 0.9 * CHANGES_A_SECOND,
        found=f"{100 * page.process:.1f} % of a core, its main thread {100 * page.thread:.1f} %",
        load_average=busy,
    )
