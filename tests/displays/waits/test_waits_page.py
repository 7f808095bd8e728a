"""Waits of a centre, looked at from home on a phone."""

import pytest
from playwright.async_api import expect

from queue_server.core import commands as c
from queue_server.core.identifiers import ProcedureCode, TicketId
from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

NARROW = {"width": 320, "height": 640}
BIRTH = ProcedureCode("1.001193")


async def test_everybody_sees_who_waits_where_in_both_languages(
    server: LiveServer, new_page: NewPage
) -> None:
    server.do(c.IssueTicket(ticket=TicketId("f" * 32), procedure=BIRTH))
    page = await new_page(viewport=NARROW)
    await page.goto(f"{server.url}/waits?language=en")

    fields = page.locator(".wait-list > li")
    await expect(fields.first).to_contain_text("waiting")
    await expect(fields.first.locator(".wait-words")).not_to_be_empty()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]

    await page.get_by_role("link", name="Tiếng Việt").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Thời gian chờ hiện nay")
    await expect(page.locator(".wait-list > li").first).to_contain_text("chờ")


async def test_an_unknown_centre_is_refused_by_name(server: LiveServer, new_page: NewPage) -> None:
    page = await new_page()

    answer = await page.goto(f"{server.url}/waits?centre=nowhere")

    assert answer is not None
    assert answer.status == 404
