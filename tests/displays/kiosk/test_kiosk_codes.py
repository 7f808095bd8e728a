"""Arriving for an appointment, and following a dossier, at the kiosk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.displays.kiosk.booked import DOSSIER, Booked
from tests.displays.kiosk.conftest import OpenKiosk
from tests.displays.kiosk.steps import begin, press
from tests.support.accessibility import violations

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Booked]:
    with Booked(tmp_path) as running:
        yield running


async def test_who_has_an_appointment_checks_in_by_its_code(
    kiosk: OpenKiosk, server: Booked
) -> None:
    page = await kiosk()
    await begin(page)
    await page.get_by_role("button", name="Tôi đã đặt lịch hẹn").click()

    await press(page, server.appointment.code)
    await page.locator(".code-done").click()

    await expect(page.locator(".is-ticket")).to_contain_text("Đất đai")
    held = server.core.replicas.loaded()[0].centre.tickets[server.appointment.id]
    assert held.state == "waiting"


async def test_a_scanner_types_the_code_and_enters_it(kiosk: OpenKiosk, server: Booked) -> None:
    page = await kiosk()
    await begin(page)
    await page.get_by_role("button", name="Tôi đã đặt lịch hẹn").click()
    await expect(page.locator("#code")).to_be_focused()

    await page.keyboard.type(f"https://centre.example/t/{server.appointment.id}")
    await page.keyboard.press("Enter")

    await expect(page.locator(".is-ticket h1")).to_be_visible()


async def test_a_code_that_is_none_is_answered_kindly(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await begin(page)
    await page.get_by_role("button", name="Tôi đã đặt lịch hẹn").click()
    await press(page, "12")
    await page.locator(".code-done").click()

    await expect(page.get_by_text("Không tìm thấy lịch hẹn nào trong hôm nay.")).to_be_visible()
    assert await violations(page) == []


async def test_a_dossier_is_followed_by_the_numbers_of_its_code(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await begin(page)
    await page.get_by_role("button", name="Tra cứu hồ sơ").click()
    await press(page, "2611020012")
    await page.locator(".code-done").click()

    shown = page.locator(".dossier-status")
    await expect(shown).to_contain_text(DOSSIER)
    await expect(shown).to_contain_text("03/11/2026, 17:00")
    assert await violations(page) == []


async def test_nothing_of_a_code_stays_for_the_next(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await begin(page)
    await page.get_by_role("button", name="Tra cứu hồ sơ").click()
    await press(page, "2611020012")
    await page.get_by_role("button", name="Bắt đầu lại").click()
    await begin(page)
    await page.get_by_role("button", name="Tra cứu hồ sơ").click()

    await expect(page.locator("#code")).to_have_value("")
