"""The register in a real browser, and the dossiers of a day over HTTP."""

import httpx2
import pytest
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from queue_server.core.identifiers import DossierCode
from tests.counters.register.conftest import BROKEN
from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import DESK, OpenAs, width_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = {"width": 390, "height": 844}
DOSSIERS = "/api/v1/centres/an-binh/dossiers"


async def opened(
    open_as: OpenAs, path: str = "/register", *, who: str = "lan", **options: object
) -> Page:
    page = await open_as(who, path, **{"viewport": DESK, **options})
    await expect(page.locator("#register[aria-busy=false]")).to_be_visible()
    return page


def code_of(server: LiveServer, place: int) -> str:
    (replica,) = server.core.replicas.loaded()
    return list(replica.centre.dossiers)[place]


@pytest.mark.parametrize(("language", "viewport"), [("vi", DESK), ("en", PHONE)])
async def test_the_page_is_accessible_and_fits(
    open_as: OpenAs, language: str, viewport: dict[str, int]
) -> None:
    page = await opened(open_as, f"/register?language={language}", viewport=viewport)

    assert await violations(page) == []
    assert await width_of(page) <= viewport["width"]


async def test_the_day_is_listed_newest_first_with_hand_over_and_receipt(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await opened(open_as)
    lines = page.locator("[data-dossier]")

    await expect(lines).to_have_count(4)
    await expect(lines.first).to_have_attribute("data-dossier", code_of(live_server, 3))
    oldest = page.locator(f"[data-dossier='{code_of(live_server, 0)}']")
    await expect(oldest).to_contain_text("Vừa tiếp nhận")
    await expect(oldest).to_contain_text("Chưa in được")
    await expect(oldest).to_contain_text("Đăng ký khai sinh")
    sent = page.locator(f"[data-dossier='{code_of(live_server, 1)}']")
    await expect(sent).to_contain_text("Đã chuyển")
    await expect(sent).to_contain_text("Đã in")


async def test_a_failed_hand_over_shows_its_reason_and_is_sent_again(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await opened(open_as, "/register?language=en")
    failed = page.locator(f"[data-failed='{code_of(live_server, 2)}']")
    await expect(failed).to_contain_text(f"province: {BROKEN}")

    await failed.get_by_role("button", name="Send again").click()

    await expect(failed).to_have_count(0)
    await expect(page.get_by_text("is being sent again")).to_be_visible()
    line = page.locator(f"[data-dossier='{code_of(live_server, 2)}']")
    await expect(line).to_contain_text("Being sent")
    await expect(page.locator("[data-failed]")).to_have_count(1)


async def test_all_failed_ones_are_sent_again_at_once(open_as: OpenAs) -> None:
    page = await opened(open_as, "/register?language=en")

    await page.get_by_role("button", name="Send all again").click()

    await expect(page.locator("[data-failed]")).to_have_count(0)


async def test_a_receipt_is_printed_again(open_as: OpenAs, live_server: LiveServer) -> None:
    page = await opened(open_as, "/register?language=en")
    line = page.locator(f"[data-dossier='{code_of(live_server, 0)}']")

    await line.get_by_role("button", name="Print receipt again").click()

    await expect(line).to_contain_text("copy 2")
    await expect(line).to_contain_text("Printing")


async def test_what_changes_elsewhere_appears_by_itself(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await opened(open_as)

    live_server.do(c.ReprintReceipt(code=DossierCode(code_of(live_server, 3))))

    await expect(page.locator("[data-dossier]").first).to_contain_text("bản thứ 2")


async def test_lines_are_found_by_code_number_and_procedure_without_marks(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await opened(open_as)
    find, lines = page.locator("#find"), page.locator("[data-dossier]")

    await find.fill("khai sinh")
    await expect(lines).to_have_count(4)
    await find.fill(code_of(live_server, 1)[-4:])
    await expect(lines).to_have_count(1)
    await find.fill("zzz")
    await expect(page.get_by_text("Không có hồ sơ nào khớp")).to_be_visible()


async def test_an_earlier_day_can_be_read(open_as: OpenAs) -> None:
    page = await opened(open_as, "/register?language=en")

    await page.locator("#day").fill("2026-11-20")
    await page.locator("#day").dispatch_event("change")

    line = page.locator("[data-dossier='H26.12-261120-0007']")
    await expect(line).to_contain_text("A031")
    await expect(line).to_contain_text("Đăng ký khai sinh (tên cũ)")
    await expect(line).to_contain_text("Sent")
    await expect(line.get_by_role("button")).to_have_count(0)
    assert "day=2026-11-20" in page.url
    assert "Nguyễn Văn An" not in await page.content()
    assert await violations(page) == []

    await page.get_by_role("button", name="Today").click()
    await expect(page.locator("[data-dossier]")).to_have_count(4)


async def test_a_day_without_dossiers_says_so(open_as: OpenAs) -> None:
    page = await opened(open_as, "/register?day=2026-11-02&language=en")

    await expect(page.get_by_text("No dossier was received on this day.")).to_be_visible()


async def test_who_is_not_signed_in_is_sent_to_sign_in(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await open_as("", "/register")

    assert page.url.startswith(f"{live_server.url}/sign-in?next=/register")


async def get(server: LiveServer, token: str, day: str) -> httpx2.Response:
    async with httpx2.AsyncClient(base_url=server.url) as client:
        headers = {"authorization": f"Bearer {token}"}
        return await client.get(f"{DOSSIERS}?day={day}", headers=headers)


@pytest.mark.parametrize(("token", "status"), [("nobody", 401), ("kiosk", 403), ("lan", 200)])
async def test_only_staff_read_dossiers(live_server: LiveServer, token: str, status: int) -> None:
    answer = await get(live_server, token, "2026-11-20")

    assert answer.status_code == status
    assert "Nguyễn" not in answer.text


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-01"])
async def test_a_day_that_is_none_is_refused(live_server: LiveServer, day: str) -> None:
    answer = await get(live_server, "lan", day)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_value")
    assert "expected day as a date like 2026-11-23" in answer.json()["detail"]
