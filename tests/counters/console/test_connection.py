"""A lost line: it is said, nothing is sent later behind the clerk's back, and nobody is lost."""

import pytest
from playwright.async_api import Page, Request, Route, expect

from queue_server.core import commands as c
from tests.counters.console.steps import (
    CALL,
    COUNTER,
    SERVE,
    centre_of,
    issue,
    main_button,
    press,
    seated,
)
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


def commands_of(page: Page) -> list[str]:
    """The commands the page sends from now on."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url.rsplit("/", 1)[-1])

    page.on("request", note)
    return sent


async def test_while_the_line_is_lost_nothing_is_sent_not_even_later(
    new_page: NewPage, live: LiveServer
) -> None:
    issue(live)
    page = await seated(new_page, live)
    await page.clock.install()
    await page.context.set_offline(True)
    await page.clock.run_for(17_000)
    await expect(page.locator("#connection")).to_contain_text("Mất kết nối")
    await expect(page.locator(".action-main")).to_contain_text("Đang chờ kết nối")
    sent = commands_of(page)

    for key in ("Space", "b", "c", "x"):
        await page.keyboard.press(key)
        await page.clock.run_for(100)

    await expect(page.locator(".toast")).to_contain_text("chưa gửi gì cả")
    await expect(page.locator(".toast")).to_have_count(1)
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.context.set_offline(False)
    await page.clock.run_for(5_000)
    await expect(main_button(page, CALL)).to_be_visible()
    await expect(page.locator(".toast")).to_have_count(0)
    assert sent == []
    assert centre_of(live).counters[COUNTER].ticket is None
    await page.clock.resume()
    await press(page, "Space", SERVE)


async def test_a_command_without_an_answer_says_that_nobody_knows(
    new_page: NewPage, live: LiveServer
) -> None:
    issue(live)
    page = await seated(new_page, live)
    tries: list[str] = []

    async def lose(route: Route) -> None:
        tries.append(route.request.headers["idempotency-key"])
        await route.abort()

    await page.route("**/call-next", lose)
    await page.keyboard.press("Space")

    await expect(page.locator(".toast-warning")).to_contain_text("chưa biết lệnh đã được thực hiện")
    await page.unroute("**/call-next")
    assert len(set(tries)) == 1
    assert centre_of(live).counters[COUNTER].ticket is None
    await press(page, "Space", SERVE)
    assert centre_of(live).counters[COUNTER].ticket is not None


async def test_a_command_that_takes_long_is_seen_to(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    page = await seated(new_page, live)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    await page.route("**/call-next", hold)

    await page.keyboard.press("Space")

    await expect(page.locator(".action-main")).to_contain_text("Đang gửi")
    await held[0].continue_()
    await expect(main_button(page, SERVE)).to_be_visible()


async def test_what_is_marked_outlives_a_reload_and_a_parking(
    new_page: NewPage, live: LiveServer
) -> None:
    ticket = issue(live)
    page = await seated(new_page, live)
    live.do(c.CallNext(counter=COUNTER))
    live.do(c.StartServing(counter=COUNTER))
    await page.locator(".paper-missing").nth(1).click()
    await page.locator(".paper-note").fill("thiếu chữ ký")

    await page.reload()
    await expect(page.locator(".paper-note")).to_have_value("thiếu chữ ký")
    live.do(c.Park(counter=COUNTER))
    await expect(main_button(page, CALL)).to_be_visible()
    live.do(c.Resume(counter=COUNTER, ticket=ticket))

    await expect(page.locator(".paper-note")).to_have_value("thiếu chữ ký")
