"""Booking a visit at reception, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from queue_server.appointments.book import AppointmentBook
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import TABLET, OpenAs, width_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

LAND = "1.012783"


@pytest.fixture
def live_server(tmp_path: Path) -> Iterator[LiveServer]:
    engine = open_database(f"sqlite:///{tmp_path / 'queue.db'}")
    migrate(engine)
    state = {"appointments": AppointmentBook(engine)}
    with LiveServer(tmp_path, waiting=6, state=state) as server:
        yield server
    engine.dispose()


async def dialog_of(open_as: OpenAs, language: str = "en") -> Page:
    page = await open_as("lan", f"/reception?language={language}", viewport=TABLET)
    await page.locator("#open-appointments").click()
    await page.locator("#appointment-procedure").select_option(LAND)
    await expect(page.locator(".appointment-slot").first).to_be_visible()
    return page


async def test_a_visit_is_booked_and_found_in_the_list(open_as: OpenAs) -> None:
    page = await dialog_of(open_as)

    await page.get_by_role("radio", name="09:00").check()
    await page.get_by_label("Phone number").fill("0912 345 678")
    await page.get_by_role("button", name="Book 09:00").click()

    code = await page.locator("[data-code]").get_attribute("data-code")
    assert code is not None
    shown = f"{code[:3]}\u00a0{code[3:]}"
    await expect(page.locator(".hall-entry", has_text=shown)).to_contain_text("Booked")
    await expect(page.get_by_role("radio", name="09:00")).to_be_enabled()
    await expect(page.locator(".appointment-slot", has_text="09:00")).to_contain_text("1 free")


async def test_a_full_half_hour_cannot_be_chosen(open_as: OpenAs) -> None:
    page = await dialog_of(open_as)
    for _ in range(2):
        await page.get_by_role("radio", name="09:30").check()
        await page.get_by_role("button", name="Book 09:30").click()
        await expect(page.locator("[data-code]")).to_be_visible()

    await expect(page.get_by_role("radio", name="09:30")).to_be_disabled()


async def test_an_appointment_is_cancelled(open_as: OpenAs) -> None:
    page = await dialog_of(open_as)
    await page.get_by_role("radio", name="10:00").check()
    await page.get_by_role("button", name="Book 10:00").click()

    await page.get_by_role("button", name="Cancel the appointment: 10:00").click()

    await expect(page.locator("dialog .hall-entry")).to_contain_text("Cancelled")
    await expect(page.get_by_role("button", name="Cancel the appointment: 10:00")).to_have_count(0)


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_the_dialog_is_accessible_and_fits(open_as: OpenAs, language: str) -> None:
    page = await dialog_of(open_as, language)

    assert await violations(page) == []
    assert await width_of(page) <= TABLET["width"]
