"""A checklist at home: papers, term, fee, and no number; on any phone, and on paper."""

import httpx2
import pytest
from playwright.async_api import Page, expect

from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer
from tests.support.qr_reading import read_code
from tests.support.weight import Weight

pytestmark = pytest.mark.asyncio(loop_scope="session")

BIRTH = "1.001193"
COPIES = "2.000815"
PHONE = {"width": 390, "height": 844}
MOST_BYTES = 40_000


async def opened(server: LiveServer, new_page: NewPage, path: str) -> Page:
    page = await new_page(viewport=PHONE)
    await page.goto(f"{server.url}{path}")
    return page


async def test_tells_papers_term_fee_and_place(server: LiveServer, new_page: NewPage) -> None:
    page = await opened(server, new_page, f"/p/{COPIES}?language=en")

    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "Certified copies of original papers"
    )
    await expect(page.get_by_label("The original paper")).to_be_visible()
    await expect(page.get_by_role("region", name="Time until the result")).to_contain_text(
        "Within the working day"
    )
    fee = page.get_by_role("region", name="Fee")
    await expect(fee).to_contain_text("please ask at the counter whether you pay less or nothing")
    await expect(page.get_by_role("region", name="Where")).to_contain_text("dichvucong.gov.vn")


async def test_papers_can_be_ticked_and_gives_no_number(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await opened(server, new_page, f"/p/{BIRTH}")
    first = page.get_by_role("checkbox").first

    await first.check()

    await expect(first).to_be_checked()
    await expect(page.get_by_text("Đây chỉ là danh mục giấy tờ")).to_be_visible()
    await expect(page.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_is_accessible_and_fits_a_narrow_phone(
    server: LiveServer, new_page: NewPage, language: str
) -> None:
    page = await new_page(viewport={"width": 320, "height": 600})
    await page.goto(f"{server.url}/p/{BIRTH}?language={language}")

    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


async def test_is_light(server: LiveServer, new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    weight = Weight(page)

    await page.goto(f"{server.url}/p/{BIRTH}")

    assert 0 < await weight.bytes() <= MOST_BYTES


async def test_is_good_on_paper(server: LiveServer, new_page: NewPage) -> None:
    page = await opened(server, new_page, f"/p/{BIRTH}")

    await page.emulate_media(media="print")

    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_role("link", name="English")).to_be_hidden()
    assert (
        await page.locator(".masthead").evaluate(
            "masthead => getComputedStyle(masthead).backgroundColor"
        )
        == "rgba(0, 0, 0, 0)"
    )


async def test_the_code_leads_to_the_page(server: LiveServer) -> None:
    async with httpx2.AsyncClient(base_url=server.url) as client:
        code = await client.get(f"/p/{BIRTH}/qr.svg", params={"language": "en"})

    assert code.status_code == 200
    assert code.headers["content-type"] == "image/svg+xml"
    assert read_code(code.text) == f"http://127.0.0.1/p/{BIRTH}?centre=an-binh&language=en"


async def test_a_procedure_that_is_not_offered_is_told_kindly(server: LiveServer) -> None:
    async with httpx2.AsyncClient(base_url=server.url) as client:
        page = await client.get("/p/9.999999")
        code = await client.get("/p/9.999999/qr.svg")

    assert page.status_code == 404
    assert "Hôm nay nơi đây không tiếp nhận thủ tục này" in page.text
    assert code.status_code == 404
