"""How one visit looks to everybody: phone, board, console and rating tablet, moment by moment."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, StaffId
from queue_server.core.ticket import Outcome
from tests.displays.phone.steps import PHONE, call, issue, serve
from tests.journeys.conftest import hold, look
from tests.support.boards import let_in
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

TABLET, DESK, HD = (
    {"width": 1280, "height": 800},
    {"width": 1366, "height": 768},
    {"width": 1920, "height": 1080},
)
UPRIGHT = {"width": 1080, "height": 1920}
FIRST = CounterId("counter-1")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[LiveServer]:
    """A centre of the test's own, at 08:00 for ever."""
    with LiveServer(tmp_path, waiting=6, speed=0) as running:
        yield running


async def opened(
    new_page: NewPage, server: LiveServer, path: str, size: dict[str, int], cookie: str = ""
) -> Page:
    page = await new_page(viewport=size, screen=size)
    if cookie:
        name, _, value = cookie.partition("=")
        await page.context.add_cookies([{"name": name, "value": value, "url": server.url}])
    await page.goto(server.url + path)
    return page


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_the_phone(own: LiveServer, new_page: NewPage, language: str) -> None:
    ticket = issue(own, language=language)
    page = await opened(new_page, own, f"/t/{ticket}", PHONE)
    await expect(page.locator("main h1")).to_be_attached()
    await look(page, f"phone-waiting-{language}")

    call(own, ticket)
    await expect(page.locator(".plate-call")).to_be_visible()
    await look(page, f"phone-called-{language}")


async def test_the_phone_asks_how_it_was(own: LiveServer, new_page: NewPage) -> None:
    ticket = issue(own)
    serve(own, ticket)
    page = await opened(new_page, own, f"/t/{ticket}", PHONE)
    await expect(page.get_by_role("button", name="Rất hài lòng")).to_be_visible()

    await look(page, "phone-rating")


@pytest.mark.parametrize(("name", "size"), [("hd", HD), ("upright", UPRIGHT)])
async def test_a_call_on_the_board(
    own: LiveServer, new_page: NewPage, name: str, size: dict[str, int]
) -> None:
    ticket = issue(own)
    own.later(minutes=5)
    page = await new_page(viewport=size, screen=size)
    await let_in(page, own.url)
    await hold(page)
    await page.goto(f"{own.url}/board?sound=off")
    await expect(page.locator(".frame")).to_be_visible()
    own.later(minutes=0.1)
    call(own, ticket)
    await expect(page.locator(".banner")).to_be_visible()

    await look(page, f"board-call-{name}")


async def test_the_console(own: LiveServer, new_page: NewPage) -> None:
    own.do(c.TakeCounter(counter=FIRST, staff=StaffId("lan"), name="Lan"))
    own.do(c.OpenCounter(counter=FIRST))
    ticket = issue(own)
    page = await opened(new_page, own, "/console", DESK, "queue_session=lan")
    main = page.locator(".action-main[aria-disabled=false]")
    await expect(main).to_contain_text("Gọi số tiếp theo")
    await look(page, "console-free")

    own.do(c.CallTicket(counter=FIRST, ticket=ticket, reason="test"))
    await expect(main).to_contain_text("Bắt đầu")
    await look(page, "console-called", but=".gauge")
    own.do(c.StartServing(counter=FIRST))
    await expect(main).to_contain_text("Kết thúc")
    await look(page, "console-serving", but=".gauge")
    await page.keyboard.press("f")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await look(page, "console-finish", but=".gauge")


async def test_the_rating_tablet(own: LiveServer, new_page: NewPage) -> None:
    page = await opened(new_page, own, f"/rate?counter={FIRST}", TABLET, "queue_device=rating")
    await expect(page.get_by_text("Sau khi làm xong thủ tục")).to_be_visible()
    await look(page, "rating-rest")

    ticket = issue(own)
    own.do(c.TakeCounter(counter=FIRST, staff=StaffId("lan"), name="Lan"))
    own.do(c.OpenCounter(counter=FIRST))
    own.do(c.CallTicket(counter=FIRST, ticket=ticket, reason="test"))
    own.do(c.StartServing(counter=FIRST))
    own.do(c.Complete(counter=FIRST, outcome=Outcome.ADVICE_ONLY))
    await expect(page.get_by_role("heading", name="Ông/bà có hài lòng")).to_be_visible()
    await look(page, "rating-question")
