"""What a citizen does at the kiosk, step by step."""

from typing import Any

from playwright.async_api import Page

from queue_server.core.identifiers import TicketId

BIRTH = "Đăng ký khai sinh"


async def begin(page: Page) -> None:
    await page.get_by_role("button", name="Tiếng Việt").click()


async def choose_birth(page: Page) -> None:
    await begin(page)
    await page.locator(".tile").first.click()
    await page.get_by_role("button", name=BIRTH, exact=True).click()


async def take(page: Page) -> TicketId:
    async with page.expect_response("**/tickets") as answered:
        await page.locator(".button-take").click()
    answer: dict[str, Any] = await (await answered.value).json()
    return TicketId(answer["ticket"]["id"])
