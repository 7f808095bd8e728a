"""The operator's page in a real browser, and which centre a page is about."""

import pytest
from msgspec.structs import replace
from playwright.async_api import expect

from queue_server.core import commands as c
from queue_server.core.identifiers import CentreId
from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import TABLET, OpenAs, width_of

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("two_centres"),
]

SECOND = CentreId("binh-minh")


@pytest.fixture
def two_centres(live_server: LiveServer) -> LiveServer:
    second = replace(live_server.configuration, id=SECOND, name={"vi": "Bình Minh"})
    live_server.do_at(SECOND, c.ApplyConfiguration(configuration=second))
    return live_server


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_the_page_is_accessible_and_fits(open_as: OpenAs, language: str) -> None:
    page = await open_as("admin", f"/centres?language={language}", viewport=TABLET)
    await expect(page.locator("[data-centre]")).to_have_count(2)

    assert await violations(page) == []
    assert await width_of(page) <= TABLET["width"]


async def test_who_needs_somebody_stands_first(open_as: OpenAs) -> None:
    page = await open_as("admin", "/centres?language=en", viewport=TABLET)

    rows = page.locator("[data-centre]")
    await expect(rows.nth(0)).to_contain_text("without a counter")
    await expect(rows.nth(1)).to_contain_text("All well")


async def test_a_centre_is_found_by_its_name_without_marks(open_as: OpenAs) -> None:
    page = await open_as("admin", "/centres?language=en", viewport=TABLET)

    await page.get_by_label("Find a centre").fill("binh minh")

    await expect(page.locator("[data-centre]")).to_have_count(1)


async def test_the_centre_looked_at_last_stays(open_as: OpenAs, two_centres: LiveServer) -> None:
    page = await open_as("admin", f"/manager?centre={SECOND}", viewport=TABLET)
    await page.goto(f"{two_centres.url}/order")

    await expect(page).to_have_title("Thứ tự gọi số · Bình Minh")


async def test_a_clerk_does_not_see_it(open_as: OpenAs) -> None:
    page = await open_as("hoa", "/centres?language=en")

    await expect(page.get_by_role("heading")).to_have_text("This page is not for your account")
