"""Reception gives numbers to others, quickly, one after the other."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from queue_server.core.ticket import Channel
from tests.displays.kiosk.conftest import Taken
from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

TABLET = {"width": 1280, "height": 800}


@pytest_asyncio.fixture(loop_scope="session")
async def helper(server: LiveServer, new_page: NewPage) -> Page:
    page = await new_page(viewport=TABLET, screen=TABLET)
    await page.context.add_cookies([{"name": "queue_session", "value": "lan", "url": server.url}])
    await page.goto(f"{server.url}/kiosk?helper&language=en")
    await expect(page.locator(".helper-row").first).to_be_visible()
    return page


async def test_gives_numbers_one_after_the_other(helper: Page, taken: Taken) -> None:
    await helper.get_by_label("Find a procedure").fill("so do mat")
    await helper.get_by_role("button", name="Replacement of a lost").click()
    await helper.get_by_role("button", name="VI", exact=True).click()
    await helper.get_by_label("Number of dossiers").fill("3")
    await helper.get_by_label("Priority").select_option("Aged 75 or over")
    await helper.locator(".helper-give").click()
    await expect(helper.locator(".is-newest")).to_contain_text("Replacement of a lost")
    await helper.get_by_label("Find a procedure").fill("birth")
    await helper.get_by_role("button", name="Birth registration", exact=False).first.click()
    await helper.locator(".helper-give").click()
    await expect(helper.locator(".helper-given p")).to_have_count(2)

    first, second = taken()
    assert (first.dossiers, first.priority_class, first.language) == (3, "elderly", "vi")
    assert (second.dossiers, second.priority_class) == (1, None)
    assert {first.channel, second.channel} == {Channel.RECEPTION}
    await expect(helper.locator(".is-newest")).to_contain_text(second.number)


async def test_nothing_ends_by_itself(helper: Page) -> None:
    await helper.clock.install()
    await helper.get_by_label("Find a procedure").fill("marriage")
    await helper.clock.run_for(500)
    await helper.get_by_role("button", name="Marriage registration", exact=False).first.click()

    await helper.clock.run_for(1_800_000)

    await expect(helper.locator(".helper-give")).to_be_visible()
    await expect(helper.get_by_role("dialog")).to_have_count(0)


async def test_a_refusal_is_said_and_the_choice_stays(helper: Page) -> None:
    refused = {"code": "field_full", "detail": "full", "status": 409}
    await helper.route("**/tickets", lambda route: route.fulfill(status=409, json=refused))
    await helper.locator(".helper-row").first.click()

    await helper.locator(".helper-give").click()

    await expect(helper.get_by_text("All numbers of this field have been given")).to_be_visible()
    await expect(helper.locator(".helper-give")).to_be_visible()


async def test_is_accessible_before_and_after_choosing(helper: Page) -> None:
    before = await violations(helper)
    await helper.locator(".helper-row").first.click()

    assert before + await violations(helper) == []
