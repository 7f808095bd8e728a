"""From a tap at the kiosk to a dossier with its receipt, through every real part."""

import re
from collections.abc import Mapping

import httpx2
import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Page, expect

from tests.end_to_end.conftest import ARTEFACTS, Shoot
from tests.support.browser import NewPage
from tests.support.printer_emulator import PrinterEmulator
from tests.support.served import ServedCentre

pytestmark = pytest.mark.asyncio(loop_scope="session")

KIOSK = {"width": 1080, "height": 1920}
BOARD = {"width": 1920, "height": 1080}
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PASSWORD = "ba con mèo trên mái"  # noqa: S105  # of the test's own people


class Office:
    """The administrator's side: people and devices, through the public interface."""

    def __init__(self, served: ServedCentre) -> None:
        self._served = served
        headers = {"origin": served.url}
        self._client = httpx2.AsyncClient(base_url=served.url, timeout=20, headers=headers)

    async def open(self) -> None:
        token = self._served.first_link.split("token=")[1]
        chosen = await self._client.post(
            "/api/v1/session/password", json={"token": token, "password": PASSWORD}
        )
        assert chosen.status_code < 300, chosen.text

    async def clerk_link(self) -> str:
        body = {
            "login": "lan",
            "name": "Nguyễn Thị Lan",
            "roles": ["clerk"],
            "centre": self._served.configuration.id,
        }
        return await self._link("/api/v1/staff", body)

    async def device_link(self, kind: str) -> str:
        body = {"centre": self._served.configuration.id, "kind": kind, "name": f"Test {kind}"}
        return await self._link("/api/v1/devices", body)

    async def _link(self, path: str, body: Mapping[str, object]) -> str:
        added = await self._client.post(path, json=body)
        assert added.status_code < 300, added.text
        return f"{self._served.url}{added.json()['page']}"

    async def close(self) -> None:
        await self._client.aclose()


async def take_a_number(kiosk: Page) -> str:
    await kiosk.get_by_role("button", name="Tiếng Việt").click()
    await kiosk.locator(".way").first.click()
    await kiosk.locator(".tile").first.click()
    await kiosk.get_by_role("button", name="Đăng ký khai sinh").first.click()
    await kiosk.get_by_role("button", name="Lấy số", exact=True).click()
    number = kiosk.get_by_text(re.compile(r"^A\d{3}$")).first
    await expect(number).to_be_visible()
    return (await number.inner_text()).strip()


async def sit_down(desk: Page, served: ServedCentre, link: str) -> Page:
    """The clerk chooses a password with the one-time link, then a counter."""
    await desk.goto(link)
    await desk.get_by_label("Mật khẩu mới").fill(PASSWORD)
    await desk.get_by_label("Nhập lại mật khẩu", exact=False).fill(PASSWORD)
    await desk.keyboard.press("Enter")
    await desk.wait_for_url(lambda url: "/welcome" not in url)
    await desk.goto(f"{served.url}/console")
    await desk.get_by_role("button", name="Quầy 6").click()
    return desk


def codes_on(paper: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(paper.convert("L"))]


async def test_a_citizen_goes_from_number_to_dossier(
    served: ServedCentre, printer: PrinterEmulator, new_page: NewPage, shoot: Shoot
) -> None:
    office = Office(served)
    await office.open()
    desk = await sit_down(await new_page(viewport=DESK), served, await office.clerk_link())
    kiosk, board = await new_page(viewport=KIOSK), await new_page(viewport=BOARD)
    await board.goto(await office.device_link("board"))
    await expect(board.locator(".frame")).to_be_visible()
    await kiosk.goto(await office.device_link("kiosk"))

    # the citizen takes a number, and paper comes out
    number = await take_a_number(kiosk)
    printer.wait_for_receipts(1)
    await shoot(kiosk, "1-kiosk-number")
    slip = printer.receipts[0]
    slip.save(ARTEFACTS / "2-slip.png")
    (phone_address,) = codes_on(slip)
    assert phone_address.startswith(f"{served.url}/t/")
    phone = await new_page(viewport=PHONE)
    await phone.goto(phone_address)
    await expect(phone.get_by_text(number).first).to_be_visible()
    await shoot(phone, "3-phone-waiting")

    # the clerk opens and calls; the board shows and speaks
    main = desk.locator(".action-main:enabled:not([aria-disabled=true])")
    await expect(main).to_contain_text("Mở quầy")
    await desk.keyboard.press("Space")
    await expect(main).to_contain_text("Gọi số tiếp theo")
    await desk.keyboard.press("Space")
    await expect(board.locator(".newest-number")).to_have_text(f"{number[0]}\u2009{number[1:]}")
    await expect(board.locator(".newest-counter")).to_have_text("6")
    await expect(board.locator("html")).to_have_attribute("data-speaking", re.compile("an-binh"))
    await shoot(board, "4-board-called")
    await expect(phone.get_by_text(re.compile("[Qq]uầy 6")).first).to_be_visible()
    await shoot(phone, "5-phone-called")

    # served and finished: dossier, due time, receipt
    await expect(main).to_contain_text("Bắt đầu")
    await shoot(desk, "6-console-called")
    await desk.keyboard.press("s")
    await expect(main).to_contain_text("Kết thúc")
    await desk.keyboard.press("f")
    finish = desk.get_by_role("dialog")
    await expect(finish).to_be_visible()
    await shoot(desk, "7-console-finish")
    await finish.get_by_role("button", name="Kết thúc").click()
    code = desk.get_by_text(re.compile(r"H\d{2}\.\d{3}-\d{6}-0001")).first
    await expect(code).to_be_visible()
    await shoot(desk, "8-console-dossier")
    printer.wait_for_receipts(2)
    receipt = printer.receipts[1]
    receipt.save(ARTEFACTS / "9-receipt.png")
    assert codes_on(receipt) == [(await code.inner_text()).strip()]
    await office.close()
