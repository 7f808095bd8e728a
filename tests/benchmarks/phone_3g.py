"""How soon a phone's page can be used on 3G, against one file of the same bytes.

The file is the limit of the line: one request, then as many random bytes as the whole page
weighs. What the page takes beyond that is waiting for one thing before the next.
"""

import os
import tempfile
from pathlib import Path
from time import perf_counter

from playwright.async_api import Browser, ViewportSize, async_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.benchmarks.report import Report, load_average, percentile
from tests.displays.phone.steps import PHONE, issue
from tests.support.browser import ARGUMENTS, chromium_path
from tests.support.live_servers import LiveServer
from tests.support.web_server import serving

LINES = {
    "3G": {"latency": 300, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 768_000 / 8},
    "slow 3G": {"latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 50_000},
}
LOADS = 5
SIZE: ViewportSize = {"width": PHONE["width"], "height": PHONE["height"]}
AIM = 4.0
USABLE = "button:has-text('Hủy số của tôi')"


async def run() -> Report:
    """Load the page and the file in turn, cold, on both lines."""
    rows, figures = [], {}
    busy = load_average()
    with tempfile.TemporaryDirectory() as folder, LiveServer(Path(folder)) as live:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium_path(), args=list(ARGUMENTS)
            )
            weight = int(await _weight(browser, live))
            async with serving(_file_server(os.urandom(weight))) as file:
                for line in LINES:
                    page, raw = [], []
                    for _ in range(LOADS):
                        page.append(await _seconds(browser, f"{live.url}/t/{issue(live)}", line))
                        raw.append(await _seconds(browser, f"{file}/", line))
                    usable, limit = percentile(page, 0.5), percentile(raw, 0.5)
                    figures[f"{line} s"], figures[f"{line} ratio"] = usable, usable / limit
                    rows.append([line, f"{usable:.2f}", f"{limit:.2f}", f"{usable / limit:.2f}"])
            await browser.close()
    worst = max(figures[f"{line} ratio"] for line in LINES)
    return Report(
        name="phone_3g",
        heading=[f"page of {weight / 1000:.1f} kB", "usable after s", "one file s", "ratio"],
        rows=rows,
        figures={**figures, "bytes": weight},
        aim=f"at most {AIM} times one file of the same bytes",
        is_met=worst <= AIM,
        found=f"{worst:.2f} times",
        load_average=busy,
    )


def _file_server(data: bytes) -> Starlette:
    async def page(_: Request) -> Response:
        head = b'<!doctype html><title>x</title><link rel="icon" href="data:,"><!--'
        return Response(head + data.hex()[: len(data)].encode() + b"-->", media_type="text/html")

    return Starlette(routes=[Route("/", page)])


async def _weight(browser: Browser, live: LiveServer) -> float:
    context = await browser.new_context(viewport=SIZE)
    page = await context.new_page()
    wire = await context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda end: sizes.append(end["encodedDataLength"]))
    await wire.send("Network.enable")
    await page.goto(f"{live.url}/t/{issue(live)}", wait_until="networkidle")
    await context.close()
    return sum(sizes)


async def _seconds(browser: Browser, address: str, line: str) -> float:
    """From asking for the address until it can be used, with nothing kept from before."""
    context = await browser.new_context(viewport=SIZE)
    page = await context.new_page()
    wire = await context.new_cdp_session(page)
    await wire.send("Network.enable")
    await wire.send("Network.emulateNetworkConditions", {"offline": False, **LINES[line]})
    began_s = perf_counter()
    if "/t/" in address:
        await page.goto(address, wait_until="commit")
        await page.locator(USABLE).wait_for()
    else:
        await page.goto(address, wait_until="load")
    seconds = perf_counter() - began_s
    await context.close()
    return seconds
