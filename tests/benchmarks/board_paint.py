"""Time from a message on the board's socket until its number is painted, in a real Chromium.

The clock starts when the browser has the message and stops in the first task after the frame that
follows it. Every call is seen: it has the banner, or is named in it. A floor page that writes the
number and nothing else is measured in turn, in the same browser.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from playwright.async_api import Page

from tests.benchmarks.real_browser import browser_page
from tests.benchmarks.report import Report, load_average, percentile
from tests.support.boards import board, call_next, set_boards
from tests.support.live_servers import LiveServer

ROUNDS, CALLS_A_ROUND = 4, 15
SPACING_S, FLOOR_SPACING_S = 2.3, 0.3
AIM_MS = 50.0
COUNTERS = ("counter-3", "counter-4", "counter-5", "counter-6")

PROBE: Final = """
window.painted = [];
const afterFrame = (act) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = act;
    port2.postMessage(0);
});
const Real = WebSocket;
window.WebSocket = class extends Real {
    constructor(...address) {
        super(...address);
        this.addEventListener("message", (event) => {
            const message = JSON.parse(event.data);
            if (message.type !== "view") return;
            const newest = message.body.calls?.[0]?.number;
            if (!newest || newest === window.newest) return;
            window.newest = newest;
            const wanted = newest.replace(/^(\\D+)/, "$1\\u2009");
            const begun = event.timeStamp;
            afterFrame(() => {
                const place = document.querySelector("[data-floor], .banner");
                const isSeen = place?.textContent.includes(wanted);
                painted.push({ ms: performance.now() - begun, isSeen });
            });
        });
    }
};
"""
FLOOR: Final = """() => {
    document.body.replaceChildren();
    const number = document.body.appendChild(document.createElement("h1"));
    number.dataset.floor = "";
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/live`);
    const watch = { type: "watch", view: "board", centre: "an-binh", subject: "" };
    socket.onopen = () => socket.send(JSON.stringify(watch));
    socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        const newest = message.body?.calls[0]?.number;
        if (newest) number.textContent = newest.replace(/^(\\D+)/, "$1\\u2009");
    };
}"""


async def run() -> Report:
    """Measure the floor and the board in turn."""
    busy = load_average()
    times_ms: dict[str, list[float]] = {"floor": [], "board": []}
    with (
        tempfile.TemporaryDirectory(prefix="queue-bench-") as folder,
        LiveServer(Path(folder), waiting=400) as server,
    ):
        set_boards(server, {"measured": board("calls")})
        async with browser_page(server.url, {"queue_device": "board"}) as page:
            await page.add_init_script(PROBE)
            for _ in range(ROUNDS):
                await page.goto(f"{server.url}/health/live")
                await page.evaluate(FLOOR)
                times_ms["floor"] += await _painted(page, server, FLOOR_SPACING_S)
                server.later(minutes=5)  # what was called for the floor is no news
                await page.goto(f"{server.url}/board?board=measured")
                await page.locator(".newest-number").wait_for()
                times_ms["board"] += await _painted(page, server, SPACING_S)
    return _report(times_ms["floor"], times_ms["board"], busy)


async def _painted(page: Page, server: LiveServer, spacing_s: float) -> list[float]:
    """Milliseconds of each call; the first one warms the page up."""
    await asyncio.sleep(1)
    await page.evaluate("painted.length = 0")
    for n in range(CALLS_A_ROUND + 1):
        call_next(server, COUNTERS[n % len(COUNTERS)])
        await asyncio.sleep(spacing_s)
    found = await page.evaluate("painted")
    if len(found) <= CALLS_A_ROUND or not all(each["isSeen"] for each in found):
        message = f"expected {CALLS_A_ROUND + 1} calls to be seen, got {found}"
        raise AssertionError(message)
    return [each["ms"] for each in found[1:]]


def _report(floor: Sequence[float], shown: Sequence[float], busy: float) -> Report:
    p95 = percentile(shown, 0.95)
    ratio = p95 / percentile(floor, 0.95)
    rows = [
        (name, *(f"{percentile(times, share):.1f}" for share in (0.5, 0.95)), f"{max(times):.1f}")
        for name, times in (("a page with the number alone", floor), ("the board", shown))
    ]
    return Report(
        name="board_paint",
        heading=("from message to painted number", "p50 ms", "p95 ms", "max ms"),
        rows=rows,
        figures={"p95_ms": p95, "ratio_to_floor": ratio},
        aim=f"p95 at most {AIM_MS:.0f} ms",
        is_met=p95 <= AIM_MS,
        found=f"p95 {p95:.1f} ms, {ratio:.1f} times the floor's",
        load_average=busy,
    )
