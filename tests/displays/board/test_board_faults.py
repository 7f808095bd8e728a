"""A board that nobody looks after: whatever is lost, it is right within two seconds of return.

The page's own clock is held and let go by the test: "within two seconds" is a fact about the
page and not about the machine that tests it.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.support.boards import TELEVISION, call_next, let_in
from tests.support.browser import NewPage
from tests.support.centres import MORNING
from tests.support.line_proxy import LineProxy
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHECKED_EVERY_MS = 1_000
RETURN_MS = 2_000
STALE_MS = 8_000


@pytest_asyncio.fixture(loop_scope="session")
async def line(server: LiveServer) -> AsyncIterator[LineProxy]:
    async with LineProxy(server.url) as proxy:
        yield proxy


async def opened(page: Page, url: str, address: str = "/board?board=hall") -> Page:
    await let_in(page, url)
    await page.goto(url + address)
    await expect(page.locator(".newest-number")).to_be_visible()
    return page


async def held(new_page: NewPage) -> Page:
    """A page whose timers go on only when the test says so."""
    page = await new_page(viewport=TELEVISION)
    await page.clock.install(time=MORNING)
    await page.clock.pause_at(MORNING + timedelta(seconds=1))
    return page


@pytest_asyncio.fixture(loop_scope="session")
async def board(new_page: NewPage, line: LineProxy) -> Page:
    """A board that is open, its clock held."""
    return await opened(await held(new_page), line.url)


async def shows(page: Page, number: str) -> None:
    await expect(page.locator(".newest-number")).to_have_text(number)


async def is_right_again(page: Page, number: str) -> None:
    """Two seconds of the page's time are enough, in steps in which the network has its turn."""
    for _ in range(RETURN_MS // 100):
        await page.clock.run_for(100)
        if await page.locator(".newest-number").text_content() == number:
            break
    await shows(page, number)
    await page.clock.run_for(RETURN_MS)
    await expect(page.locator(".is-stale")).to_have_count(0)


async def test_after_a_minute_without_network(
    board: Page, line: LineProxy, server: LiveServer
) -> None:
    line.go_dead()
    await board.clock.run_for(60_000)
    number = call_next(server)

    await expect(board.locator(".foot.is-lost")).to_contain_text("Mất kết nối")
    await expect(board.locator(".newest")).to_be_visible()
    line.heal()

    await is_right_again(board, number)


@pytest.mark.parametrize("seconds", [4, 11])
async def test_after_a_short_loss_that_no_end_of_the_line_noticed(
    board: Page, line: LineProxy, server: LiveServer, seconds: int
) -> None:
    line.go_dead()
    await board.clock.run_for(seconds * 1_000)
    number = call_next(server)
    line.heal()

    await is_right_again(board, number)


async def test_after_a_restart_of_the_server(board: Page, line: LineProxy, tmp_path: Path) -> None:
    line.upstream = "http://127.0.0.1:1"
    line.cut()
    await board.clock.run_for(20_000)
    await expect(board.locator(".foot.is-lost")).to_be_visible()
    with LiveServer(tmp_path, waiting=20) as another:
        number = call_next(another)
        line.upstream = another.url

        await is_right_again(board, number)


async def test_after_one_lost_message(board: Page, line: LineProxy, server: LiveServer) -> None:
    line.lose_next('"type":"view"')
    number = call_next(server)
    await line.lost.wait()
    assert await board.locator(".newest-number").text_content() != number

    await is_right_again(board, number)


@pytest.mark.parametrize("hours", [-26, 24 * 400])
async def test_after_a_step_of_the_devices_clock(
    board: Page, server: LiveServer, hours: int
) -> None:
    before = await board.locator(".clock").text_content()
    await board.clock.set_system_time(MORNING + timedelta(hours=hours))
    number = call_next(server)

    await is_right_again(board, number)
    assert await board.locator(".clock").text_content() == before


async def test_after_a_step_back_of_the_servers_clock(
    new_page: NewPage, server: LiveServer
) -> None:
    page = await held(new_page)
    async with page.expect_websocket() as opening:
        await opened(page, server.url)
    socket = await opening.value
    await expect(page.locator(".clock")).to_have_text("08:00")
    server.set_clock(MORNING - timedelta(minutes=30))

    try:
        for _ in range(4):
            async with socket.expect_event("framereceived"):
                await page.clock.run_for(CHECKED_EVERY_MS)
        await page.clock.run_for(CHECKED_EVERY_MS)

        await expect(page.locator(".clock")).to_have_text("07:30")
    finally:
        server.set_clock(MORNING)


async def test_after_being_hidden_and_frozen(new_page: NewPage, server: LiveServer) -> None:
    page = await opened(await new_page(viewport=TELEVISION), server.url)
    session = await page.context.new_cdp_session(page)
    await session.send("Page.setWebLifecycleState", {"state": "frozen"})
    number = call_next(server)

    await session.send("Page.setWebLifecycleState", {"state": "active"})

    await shows(page, number)
    await expect(page.locator(".is-stale")).to_have_count(0)


async def test_a_throttled_page_is_right_by_its_messages_alone(
    board: Page, server: LiveServer
) -> None:
    """The clock stands still: no timer of the page runs at all."""
    number = call_next(server)

    await shows(board, number)


async def test_what_is_old_says_how_old_it_is(board: Page, line: LineProxy) -> None:
    shown = await board.locator(".newest-number").text_content()
    line.go_dead()
    await board.clock.run_for(STALE_MS)
    await expect(board.locator(".foot.is-lost")).to_contain_text("08:00")
    await expect(board.locator(".foot.is-lost")).to_contain_text("chưa đến một phút trước")
    await board.clock.run_for(5 * 60_000)

    await expect(board.locator(".foot.is-lost")).to_contain_text("5 phút trước")
    await expect(board.locator(".foot.is-lost")).to_contain_text("5 minutes ago")
    await shows(board, str(shown))


async def test_a_board_that_is_switched_on_before_its_server(
    new_page: NewPage, line: LineProxy, server: LiveServer
) -> None:
    server.set_clock(MORNING)
    page = await new_page(viewport=TELEVISION)
    await page.clock.install(time=MORNING)
    await opened(page, line.url)
    shown = await page.locator(".newest-number").text_content()
    line.go_dead()
    line.cut()

    await page.goto("about:blank")
    await page.goto(f"{line.url}/board?board=hall")

    await shows(page, str(shown))
    await expect(page.locator(".foot.is-lost")).to_be_visible()
    number = call_next(server)
    line.heal()
    await shows(page, number)
    await expect(page.locator(".is-stale")).to_have_count(0)
