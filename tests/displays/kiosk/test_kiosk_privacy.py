"""What one citizen did is nowhere when the next one comes: screen, memory, storage, history."""

import json
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.displays.kiosk.conftest import OpenKiosk, Taken
from tests.displays.kiosk.steps import open_search, take

pytestmark = pytest.mark.asyncio(loop_scope="session")

START = "Kính chào ông/bà"
QUERY = "giay xac nhan doc than"
FOUND = "Cấp Giấy xác nhận tình trạng hôn nhân"
KEPT = """async () => JSON.stringify({
  page: document.documentElement.outerHTML,
  values: [...document.querySelectorAll("input")].map((input) => input.value),
  local: { ...localStorage },
  session: { ...sessionStorage },
  databases: (await indexedDB.databases?.()) ?? [],
  caches: globalThis.caches ? await caches.keys() : [],
  address: location.href,
  state: history.state,
  requests: performance.getEntriesByType("resource").map(({ name }) => name),
  selected: String(getSelection()),
})"""


async def whole_visit(page: Page) -> str:
    """Search, tick, declare a priority, look at the code, take a number; the ticket's id."""
    await page.get_by_role("button", name="Chữ to").click()
    await open_search(page)
    await page.keyboard.type(QUERY)
    await page.get_by_role("button", name=FOUND).click()
    await page.locator(".paper-tick").first.click()
    await page.locator(".priority-button").click()
    await page.get_by_role("button", name="Người từ đủ 75 tuổi").click()
    return await take(page)


async def kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await page.evaluate(KEPT))
    return found


async def test_nothing_personal_stays(kiosk: OpenKiosk, taken: Taken) -> None:
    page = await kiosk()
    ticket = await whole_visit(page)
    number = taken()[0].number
    await expect(page.locator("[data-number]")).to_have_text(number)
    await page.locator(".code img").evaluate("image => image.decode()")
    before = json.dumps(await kept(page))

    await page.get_by_role("button", name="Xong").click()
    await expect(page.get_by_role("heading", name=START)).to_be_visible()
    found = await kept(page)

    after = json.dumps(found)
    assert ticket in before
    assert number in before
    assert ticket not in after
    assert number not in after
    assert QUERY not in after
    assert [name for name in found["requests"] if "search=" in name or "/t/" in name] == []
    assert (found["local"], found["session"], found["databases"], found["caches"]) == (
        {},
        {},
        [],
        [],
    )
    cookies = await page.context.cookies()
    assert [cookie["name"] for cookie in cookies] == ["queue_device"]


async def test_back_does_not_bring_it_back(kiosk: OpenKiosk, taken: Taken) -> None:
    page = await kiosk()
    length = await page.evaluate("history.length")
    await whole_visit(page)
    await page.get_by_role("button", name="Xong").click()
    await expect(page.get_by_role("heading", name=START)).to_be_visible()

    grown = await page.evaluate("history.length")
    await page.go_back()
    before = await page.content()
    await page.go_forward()
    await expect(page.get_by_role("heading", name=START)).to_be_visible()

    assert grown == length
    assert taken()[0].number not in before + await page.content()


async def test_a_visit_in_english_leaves_no_page_behind(kiosk: OpenKiosk, taken: Taken) -> None:
    page = await kiosk()
    length = await page.evaluate("history.length")
    await page.get_by_role("button", name="English").click()
    await page.get_by_role("button", name="I do not know: help me").click()
    await take(page)
    await page.get_by_role("button", name="Done").click()
    await expect(page.get_by_role("heading", name=START)).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "vi")

    assert await page.evaluate("history.length") == length
    assert taken()[0].number not in await page.content()


async def test_who_goes_away_leaves_nothing_either(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await page.clock.install()
    await open_search(page)
    await page.keyboard.type("ly hon")
    await page.clock.run_for(500)

    await page.clock.run_for(81_000)

    await expect(page.get_by_role("heading", name=START)).to_be_visible()
    assert "ly hon" not in json.dumps(await kept(page))


async def test_an_open_code_is_closed_for_the_next(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await page.clock.install()
    await open_search(page)
    await page.keyboard.type("khai sinh")
    await page.clock.run_for(500)
    await page.locator(".procedure-row").first.click()
    await page.locator(".take-home").click()
    await expect(page.get_by_role("dialog", name="Mang danh mục")).to_be_visible()

    await page.clock.run_for(61_000)
    await expect(page.get_by_role("dialog", name="Ông/bà còn đó không?")).to_be_visible()
    await page.clock.run_for(21_000)

    await expect(page.get_by_role("heading", name=START)).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
