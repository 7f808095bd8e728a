"""The design system's own pages in a real browser: accessible, within the content policy."""

import pytest
from playwright.async_api import Page, expect
from starlette.responses import JSONResponse

from tests.support.accessibility import violations
from tests.support.browser import NewPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NARROW = {"width": 320, "height": 640}
"""WCAG 2.2, 1.4.10: nothing may need scrolling in two directions at this width."""
TELEVISION = {"width": 1920, "height": 1080}


@pytest.mark.parametrize(
    ("path", "viewport"),
    [
        ("/style", TELEVISION),
        ("/style?language=en", NARROW),
        ("/sign-in", NARROW),
        ("/api", NARROW),
        ("/docs/errors", NARROW),
    ],
)
async def test_a_page_is_accessible_and_fits(
    new_page: NewPage, site: str, path: str, viewport: dict[str, int]
) -> None:
    page = await new_page(viewport=viewport)

    await page.goto(site + path, wait_until="networkidle")

    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


async def test_high_contrast_and_lost_line_stay_accessible(page: Page, site: str) -> None:
    await page.goto(f"{site}/style", wait_until="networkidle")
    await page.get_by_role("button", name="Tương phản cao").click()
    await page.get_by_role("button", name="Cần chú ý").click()
    await page.get_by_role("button", name="Hộp thoại").click()

    await expect(page.get_by_role("dialog")).to_be_visible()

    assert await violations(page) == []


async def test_digits_of_the_font_have_one_width(page: Page, site: str) -> None:
    await page.goto(f"{site}/style", wait_until="networkidle")

    widths = await page.evaluate(
        """async () => {
            await document.fonts.ready;
            const probe = document.body.appendChild(document.createElement('span'));
            probe.className = 'ticket-number';
            probe.style.position = 'absolute';
            return ['1111', '0000', '8888'].map((text) => {
                probe.textContent = text;
                return Math.round(probe.getBoundingClientRect().width * 10);
            });
        }"""
    )

    assert len(set(widths)) == 1
    assert await page.evaluate("document.fonts.check('16px Inter', 'Ằộ№→')")


async def test_sign_in_leads_where_the_reader_wanted_to_go(new_page: NewPage, site: str) -> None:
    page = await new_page()
    await page.route("**/api/v1/session", lambda route: route.fulfill(json={}))
    await page.goto(f"{site}/sign-in?next=/style")

    await page.get_by_label("Tên đăng nhập").fill("lan")
    await page.get_by_label("Mật khẩu").fill("một hai ba")
    await page.keyboard.press("Enter")

    await page.wait_for_url("**/style")


async def test_a_wrong_password_is_said_in_words(new_page: NewPage, site: str) -> None:
    page = await new_page()
    refused = JSONResponse({"code": "not_signed_in", "detail": "no"}, 401)
    await page.route(
        "**/api/v1/session",
        lambda route: route.fulfill(status=401, body=bytes(refused.body)),
    )
    await page.goto(f"{site}/sign-in?next=//elsewhere.example/")

    await page.get_by_label("Tên đăng nhập").fill("lan")
    await page.get_by_label("Mật khẩu").fill("sai")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu không đúng.")


async def test_the_reference_shows_each_operation(page: Page, site: str) -> None:
    await page.goto(f"{site}/api?language=en")
    await page.get_by_text("Issue a ticket").click()

    await expect(page.get_by_role("heading", name="tickets")).to_be_visible()
    await expect(page.get_by_role("table", name="Parameters")).to_contain_text("centre")
