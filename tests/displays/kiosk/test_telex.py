"""Telex on the kiosk's keyboard: Vietnamese composes, everything else stays as it was typed."""

import pytest
from playwright.async_api import expect

from tests.displays.kiosk.conftest import OpenKiosk
from tests.displays.kiosk.steps import open_search

pytestmark = pytest.mark.asyncio(loop_scope="session")

WORDS = {
    # Vietnamese
    "soor": "sổ",
    "ddor": "đỏ",
    "ddooir": "đổi",
    "giaays": "giấy",
    "ddawng": "đăng",
    "kys": "ký",
    "nguwowif": "người",
    "thuowngf": "thường",
    "dduwowngf": "đường",
    "vieejt": "việt",
    "quys": "quý",
    "gias": "giá",
    "hoaf": "hòa",
    "hoafn": "hoàn",
    "ass": "ass",
    "asz": "a",
    "tuwr": "tử",
    "chuwngs": "chứng",
    "nghieepj": "nghiệp",
    "khuyeens": "khuyến",
    "thueej": "thuệ",
    "xoas": "xóa",
    "ddk": "đk",
    # plain, joined, English, abbreviations
    "so": "so",
    "khaisinh": "khaisinh",
    "giaydocthan": "giaydocthan",
    "birth": "birth",
    "certificate": "certificate",
    "work": "work",
    "divorce": "divorce",
    "cccd": "cccd",
    "dvd": "dvd",
    "wc": "wc",
    "add": "add",
}


async def test_words_compose_or_stay(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await open_search(page)
    query = page.locator("#query")
    composed: dict[str, str] = {}

    for keys in WORDS:
        await page.get_by_role("button", name="Xóa hết").click()
        await query.press_sequentially(keys)
        composed[keys] = await query.input_value()

    assert composed == WORDS


async def test_the_keys_on_the_screen_compose_too(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await open_search(page)
    keys = page.get_by_role("group", name="Bàn phím")

    for letter in "soor":
        await keys.get_by_text(letter, exact=True).click()
    await keys.get_by_text("Dấu cách").click()
    for letter in "ddor":
        await keys.get_by_text(letter, exact=True).click()

    await expect(page.locator("#query")).to_have_value("sổ đỏ")
    await keys.get_by_role("button", name="Xóa một chữ").click()
    await expect(page.locator("#query")).to_have_value("sổ đ")


async def test_a_word_goes_on_after_a_letter_was_taken_back(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await open_search(page)

    await page.keyboard.type("tieengs vieejtt")
    await page.keyboard.press("Backspace")

    await expect(page.locator("#query")).to_have_value("tiếng vieejt")


async def test_english_keys_do_not_compose(kiosk: OpenKiosk) -> None:
    page = await kiosk("?language=en")
    await page.get_by_role("button", name="English").click()
    await page.get_by_role("button", name="Search").click()

    await page.keyboard.type("soor")

    await expect(page.locator("#query")).to_have_value("soor")
    await expect(page.get_by_role("button", name="Accents")).to_have_count(0)
