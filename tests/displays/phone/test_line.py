"""On bad lines: no socket comes through, the network is slow, the page is told so honestly."""

import pytest
from playwright.async_api import WebSocketRoute, expect

from tests.displays.phone.steps import PHONE, call, issue
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATIENCE_MS, ASKED_AGAIN_MS = 7_000, 15_000
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400 * 1024 / 8,
    "uploadThroughput": 400 * 1024 / 8,
}


async def no_socket(socket: WebSocketRoute) -> None:
    await socket.close(code=4000, reason="a proxy in between")


async def test_where_no_socket_passes_the_page_asks(server: LiveServer, new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    await page.route_web_socket("**/live", no_socket)
    await page.clock.install()
    ticket = issue(server)
    await page.goto(f"{server.url}/t/{ticket}")
    await page.clock.fast_forward(PATIENCE_MS)
    slow = page.get_by_text("Mạng chậm: trang được cập nhật 10 giây một lần.")
    await expect(slow).to_be_visible()
    await expect(page.locator("#connection")).to_be_hidden()

    call(server, ticket)
    await page.clock.fast_forward(ASKED_AGAIN_MS)

    await expect(page.get_by_text("Đến lượt ông/bà")).to_be_visible()


async def test_without_any_answer_the_page_says_so_and_keeps_what_it_knows(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await new_page(viewport=PHONE)
    await page.route_web_socket("**/live", no_socket)
    await page.route("**/views/ticket*", lambda route: route.abort())
    await page.clock.install()
    await page.goto(f"{server.url}/t/{issue(server)}")
    await page.clock.fast_forward(PATIENCE_MS)

    await expect(page.get_by_text("Mất kết nối")).to_be_visible()
    await expect(page.get_by_text("người trước ông/bà")).to_be_visible()


async def test_it_can_be_used_on_3g(server: LiveServer, new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    wire = await page.context.new_cdp_session(page)
    await wire.send("Network.enable")
    await wire.send("Network.emulateNetworkConditions", SLOW_3G)
    ticket = issue(server)

    await page.goto(f"{server.url}/t/{ticket}", wait_until="commit")

    await expect(page.get_by_text("người trước ông/bà")).to_be_visible()
    await expect(page.get_by_role("button", name="Hủy số của tôi")).to_be_enabled()
    call(server, ticket)
    await expect(page.get_by_text("Đến lượt ông/bà")).to_be_visible()


async def test_the_page_is_there_before_its_socket(server: LiveServer, new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    await page.route_web_socket("**/live", lambda _: None)

    await page.goto(f"{server.url}/t/{issue(server)}")

    await expect(page.get_by_text("người trước ông/bà")).to_be_visible()
