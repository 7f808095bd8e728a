"""The accounts' pages in a real browser, on a real server with the sample centre."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace
from playwright.async_api import Page, expect

from queue_server.accounts.accounts import Accounts
from queue_server.accounts.devices import DeviceSettings
from queue_server.accounts.principal import Role
from queue_server.app import Core, core_of, web_application
from queue_server.clock import SystemClock
from queue_server.core import commands as c
from queue_server.core.identifiers import KioskId, StaffId
from queue_server.core.kiosk_rows import Kiosk
from queue_server.identity import AccountsIdentify
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.pages import page_parts
from queue_server.places import Places
from tests.support.accessibility import violations
from tests.support.accounts import (
    AN_BINH,
    PASSWORD,
    QUICK,
    cannot_be_heard,
    open_file,
    signed_in,
)
from tests.support.browser import NewPage
from tests.support.centres import small_configuration
from tests.support.servers import parts_for, submit
from tests.support.web_server import serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

CENTRE = replace(small_configuration(), id=AN_BINH)
NARROW = {"width": 320, "height": 640}
"""WCAG 2.2, 1.4.10: nothing but a table may need scrolling in two directions at this width."""
DEMO = [
    (StaffId("demo-lan"), "lan", "Trần Thị Lan", (Role.CLERK,)),
    (StaffId("demo-minh"), "minh", "Lê Văn Minh", (Role.MANAGER, Role.ADMINISTRATOR)),
]


class Site:
    """A running server."""

    def __init__(self, url: str, accounts: Accounts, core: Core) -> None:
        self.url = url
        self.accounts = accounts
        self.core = core

    async def enter(self, page: Page, token: str, cookie: str = "queue_session") -> None:
        await page.context.add_cookies([{"name": cookie, "value": token, "url": self.url}])


@asynccontextmanager
async def opened(folder: Path, *, is_demo: bool = False) -> AsyncIterator[Site]:
    # Pages compare instants with the browser's clock, so that of the server is real.
    clock, engine = SystemClock(), open_file(folder)
    accounts = Accounts(engine, clock, is_demo=is_demo, hasher=QUICK)
    pages = page_parts()
    parts = parts_for(MemoryJournal(clock), clock)
    parts.identify = AccountsIdentify(accounts)
    parts.routes = pages.routes
    parts.state = {
        "accounts": accounts,
        "pages": pages.pages,
        "places": Places(folder),
        "engine": engine,
        "is_demo": is_demo,
    }
    core = core_of(parts)
    async with serving(web_application(parts, core)) as url:
        await submit(core, AN_BINH, c.ApplyConfiguration(configuration=CENTRE))
        yield Site(url, accounts, core)
    engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with opened(tmp_path) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path) -> AsyncIterator[Site]:
    async with opened(tmp_path, is_demo=True) as running:
        await running.accounts.ensure_demo_staff(AN_BINH, DEMO)
        yield running


async def as_administrator(site: Site, page: Page, path: str = "/admin/staff") -> None:
    token = await signed_in(site.accounts, "boss", Role.ADMINISTRATOR, centre=None)
    await site.enter(page, token)
    await page.goto(site.url + path)


async def fill(page: Page, *fields: tuple[str, str]) -> None:
    for label, value in fields:
        await page.get_by_label(label, exact=True).fill(value)


async def link_shown(page: Page) -> str:
    field = page.get_by_label("Liên kết dùng một lần")
    await expect(field).to_have_value(re.compile(r"^http://127\.0\.0\.1:\d+/"))
    return await field.input_value()


async def test_a_person_is_added_and_comes_in_by_the_link(new_page: NewPage, site: Site) -> None:
    admin, colleague = await new_page(), await new_page()
    await as_administrator(site, admin)

    await admin.get_by_role("button", name="Thêm người").click()
    await fill(admin, ("Họ và tên", "Lê Thị Mai"), ("Tên đăng nhập", "mai"))
    await admin.get_by_role("button", name="Thêm", exact=True).click()
    link = await link_shown(admin)
    await admin.get_by_role("button", name="Xong").click()
    await expect(admin.get_by_role("row", name="Lê Thị Mai")).to_contain_text("Liên kết dùng đến")

    await colleague.goto(link)
    await expect(colleague.get_by_label("Tên đăng nhập")).to_have_value("mai")
    await fill(colleague, ("Mật khẩu mới", PASSWORD), ("Nhập lại mật khẩu", PASSWORD))
    await colleague.get_by_role("button", name="Lưu và đăng nhập").click()
    await colleague.wait_for_url(site.url + "/console")
    me = await colleague.request.get(f"{site.url}/api/v1/session")
    mai = await me.json()
    assert (mai["name"], mai["roles"], mai["centre"]) == ("Lê Thị Mai", ["clerk"], AN_BINH)


async def test_a_refused_person_is_explained_in_the_dialog(page: Page, site: Site) -> None:
    await as_administrator(site, page)

    await page.get_by_role("button", name="Thêm người").click()
    await fill(page, ("Họ và tên", "Ai đó"), ("Tên đăng nhập", "boss"))
    await page.get_by_role("button", name="Thêm", exact=True).click()

    await expect(page.get_by_role("alert")).to_have_text("Tên đăng nhập này đã có người dùng.")
    assert len(await site.accounts.list_staff()) == 1


async def test_roles_and_access_are_changed(page: Page, site: Site) -> None:
    mai = await signed_in(site.accounts, "mai")
    await as_administrator(site, page)
    row = page.get_by_role("row", name="Trần mai")

    await row.get_by_role("button", name="Vai trò").click()
    await page.get_by_label("Quản lý").check()
    await page.get_by_role("button", name="Lưu").click()
    await expect(row).to_contain_text("Quản lý")
    await row.get_by_role("button", name="Khóa").click()
    await page.get_by_role("dialog").get_by_role("button", name="Khóa").click()

    await expect(row).to_contain_text("Đã khóa")
    assert await site.accounts.by_session(mai) is None


async def test_a_board_whose_sound_is_blocked_is_shown(page: Page, site: Site) -> None:
    await site.accounts.create_device(AN_BINH, "board", "Màn hình", DeviceSettings())
    (device,) = await site.accounts.list_devices()
    await cannot_be_heard(site.core.sound, device)

    await as_administrator(site, page, "/admin/devices")

    row = page.get_by_role("row").filter(has_text="Màn hình")
    await expect(row).to_contain_text("Âm thanh đang bị chặn")


async def test_a_board_is_added_opened_and_revoked(new_page: NewPage, site: Site) -> None:
    admin, board = await new_page(), await new_page()
    await as_administrator(site, admin, "/admin/devices")

    await admin.get_by_role("button", name="Thêm thiết bị").click()
    await admin.get_by_label("Loại").select_option("board")
    await fill(admin, ("Tên", "Màn hình cửa chính"))
    zone = await admin.get_by_label("Khu vực").locator("option").nth(1).get_attribute("value")
    await admin.get_by_label("Khu vực").select_option(zone)
    await admin.get_by_role("button", name="Thêm", exact=True).click()
    link = await link_shown(admin)
    await board.goto(link)
    await board.wait_for_url(f"{site.url}/board?centre=an-binh&zone={zone}")
    await board.wait_for_load_state("networkidle")
    token = await board.evaluate("localStorage.getItem('queue_device')")
    found = await site.accounts.by_device(token)
    assert found is not None
    assert found.zone == zone

    await admin.reload()
    row = admin.get_by_role("row", name="Màn hình cửa chính")
    await expect(row).to_contain_text("Đã kết nối")
    await row.get_by_role("button", name="Thu hồi").click()
    await admin.get_by_role("dialog").get_by_role("button", name="Thu hồi").click()
    await expect(row).to_have_count(0)
    assert await site.accounts.by_device(token) is None


async def test_a_kiosk_is_one_of_those_of_the_configuration(page: Page, site: Site) -> None:
    door = Kiosk(id=KioskId("door"), name={"vi": "Máy ở cửa"})
    with_kiosk = replace(CENTRE, kiosks={door.id: door})
    await submit(site.core, AN_BINH, c.ApplyConfiguration(configuration=with_kiosk))
    await as_administrator(site, page, "/admin/devices")

    await page.get_by_role("button", name="Thêm thiết bị").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("Máy in")).to_be_visible()
    await dialog.get_by_label("Máy lấy số").select_option("door")
    await expect(dialog.get_by_label("Máy in")).to_have_count(0)
    await fill(page, ("Tên", "Màn hình cảm ứng"))
    await dialog.get_by_role("button", name="Thêm", exact=True).click()
    await link_shown(page)

    (device,) = await site.accounts.list_devices()
    assert device.settings == DeviceSettings(kiosk="door")


async def test_a_counter_sign_is_asked_for_its_counter(page: Page, site: Site) -> None:
    await as_administrator(site, page, "/admin/devices")

    await page.get_by_role("button", name="Thêm thiết bị").click()
    await page.get_by_label("Loại").select_option("counter_sign")
    await fill(page, ("Tên", "Quầy một"))
    await page.get_by_role("button", name="Thêm", exact=True).click()

    await link_shown(page)
    (device,) = await site.accounts.list_devices()
    assert device.settings.counter in CENTRE.counters


async def test_a_device_whose_start_page_is_its_link_goes_on(page: Page, site: Site) -> None:
    link = await site.accounts.create_device(AN_BINH, "kiosk", "Kiosk", DeviceSettings())
    for _ in range(2):
        await page.goto(f"{site.url}/device?token={link}")

        await page.wait_for_url(f"{site.url}/kiosk?centre=an-binh")


async def test_a_printer_is_given_its_token(page: Page, site: Site) -> None:
    settings = DeviceSettings(printer="door")
    link = await site.accounts.create_device(AN_BINH, "printer", "Máy in", settings)

    await page.goto(f"{site.url}/device?token={link}")

    token = await page.get_by_label("Mã").input_value()
    assert await site.accounts.by_device(token)


@pytest.mark.parametrize("path", ["/welcome?token=", "/device?token="])
async def test_a_spent_link_says_what_to_do(page: Page, site: Site, path: str) -> None:
    await page.goto(site.url + path + "x" * 43)

    await expect(page.get_by_text("Vui lòng xin quản trị viên liên kết mới.")).to_be_visible()


async def test_an_easy_password_is_explained(page: Page, site: Site) -> None:
    link = await site.accounts.create_staff("mai", "Lê Thị Mai", [Role.CLERK], AN_BINH)
    await page.goto(f"{site.url}/welcome?token={link}")

    for one, other, words in (
        ("lethimai2026", "lethimai2026", "gần như chỉ là tên"),
        (PASSWORD, PASSWORD + "!", "không giống nhau"),
    ):
        await fill(page, ("Mật khẩu mới", one), ("Nhập lại mật khẩu", other))
        await page.get_by_role("button", name="Lưu và đăng nhập").click()
        await expect(page.get_by_role("alert")).to_contain_text(words)


async def test_the_page_is_for_administrators(new_page: NewPage, site: Site) -> None:
    nobody, clerk = await new_page(), await new_page()
    await site.enter(clerk, await signed_in(site.accounts, "lan"))

    await nobody.goto(f"{site.url}/admin")
    refused = await clerk.goto(f"{site.url}/admin")

    assert nobody.url == f"{site.url}/sign-in?next=%2Fadmin"
    assert refused is not None
    assert refused.status == 403
    await expect(clerk.get_by_role("heading", level=1)).to_have_text(
        "Trang này dành cho quản trị viên"
    )


async def test_signs_in_and_out_with_a_password(page: Page, site: Site) -> None:
    await signed_in(site.accounts, "boss", Role.ADMINISTRATOR, centre=None)
    await page.goto(f"{site.url}/admin")

    await fill(page, ("Tên đăng nhập", "boss"), ("Mật khẩu", PASSWORD))
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{site.url}/admin")
    await page.get_by_role("button", name="Đăng xuất").click()
    await page.wait_for_url(f"{site.url}/sign-in?next=/admin")

    assert await page.context.cookies() == []


async def test_in_the_demo_one_chooses_who_one_is(page: Page, demo: Site) -> None:
    await page.goto(f"{demo.url}/sign-in?next=/admin/staff")

    await page.get_by_role("button", name="Lê Văn Minh").click()

    await page.wait_for_url(f"{demo.url}/admin/staff")
    await expect(page.get_by_role("row", name="Trần Thị Lan")).to_contain_text("Cán bộ quầy")


@pytest.mark.parametrize("viewport", [NARROW, {"width": 1280, "height": 800}])
async def test_pages_are_accessible_and_fit(
    new_page: NewPage, site: Site, viewport: dict[str, int]
) -> None:
    page = await new_page(viewport=viewport)
    link = await site.accounts.create_staff("mai", "Lê Thị Mai", [Role.CLERK], AN_BINH)
    device = DeviceSettings(zone="main")
    await site.accounts.create_device(AN_BINH, "kiosk", "Kiosk", device)
    await as_administrator(site, page)
    found: list[str] = []

    for path, button in (
        ("/admin/staff", "Thêm người"),
        ("/admin/devices", "Thêm thiết bị"),
        (f"/welcome?token={link}", None),
        ("/device?token=x", None),
    ):
        await page.goto(site.url + path, wait_until="networkidle")
        found += await violations(page)
        assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        if button:
            await page.get_by_role("button", name=button).click()
            await expect(page.get_by_role("dialog")).to_be_visible()
            found += await violations(page)

    assert found == []
