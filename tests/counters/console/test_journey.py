"""A clerk's day at the counter, by keyboard alone, in a real browser."""

import pytest
from playwright.async_api import expect

from queue_server.core import commands as c
from queue_server.core.identifiers import StaffId
from tests.counters.console.steps import (
    CALL,
    COUNTER,
    DESKTOP,
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


async def test_from_taking_a_counter_to_a_dossier(new_page: NewPage, live: LiveServer) -> None:
    issue(live, RECOGNITION)
    page = await at_console(new_page, live)
    await expect(page.locator(".seat").first).to_be_focused()

    await page.keyboard.press("7")
    await press(page, "Enter", OPEN)
    await press(page, "Space", CALL)
    await press(page, "Space", SERVE)
    await expect(page.locator("#number")).to_have_text("A001")
    await page.keyboard.press("r")
    await expect(page.locator(".instruments")).to_contain_text("đã gọi 2 lần")
    await press(page, "s", FINISH)
    await page.keyboard.press("f")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name="Kết thúc")).to_be_enabled()
    await dialog.get_by_label("Họ và tên người nộp").focus()
    await page.keyboard.type("Nguyễn Văn An")
    await page.keyboard.press("Tab")
    await page.keyboard.type("0900 000 000")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")

    done = page.locator("#just-done")
    await expect(done).to_contain_text("H00.000-261123-0001")
    await expect(done).to_contain_text("Hẹn trả lúc 17:00 ngày")
    await expect(done).to_contain_text("Giấy tiếp nhận đang chờ in")
    (dossier,) = centre_of(live).dossiers.values()
    assert dossier.procedure == RECOGNITION


