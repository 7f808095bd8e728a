"""What a board loads: little, from its own server alone, under a policy without exceptions."""

import pytest
from playwright.async_api import Page, Request, expect

from tests.support.boards import TELEVISION, board, call_next, let_in, set_boards
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST_BYTES = 250_000
ADDRESSES = ("/board?board=weighed", "/sign?counter=counter-3")


async def loaded(page: Page, server: LiveServer, address: str) -> list[Request]:
    """Everything that was asked for, until a new call was shown."""
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("requestfinished", note)
    await let_in(page, server.url)
    await page.goto(server.url + address, wait_until="networkidle")
    number = call_next(server)
    await expect(page.locator("main")).to_contain_text(number)
    return asked


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_screen_weighs_little_and_asks_its_own_server_alone(
    server: LiveServer, new_page: NewPage, address: str
) -> None:
    set_boards(server, {"weighed": board(has_sound=True)})
    asked = await loaded(await new_page(viewport=TELEVISION), server, address)
    sizes = {request.url: (await request.sizes())["responseBodySize"] for request in asked}

    assert {url for url in sizes if not url.startswith((server.url, "data:"))} == set()
    assert any(url.endswith(".woff2") for url in sizes)
    assert sum(size for url, size in sizes.items() if "/clips/" not in url) <= MOST_BYTES


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_screen_keeps_the_policy(
    server: LiveServer, new_page: NewPage, address: str
) -> None:
    page = await new_page(viewport=TELEVISION)
    await page.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation',"
        " (event) => broken.push(event.violatedDirective))"
    )
    asked = await loaded(page, server, address)
    (document,) = (request for request in asked if request.resource_type == "document")
    answer = await document.response()

    assert answer is not None
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert await page.evaluate("broken") == []
