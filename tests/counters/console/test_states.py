"""Every state and dialog of the console: accessible, and no key is lost between them."""

import pytest
from playwright.async_api import expect

from tests.counters.console.steps import (
    DESKTOP,
    RECOGNITION,
    at_console,
    issue,
    seated,
    violations,
)
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_key_right_after_a_dialog_has_closed_is_not_lost(
    new_page: NewPage, live: LiveServer
) -> None:
    """The focus stays in a closed dialog until the browser draws again."""
    page = await seated(new_page, live)
    await page.keyboard.press("c")
    await expect(page.get_by_role("dialog")).to_contain_text("Gọi một số")

    await page.evaluate(
        """() => {
            document.querySelector("dialog").close();
            document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key: "b", code: "KeyB", bubbles: true }));
        }"""
    )

    await expect(page.get_by_role("dialog")).to_contain_text("Nghỉ")


@pytest.mark.parametrize(
    ("query", "viewport"),
    [("", DESKTOP), ("?language=en", {"width": 390, "height": 844})],
)
async def test_every_state_is_accessible(
    new_page: NewPage, live: LiveServer, query: str, viewport: dict[str, int]
) -> None:
    for _ in range(3):
        issue(live, RECOGNITION)
    page = await at_console(new_page, live, "hoa", query, viewport=viewport)
    await expect(page.locator(".seat").first).to_be_visible()
    assert await violations(page) == []
    page = await seated(new_page, live, query, viewport=viewport)
    main = page.locator(".action-main:enabled")

    for key in ("Space", "s", "p", "Space", "n", "Space"):
        word = await main.inner_text()
        await page.keyboard.press(key)
        await expect(main).not_to_have_text(word)
    assert await violations(page) == []
    for key in ("t", "b", "?"):
        await page.keyboard.press(key)
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await violations(page) == []
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("s")
    await expect(page.locator(".panel.is-serving")).to_be_visible()
    await expect(main).to_be_visible()  # a key pressed while a command is under way is lost
    await page.keyboard.press("f")
    await expect(page.get_by_role("dialog").locator("button:enabled").nth(1)).to_be_visible()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
