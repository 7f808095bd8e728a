"""The administrator's pages in a real browser: who sees them, how they fit, who edits at once."""

import re

import pytest
from playwright.async_api import expect

from queue_server.accounts.principal import Role
from queue_server.administration.pages import SECTIONS
from tests.support.accessibility import violations
from tests.support.administration import AdministeredSite, enter, go, kept, opened
from tests.support.browser import NewPage
from tests.support.staff_pages import width_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

TABLET = {"width": 1280, "height": 800}
LAPTOP = {"width": 1366, "height": 768}
TELEVISION = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize(("language", "viewport"), [("vi", TABLET), ("en", PHONE)])
async def test_every_section_is_accessible_and_fits(
    new_page: NewPage, site: AdministeredSite, language: str, viewport: dict[str, int]
) -> None:
    page = await opened(new_page, site, "overview", language, viewport=viewport)

    for section in SECTIONS:
        await go(page, site, section, language)
        await page.wait_for_load_state("networkidle")
        assert await violations(page) == [], section
        assert await width_of(page) <= viewport["width"], section


@pytest.mark.parametrize("viewport", [LAPTOP, TELEVISION])
async def test_every_section_fits_larger_screens(
    new_page: NewPage, site: AdministeredSite, viewport: dict[str, int]
) -> None:
    page = await opened(new_page, site, "overview", "vi", viewport=viewport)

    for section in SECTIONS:
        await go(page, site, section, "vi")
        assert await width_of(page) <= viewport["width"], section


async def test_others_are_turned_away_in_words(new_page: NewPage, site: AdministeredSite) -> None:
    nobody, clerk = await new_page(), await new_page()
    await site.sign_in(clerk, "lan", Role.CLERK)

    await nobody.goto(f"{site.url}/admin/counters?language=en")
    await clerk.goto(f"{site.url}/admin/counters?language=en")

    assert "/sign-in?next=%2Fadmin%2Fcounters" in nobody.url
    heading = clerk.get_by_role("heading", name="This page is for administrators")
    await expect(heading).to_be_visible()


async def test_a_lost_tab_loses_nothing(new_page: NewPage, site: AdministeredSite) -> None:
    page = await opened(new_page, site, "centre")
    await enter(page, "Hotline", "1900 1234")
    await kept(page)
    await page.close()

    again = await opened(new_page, site, "centre")

    await expect(again.get_by_label("Hotline", exact=True)).to_have_value("1900 1234")
    await expect(again.get_by_text("Not applied yet. Now: 0200 000 0000")).to_be_visible()
    await expect(again.locator(".draft-bar")).to_contain_text("changed too by Trần boss-")


async def test_two_who_edit_at_once_see_both_and_are_told_where_they_met(
    new_page: NewPage, site: AdministeredSite
) -> None:
    one = await opened(new_page, site, "centre")
    other = await opened(new_page, site, "centre")

    await enter(one, "Hotline", "1900 1111")
    await kept(one)
    await enter(other, "Name of the centre in English", "Our centre")
    await kept(other)
    await enter(one, "Address in English", "Here")
    await kept(one)
    await enter(other, "Hotline", "1900 2222")
    await kept(other)

    await expect(other.get_by_label("Address in English")).to_have_value("Here")
    await one.reload()
    await expect(one.get_by_label("Hotline", exact=True)).to_have_value("1900 2222")
    await expect(one.get_by_label("Name of the centre in English")).to_have_value("Our centre")

    await enter(one, "Hotline", "1900 3333")
    await kept(one)
    await enter(other, "Hotline", "1900 4444")
    toast = other.locator(".toast-warning")
    await expect(toast).to_contain_text("changed the same at the same time (Hotline)")


async def test_what_is_entered_while_the_server_is_away_waits(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "centre")
    await page.route("**/configuration/draft/**", lambda route: route.abort())
    await page.route("**/configuration/draft?**", lambda route: route.abort())

    await enter(page, "Hotline", "1900 1234")
    await expect(page.locator(".draft-bar")).to_contain_text("what you entered waits here")
    await page.unroute("**/configuration/draft/**")
    await page.unroute("**/configuration/draft?**")

    await kept(page)


async def test_the_overview_leads_to_what_needs_doing(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "overview")
    await expect(
        page.get_by_text("Dossier codes begin with the sample agency H00.000", exact=True)
    ).to_be_visible()

    await page.get_by_role("link", name=re.compile("Go there – Dossier codes begin")).click()

    await expect(page.get_by_role("heading", name="Rules")).to_be_focused()
    await expect(page).to_have_title(re.compile("Rules"))
    await page.go_back()
    await expect(page.get_by_role("heading", name="Overview")).to_be_visible()


async def test_the_browser_and_the_server_lay_edits_over_alike(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "rules")

    results = await page.evaluate(
        """async () => {
            const link = [...document.querySelectorAll("link[rel=modulepreload]")]
                .find(({ href }) => href.endsWith("/paths.js"));
            const paths = await import(link.href);
            const live = { a: { x: 1, y: { z: 2 } }, b: {} };
            const edits = [
                { path: ["a", "y"], value: { z: 3 } }, { path: ["a", "y", "w"], value: 4 },
                { path: ["a", "x"] }, { path: ["b", "n"], value: [1] },
                { path: ["a", "x"], value: 1 }, { path: ["b", "n"] },
            ];
            const order = { path: ["t", "#order"], value: ["q", "p"] };
            const kept = edits.reduce((all, edit) => paths.withEdit(live, all, edit), []);
            return [
                kept.map(({ path, value }) => [path, value]), paths.laidOver(live, kept),
                paths.keyOf(["procedures", "1.001193", "papers", 2, "copies"]),
                paths.pathOf('procedures."1.001193".papers[2].copies'),
                Object.keys(paths.laidOver({ t: { p: 1, q: 2 } }, [order]).t),
            ];
        }"""
    )

    assert results == [
        [[["a", "y"], {"z": 3, "w": 4}]],
        {"a": {"x": 1, "y": {"z": 3, "w": 4}}, "b": {}},
        'procedures."1.001193".papers[2].copies',
        ["procedures", "1.001193", "papers", "copies"],
        ["q", "p"],
    ]
