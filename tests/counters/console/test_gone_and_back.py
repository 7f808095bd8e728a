"""The console of a counter that was paused, fell silent, or calls by itself; in a real browser."""

import pytest
from msgspec.structs import replace
from playwright.async_api import expect

from queue_server.core import commands as c
from queue_server.core.configuration import Limits
from queue_server.core.identifiers import StaffId
from tests.counters.console.steps import (
    CALL,
    COUNTER,
    OPEN,
    SERVE,
    at_console,
    centre_of,
    issue,
    main_button,
    press,
    seated,
)
from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

LAN = StaffId("lan")


async def test_the_console_answers_the_heartbeat(new_page: NewPage, live: LiveServer) -> None:
    page = await seated(new_page, live)

    async with page.expect_websocket() as opened:
        await page.reload()

    line = await opened.value
    await line.wait_for_event("framesent", lambda text: "alive" in text)


async def test_the_console_says_what_its_silence_did(new_page: NewPage, live: LiveServer) -> None:
    number = issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    called = centre_of(live).tickets[number].number

    live.do(c.PauseSilentCounter(counter=COUNTER, staff=LAN))

    await expect(main_button(page, OPEN)).to_be_visible()
    await expect(page.get_by_text("Quầy này đã mất liên lạc")).to_be_visible()
    await expect(page.get_by_text(f"{called} đã trở lại hàng đợi")).to_be_visible()
    assert await violations(page) == []
    await press(page, "Space", CALL)
    await expect(page.get_by_text("đã trở lại hàng đợi")).to_be_hidden()


async def test_signing_out_says_what_becomes_of_who_is_served(
    new_page: NewPage, live: LiveServer
) -> None:
    number = issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    live.do(c.StartServing(counter=COUNTER))
    served = centre_of(live).tickets[number].number
    await expect(page.get_by_text("Kết thúc").first).to_be_visible()

    await page.keyboard.press("x")

    out = page.get_by_role("dialog").get_by_role("button", name="Đăng xuất")
    await expect(out).to_contain_text(f"{served} vẫn đang được phục vụ")


async def test_a_counter_whose_clerk_is_gone_is_free_to_choose(
    new_page: NewPage, live: LiveServer
) -> None:
    live.do(c.TakeCounter(counter=COUNTER, staff=StaffId("hoa"), name="Hoa"))
    live.do(c.OpenCounter(counter=COUNTER))
    page = await at_console(new_page, live)
    number = live.configuration.counters[COUNTER].number
    seat = page.locator(f'.seat[data-number="{number}"]')
    await expect(page.locator(".seat").first).to_be_visible()
    await expect(seat).to_have_count(0)

    live.do(c.PauseSilentCounter(counter=COUNTER, staff=StaffId("hoa")))
    await seat.click()

    await expect(main_button(page, OPEN)).to_be_visible()
    assert centre_of(live).counters[COUNTER].staff == LAN


async def test_a_clerk_holds_the_call_that_the_counter_would_make(
    new_page: NewPage, live: LiveServer
) -> None:
    limits = Limits(call_automatically_after_s=3600)
    live.do(c.ApplyConfiguration(configuration=replace(live.configuration, limits=limits)))
    page = await seated(new_page, live)
    timer = page.get_by_role("timer")
    await expect(timer).to_contain_text("Gọi số tiếp theo sau 3")

    await page.keyboard.press("h")
    await expect(timer).to_contain_text("Đang giữ")
    assert await violations(page) == []

    await page.get_by_role("button", name="Cho chạy tiếp").click()
    await expect(timer).to_contain_text("Gọi số tiếp theo sau 3")


async def test_a_number_is_called_out_of_order_only_by_who_may(
    new_page: NewPage, live: LiveServer
) -> None:
    limits = Limits(out_of_order_by="managers")
    live.do(c.ApplyConfiguration(configuration=replace(live.configuration, limits=limits)))
    number = issue(live)
    page = await seated(new_page, live)
    await page.keyboard.press("c")

    await page.get_by_label("Số trên phiếu").fill(centre_of(live).tickets[number].number)

    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Tài khoản của bạn không được gọi")
    await expect(dialog.get_by_role("button", name="Gọi số này")).to_be_disabled()
