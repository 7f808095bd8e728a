"""The kiosk's page is light: it starts soon after a power cut, on any machine."""

import pytest
from playwright.async_api import expect

from tests.displays.kiosk.steps import choose_birth, take
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer
from tests.support.weight import Weight

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST_BYTES = 250_000


async def test_a_whole_visit_is_light(server: LiveServer, new_page: NewPage) -> None:
    page = await new_page(viewport={"width": 1080, "height": 1920})
    await page.context.add_cookies([{"name": "queue_device", "value": "kiosk", "url": server.url}])
    weight = Weight(page)

    await page.goto(f"{server.url}/kiosk")
    await choose_birth(page)
    await take(page)
    await expect(page.locator("[data-number]")).to_be_visible()

    assert 100_000 < await weight.bytes() <= MOST_BYTES


async def test_no_request_leaves_the_server(server: LiveServer, new_page: NewPage) -> None:
    page = await new_page(viewport={"width": 1080, "height": 1920})
    await page.context.add_cookies([{"name": "queue_device", "value": "kiosk", "url": server.url}])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    await page.goto(f"{server.url}/kiosk")
    await choose_birth(page)

    assert [url for url in asked if not url.startswith((server.url, "blob:", "data:"))] == []
