"""The manager's page in a real browser, on a whole server."""

import re
from http import HTTPStatus

import pytest
from playwright.async_api import Locator, Page, expect

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, TicketId
from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import DESK, TABLET, OpenAs, width_of

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def manager_page(open_as: OpenAs, language: str = "en") -> Page:
    page = await open_as("minh", f"/manager?language={language}", viewport=DESK)
    await expect(page.locator("[data-counter]")).to_have_count(12)
    await expect(page.locator("[data-silent]")).to_be_visible()  # comes last, and moves the rest
    return page


def counter(page: Page, number: int) -> Locator:
    return page.locator(f"[data-counter='counter-{number}']")


def chip(page: Page, number: int, field: str) -> Locator:
    return counter(page, number).locator(f"button[data-field='{field}']")


def profile(server: LiveServer, number: int) -> dict[str, str]:
    (replica,) = server.core.replicas.loaded()
    levels = replica.centre.counters[CounterId(f"counter-{number}")].profile.fields
    return {field: str(level) for field, level in levels.items()}


@pytest.mark.parametrize(("language", "size"), [("vi", DESK), ("en", TABLET)])
async def test_the_page_is_accessible_and_fits(
    open_as: OpenAs, language: str, size: dict[str, int]
) -> None:
    page = await open_as("minh", f"/manager?language={language}", viewport=size)
    await expect(page.locator("[data-counter]")).to_have_count(12)

    assert await violations(page) == []
    assert await width_of(page) <= size["width"]


async def test_it_is_said_that_nobody_hears_the_calls(open_as: OpenAs) -> None:
    page = await manager_page(open_as)

    notice = page.locator("[data-silent] .silent-screen")
    await expect(notice).to_have_count(1)
    await expect(notice).to_contain_text("switched off or not connected")


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_on_a_phone_everything_of_a_field_is_in_sight(open_as: OpenAs, language: str) -> None:
    size = {"width": 390, "height": 844}
    page = await open_as("minh", f"/manager?language={language}", viewport=size)
    row = page.locator("[data-field-row]").first
    await row.scroll_into_view_if_needed()

    frame = await page.locator(".field-table").evaluate("e => [e.scrollWidth, e.clientWidth]")
    navigation = await page.locator(".masthead-nav").bounding_box()
    assert frame[0] <= frame[1]
    assert navigation is not None
    assert navigation["height"] < 60
    await expect(row.locator(".field-servers")).to_be_in_viewport()
    assert await violations(page) == []


async def test_dialogs_are_accessible(open_as: OpenAs) -> None:
    page = await manager_page(open_as, "vi")

    await counter(page, 5).get_by_role("button", name="Điều hành quầy 5").click()
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await chip(page, 10, "land").click()
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Thông báo mới").click()
    assert await violations(page) == []


async def test_nobody_is_sent_to_sign_in_and_a_clerk_is_turned_away(
    new_page: NewPage, live_server: LiveServer
) -> None:
    page = await new_page()
    address = f"{live_server.url}/manager?language=en"
    clerk = {"cookie": "queue_session=lan"}

    nobody = await page.request.get(address, max_redirects=0)
    turned_away = await page.request.get(address, headers=clerk)

    assert nobody.status == HTTPStatus.SEE_OTHER
    assert nobody.headers["location"] == "/sign-in?next=/manager%3Flanguage%3Den"
    assert turned_away.status == HTTPStatus.FORBIDDEN
    assert "This page is not for your account" in await turned_away.text()


async def test_alarms_name_fields_without_a_counter(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await manager_page(open_as)
    alarm = page.locator("[data-alarm='field_unserved']")
    await expect(alarm).to_contain_text("Land:")

    live_server.do(c.TakeCounter(counter=CounterId("counter-10"), staff="thu"))  # type: ignore[arg-type]
    live_server.do(c.OpenCounter(counter=CounterId("counter-10")))

    await expect(alarm).not_to_contain_text("Land:")
    await expect(counter(page, 10).locator(".state")).to_have_text("Ready")


async def test_missing_paper_is_told(open_as: OpenAs, live_server: LiveServer) -> None:
    page = await manager_page(open_as)

    live_server.do(c.RecordPrint(job=f"slip-{24:032x}-1", result="not_sent"))

    alarm = page.locator("[data-alarm='printer_trouble']")
    await expect(alarm).to_contain_text("Slip printer at the entrance: 1 sheet")


async def test_a_field_is_moved_by_keyboard(open_as: OpenAs, live_server: LiveServer) -> None:
    page = await manager_page(open_as)

    await chip(page, 10, "land").focus()
    await page.keyboard.press("Space")
    await expect(page.locator("#said")).to_contain_text("Land lifted")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("#said")).to_have_text("Counter 12")
    await page.keyboard.press("Space")

    await expect(chip(page, 12, "land")).to_have_class(re.compile("level-secondary"))
    await expect(page.get_by_text("Counter 12 now serves Land (secondary).")).to_be_visible()
    assert profile(live_server, 12)["land"] == "secondary"
    await expect(chip(page, 10, "land")).to_be_focused()


async def test_escape_takes_a_lifted_field_back(open_as: OpenAs, live_server: LiveServer) -> None:
    page = await manager_page(open_as)
    before = profile(live_server, 11)

    await chip(page, 10, "land").focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Escape")

    await expect(page.locator("#said")).to_have_text("Taken back. Nothing was changed.")
    await expect(page.locator("[data-target], [data-lifted]")).to_have_count(0)
    assert profile(live_server, 11) == before