async def test_undo_brings_the_citizen_back(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Enter", SERVE)
    await press(page, "Enter", FINISH)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog").get_by_role("button", name="Kết thúc")).to_be_enabled()
    await page.keyboard.press("4")
    await press(page, "Enter", CALL)
    await expect(page.locator(".action-undo")).to_contain_text("Kết thúc A001")

    await press(page, "u", FINISH)

    await expect(page.locator("#number")).to_have_text("A001")


async def test_park_and_call_back(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    await press(page, "Space", FINISH)

    await page.keyboard.press("p")
    await press(page, "1", CALL)
    await expect(page.locator("#parked + ol")).to_contain_text("A001")
    await expect(page.locator("#parked + ol")).to_contain_text("Điền tờ khai")
    await press(page, "1", SERVE)

    await expect(page.locator("#number")).to_have_text("A001")


async def test_transfer_finds_without_marks(new_page: NewPage, live: LiveServer) -> None:
    ticket = issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    await page.keyboard.press("t")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.type("chung thuc chu ky")
    await expect(page.get_by_role("option").first).to_contain_text("hứng thực chữ ký")

    await press(page, "Enter", CALL)

    moved = centre_of(live).tickets[ticket]
    assert (moved.was_transferred, moved.field) == (True, "certification")


async def test_a_no_show_comes_back(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    await page.keyboard.press("n")
    await expect(page.get_by_role("dialog")).to_contain_text("A001 mới được gọi 1/2 lần")
    await press(page, "2", CALL)
    await expect(page.locator("#absent + ul")).to_contain_text("A001")

    await page.keyboard.press("c")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.type("a1")
    await expect(page.get_by_role("dialog")).to_contain_text("Vắng khi gọi, được quay lại đến")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("dialog")).to_have_count(0)
    await press(page, "Space", SERVE)


async def test_one_number_is_called_with_a_reason(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    issue(live)
    page = await seated(new_page, live)
    await page.keyboard.press("c")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.type("A002")
    await expect(page.get_by_role("dialog")).to_contain_text("Chờ từ")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.get_by_role("dialog").get_by_label("Lý do").focus()
    await page.keyboard.type("Người đi cùng số vừa xong")
    await press(page, "Enter", SERVE)

    await expect(page.locator("#number")).to_have_text("A002")


async def test_a_break_and_its_end(new_page: NewPage, live: LiveServer) -> None:
    page = await seated(new_page, live)

    await page.keyboard.press("b")
    await press(page, "2", OPEN)
    await expect(page.locator(".panel")).to_contain_text("Họp, hội ý nghiệp vụ")
    await press(page, "Space", CALL)


async def test_a_keypad_is_enough(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    page = await seated(new_page, live)

    await press(page, "NumpadEnter", SERVE)
    await page.keyboard.press("NumpadAdd")
    await expect(page.locator(".instruments")).to_contain_text("đã gọi 2 lần")
    await press(page, "NumpadEnter", FINISH)
    await page.keyboard.press("NumpadMultiply")
    await press(page, "NumpadEnter", CALL)
    await press(page, "NumpadDecimal", FINISH)
    await page.keyboard.press("NumpadEnter")
    await expect(page.get_by_role("dialog").get_by_role("button", name="Kết thúc")).to_be_enabled()
    await page.keyboard.press("Numpad5")
    await press(page, "NumpadEnter", CALL)

    (ticket,) = centre_of(live).tickets.values()
    assert ticket.outcome == "result_returned"


async def test_a_key_held_or_hammered_sends_once(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    issue(live)
    page = await seated(new_page, live)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if _is_command(request) else None)

    for _ in range(4):
        await page.keyboard.down("Space")
    await page.keyboard.up("Space")
    await page.evaluate(
        """() => { for (let n = 0; n < 5; n++) document.dispatchEvent(
            new KeyboardEvent('keydown', { key: ' ', code: 'Space', bubbles: true })) }"""
    )
    await expect(main_button(page, SERVE)).to_be_visible()

    assert [url.rsplit("/", 1)[-1] for url in sent] == ["call-next"]


def _is_command(request: object) -> bool:
    return getattr(request, "method", "") == "POST"


async def test_space_goes_on_after_a_click(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    await page.get_by_role("button", name="Gọi lại").click()
    await expect(page.locator(".instruments")).to_contain_text("đã gọi 2 lần")

    await press(page, "Space", FINISH)


async def test_a_refusal_is_said_in_words(new_page: NewPage, live: LiveServer) -> None:
    page = await at_console(new_page, live)
    seat = page.locator('.seat[data-number="7"]')
    await expect(seat).to_be_visible()
    await page.route("**/take", lambda route: _taken_meanwhile(live, route))

    await seat.click()

    await expect(page.locator(".toast")).to_contain_text("Hoa đang ngồi ở quầy này")
    await expect(seat).to_have_count(0)


async def _taken_meanwhile(live: LiveServer, route: object) -> None:
    live.do(c.TakeCounter(counter=COUNTER, staff=StaffId("hoa"), name="Hoa"))
    await route.continue_()  # type: ignore[attr-defined]


async def test_leaving_gives_back_what_was_called(new_page: NewPage, live: LiveServer) -> None:
    ticket = issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    await page.keyboard.press("x")
    await expect(page.get_by_role("dialog")).to_contain_text("A001 trở về chỗ cũ")

    await page.keyboard.press("1")

    await expect(page.get_by_role("heading", name="Ông/bà ngồi ở quầy nào?")).to_be_visible()
    assert centre_of(live).tickets[ticket].state == "waiting"


async def test_a_lost_line_is_said_and_commands_still_work(
    new_page: NewPage, live: LiveServer
) -> None:
    issue(live)
    page = await new_page(viewport=DESKTOP)
    await page.route_web_socket("**/live", _quiet_after_the_first_views)
    live.do(c.TakeCounter(counter=COUNTER, staff=StaffId("lan"), name="Lan"))
    live.do(c.OpenCounter(counter=COUNTER))
    await page.context.add_cookies([{"name": "queue_session", "value": "lan", "url": live.url}])
    await page.clock.install()
    await page.goto(f"{live.url}/console")
    await expect(main_button(page)).to_be_visible()

    async with page.expect_response("**/call-next"):
        await page.keyboard.press("Space")

    await expect(page.locator("#number")).to_have_text("A001")
    await page.clock.run_for(17_000)
    await expect(page.locator("#connection")).to_contain_text("Mất kết nối")


def _quiet_after_the_first_views(socket: object) -> None:
    server = socket.connect_to_server()  # type: ignore[attr-defined]
    views = {"seats", "console"}

    def pass_on(message: str) -> None:
        for name in views & {name for name in views if f'"view":"{name}"' in message}:
            views.discard(name)
            socket.send(message)  # type: ignore[attr-defined]

    server.on_message(pass_on)


async def test_the_page_is_for_staff(new_page: NewPage, live: LiveServer) -> None:
    page = await new_page()
    await page.goto(f"{live.url}/console?centre=an-binh")

    assert page.url.endswith("/sign-in?next=/console%3Fcentre%3Dan-binh")
