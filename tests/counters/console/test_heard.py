"""What somebody hears who does not see the console: names, and each change without being asked."""

import pytest
from playwright.async_api import Locator, Page, expect

from queue_server.core import commands as c
from queue_server.core.identifiers import Language, PriorityClassId, StaffId
from tests.counters.console.steps import (
    BIRTH,
    CALL,
    COUNTER,
    FINISH,
    OPEN,
    SERVE,
    at_console,
    ids,
    press,
    seated,
)
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


def by_name(page: Page, name: str) -> Locator:
    """The button of that name, once it says that it can be pressed."""
    return page.get_by_role("button", name=name, disabled=False)


async def test_a_visit_by_names_and_by_what_is_said(new_page: NewPage, live: LiveServer) -> None:
    """Everything is found by role and name; the live region says what came of it."""
    ticket = c.IssueTicket(
        ticket=f"{next(ids):032x}",  # type: ignore[arg-type]
        procedure=BIRTH,
        language=Language("en"),
        priority_class=PriorityClassId(next(iter(live.configuration.priority_classes))),
    )
    live.do(ticket)
    page = await at_console(new_page, live)
    said = page.locator("#said")
    await page.get_by_role("button", name="Quầy 7").press("Enter")
    await expect(said).to_have_text("Quầy đang đóng")
    await by_name(page, OPEN).press("Enter")
    await expect(said).to_have_text("Quầy đang mở và sẵn sàng")

    await by_name(page, CALL).press("Enter")
    await expect(said).to_have_text(
        "Đang gọi A001, Đăng ký khai sinh, Tiếng Anh, Ưu tiên: Người từ đủ 75 tuổi."
    )
    await expect(page.get_by_role("region", name="A001")).to_be_visible()
    await page.get_by_role("button", name="Gọi lại").press("Enter")
    await expect(said).to_contain_text("Gọi lại số A001, lần 2")
    await by_name(page, SERVE).press("Enter")
    await expect(said).to_contain_text("Đang phục vụ A001")

    paper = page.get_by_role("checkbox", name="Tờ khai đăng ký khai sinh")
    await paper.press("Space")
    await expect(paper).to_be_checked()
    missing = page.get_by_role("button", name="Thiếu: Căn cước của người đi đăng ký")
    await missing.press("Enter")
    await expect(missing).to_have_attribute("aria-pressed", "true")
    await by_name(page, FINISH).press("Enter")
    form = page.get_by_role("dialog", name="Kết thúc lượt A001")
    await expect(form.get_by_role("radio", name="Cần bổ sung giấy tờ")).to_be_focused()
    await expect(form.get_by_role("group", name="Người dân cần nộp bổ sung")).to_be_visible()
    await expect(form.get_by_role("button", name=FINISH)).to_be_enabled()
    await form.get_by_role("button", name=FINISH).press("Enter")
    await expect(said).to_have_text("Quầy đang mở và sẵn sàng")
    await expect(page.get_by_role("button", name="Hoàn tác Kết thúc A001")).to_be_visible()


async def test_the_dialogs_have_names_and_keep_the_focus(
    new_page: NewPage, live: LiveServer
) -> None:
    page = await seated(new_page, live)
    live.do(c.CallNext(counter=COUNTER))
    for key, name in {"b": "Tạm nghỉ và việc khác", "x": "Quầy 7", "?": "Phím tắt"}.items():
        await page.keyboard.press(key)
        dialog = page.get_by_role("dialog", name=name)
        await expect(dialog).to_be_visible()
        assert await dialog.evaluate("(element) => element.contains(document.activeElement)")
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)


async def test_a_message_of_the_manager_is_heard_once(new_page: NewPage, live: LiveServer) -> None:
    page = await seated(new_page, live)
    text = {"vi": "Chốt sổ lúc 16 giờ"}

    live.do(c.AnnounceMessage(message="m", texts=text, audience="counters"))

    await expect(page.locator("#said")).to_have_text("Tin nhắn của quản lý: Chốt sổ lúc 16 giờ")
    await press(page, "g", CALL)
    await expect(page.get_by_role("region", name="Tin nhắn của quản lý")).to_have_count(0)
    live.do(c.PauseCounter(counter=COUNTER, reason="meeting"))
    await expect(page.locator("#said")).to_have_text("Quầy đang tạm nghỉ")


async def test_a_message_is_read_by_whoever_sits_there(new_page: NewPage, live: LiveServer) -> None:
    live.do(c.AnnounceMessage(message="m", texts={"vi": "Chốt sổ"}, audience="counters"))
    page = await seated(new_page, live)
    await page.get_by_role("button", name="Đã đọc").click()
    await expect(page.locator(".managers-word")).to_have_count(0)

    live.do(c.LeaveCounter(counter=COUNTER))
    live.do(c.TakeCounter(counter=COUNTER, staff=StaffId("hoa"), name="Hoa"))
    other = await at_console(new_page, live, "hoa")

    await expect(other.locator(".action-main")).to_contain_text(OPEN)
    await expect(other.locator(".managers-word")).to_contain_text("Chốt sổ")
