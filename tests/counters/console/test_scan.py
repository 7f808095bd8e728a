"""A scanner that types like a keyboard: the name of a citizen card is kept, nothing else of it."""

from typing import Any

import pytest
from playwright.async_api import Page, Request, expect

from tests.counters.console.steps import (
    CALL,
    COUNTER,
    FINISH,
    SERVE,
    by_card,
    centre_of,
    issue,
    main_button,
    press,
    seated,
)
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

CARD = "001190012345|012345678|Nguyễn Thị Ánh|05031990|Nữ|Số 1, đường Trung Tâm, An Bình|01012022"
NEWER = "001190012345||Trần Văn Bền|05031990|Nam|Phường An Bình|01072024||Trần Văn Ba|Lê Thị Tư"
PRIVATE = ("001190012345", "012345678", "05031990", "Trung Tâm", "01012022", "Lê Thị Tư")
READ = """async (text) => {
    const { scanned } = await import(document.querySelector(
        'link[rel=modulepreload][href$="console/card_scan.js"]').href);
    return scanned(text);
}"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CARD, {"kind": "card", "name": "Nguyễn Thị Ánh", "isDoubtful": False}),
        (NEWER, {"kind": "card", "name": "Trần Văn Bền", "isDoubtful": False}),
        (
            "012345678||LÊ VĂN D|1/2/1960|Nam|X|",
            {"kind": "card", "name": "LÊ VĂN D", "isDoubtful": False},
        ),
        (
            CARD.replace("Ễ", "?").replace("Ánh", "?nh"),
            {"kind": "card", "name": "Nguyễn Thị ?nh", "isDoubtful": True},
        ),
        ("001190012345|Nguyễn Thị Ánh", {"kind": "unknown"}),
        ("8935049500116", {"kind": "unknown"}),
        ("A|B|C|D|E|F|G", {"kind": "unknown"}),
        ("http://c.example/t/" + "0a" * 16, {"kind": "ticket", "id": "0a" * 16}),
    ],
)
async def test_what_a_scanner_read_is_told_apart(
    new_page: NewPage, live: LiveServer, text: str, expected: dict[str, Any]
) -> None:
    page = await seated(new_page, live)

    assert await page.evaluate(READ, text) == expected


async def test_a_card_that_is_scanned_presses_no_key(new_page: NewPage, live: LiveServer) -> None:
    """Its digits would call back parked numbers, its letters no-show, its Enter the next one."""
    issue(live)
    page = await seated(new_page, live)

    await by_card(page, CARD)

    await expect(page.locator(".toast")).to_contain_text("không lưu lại gì")
    await expect(main_button(page, CALL)).to_be_visible()
    assert centre_of(live).counters[COUNTER].ticket is None


async def test_only_the_name_reaches_form_and_server(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    page = await seated(new_page, live)
    sent: list[Request] = []

    def note(request: Request) -> None:
        sent.append(request)

    page.on("request", note)
    await press(page, "Space", SERVE)
    await press(page, "Space", FINISH)

    await by_card(page, CARD)
    await expect(page.locator(".chip-name")).to_contain_text("Nguyễn Thị Ánh")
    await page.keyboard.press("f")
    name = page.get_by_label("Họ và tên người nộp")
    await expect(name).to_have_value("Nguyễn Thị Ánh")
    await expect(main_form_button(page)).to_be_enabled()
    await press(page, "Enter", CALL)

    people = live.people.rows.values()
    assert list(people) == [("Nguyễn Thị Ánh", None)]
    bodies = " ".join(request.post_data or "" for request in sent)
    kept = await page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert [word for word in PRIVATE if word in bodies + kept] == []


def main_form_button(page: Page) -> Any:
    return page.get_by_role("dialog").get_by_role("button", name=FINISH)


@pytest.mark.parametrize("field", ["", "Họ và tên người nộp", "Ghi chú"])
async def test_a_card_goes_to_the_name_wherever_the_focus_is(
    new_page: NewPage, live: LiveServer, field: str
) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    await press(page, "Space", FINISH)
    await page.keyboard.press("f")
    await expect(main_form_button(page)).to_be_enabled()
    if field:
        await page.get_by_role("dialog").get_by_label(field).focus()

    await by_card(page, NEWER)

    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("Họ và tên người nộp")).to_have_value("Trần Văn Bền")
    await expect(dialog.get_by_label("Ghi chú")).to_have_value("")
    await expect(dialog).to_contain_text("Chỉ giữ lại họ tên")
    await expect(dialog.get_by_role("radio", name="Tiếp nhận hồ sơ")).to_be_checked()
    assert centre_of(live).counters[COUNTER].completed == 0


async def test_the_name_is_forgotten_with_the_visit_or_by_a_click(
    new_page: NewPage, live: LiveServer
) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    await by_card(page, CARD)
    await page.get_by_role("button", name="Xóa họ tên này").click()
    await expect(page.locator(".chip-name")).to_have_count(0)
    await by_card(page, CARD)
    await expect(page.locator(".chip-name")).to_be_visible()

    await press(page, "q", CALL)
    await press(page, "Space", SERVE)

    await expect(page.locator("#number")).to_have_text("A001")
    await expect(page.locator(".chip-name")).to_have_count(0)


async def test_a_slip_that_is_scanned_is_looked_up(new_page: NewPage, live: LiveServer) -> None:
    ticket = issue(live)
    page = await seated(new_page, live)

    await by_card(page, f"http://centre.example/t/{ticket}")

    await expect(page.get_by_role("dialog")).to_contain_text("A001")
    await expect(page.get_by_role("dialog")).to_contain_text("Chờ từ")


async def test_a_phone_number_is_kept_only_with_consent(
    new_page: NewPage, live: LiveServer
) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    await press(page, "Space", FINISH)
    await page.keyboard.press("f")
    await expect(main_form_button(page)).to_be_enabled()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Họ và tên người nộp").fill("Trần Văn Bền")
    await dialog.get_by_label("Số điện thoại", exact=True).fill("0900 000 000")
    consent = dialog.get_by_label("Người dân đồng ý")
    await expect(consent).not_to_be_checked()

    await main_form_button(page).click()
    assert centre_of(live).counters[COUNTER].completed == 0
    await consent.check()
    await main_form_button(page).click()

    await expect(main_button(page, CALL)).to_be_visible()
    ((ref, row),) = live.people.rows.items()
    assert (ref.endswith("True"), row) == (True, ("Trần Văn Bền", "0900 000 000"))
