"""Adding a language is adding files: pages, plurals, dates and paper follow without any code."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from hatch_build import locale_step
from tests.support.browser import NewPage
from tests.support.pseudo_language import copied_source, pseudo
from tests.support.three_languages import FOLLOWED

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATIENCE_S = 60


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source with the new language laid in and compiled."""
    folder = copied_source(tmp_path_factory.mktemp("tree") / "source")
    locale_step(folder).run()
    return folder


@asynccontextmanager
async def run_in(folder: Path, module: str, told: str) -> AsyncIterator[re.Match[str]]:
    """What a program of the tree says that `told` matches; it ends with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-u",
        "-m",
        module,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE_S):
            async for line in process.stdout:
                if found := re.search(told, line.decode()):
                    yield found
                    break
    finally:
        process.kill()
        await process.wait()


@pytest_asyncio.fixture(loop_scope="session")
async def server(tree: Path) -> AsyncIterator[tuple[str, str]]:
    """Address and session of an administrator's server."""
    told = r"(http://\S+)/admin\s+cookie queue_session=(\S+)"
    async with run_in(tree, "tests.support.administration", told) as found:
        yield found[1], found[2]


@pytest_asyncio.fixture(loop_scope="session")
async def screens(tree: Path) -> AsyncIterator[str]:
    """Address of a server whose centre speaks Vietnamese and the new language."""
    async with run_in(tree, "tests.support.three_languages", r"serving (\S+)") as found:
        yield found[1]


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


async def entered(new_page: NewPage, url: str, who: str, path: str) -> Page:
    """A page as a device or as staff of the centre, with nothing said of a language."""
    page = await new_page()
    kind = "queue_session" if who in {"lan", "admin"} else "queue_device"
    await page.context.add_cookies([{"name": kind, "value": who, "url": url}])
    await page.goto(url + path)
    return page


async def test_the_kiosk_greets_and_goes_on_in_it(new_page: NewPage, screens: str) -> None:
    page = await entered(new_page, screens, "kiosk", "/kiosk")
    greeting = page.locator(".start-other[lang=pl]")
    await expect(greeting).to_have_text(pseudo("Welcome"))
    button = page.get_by_role("button", name="Polski")
    await expect(button).to_contain_text(pseudo("Touch to begin"))

    await button.click()

    await expect(page.locator("html")).to_have_attribute("lang", "pl")
    await page.get_by_text(pseudo("Search")).first.click()
    await expect(page.get_by_role("button", name=pseudo("birth"))).to_be_visible()
    await expect(page.get_by_role("group", name=pseudo("Keyboard"))).to_contain_text("z")


async def test_screens_that_speak_two_languages_at_once_speak_it(
    new_page: NewPage, screens: str
) -> None:
    door = await entered(new_page, screens, "door", "/door")
    await expect(door.locator("h1 [lang=vi]")).to_have_text("Lấy số bằng điện thoại")
    await expect(door.locator("h1 [lang=pl]")).to_have_text(pseudo("Take a number with your phone"))
    await expect(door.locator(".door-changes [lang=pl]")).to_contain_text("⟦The code changes")

    board = await entered(new_page, screens, "board", "/board")
    words = board.locator(".beside[lang=pl]", has_text="⟦")
    await expect(words.first).to_be_visible()


async def test_a_ticket_in_it_is_followed_and_rated_in_it(new_page: NewPage, screens: str) -> None:
    phone = await new_page()
    await phone.goto(f"{screens}/t/{FOLLOWED}")
    await expect(phone.locator("html")).to_have_attribute("lang", "pl")
    await expect(phone.get_by_text(pseudo("Your number")).first).to_be_visible()

    tablet = await entered(new_page, screens, "rating", "/rate?counter=counter-1")
    asked = pseudo("How satisfied are you with the service?")
    await expect(tablet.get_by_role("heading", name=asked)).to_be_visible()
    chosen = tablet.get_by_role("button", name="Polski")
    await expect(chosen).to_have_attribute("aria-current", "true")
    await tablet.get_by_role("button", name="Tiếng Việt").click()
    await expect(tablet.locator("html")).to_have_attribute("lang", "vi")


async def test_staff_choose_it_on_the_console_and_for_paper(
    new_page: NewPage, screens: str
) -> None:
    console = await entered(new_page, screens, "lan", "/console")
    await console.get_by_role("link", name="Polski").click()
    await expect(console.locator("html")).to_have_attribute("lang", "pl")
    await expect(console.get_by_role("link", name="English")).to_be_visible()
    await expect(console.get_by_role("link", name="Tày")).to_have_attribute("lang", "tyz")
    await expect(console.locator("#console")).to_contain_text("⟦")

    paper = await entered(new_page, screens, "admin", "/paper")
    await expect(paper.get_by_role("button", name="Polski")).to_be_visible()
