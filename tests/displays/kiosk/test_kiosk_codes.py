"""Arriving for an appointment, and following a dossier, at the kiosk."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from queue_server.appointments.appointment import Appointment
from queue_server.appointments.book import AppointmentBook
from queue_server.archive.database import open_database
from queue_server.archive.migrate import migrate
from queue_server.core.hours import local_time
from queue_server.core.identifiers import FieldId, Language, ProcedureCode, TicketId
from queue_server.intake.register import Register
from tests.displays.kiosk.conftest import OpenKiosk
from tests.displays.kiosk.steps import begin
from tests.intake.dossiers import enter, opened
from tests.support.accessibility import violations
from tests.support.centres import MORNING
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

DOSSIER = "H00.000-261102-0012"


class Booked(LiveServer):
    """A server with one appointment of today and one dossier."""

    def __init__(self, folder: Path) -> None:
        self.engine = open_database(f"sqlite:///{folder / 'queue.sqlite3'}")
        migrate(self.engine)
        book, self.register = AppointmentBook(self.engine), Register(self.engine)
        super().__init__(folder, state={"appointments": book, "register": self.register})
        enter(self.register, opened(DOSSIER), self.centre)
        at = MORNING + timedelta(hours=1)
        self.appointment = book.enter(
            Appointment(
                id=TicketId("e" * 32),
                code="",
                centre=self.centre,
                day=local_time(self.configuration, at).date(),
                at=at,
                procedure=ProcedureCode("1.012783"),
                field=FieldId("land"),
                language=Language("vi"),
                dossiers=1,
                booked_at=MORNING,
            ),
            None,
            self.configuration,
            MORNING,
        )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Booked]:
    with Booked(tmp_path) as running:
        yield running
    running.engine.dispose()


async def press(page: Page, digits: str) -> None:
    for digit in digits:
        await page.locator(".code-keys").get_by_role("button", name=digit, exact=True).click()


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
