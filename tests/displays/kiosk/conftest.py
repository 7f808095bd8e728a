"""The sample centre on a real server, and a kiosk that is paired with it."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.support.browser import NewPage, browser, new_page
from tests.support.live_servers import LiveServer

__all__ = ["browser", "kiosk", "new_page", "server"]

UPRIGHT = {"width": 1080, "height": 1920}

OpenKiosk = Callable[..., Awaitable[Page]]


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def kiosk(new_page: NewPage, server: LiveServer) -> OpenKiosk:
    """Opens the kiosk's page: ``await kiosk("?language=en", screen=…)``."""

    async def open_kiosk(query: str = "", *, screen: dict[str, int] = UPRIGHT, **more: Any) -> Page:
        page = await new_page(viewport=screen, screen=screen, **more)
        await page.context.add_cookies(
            [{"name": "queue_device", "value": "kiosk", "url": server.url}]
        )
        await page.goto(f"{server.url}/kiosk{query}")
        return page

    return open_kiosk
