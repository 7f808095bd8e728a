"""Pages of staff on a whole server with the sample centre, as fixtures and small questions.

Import `live_server` and `open_as` into the `conftest.py` of a folder beside those of
`tests.support.browser`.
"""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

OpenAs = Callable[..., Awaitable[Page]]

DESK = {"width": 1600, "height": 1000}
TABLET = {"width": 1280, "height": 800}


@pytest.fixture
def live_server(tmp_path: Path) -> Iterator[LiveServer]:
    """The sample centre at 08:00, 24 numbers given, four counters calling."""
    with LiveServer(tmp_path, waiting=24) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def open_as(live_server: LiveServer, new_page: NewPage) -> OpenAs:
    """Opens a page as somebody: `await open_as("minh", "/manager?language=en")`."""

    async def open_page(who: str, path: str, **options: Any) -> Page:
        page = await new_page(**options)
        if who:
            cookie = {"name": "queue_session", "value": who, "url": live_server.url}
            await page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict
        await page.goto(live_server.url + path)
        return page

    return open_page


async def width_of(page: Page) -> int:
    """How wide the page is, to see whether it needs scrolling sideways."""
    return int(await page.evaluate("document.documentElement.scrollWidth"))
