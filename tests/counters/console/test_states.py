"""Every state and dialog of the console: accessible, within reach, and no key is lost between."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from queue_server.core.identifiers import StaffId
from queue_server.core.ticket import Outcome
from tests.counters.console.steps import (
    COUNTER,
    DESKTOP,
    RECOGNITION,
    at_console,
    centre_of,
    issue,
    main_button,
    seated,
)
from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

PRIMARY_HEIGHT = "() => document.querySelector('.action-main').getBoundingClientRect().height"
PHONE = {"width": 390, "height": 844}
Check = Callable[[str], Awaitable[None]]


async def test_a_key_right_after_a_dialog_has_closed_is_not_lost(
    new_page: NewPage, live: LiveServer
) -> None:
    """The focus stays in a closed dialog until the browser draws again."""
    page = await seated(new_page, live)
    await page.keyboard.press("c")
    await expect(page.get_by_role("dialog")).to_contain_text("Gọi một số")

    await page.evaluate(
        """() => {
            document.querySelector("dialog").close();
            document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key: "b", code: "KeyB", bubbles: true }));
        }"""
    )

    await expect(page.get_by_role("dialog")).to_contain_text("Nghỉ")


def checking(page: Page, width: int) -> Check:
    """Axe, sizes of what is pressed, and nothing beside the screen; `state` names what is seen."""

    async def check(state: str) -> None:
        assert (state, await violations(page)) == (state, [])
        assert (state, await page.evaluate("document.documentElement.scrollWidth")) <= (
            state,
            width,
        )

    return check


async def dialogs(page: Page, check: Check, keys: str) -> None:
    """Open the dialog of each key, look at it, close it again."""
    for key in keys:
        await page.keyboard.press(key)
        await expect(page.get_by_role("dialog")).to_be_visible()
        await check(f"dialog {key}")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)


SIZES = [
    ("", DESKTOP),
    ("?language=en", PHONE),
    ("?language=en", {"width": 1280, "height": 800}),
]


@pytest.mark.parametrize(("query", "viewport"), SIZES)
async def test_what_is_free_is_accessible(
    new_page: NewPage, live: LiveServer, query: str, viewport: dict[str, int]
) -> None:
    page = await at_console(new_page, live, "hoa", query, viewport=viewport)
    await expect(page.locator(".seat").first).to_be_visible()
    await checking(page, viewport["width"])("seats")

    page = await seated(new_page, live, query, viewport=viewport)
    check = checking(page, viewport["width"])
    await check("idle")
    assert await page.evaluate(PRIMARY_HEIGHT) >= 44
    told = {"vi": "Chốt sổ lúc 16 giờ", "en": "Close the books at 16:00"}
    live.do(c.AnnounceMessage(message="m", texts=told, audience="counters"))
    await expect(page.locator(".managers-word")).to_be_visible()
    await check("message")
    await dialogs(page, check, "cbx?")
    live.do(c.PauseCounter(counter=COUNTER, reason="meeting", for_s=600))
    await expect(page.locator(".panel.is-paused")).to_be_visible()
    await check("paused")
    live.do(c.CloseCounter(counter=COUNTER))
    await expect(page.locator(".panel.is-idle")).to_be_visible()
    await check("closed")


@pytest.mark.parametrize(("query", "viewport"), SIZES)
async def test_who_is_at_the_counter_is_accessible(
    new_page: NewPage, live: LiveServer, query: str, viewport: dict[str, int]
) -> None:
    for _ in range(3):
        issue(live, RECOGNITION)
    page = await seated(new_page, live, query, viewport=viewport)
    check = checking(page, viewport["width"])
    live.do(c.CallNext(counter=COUNTER))
    live.do(c.MarkNoShow(counter=COUNTER))
    live.do(c.CallNext(counter=COUNTER))
    live.do(c.StartServing(counter=COUNTER))
    live.do(c.Park(counter=COUNTER, reason="form"))
    live.do(c.CallNext(counter=COUNTER))
    await expect(page.locator(".panel.is-calling")).to_be_visible()
    await check("calling")
    await dialogs(page, check, "nt")
    live.do(c.StartServing(counter=COUNTER))
    await expect(page.locator(".panel.is-serving")).to_be_visible()
    await page.locator(".paper-missing").first.click()
    await expect(page.locator(".paper-note")).to_be_visible()
    await check("serving")
    await dialogs(page, check, "ptfl")
    live.do(c.Complete(counter=COUNTER, outcome=Outcome.DOSSIER_ACCEPTED))
    (code,) = centre_of(live).dossiers
    live.do(c.RecordPrint(job=f"receipt-{code}-1", result="not_sent", detail="paper_out"))
    await expect(page.locator("#just-done .is-danger")).to_be_visible()
    await check("done")


async def test_a_lost_line_is_accessible_and_says_so(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    page = await seated(new_page, live)
    live.do(c.CallNext(counter=COUNTER))
    await expect(page.locator(".panel.is-calling")).to_be_visible()
    await page.clock.install()
    await page.context.set_offline(True)
    await page.clock.run_for(17_000)
    await expect(page.locator("#connection")).to_contain_text("Mất kết nối")

    await checking(page, DESKTOP["width"])("lost")

    assert centre_of(live).counters[COUNTER].staff == StaffId("lan")
    await expect(main_button(page)).to_have_count(0)
