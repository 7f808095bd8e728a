"""The list of papers on the phone: ticks stay there, through a reload, and nowhere else."""

import pytest
from playwright.async_api import expect

from tests.displays.phone.steps import OpenTicket, issue
from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_ticks_stay_on_the_phone(server: LiveServer, open_ticket: OpenTicket) -> None:
    page = await open_ticket(issue(server))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    await page.get_by_text("Giấy tờ cần chuẩn bị").click()
    first = page.get_by_role("checkbox").first
    await first.check()
    await expect(page.get_by_text("Còn 2 giấy tờ chưa đánh dấu.")).to_be_visible()
    assert await violations(page) == []
    assert set(sent) == {"GET"}

    await page.reload()
    await page.get_by_text("Giấy tờ cần chuẩn bị").click()

    await expect(page.get_by_role("checkbox").first).to_be_checked()
    await expect(page.get_by_role("checkbox").nth(1)).not_to_be_checked()


async def test_who_has_everything_is_told_so(server: LiveServer, open_ticket: OpenTicket) -> None:
    page = await open_ticket(issue(server), "?language=en")
    await page.get_by_text("Papers to have ready").click()
    boxes = page.get_by_role("checkbox")
    await expect(boxes.first).to_be_visible()

    for n in range(await boxes.count()):
        await boxes.nth(n).check()

    await expect(page.get_by_text("You have everything.")).to_be_visible()


async def test_the_next_visit_begins_without_ticks(
    server: LiveServer, open_ticket: OpenTicket
) -> None:
    page = await open_ticket(issue(server))
    await page.get_by_text("Giấy tờ cần chuẩn bị").click()
    await page.get_by_role("checkbox").first.check()

    await page.goto(f"{server.url}/t/{issue(server)}")
    await page.get_by_text("Giấy tờ cần chuẩn bị").click()
    await expect(page.get_by_role("checkbox").first).not_to_be_checked()
    await page.get_by_role("checkbox").nth(1).check()

    kept = await page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('papers:'))"
    )
    assert len(kept) == 1


async def test_a_list_that_does_not_come_is_explained(
    server: LiveServer, open_ticket: OpenTicket
) -> None:
    page = await open_ticket(issue(server))
    await page.route("**/procedures/*", lambda route: route.fulfill(status=500, body="{}"))

    await page.get_by_text("Giấy tờ cần chuẩn bị").click()

    await expect(page.get_by_text("Chưa tải được danh mục.")).to_be_visible()
