"""Adding a language is adding a file: pages, plurals and dates follow it without a line of code."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from hatch_build import locale_step
from tests.support.browser import NewPage
from tests.support.pseudo_language import copied_source, pseudo

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATIENCE_S = 60


@pytest_asyncio.fixture(loop_scope="session")
async def server(tmp_path: Path) -> AsyncIterator[tuple[str, str]]:
    """Address and session of a server of the tree with the new catalogue."""
    folder = copied_source(tmp_path / "source")
    locale_step(folder).run()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-u",
        "-m",
        "tests.support.administration",
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE_S):
            async for line in process.stdout:
                found = re.search(r"(http://\S+)/admin\s+cookie queue_session=(\S+)", line.decode())
                if found:
                    yield found[1], found[2]
                    break
    finally:
        process.kill()
        await process.wait()


async def opened(new_page: NewPage, server: tuple[str, str], path: str) -> Page:
    url, session = server
    page = await new_page(locale="pl-PL")
    cookie = {"name": "queue_session", "value": session, "url": url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict
    await page.goto(f"{url}{path}{'&' if '?' in path else '?'}language=pl")
    return page


async def test_a_catalogue_that_is_laid_in_is_a_language(
    new_page: NewPage, server: tuple[str, str]
) -> None:
    # a page of the server alone, and its name for who reads another language
    page = await opened(new_page, server, "/")
    await expect(page.locator("html")).to_have_attribute("lang", "pl")
    await expect(page.get_by_text(pseudo("For citizens"), exact=True)).to_be_visible()
    await page.goto(f"{server[0]}/?language=en")
    await expect(page.get_by_role("link", name="Polski")).to_have_attribute("lang", "pl")

    # a page of modules, forms made from Python, plurals by CLDR: 12 many, 7 many, 3 few, 2 few
    page = await opened(new_page, server, "/admin/counters")
    await expect(page.get_by_role("heading", name=pseudo("Who serves what"))).to_be_visible()
    await expect(page.get_by_text(pseudo("12 counters", "many"), exact=True)).to_be_visible()
    zones = page.locator(".entry", has_text="counters·")
    await expect(zones.nth(0)).to_contain_text(pseudo("7 counters", "many"))
    await expect(zones.nth(1)).to_contain_text(pseudo("3 counters", "few"))
    await expect(zones.nth(2)).to_contain_text(pseudo("2 counters", "few"))

    # a form's own words, a date as the language writes it, a refusal
    page = await opened(new_page, server, "/admin/rules")
    await expect(page.get_by_label(pseudo("Tickets per person"))).to_be_visible()
    await page.get_by_label(pseudo("Agency"), exact=True).fill("abc")
    await page.keyboard.press("Tab")
    await expect(page.locator(".error").first).to_contain_text("⟦expected a code such as H26.12")
    page = await opened(new_page, server, "/admin/centre")
    await expect(page.locator(".exception strong").first).to_have_text("wtorek, 24.11.2026")
    await expect(page.get_by_role("group", name="Poniedziałek", exact=True)).to_be_visible()

    # sign-in, and a page of a citizen
    page = await opened(new_page, server, "/sign-in")
    await expect(page.get_by_role("button", name=pseudo("Sign in"))).to_be_visible()
    page = await opened(new_page, server, "/waits")
    await expect(page.locator("h1")).to_contain_text("⟦")
