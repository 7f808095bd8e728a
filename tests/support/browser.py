"""A real Chromium for tests, as pytest fixtures: `browser`, `page`, `new_page`.

`tests/conftest.py` alone imports the fixtures: imported in every folder, each folder would start a
browser of its own. Mark tests that open pages ``pytest.mark.asyncio(loop_scope="session")``: the
browser lives on the session's loop, servers started by the test may too
(`tests.support.web_server`). Playwright's
asynchronous interface is used throughout; its synchronous one would stop every other
asynchronous test of the process.
"""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--autoplay-policy=no-user-gesture-required",
]
CONTEXT: Final = {
    "locale": "vi-VN",
    "timezone_id": "Asia/Ho_Chi_Minh",
    "reduced_motion": "reduce",
    "viewport": {"width": 1280, "height": 800},
}
PATIENCE_MS: Final = 15_000

MISSING: Final = (
    "these tests need Chromium and found none of " + ", ".join(NAMES) + " on PATH; "
    "on Debian or Ubuntu: apt-get install chromium"
)

NewPage = Callable[..., Awaitable[Page]]


def chromium_path() -> str:
    """Chromium of this machine; the test fails, never skips, where there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    pytest.fail(MISSING, pytrace=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests of the process."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=chromium_path(), args=list(ARGUMENTS)
        )
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(browser: Browser) -> AsyncIterator[NewPage]:
    """Opens pages, each in a context of its own; keywords go over `CONTEXT`.

    end. What the network does is left to the test.
    """
    contexts, faults = [], []

    async def open_page(**options: Any) -> Page:
        context = await browser.new_context(**{**CONTEXT, **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.extend(_fault(message)))
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert faults == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(new_page: NewPage) -> Page:
    """One empty page."""
    return await new_page()


def _fault(message: ConsoleMessage) -> list[str]:
    # What the network does is for the test to look at; it is no fault of the page.
    is_network = "Failed to load resource" in message.text or "WebSocket" in message.text
    return [message.text] if message.type == "error" and not is_network else []
