"""A whole morning without a mouse: by the letters, by a keypad alone, and with the focus kept."""

import pytest
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from queue_server.core.ticket import TicketState
from tests.counters.console.steps import (
    CALL,
    COUNTER,
    FINISH,
    OPEN,
    RECOGNITION,
    SERVE,
    at_console,
    centre_of,
    issue,
    main_button,
    press,
    seated,
)
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def open_finish(page: Page, key: str) -> None:
    """The form takes Enter a moment after it was opened."""
    await page.keyboard.press(key)
    await expect(page.get_by_role("dialog").get_by_role("button", name=FINISH)).to_be_enabled()


async def test_a_morning_by_letters(new_page: NewPage, live: LiveServer) -> None:
    ticket = issue(live, RECOGNITION)
    page = await at_console(new_page, live)
    await expect(page.locator(".seat").first).to_be_focused()
    await page.keyboard.press("7")
    await press(page, "Enter", OPEN)
    await press(page, "Space", CALL)

    await press(page, "Space", SERVE)
    await press(page, "Space", FINISH)
    await open_finish(page, "Space")
    await press(page, "Enter", CALL)
    await expect(page.locator("#just-done")).to_contain_text("H00.000-261123-0001")
    await press(page, "u", FINISH)
    await page.keyboard.press("p")
    await press(page, "Enter", CALL)
    await press(page, "1", SERVE)
    await press(page, "s", FINISH)
    await page.keyboard.press("t")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.type("chung thuc chu ky")
    await press(page, "Enter", CALL)
    await page.keyboard.press("b")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("ArrowRight")
    await press(page, "1", OPEN)

    assert centre_of(live).tickets[ticket].field == "certification"
    counter = centre_of(live).counters[COUNTER]
    assert (counter.pause_reason, counter.completed) == ("short-break", 0)
    assert counter.paused_until is not None
    await expect(page.locator(".back-at")).to_contain_text("còn 5 phút")
    assert [dossier.hand_over for dossier in centre_of(live).dossiers.values()] == ["voided"]


async def test_a_morning_by_keypad(new_page: NewPage, live: LiveServer) -> None:
    """Sixteen keys without a letter; everything within two of them."""
    first, second = issue(live), issue(live)
    page = await seated(new_page, live)

    await press(page, "NumpadEnter", SERVE)
    await page.keyboard.press("NumpadAdd")
    await expect(page.locator(".instruments")).to_contain_text("đã gọi 2 lần")
    await press(page, "NumpadSubtract", CALL)
    await press(page, "NumpadDecimal", SERVE)
    await press(page, "NumpadEnter", FINISH)
    await page.keyboard.press("Numpad1")
    await expect(page.locator(".paper.is-there")).to_have_count(1)
    await page.keyboard.press("NumpadMultiply")
    await press(page, "Numpad2", CALL)
    assert centre_of(live).tickets[first].park_reason == "copies"
    await press(page, "NumpadEnter", SERVE)
    await page.keyboard.press("Numpad0")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await press(page, "NumpadSubtract", CALL)
    assert centre_of(live).tickets[second].state is TicketState.WAITING
    await press(page, "Numpad1", SERVE)
    await press(page, "NumpadEnter", FINISH)
    await page.keyboard.press("NumpadDivide")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.type("8")
    await press(page, "NumpadEnter", CALL)
    assert centre_of(live).tickets[first].reserved_for == "counter-8"
    await page.keyboard.press("Numpad0")
    await press(page, "Numpad3", OPEN)

    assert centre_of(live).counters[COUNTER].pause_reason == "digitising"


async def test_a_keypad_reads_the_managers_message_and_leaves(
    new_page: NewPage, live: LiveServer
) -> None:
    page = await seated(new_page, live)
    live.do(c.AnnounceMessage(message="m", texts={"vi": "Chốt sổ"}, audience="counters"))
    await expect(page.locator(".managers-word")).to_contain_text("Chốt sổ")

    await page.keyboard.press("Numpad0")
    await expect(page.get_by_role("dialog")).to_contain_text("Đã đọc")
    await page.keyboard.press("NumpadEnter")

    await expect(page.locator(".managers-word")).to_have_count(0)
    (reading,) = centre_of(live).messages["m"].readings
    assert reading.counter == COUNTER
    await page.keyboard.press("Numpad0")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("NumpadMultiply")
    await expect(page.get_by_role("dialog")).to_contain_text("Rời quầy")
    await page.keyboard.press("Numpad1")
    await expect(page.locator(".seat").first).to_be_visible()


async def test_the_focus_goes_on_when_its_button_goes(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    await page.get_by_role("button", name="Trả về hàng đợi").focus()

    live.do(c.StartServing(counter=COUNTER))

    await expect(main_button(page, FINISH)).to_be_focused()


async def test_the_focus_stays_while_a_command_is_under_way(
    new_page: NewPage, live: LiveServer
) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    again = page.get_by_role("button", name="Gọi lại")
    await again.focus()

    await page.keyboard.press("Enter")

    await expect(page.locator(".instruments")).to_contain_text("đã gọi 2 lần")
    await expect(again).to_be_focused()


async def test_what_is_written_about_a_paper_presses_no_key(
    new_page: NewPage, live: LiveServer
) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    await press(page, "Space", FINISH)
    for _ in range(2):
        await page.keyboard.press("1")
        await page.locator(".paper.is-there, .paper.is-missing").first.wait_for()
    await expect(page.locator(".paper.is-missing")).to_have_count(1)
    await page.locator(".paper-note").focus()

    await page.keyboard.type("p t n u b x r s 1 2 3", delay=40)
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(main_button(page, FINISH)).to_be_visible()
    await expect(page.locator(".paper-note")).to_have_value("p t n u b x r s 1 2 3")
    await expect(page.locator(".paper-note")).not_to_be_focused()


async def test_the_keys_are_on_the_buttons_and_in_one_list(
    new_page: NewPage, live: LiveServer
) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    row = page.get_by_role("group", name="Thao tác")

    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()

    listed = await page.get_by_role("dialog").locator("kbd").all_inner_texts()
    buttons = await row.locator("kbd").all_inner_texts()
    assert set(buttons) <= set(listed)
    assert {"R", "N", "Q", "T"} <= set(buttons)
