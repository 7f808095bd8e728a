"""A language that a centre names and no catalogue has: nothing is offered that cannot be kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from config.centre_file import load_centre
from queue_server.core.identifiers import Language
from tests.support.browser import NewPage
from tests.support.live_servers import SAMPLE, LiveServer
from tests.support.three_languages import begin, with_third

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNKNOWN = Language("tyz")


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveServer]:
    facts = with_third(load_centre(SAMPLE), UNKNOWN)
    with LiveServer(tmp_path, configuration=facts) as server:
        begin(server, UNKNOWN)
        yield server


async def device(new_page: NewPage, live: LiveServer, who: str, path: str) -> Page:
    page = await new_page()
    await page.context.add_cookies([{"name": "queue_device", "value": who, "url": live.url}])
    await page.goto(live.url + path)
    return page


async def test_citizens_are_offered_what_the_pages_speak(
    new_page: NewPage, live: LiveServer
) -> None:
    kiosk = await device(new_page, live, "kiosk", "/kiosk")
    await expect(kiosk.locator(".languages li")).to_have_count(1)
    await expect(kiosk.locator(".start-other")).to_have_count(0)

    door = await device(new_page, live, "door", "/door")
    await expect(door.locator(".door-qr")).to_be_visible()
    await expect(door.locator(".beside")).to_have_count(0)


async def test_the_tablet_asks_in_vietnamese_and_stays(new_page: NewPage, live: LiveServer) -> None:
    page = await device(new_page, live, "rating", "/rate?counter=counter-1")

    await page.get_by_role("button", name="Rất hài lòng").click()

    await expect(page.get_by_role("heading", name="Xin cảm ơn ông/bà!")).to_be_visible()


async def test_fixed_words_of_a_board_are_english_and_called_so(
    new_page: NewPage, live: LiveServer
) -> None:
    page = await device(new_page, live, "board", "/board")

    words = page.locator(".beside[lang=en]", has_text="Now calling")
    await expect(words.first).to_be_visible()
