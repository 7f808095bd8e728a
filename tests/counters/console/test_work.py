"""What a clerk does beside the straight way: papers, printing, parking, no-shows, sending on."""

import json

import pytest
from msgspec.structs import replace
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from queue_server.core.identifiers import PrinterId, StaffId
from queue_server.core.printer_configuration import PrinterConfiguration
from queue_server.core.printing import Condition
from queue_server.core.ticket import Outcome, TicketState
from tests.counters.console.steps import (
    BIRTH,
    CALL,
    COUNTER,
    FINISH,
    SERVE,
    centre_of,
    issue,
    main_button,
    press,
    seated,
)
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def serving(new_page: NewPage, live: LiveServer, query: str = "") -> Page:
    issue(live)
    page = await seated(new_page, live, query)
    live.do(c.CallNext(counter=COUNTER))
    live.do(c.StartServing(counter=COUNTER))
    await expect(page.locator(".panel.is-serving")).to_be_visible()
    await expect(main_button(page)).to_be_visible()
    return page


async def test_what_is_missing_goes_into_the_supplement(
    new_page: NewPage, live: LiveServer
) -> None:
    page = await serving(new_page, live)
    await page.keyboard.press("1")
    await expect(page.locator(".paper.is-there")).to_have_count(1)
    await page.get_by_role("button", name="Thiếu: Giấy chứng sinh").click()
    await page.locator(".paper-note").fill("thiếu dấu bệnh viện")
    await expect(page.locator(".papers-head")).to_contain_text("1/4 · thiếu 1")

    await page.keyboard.press("Escape")
    await page.keyboard.press("f")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("radio", name="Cần bổ sung")).to_be_checked()
    await expect(dialog.get_by_role("button", name=FINISH)).to_be_enabled()
    await dialog.get_by_label("Giấy tờ khác còn thiếu").fill("Giấy ủy quyền")
    async with page.expect_response("**/complete") as answer:
        await page.keyboard.press("Enter")

    completed, *_ = json.loads(await (await answer.value).text())["events"]
    assert completed["outcome"] == "supplement_needed"
    noted, other = completed["missing"]
    assert noted["name"].startswith("Giấy chứng sinh")
    assert (noted["note"], other) == ("thiếu dấu bệnh viện", {"name": "Giấy ủy quyền", "note": ""})


async def test_the_request_for_papers_is_given_out_with_its_print_state(
    new_page: NewPage, live: LiveServer
) -> None:
    page = await serving(new_page, live)
    await page.get_by_role("button", name="Thiếu: Giấy chứng sinh").click()
    await page.keyboard.press("f")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name=FINISH)).to_be_enabled()
    await dialog.get_by_label("Họ và tên người nộp").fill("Trần Văn Bền")
    await press(page, "Enter", CALL)

    (form,) = centre_of(live).forms.values()
    done = page.locator("#just-done")
    await expect(done).to_contain_text("Đã yêu cầu số A001 bổ sung giấy tờ")
    await expect(done).to_contain_text(form.written.form)
    await expect(done).to_contain_text("Phiếu yêu cầu bổ sung đang chờ in")
    assert list(live.people.rows.values()) == [("Trần Văn Bền", None)]
    await done.get_by_role("button", name=f"In lại {form.written.form}").click()
    await expect(done).to_contain_text("bản thứ 2")


async def test_a_printer_to_see_to_is_told_before_it_is_needed(
    new_page: NewPage, live: LiveServer
) -> None:
    facts = live.configuration
    printer = PrinterConfiguration(
        id=PrinterId("desk"), name={"vi": "Máy in quầy 7"}, address="127.0.0.1:9"
    )
    counter = replace(facts.counters[COUNTER], printer=printer.id)
    live.do(
        c.ApplyConfiguration(
            configuration=replace(
                facts,
                printers={**facts.printers, printer.id: printer},
                counters={**facts.counters, COUNTER: counter},
            )
        )
    )
    page = await seated(new_page, live)
    notice = page.get_by_text("Máy in của quầy: Hết giấy")
    await expect(notice).to_have_count(0)

    live.do(c.ReportPrinter(printer=printer.id, condition=Condition.PAPER_OUT))

    await expect(notice).to_be_visible()


