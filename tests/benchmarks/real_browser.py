"""A real Chromium with one page of a server, and what the page costs."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import CDPSession, Page, async_playwright

from tests.support.browser import ARGUMENTS, CONTEXT, chromium_path

TELEVISION = {"width": 1920, "height": 1080}


@asynccontextmanager
async def browser_page(url: str, cookies: Mapping[str, str], **options: Any) -> AsyncIterator[Page]:
    """An empty page of a browser of its own, moving as for most people."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path(), args=list(ARGUMENTS)
        )
        own = {"viewport": TELEVISION, "reduced_motion": "no-preference"}
        settings: dict[str, Any] = {**CONTEXT, **own, **options}
        context = await browser.new_context(**settings)
        await context.add_cookies(
            [{"name": name, "value": value, "url": url} for name, value in cookies.items()]
        )
        yield await context.new_page()
        await browser.close()


async def metrics(session: CDPSession) -> dict[str, float]:
    """The page's figures by name, e.g. ``TaskDuration`` in seconds of its main thread."""
    answer = await session.send("Performance.getMetrics")
    return {each["name"]: each["value"] for each in answer["metrics"]}
