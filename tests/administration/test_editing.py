"""Editing a centre in a real browser: what is entered, what is wrong with it, what is noticed."""

import re

import pytest
from playwright.async_api import expect

from queue_server.core.configuration import Level
from queue_server.core.identifiers import CounterId, FieldId
from tests.support.accessibility import violations
from tests.support.administration import AdministeredSite, apply, enter, go, kept, opened
from tests.support.browser import NewPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

SEVEN, LAND = CounterId("counter-7"), FieldId("land")


async def test_a_counter_takes_a_further_field_and_nobody_loses_a_number(
    new_page: NewPage, site: AdministeredSite
) -> None:
    await site.issue("1.012783", 3)
    page = await opened(new_page, site, "counters")
    cell = page.get_by_role("button", name="Counter 7, Land: does not serve it")

    await cell.click()
    await page.get_by_role("button", name="Counter 7, Land: Primary").click()
    await kept(page)
    assert LAND not in site.facts.counters[SEVEN].profile.fields
    await page.get_by_role("link", name="Check and apply").last.click()

    change = page.get_by_role("listitem").filter(has_text="Counter 7")
    await expect(change).to_contain_text("also takes Land (secondary)")
    assert await violations(page) == []
    await apply(page)
    assert site.facts.counters[SEVEN].profile.fields[LAND] is Level.SECONDARY
    assert len(site.centre.waiting) == 3


async def test_the_grid_is_worked_with_the_keyboard(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "counters")
    first = page.locator(".level-cell").first
    await first.focus()

    for key in ("ArrowDown", "ArrowRight", "2", "ArrowRight", "1", "ArrowLeft", "0"):
        await page.keyboard.press(key)
    await kept(page)

    changed = page.locator("td.is-changed .level-cell")
    await expect(changed).to_have_count(2)
    await expect(changed.nth(0)).to_have_accessible_name(
        "Counter 2, Certification: does not serve it – changed"
    )
    await expect(changed.nth(1)).to_have_accessible_name(
        "Counter 2, Residence and identity: Primary – changed"
    )


async def test_a_field_that_is_removed_says_what_goes_with_it_and_who_waits(
    new_page: NewPage, site: AdministeredSite
) -> None:
    await site.issue("1.013225", 3)
    page = await opened(new_page, site, "procedures")

    await page.get_by_role("button", name="G Construction").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("4 entries belong to it")
    await dialog.get_by_label("What becomes of them?").select_option(label="Remove too")
    await expect(dialog).to_contain_text("1.013225 Building permit")
    await expect(dialog).to_contain_text("Counter 10")
    assert await violations(page) == []
    await dialog.get_by_role("button", name="Remove").click()
    await kept(page)
    await expect(page.locator(".entry.is-gone")).to_contain_text("Will be removed")
    await go(page, site, "changes")

    removed = page.get_by_role("listitem").filter(has_text="Field Construction: is removed")
    await expect(removed).to_contain_text("3 waiting numbers stay and are called at counter 10, 11")
    await apply(page)
    assert FieldId("construction") not in site.facts.fields
    assert len(site.centre.waiting) == 3


async def test_what_belonged_to_it_may_move_instead(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "counters")

    await page.get_by_role("button", name=re.compile(r"^Zone C – Help desk.*2 counters")).click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await kept(page)
    await go(page, site, "changes")

    await expect(page.get_by_text("Field Collection of results", exact=True)).to_be_visible()
    await apply(page)
    assert {field.zone for field in site.facts.fields.values()} == {"zone-a", "zone-b"}