async def test_a_refusal_needs_its_reason(new_page: NewPage, live: LiveServer) -> None:
    page = await serving(new_page, live)
    await page.keyboard.press("f")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name=FINISH)).to_be_enabled()
    await page.keyboard.press("3")
    await expect(dialog.get_by_label("Lý do từ chối")).to_be_visible()

    await page.keyboard.press("Enter")
    assert centre_of(live).counters[COUNTER].completed == 0
    await dialog.get_by_label("Lý do từ chối").fill("Không thuộc thẩm quyền")
    await press(page, "Enter", CALL)

    (ticket,) = centre_of(live).tickets.values()
    assert ticket.outcome is Outcome.REFUSED


async def test_what_is_not_printed_says_why_and_is_printed_again(
    new_page: NewPage, live: LiveServer
) -> None:
    page = await serving(new_page, live)
    live.do(c.Complete(counter=COUNTER, outcome=Outcome.DOSSIER_ACCEPTED))
    (code,) = centre_of(live).dossiers
    done = page.locator("#just-done")
    await expect(done).to_contain_text("Giấy tiếp nhận đang chờ in")
    live.do(c.RecordPrint(job=f"receipt-{code}-1", result="not_sent", detail="paper_out"))
    await expect(done).to_contain_text("Giấy tiếp nhận chưa in: Hết giấy")

    await done.get_by_role("button", name=f"In lại {code}").click()

    await expect(done).to_contain_text("đang chờ in · bản thứ 2")
    live.do(c.RecordPrint(job=f"receipt-{code}-2", result="printed"))
    await expect(done).to_contain_text("Giấy tiếp nhận đã in · bản thứ 2")


async def test_a_slip_is_printed_again_by_two_keys(new_page: NewPage, live: LiveServer) -> None:
    page = await serving(new_page, live)
    await page.keyboard.press("l")
    await expect(page.get_by_role("dialog")).to_contain_text("Phiếu số A001")

    await page.keyboard.press("1")

    await expect(page.locator(".panel-facts")).to_contain_text("bản thứ 2")
    (first, second) = centre_of(live).prints.values()
    assert (first.kind, second.kind, second.copy) == ("slip", "slip", 2)


async def test_parked_people_are_told_apart_and_sent_on(
    new_page: NewPage, live: LiveServer
) -> None:
    page = await serving(new_page, live)
    await page.keyboard.press("p")
    await expect(page.get_by_role("dialog")).to_contain_text("Trong bao lâu")
    await page.keyboard.press("ArrowRight")
    await page.get_by_label("Lý do khác").fill("Gọi điện cho gia đình")
    await press(page, "Enter", CALL)
    parked = page.locator("#parked + ol")
    await expect(parked).to_contain_text("Gọi điện cho gia đình")
    await expect(parked).to_contain_text("còn 29:5")

    await parked.get_by_role("button", name="Chuyển A001").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.type("8")
    await page.get_by_role("dialog").get_by_label("Tính lại từ đầu").check()
    await page.get_by_role("dialog").get_by_label("Lý do").fill("Xin xác nhận trước")
    await page.keyboard.press("Enter")

    await expect(parked).to_have_count(0)
    (ticket,) = centre_of(live).tickets.values()
    assert (ticket.state, ticket.reserved_for) == (TicketState.WAITING, "counter-8")
    assert ticket.steps[-1].reason == "Xin xác nhận trước"
    assert ticket.queued_at > ticket.first_queued_at


async def test_a_transfer_shows_who_works_where(new_page: NewPage, live: LiveServer) -> None:
    live.do(c.TakeCounter(counter="counter-8", staff=StaffId("hoa"), name="Hoa"))  # type: ignore[arg-type]
    live.do(c.OpenCounter(counter="counter-8"))  # type: ignore[arg-type]
    page = await serving(new_page, live)
    await page.keyboard.press("t")
    options = page.get_by_role("option")
    await expect(options.first).to_be_visible()

    await page.keyboard.type("8")
    await expect(options.first).to_contain_text("Đang mở · Hoa")
    await page.get_by_role("combobox").fill("9")
    await expect(options.first).to_contain_text("Đang đóng")
    await page.get_by_role("combobox").fill("cap doi giay chung nhan")
    await expect(options.first).to_contain_text("quầy")


