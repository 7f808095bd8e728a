"""What a citizen reads before taking a number: papers to tick, fee, priority, code, refusals."""

import re

import pytest
from msgspec.structs import replace
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from tests.displays.kiosk.conftest import OpenKiosk, Taken
from tests.displays.kiosk.steps import choose_birth, open_search, take
from tests.support.live_servers import LiveServer
from tests.support.qr_reading import read_code

pytestmark = pytest.mark.asyncio(loop_scope="session")

PORTAL = "Nộp trực tuyến bất cứ lúc nào: dichvucong.gov.vn"
HOTLINE = "Đường dây nóng"


async def refuse(page: Page, code: str, **facts: object) -> None:
    """Let the server refuse a number."""
    body = {"code": code, "detail": code, "status": 409, "facts": facts}
    await page.route("**/tickets", lambda route: route.fulfill(status=409, json=body))


async def test_papers_are_ticked_for_the_citizen_alone(kiosk: OpenKiosk, taken: Taken) -> None:
    page = await kiosk()
    await choose_birth(page)
    papers = page.get_by_role("checkbox")
    await expect(page.get_by_text("Nếu còn thiếu giấy tờ, ông/bà cứ lấy số")).to_be_visible()
    await expect(papers.first).to_contain_text("Nếu chưa có: lấy mẫu tại quầy hướng dẫn")

    await papers.first.click()

    await expect(papers.first).to_be_checked()
    await expect(papers.first).not_to_contain_text("Nếu chưa có")
    await take(page)
    assert len(taken()) == 1


