"""The sample centre on a real server, for phones."""

from collections.abc import Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.displays.phone.steps import PHONE, OpenTicket
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

__all__ = ["open_ticket", "server"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def open_ticket(server: LiveServer, new_page: NewPage) -> OpenTicket:
    async def opened(ticket: str, query: str = "", viewport: dict[str, int] = PHONE) -> Page:
        page = await new_page(viewport=viewport)
        await page.goto(f"{server.url}/t/{ticket}{query}")
        return page

    return opened
