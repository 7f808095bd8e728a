"""Files, tables and earlier configurations on the administrator's pages, in a real browser."""

import re

import pytest
from playwright.async_api import FilePayload, expect

from queue_server.core.identifiers import FieldId
from tests.support.accessibility import violations
from tests.support.administration import AdministeredSite, apply, enter, go, kept, opened
from tests.support.browser import NewPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

LAND = FieldId("land")


async def test_one_goes_back_to_how_it_was(new_page: NewPage, site: AdministeredSite) -> None:
    first = site.facts
    page = await opened(new_page, site, "centre")
    await enter(page, "Hotline", "1900 1234")
    await kept(page)
    await go(page, site, "changes")
    await apply(page)
    assert site.facts.hotline == "1900 1234"

    await go(page, site, "history")
    await expect(page.locator(".history > li")).to_have_count(2)
    await expect(page.locator(".history > li").first).to_contain_text("Trần boss")
    await page.get_by_role("button", name=re.compile("Go back to this")).click()

    await expect(page.locator("ins")).to_have_text("0200 000 0000")
    await apply(page)
    assert site.facts == first


async def test_the_centre_comes_and_goes_as_a_file(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "history")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download what is in force").click()
    file = await (await download.value).path()
    text = file.read_text("utf-8")

    async def upload(content: str) -> None:
        payload = FilePayload(name="centre.toml", mimeType="text/plain", buffer=content.encode())
        await page.locator("input[type=file]").set_input_files(payload)

    await upload(text.replace('hotline = "', 'hotlin = "'))
    await expect(page.get_by_role("alert")).to_contain_text("The file has errors")
    await expect(page.get_by_role("alert")).to_contain_text("unknown key; did you mean hotline?")
    await upload("= no file")
    await expect(page.get_by_role("alert")).to_contain_text("line 1")

    await upload(text.replace("0200 000 0000", "1900 1234"))
    await expect(page.locator("ins")).to_have_text("1900 1234")
    await page.get_by_role("button", name="Throw the draft away").click()
    await page.get_by_role("dialog").get_by_role("button", name="Throw away").click()
    await expect(page.get_by_text("Everything is applied.")).to_be_visible()


async def test_a_table_is_checked_before_it_is_taken(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "procedures")
    await page.get_by_role("button", name="Import from Excel or CSV …").click()
    dialog = page.get_by_role("dialog")

    async def choose(content: bytes) -> None:
        payload = FilePayload(name="list.csv", mimeType="text/csv", buffer=content)
        await dialog.locator("input[type=file]").set_input_files(payload)

    await choose(b"\x00\x01")
    await expect(dialog.get_by_role("alert")).to_contain_text("This is no Excel or CSV file")
    await choose("Mã;Tên thủ tục;Lĩnh vực\n1.001193;Khai sinh;Rừng\n".encode())
    await expect(dialog.get_by_role("row").nth(1)).to_contain_text("Rừng")
    await expect(dialog.get_by_role("button", name="Take into the draft")).to_have_count(0)
    assert await violations(page) == []
    await choose("Mã;Tên thủ tục;Lĩnh vực\n1.999999;Thủ tục mới;Đất đai\n".encode())
    await expect(dialog.locator(".import-counts")).to_contain_text("1new")
    await dialog.get_by_role("button", name="Take into the draft").click()

    await expect(page.get_by_text("The table is in the draft.")).to_be_visible()
    await go(page, site, "changes")
    await apply(page)
    added = site.facts.procedures["1.999999"]  # type: ignore[index]  # a code
    assert (added.name, added.field) == ({"vi": "Thủ tục mới"}, LAND)


async def test_changes_may_wait_for_a_day(new_page: NewPage, site: AdministeredSite) -> None:
    page = await opened(new_page, site, "centre")
    await enter(page, "Hotline", "1900 1234")
    await kept(page)
    await go(page, site, "changes")

    await page.get_by_role("button", name="From a day on …").click()
    await page.get_by_label("Day", exact=True).fill("2030-01-07")
    await page.get_by_role("button", name="From this day on").click()

    await expect(page.get_by_text("applied by themselves on Monday, 07/01/2030")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="Not by itself").click()
    await expect(page.get_by_text("applied by themselves")).to_have_count(0)
