"""The sample centre at 08:05 for ever, and a picture of each page that somebody has looked at."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Page

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId
from tests.support import looks
from tests.support.boards import board, set_boards
from tests.support.browser import NewPage
from tests.support.centres import MORNING
from tests.support.live_servers import LiveServer

__all__ = ["open_at", "server"]

OpenAt = Callable[..., Awaitable[Page]]
ARRIVED = (
    "document.fonts.ready.then(() => "
    "document.getAnimations().every(({ playState }) => playState !== 'running'))"
)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """40 numbers given, four counters at work, one of them serving."""
    with LiveServer(tmp_path_factory.mktemp("data"), waiting=40, speed=0) as running:
        running.do(c.StartServing(counter=CounterId("counter-3")))
        running.later(minutes=5)  # the calls are old: boards announce them no more
        set_boards(running, {name: board(name) for name in ("counters", "waits")})
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def open_at(server: LiveServer, new_page: NewPage) -> OpenAt:
    """Opens a page at a size, as a member of staff, a device or nobody."""

    async def open_page(
        path: str, width: int, height: int, cookie: str = "", *, is_held: bool = False
    ) -> Page:
        size = {"width": width, "height": height}
        page = await new_page(viewport=size, screen=size)
        if cookie:
            name, _, value = cookie.partition("=")
            await page.context.add_cookies([{"name": name, "value": value, "url": server.url}])
        if is_held:
            await hold(page)
        await page.goto(server.url + path)
        return page

    return open_page


async def hold(page: Page) -> None:
    """What takes turns on the page stays as it is at first."""
    at = MORNING + timedelta(minutes=5)
    await page.clock.install(time=at)
    await page.clock.pause_at(at + timedelta(seconds=1))


async def look(page: Page, name: str, but: str = "") -> None:
    """The page looks as it did when somebody last looked at it, but for the elements named.

    Raises:
        AssertionError: It looks otherwise; the message says where both pictures are.
    """
    await page.mouse.move(0, 0)  # what was pressed last does not look pointed at
    await page.wait_for_function(ARRIVED)
    hidden = [page.locator(but)] if but else []
    picture = await page.screenshot(animations="disabled", caret="hide", mask=hidden)
    changed = looks.kept(name, picture)
    assert changed is None, changed