async def test_bad_input_is_answered_at_its_field_and_not_applied(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "rules")

    await enter(page, "Agency", "abc")
    await page.get_by_role("spinbutton", name="Parked for").fill("0")
    await page.keyboard.press("Tab")
    await kept(page)

    agency = page.get_by_label("Agency", exact=True)
    await expect(agency).to_have_attribute("aria-invalid", "true")
    await expect(agency).to_have_accessible_description(re.compile("Expected a code such as H26"))
    await expect(page.get_by_text("Expected 1 minute to 24 hours, got 0 minutes")).to_be_visible()
    await expect(page.get_by_role("link", name="Rules")).to_contain_text("2")
    assert await violations(page) == []

    await go(page, site, "changes")
    await expect(page.get_by_text("2 problems to put right first")).to_be_visible()
    await expect(page.get_by_role("button", name="Apply now")).to_be_disabled()
    await page.get_by_role("link", name="Dossiers, Agency").click()
    await expect(page.get_by_label("Agency", exact=True)).to_have_value("abc")
    await expect(page.get_by_label("Agency", exact=True)).to_be_focused()
    await page.get_by_role("button", name="Put back – Agency").click()
    await expect(page.get_by_label("Agency", exact=True)).to_have_value("H00.000")


async def test_hours_are_entered_as_people_write_them(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "centre")
    saturday = page.get_by_role("group", name="Saturday")

    await saturday.get_by_role("switch").click()
    await saturday.get_by_role("button", name="Take session 2 of Saturday out").click()
    await enter(page, "Saturday, opens", "8h")
    await enter(page, "Saturday, closes", "1115")
    await enter(page, "Saturday, numbers until", "11:45")
    await kept(page)
    await expect(saturday).to_contain_text("Expected opens before tickets_until")
    await enter(page, "Saturday, numbers until", "10h30")
    await expect(saturday.locator(".problems")).to_have_count(0)
    await kept(page)
    await go(page, site, "changes")

    await expect(page.get_by_text("Hours: Saturday", exact=True)).to_be_visible()
    await expect(page.locator("ins").filter(has_text="08:00–11:15")).to_be_visible()


async def test_public_holidays_are_entered_with_one_button(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "centre")
    before = await page.locator(".exception").count()

    await page.get_by_role("button", name="Public holidays …").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name="Closed on these days")).to_be_visible()
    offered = await dialog.get_by_role("checkbox").count()
    assert offered > 0
    assert await violations(page) == []
    await dialog.get_by_role("button", name="Closed on these days").click()
    await kept(page)

    await expect(page.locator(".exception")).to_have_count(before + offered)


async def test_a_counter_is_added_and_asks_for_what_it_needs(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "counters")

    await page.get_by_role("button", name="Add a counter").click()
    await page.get_by_label("Number", exact=True).fill("14")
    await page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()

    dialog = page.get_by_role("dialog", name="Counter 14")
    await expect(dialog).to_contain_text("The counter serves nothing")
    await dialog.get_by_label("Add to Fields").first.select_option(label="Land")
    await expect(dialog.get_by_text("The counter serves nothing")).to_have_count(0)
    assert await violations(page) == []
    await dialog.get_by_role("button", name="Done").click()
    await kept(page)
    await go(page, site, "changes")
    await apply(page)

    added = site.facts.counters[CounterId("counter-14")]
    assert (added.number, dict(added.profile.fields)) == ("14", {LAND: Level.PRIMARY})


async def test_papers_of_a_procedure_are_changed_in_rows(
    new_page: NewPage, site: AdministeredSite
) -> None:
    page = await opened(new_page, site, "procedures")

    await page.get_by_label("Find a procedure").fill("giay khai sinh cho con")
    await page.get_by_role("button", name="Birth registration", exact=True).click()
    dialog = page.get_by_role("dialog")
    before = await dialog.get_by_role("group", name=re.compile(r"^Papers \d+$")).count()
    await dialog.get_by_role("button", name="Add – Papers").click()
    row = dialog.get_by_role("group", name=f"Papers {before + 1}")
    await expect(row).to_contain_text("The Vietnamese text (vi) is missing")
    await row.get_by_label("Name in Tiếng Việt").fill("Sổ tiêm chủng")
    await row.get_by_label("Kind").select_option(label="Shown")
    await dialog.get_by_role("button", name=f"Move Papers {before + 1} up").click()
    assert await violations(page) == []
    await dialog.get_by_role("button", name="Done").click()
    await kept(page)
    await go(page, site, "changes")
    await apply(page)

    papers = site.facts.procedures["1.001193"].papers  # type: ignore[index]  # a code
    assert (papers[-2].name["vi"], papers[-2].kind) == ("Sổ tiêm chủng", "shown")