async def test_who_has_all_papers_is_told(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await choose_birth(page)
    papers = page.get_by_role("checkbox")

    for place in range(await papers.count() - 1):  # the last is not required
        await papers.nth(place).click()

    await expect(page.get_by_text("Ông/bà đã có đủ giấy tờ cần thiết.")).to_be_visible()


async def test_a_fee_stands_with_its_exemption(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await open_search(page)
    await page.keyboard.type("trich luc khai sinh")
    await page.locator(".procedure-row").first.click()

    fee = page.get_by_role("region", name="Phí, lệ phí")

    await expect(fee).to_contain_text("8.000 đồng")
    await expect(fee).to_contain_text("xin hỏi tại quầy xem có được miễn, giảm không")


async def test_priority_is_undone_before_the_number(kiosk: OpenKiosk, taken: Taken) -> None:
    page = await kiosk()
    await choose_birth(page)
    await page.get_by_role("button", name="Tôi thuộc diện ưu tiên").click()
    await expect(page.get_by_text("Căn cứ: Nội quy của Trung tâm.").first).to_be_visible()
    await page.get_by_role("button", name="Người khuyết tật").click()
    chosen = page.get_by_role("group", name="Ưu tiên")
    await expect(chosen).to_contain_text("Giấy xác nhận khuyết tật")

    await chosen.get_by_role("button", name="Hoàn tác").click()
    await take(page)

    assert [held.priority_class for held in taken()] == [None]


async def test_the_checklist_goes_home_without_a_number(kiosk: OpenKiosk, taken: Taken) -> None:
    page = await kiosk()
    await choose_birth(page)

    async with page.expect_response("**/qr.svg*") as answered:
        await page.get_by_role("button", name="Lưu danh mục này").click()
    code = await (await answered.value).text()

    await expect(page.get_by_role("dialog", name="Mang danh mục giấy tờ về nhà")).to_be_visible()
    assert read_code(code) == "http://127.0.0.1/p/1.001193?centre=an-binh&language=vi"
    assert taken() == []


async def test_without_a_public_address_no_code_is_offered(
    kiosk: OpenKiosk, unreachable_server: LiveServer
) -> None:
    page = await kiosk(at=unreachable_server)
    await choose_birth(page)

    await expect(page.get_by_role("button", name="Lấy số")).to_be_visible()
    await expect(page.locator(".take-home")).to_have_count(0)


async def test_a_number_comes_out_of_the_kiosks_own_printer(
    kiosk: OpenKiosk, server: LiveServer
) -> None:
    page = await kiosk("?kiosk=door")
    await choose_birth(page)

    async with page.expect_request("**/tickets") as asked:
        await page.locator(".button-take").click()

    body = (await asked.value).post_data_json
    assert body["printer"] == server.configuration.kiosks["door"].printer  # type: ignore[index]


async def test_who_stands_in_the_right_zone_is_told_so(kiosk: OpenKiosk) -> None:
    page = await kiosk("?kiosk=door")
    await page.get_by_role("button", name="Tiếng Việt").click()
    await page.get_by_role("button", name="Tôi chưa biết").click()

    await expect(page.get_by_role("region", name="Đang chờ")).to_contain_text(
        "Khu C – Hướng dẫn và trả kết quả (ngay tại đây)"
    )


async def test_a_full_field_leads_on(kiosk: OpenKiosk, own_server: LiveServer) -> None:
    facts = own_server.configuration
    field = next(iter(facts.fields.values()))
    full = replace(field, daily_capacity=1)
    own_server.do(
        c.ApplyConfiguration(configuration=replace(facts, fields={**facts.fields, field.id: full}))
    )
    page = await kiosk(at=own_server)

    await choose_birth(page)

    await expect(page.get_by_text("Lĩnh vực này đã hết số trong ngày hôm nay.")).to_be_visible()
    await expect(page.get_by_text(PORTAL)).to_be_visible()
    await expect(page.get_by_text(HOTLINE)).to_be_visible()
    await expect(page.get_by_role("button", name="Lấy số")).to_have_count(0)
    await expect(page.get_by_role("button", name="Lưu danh mục này")).to_be_visible()


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("tickets_closed", {"next_at": "2026-11-23T06:30:00Z"}, "Phát số trở lại từ 13:30"),
        ("tickets_closed", {"next_at": "2026-11-24T23:30:00Z"}, "25/11/2026"),
        ("field_full", {}, "Lĩnh vực này đã hết số"),
        ("too_many_tickets", {}, "Hôm nay ông/bà đã lấy đủ số lượt cho phép."),
        ("procedure_not_offered", {}, "Hôm nay không tiếp nhận thủ tục này."),
        ("day_refusal", {}, "Hệ thống chưa mở ngày làm việc."),
        ("unheard_of", {}, "Chưa lấy được số."),
    ],
)
async def test_a_refusal_is_kind_and_leads_on(
    kiosk: OpenKiosk, code: str, facts: dict[str, str], said: str
) -> None:
    page = await kiosk()
    await choose_birth(page)
    await refuse(page, code, **facts)

    await page.locator(".button-take").click()

    refused = page.locator(".procedure-take .notice")
    await expect(refused).to_contain_text(said)
    await expect(refused).to_contain_text(PORTAL)
    await expect(page.get_by_role("button", name="Lấy số")).to_be_visible()


async def test_where_no_counter_is_open_it_is_said_before(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await open_search(page)
    await page.keyboard.type("mat so do")
    await page.locator(".procedure-row").first.click()

    await expect(page.get_by_role("region", name="Đang chờ")).to_contain_text("hỏi quầy hướng dẫn")


async def test_the_number_stays_for_who_asks(kiosk: OpenKiosk, server: LiveServer) -> None:
    page = await kiosk()
    await page.clock.install()
    await choose_birth(page)
    held = await take(page)
    server.do(c.RecordPrint(job=f"slip-{held}-1", result="printed"))
    await expect(page.get_by_text("Mời ông/bà lấy phiếu.")).to_be_visible()
    await page.clock.run_for(12_000)
    await expect(page.locator("#closing")).to_have_text(re.compile(r"sau \d giây"))

    await page.get_by_role("button", name="Xem lâu hơn").click()

    await expect(page.locator("#closing")).to_have_text(re.compile(r"sau (20|1\d) giây"))
