"""What a citizen does at the kiosk, step by step."""

from collections.abc import AsyncIterator
from typing import Any

from playwright.async_api import Page, expect

from queue_server.core.identifiers import TicketId

BIRTH = "Đăng ký khai sinh"


async def begin(page: Page) -> None:
    await page.get_by_role("button", name="Tiếng Việt").click()


async def browse(page: Page) -> None:
    await begin(page)
    await page.locator(".way").first.click()


async def open_search(page: Page) -> None:
    await begin(page)
    await page.get_by_role("button", name="Tìm thủ tục").click()


async def choose_birth(page: Page) -> None:
    await browse(page)
    await page.locator(".tile").first.click()
    await page.get_by_role("button", name=BIRTH, exact=True).click()


async def press(page: Page, digits: str) -> None:
    for digit in digits:
        await page.locator(".code-keys").get_by_role("button", name=digit, exact=True).click()


async def take(page: Page) -> TicketId:
    async with page.expect_response("**/tickets") as answered:
        await page.locator(".button-take").click()
    answer: dict[str, Any] = await (await answered.value).json()
    return TicketId(answer["ticket"]["id"])


async def every_screen(page: Page, modes: list[str]) -> AsyncIterator[str]:
    """Walk through the whole kiosk; the name of each screen as soon as it is shown."""
    await expect(page.locator(".language").first).to_be_visible()
    for mode in modes:
        await page.locator(f".tool-{mode}").click()
    yield "start"
    await begin(page)
    yield "home"
    await page.get_by_role("button", name="Tôi đã đặt lịch hẹn").click()
    yield "appointment"
    await press(page, "12")
    await page.locator(".code-done").click()
    await expect(page.locator("[data-answer] .notice")).to_be_visible()
    yield "no appointment"
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Tra cứu hồ sơ").click()
    yield "dossier"
    await press(page, "2611020012")
    await page.locator(".code-done").click()
    await expect(page.locator(".dossier-status")).to_be_visible()
    yield "dossier found"
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Tìm thủ tục").click()
    yield "search"
    await page.keyboard.type("khai sinh")
    await expect(page.locator(".procedure-row").first).to_be_visible()
    yield "found"
    await page.keyboard.press("Escape")
    await page.locator(".way").first.click()
    yield "fields"
    await page.locator(".tile").first.click()
    yield "field"
    await page.get_by_role("button", name=BIRTH, exact=True).click()
    yield "procedure"
    await page.locator(".take-home").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    yield "take home"
    await page.get_by_role("dialog").get_by_role("button").click()
    await page.locator(".priority-button").click()
    yield "priority"
    await page.locator(".rows button").first.click()
    yield "with priority"
    await take(page)
    await expect(page.locator("[data-number]")).to_be_visible()
    yield "ticket"