async def test_a_field_is_dragged_with_the_mouse(open_as: OpenAs, live_server: LiveServer) -> None:
    page = await manager_page(open_as)

    await drag(page, chip(page, 10, "land"), counter(page, 9))

    await expect(chip(page, 9, "land")).to_be_visible()
    assert profile(live_server, 9)["land"] == "secondary"
    await expect(page.locator("dialog[open], .chip-ghost")).to_have_count(0)


async def drag(page: Page, source: Locator, target: Locator) -> None:
    await target.scroll_into_view_if_needed()
    start, end = await source.bounding_box(), await target.bounding_box()
    assert start is not None
    assert end is not None
    await page.mouse.move(start["x"] + 10, start["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(end["x"] + 60, end["y"] + 40, steps=5)
    await expect(target).to_have_attribute("data-target", "")
    await page.mouse.up()


async def test_a_field_is_given_to_another_counter_by_single_clicks(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await manager_page(open_as)

    await chip(page, 10, "land").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Serve also at counter").select_option("counter-7")
    await dialog.get_by_label("Level", exact=True).select_option("back_up")
    await dialog.get_by_role("button", name="Add").click()

    await expect(chip(page, 7, "land")).to_have_class(re.compile("level-back_up"))
    assert profile(live_server, 7)["land"] == "back_up"


async def test_a_profile_is_edited_and_restored(open_as: OpenAs, live_server: LiveServer) -> None:
    page = await manager_page(open_as)
    configured = profile(live_server, 5)
    manage = counter(page, 5).get_by_role("button", name="Manage counter 5")

    await manage.click()
    await page.get_by_role("radio", name="Construction: Primary").check()
    await page.get_by_role("button", name="Apply").click()
    await expect(counter(page, 5).get_by_role("img", name="changed")).to_be_visible()
    assert profile(live_server, 5) == {**configured, "construction": "primary"}
    await expect(manage).to_be_focused()

    await manage.click()
    await page.get_by_role("button", name="Restore the configured profile").click()
    await expect(counter(page, 5).get_by_role("img", name="changed")).to_have_count(0)
    assert profile(live_server, 5) == configured


async def test_a_counter_is_paused_and_opened_for_somebody(open_as: OpenAs) -> None:
    page = await manager_page(open_as)
    await counter(page, 3).get_by_role("button", name="Manage counter 3").click()
    dialog = page.get_by_role("dialog")

    await dialog.get_by_label("Reason for the pause").select_option("meeting")
    await dialog.get_by_role("button", name="Pause").click()
    await expect(dialog.get_by_role("button", name="Open the counter")).to_be_visible()
    await dialog.get_by_role("button", name="Open the counter").click()

    await expect(dialog.get_by_role("button", name="Pause")).to_be_visible()


async def test_a_refusal_is_said_in_words(open_as: OpenAs, live_server: LiveServer) -> None:
    live_server.do(c.StartServing(counter=CounterId("counter-3")))
    page = await manager_page(open_as, "vi")
    await counter(page, 3).get_by_role("button", name="Điều hành quầy 3").click()

    await page.get_by_role("dialog").get_by_role("button", name="Đóng quầy").click()

    await expect(page.get_by_role("alert")).to_have_text(
        "B001 vẫn đang ở quầy. Vui lòng kết thúc lượt này trước."
    )


async def test_a_message_is_announced_and_taken_off(open_as: OpenAs) -> None:
    page = await manager_page(open_as)
    await page.get_by_role("button", name="New message").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Text in Vietnamese").fill("Thang máy đang sửa")
    await dialog.get_by_label("Text in English").fill("The lift is being repaired")
    await dialog.get_by_label("Zone B").check()
    await dialog.get_by_label("Until (today)").fill("11:30")
    await dialog.get_by_role("button", name="Show on the boards").click()

    entry = page.locator(".message-entry")
    await expect(entry).to_contain_text("The lift is being repaired")
    await expect(entry).to_contain_text("until 11:30")
    await expect(entry).to_contain_text("Zone B")
    await entry.get_by_role("button").click()

    await expect(page.get_by_text("No message is shown now.")).to_be_visible()


async def test_a_time_that_has_passed_is_refused_in_words(open_as: OpenAs) -> None:
    page = await manager_page(open_as)
    await page.get_by_role("button", name="New message").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Text in Vietnamese").fill("Thử")
    await dialog.get_by_label("Until (today)").fill("07:00")
    await dialog.get_by_role("button", name="Show on the boards").click()

    await expect(dialog.get_by_role("alert")).to_contain_text("still to come today")


async def test_live_numbers_do_not_take_the_focus(open_as: OpenAs, live_server: LiveServer) -> None:
    page = await manager_page(open_as)
    row = page.locator("[data-field-row='land'] td").first
    before = int(await row.inner_text())
    await chip(page, 4, "certification").focus()

    procedure = next(
        code for code, one in live_server.configuration.procedures.items() if one.field == "land"
    )
    live_server.do(c.IssueTicket(ticket=TicketId("f" * 32), procedure=procedure))

    await expect(row).to_have_text(str(before + 1))
    await expect(chip(page, 4, "certification")).to_be_focused()


async def test_the_day_is_closed_after_a_question(open_as: OpenAs) -> None:
    page = await manager_page(open_as)
    await page.get_by_role("button", name="Close the day").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("expire.")
    await dialog.get_by_role("button", name="Close the day").click()

    await expect(page.get_by_role("button", name="Open the day")).to_be_visible()
