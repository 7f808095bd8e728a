"""The manager's word to the staff at counters: sent, and who has read it; in a real browser."""

import pytest
from playwright.async_api import expect

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId
from tests.counters.load.test_manager_page import counter, manager_page
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import OpenAs

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_word_to_the_counters_shows_where_it_was_read(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await manager_page(open_as)
    await page.get_by_role("button", name="New message").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Staff at the counters").check()
    await dialog.get_by_label("Text in Vietnamese").fill("Chốt sổ")
    await dialog.get_by_label("Text in English").fill("Close the books")
    for number in (3, 4):
        await dialog.get_by_label(f"Counter {number}", exact=True).check()
    await dialog.get_by_role("button", name="Send to the counters").click()

    entry = page.locator(".message-entry")
    await expect(entry).to_contain_text("Counters 3, 4")
    await expect(entry).to_contain_text("Not yet at: 3, 4")
    replica = live_server.core.replicas.loaded()[0]
    (message,) = replica.centre.messages
    live_server.do(c.ReadMessage(counter=CounterId("counter-3"), message=message))
    await expect(entry).to_contain_text("Read at: 3")
    await expect(entry).to_contain_text("Not yet at: 4")


async def test_a_break_says_when_its_clerk_means_to_be_back(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    live_server.do(c.PauseCounter(counter=CounterId("counter-5"), reason="meeting", for_s=900))

    page = await manager_page(open_as)

    await expect(counter(page, 5)).to_contain_text("back at 08:15")