async def test_the_next_clerk_reads_what_happened(new_page: NewPage, live: LiveServer) -> None:
    page = await serving(new_page, live)
    live.do(c.TakeCounter(counter="counter-8", staff=StaffId("hoa"), name="Hoa"))  # type: ignore[arg-type]
    live.do(c.OpenCounter(counter="counter-8"))  # type: ignore[arg-type]
    live.do(c.Park(counter=COUNTER, reason="form"))
    (ticket,) = centre_of(live).parked
    live.do(c.Resume(counter=COUNTER, ticket=ticket))
    live.do(c.Transfer(counter=COUNTER, to_counter="counter-8", reason="cần xác nhận"))  # type: ignore[arg-type]
    live.do(c.CallNext(counter="counter-8"))  # type: ignore[arg-type]
    live.do(c.Transfer(counter="counter-8", to_counter=COUNTER, reason="đã xác nhận"))  # type: ignore[arg-type]
    live.do(c.CallNext(counter=COUNTER))

    story = page.get_by_role("region", name="Diễn biến lượt này")
    await expect(story.get_by_role("listitem")).to_have_count(3)
    await expect(story).to_contain_text("Đang tạm giữ ở quầy 7 · Điền tờ khai")
    await expect(story).to_contain_text("Quầy 8 chuyển đến")
    await expect(story).to_contain_text("đã xác nhận")
    await expect(page.locator(".instruments")).to_contain_text("lượt thứ 3 trong lần đến này")


async def test_what_comes_next_says_why(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    page = await seated(new_page, live)

    await expect(page.locator(".next")).to_contain_text("Đăng ký khai sinh")
    await expect(page.locator(".next-why")).to_contain_text("Đứng đầu; không có dãy số nào khác")


async def test_the_own_day_is_beside_what_is_usual(new_page: NewPage, live: LiveServer) -> None:
    page = await serving(new_page, live)
    own = page.get_by_role("region", name="Hôm nay của bạn")
    await expect(own).to_contain_text("0")

    live.do(c.Complete(counter=COUNTER, outcome=Outcome.ADVICE_ONLY))

    usual = live.configuration.procedures[BIRTH].mean_transaction_time_s // 60
    await expect(own).to_contain_text("1 lượt đã xong hôm nay")
    await expect(own).to_contain_text(f"thường mất {usual} phút")


async def test_enough_calls_make_a_no_show_one_key(new_page: NewPage, live: LiveServer) -> None:
    issue(live)
    page = await seated(new_page, live)
    await press(page, "Space", SERVE)
    await expect(page.locator(".action-no_show")).to_contain_text("1/2")
    await page.keyboard.press("r")
    await expect(page.locator(".instruments")).to_contain_text("đã gọi 2 lần")
    await expect(main_button(page, SERVE)).to_be_visible()

    await press(page, "n", CALL)

    await expect(page.locator("#absent + ul")).to_contain_text("A001")


async def test_levels_are_called_the_same_here_and_at_the_managers(
    new_page: NewPage, live: LiveServer
) -> None:
    issue(live)
    page = await seated(new_page, live, "?language=en")
    await expect(page.locator(".levels")).to_contain_text("Primary")

    manager = await new_page(viewport={"width": 1366, "height": 900})
    await manager.context.add_cookies([{"name": "queue_session", "value": "minh", "url": live.url}])
    await manager.goto(f"{live.url}/manager?language=en")

    await expect(manager.get_by_text("Primary").first).to_be_attached()


async def test_who_serves_cannot_leave_and_is_told_what_can_be_done(
    new_page: NewPage, live: LiveServer
) -> None:
    page = await serving(new_page, live)

    await page.keyboard.press("x")

    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("kết thúc, tạm giữ hoặc chuyển A001 trước")
    await expect(dialog.get_by_role("button", name="Rời quầy")).to_have_count(0)
