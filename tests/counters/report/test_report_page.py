"""The day report in a real browser, and its figures over HTTP."""

import csv
import io

import httpx2
import pytest
from playwright.async_api import Page, expect

from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.reports import COMMENT

pytestmark = pytest.mark.asyncio(loop_scope="session")

REPORTS = "/api/v1/centres/an-binh/reports"
DAY = f"{REPORTS}/2026-11-23"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}


async def opened(new_page: NewPage, site: str, path: str, **options: object) -> Page:
    page = await new_page(**options)
    await page.context.add_cookies([{"name": "queue_session", "value": "minh", "url": site}])
    await page.goto(site + path)
    await page.locator("#report[aria-busy=false]").wait_for()
    return page


async def get(site: str, path: str, token: str = "minh") -> httpx2.Response:  # noqa: S107
    async with httpx2.AsyncClient(base_url=site) as client:
        return await client.get(path, headers={"authorization": f"Bearer {token}"})


async def test_a_manager_reads_the_day(new_page: NewPage, site: str) -> None:
    page = await opened(new_page, site, "/report", viewport=DESK)
    figures = (await get(site, DAY)).json()["totals"]

    await expect(page.get_by_role("heading", name="Báo cáo ngày")).to_be_visible()
    issued = page.locator(".figure", has_text="Số đã cấp")
    await expect(issued).to_contain_text(str(figures["issued"]))
    await expect(page.get_by_role("img", name="Số đã cấp và lượt đã phục vụ")).to_be_visible()
    land = page.get_by_role("region", name="Lĩnh vực", exact=True).get_by_role(
        "row", name="Đất đai"
    )
    await expect(land).to_be_visible()
    hours = page.get_by_role("region", name="Từng giờ").get_by_role("row")
    assert await hours.count() == len((await get(site, DAY)).json()["hours"]) + 1
    await expect(page.get_by_text("Đang tải")).to_have_count(0)


@pytest.mark.parametrize(("path", "viewport"), [("/report", DESK), ("/report?language=en", PHONE)])
async def test_the_page_is_accessible_and_fits(
    new_page: NewPage, site: str, path: str, viewport: dict[str, int]
) -> None:
    page = await opened(new_page, site, path, viewport=viewport)

    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


async def test_a_day_without_numbers_says_so_and_another_can_be_chosen(
    new_page: NewPage, site: str
) -> None:
    page = await opened(new_page, site, "/report?day=2026-11-01")
    await expect(page.get_by_text("Ngày này không có ai lấy số.")).to_be_visible()

    await page.get_by_label("Ngày").select_option("2026-11-23")

    await expect(page.locator(".figure").first).to_be_visible()
    assert "day=2026-11-23" in page.url


async def test_what_citizens_wrote_is_read_and_can_be_erased(new_page: NewPage, site: str) -> None:
    page = await opened(new_page, site, "/report?language=en", viewport=DESK)
    said = page.get_by_role("region", name="What citizens said")
    await expect(said.get_by_text("satisfied or very satisfied, of")).to_be_visible()
    await expect(said.get_by_text("too few to say").first).to_be_visible()
    await expect(said.get_by_text(COMMENT)).to_be_visible()

    await said.get_by_role("button", name="Erase").click()

    await expect(said.get_by_text(COMMENT)).to_have_count(0)
    for token, status in (("lan", 403), ("nobody", 401), ("minh", 404)):
        async with httpx2.AsyncClient(base_url=site) as client:
            address = "/api/v1/centres/an-binh/comments/none"
            refused = await client.delete(address, headers={"authorization": f"Bearer {token}"})
        assert refused.status_code == status


async def test_paper_shows_the_figures_and_no_buttons(new_page: NewPage, site: str) -> None:
    page = await opened(new_page, site, "/report")
    await page.emulate_media(media="print")

    await expect(page.get_by_role("button", name="In", exact=True)).to_be_hidden()
    await expect(page.locator(".chart").first).to_be_visible()


async def test_a_day_that_is_none_is_explained(new_page: NewPage, site: str) -> None:
    page = await opened(new_page, site, "/report?day=yesterday&language=en")

    await expect(page.get_by_role("alert")).to_contain_text("expected a day like 2026-11-23")


async def test_who_is_not_signed_in_is_sent_to_sign_in(new_page: NewPage, site: str) -> None:
    page = await new_page()

    await page.goto(f"{site}/report?day=2026-11-23")

    assert "/sign-in?next=/report%3Fday%3D2026-11-23" in page.url


@pytest.mark.parametrize("path", [REPORTS, DAY, f"{DAY}.csv", f"{DAY}/transactions.csv"])
@pytest.mark.parametrize(("token", "status"), [("nobody", 401), ("lan", 403), ("kiosk", 403)])
async def test_only_managers_read_figures(site: str, path: str, token: str, status: int) -> None:
    assert (await get(site, path, token)).status_code == status


async def test_the_figures_as_files(site: str) -> None:
    figures = await get(site, f"{DAY}.csv?language=en")
    transactions = await get(site, f"{DAY}/transactions.csv")

    assert figures.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="report-an-binh-2026-11-23.csv"' in figures.headers["content-disposition"]
    assert figures.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(figures.text.removeprefix("\ufeff"))))
    assert "Civil status" in {line["name"] for line in lines}
    legs = list(csv.DictReader(io.StringIO(transactions.text.removeprefix("\ufeff"))))
    assert len(legs) >= int(lines[0]["issued"]) > 150


async def test_days_are_listed_and_nonsense_is_refused(site: str) -> None:
    assert (await get(site, REPORTS)).json() == ["2026-11-23"]
    assert (await get(site, f"{REPORTS}/2026-13-01")).status_code == 422
