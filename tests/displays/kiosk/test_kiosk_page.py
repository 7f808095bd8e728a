"""A citizen at the kiosk, in a real browser on a real server."""

import base64
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.async_api import expect

from queue_server.core import commands as c
from queue_server.core.configuration import CentreConfiguration, OpeningHours
from queue_server.core.identifiers import TicketId
from queue_server.core.ticket import Channel
from tests.displays.kiosk.conftest import OpenKiosk, Taken
from tests.displays.kiosk.steps import begin, browse, choose_birth, open_search, take
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

LYING = {"width": 1920, "height": 1080}
TABLET = {"width": 1280, "height": 800}
SINGLE = "Cấp Giấy xác nhận tình trạng hôn nhân"
ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)


async def test_from_the_first_touch_to_a_number(kiosk: OpenKiosk, taken: Taken) -> None:
    page = await kiosk()
    await open_search(page)
    for letter in "giaydocthan":
        await page.get_by_role("group", name="Bàn phím").get_by_text(letter, exact=True).click()
    await page.get_by_role("button", name=SINGLE).click()
    await page.get_by_role("button", name="Thêm một").click()
    await page.get_by_role("button", name="Tôi thuộc diện ưu tiên").click()
    await page.get_by_role("button", name="Người từ đủ 75 tuổi").click()
    await expect(page.get_by_text("Ưu tiên: Người từ đủ 75 tuổi")).to_be_visible()

    await take(page)

    (held,) = taken()
    await expect(page.locator("[data-number]")).to_have_text(held.number)
    assert (held.dossiers, held.priority_class, held.language) == (2, "elderly", "vi")
    assert held.channel is Channel.KIOSK


async def test_shows_papers_and_never_promises_an_uncertain_term(kiosk: OpenKiosk) -> None:
    page = await kiosk("?language=en")
    await page.get_by_role("button", name="English").click()
    await page.get_by_role("button", name="Search").click()
    await page.keyboard.type("so do")
    await page.locator(".procedure-row").first.click()

    await expect(page.get_by_role("region", name="Time until the result")).to_contain_text(
        "Usually 20 working days, please ask at the counter"
    )
    await expect(page.get_by_role("region", name="Please have ready")).to_contain_text(
        "Application (form 15)"
    )


async def test_who_does_not_know_gets_a_number_of_the_help_desk(
    kiosk: OpenKiosk, taken: Taken
) -> None:
    page = await kiosk()
    await begin(page)
    await page.get_by_role("button", name="Tôi chưa biết").click()

    await take(page)

    assert [held.procedure for held in taken()] == ["an-binh.huong-dan"]


async def test_a_search_without_a_result_leads_to_the_help_desk(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await open_search(page)

    await page.keyboard.type("zzzz")

    await expect(page.get_by_text("Chưa tìm thấy")).to_be_visible()
    await page.get_by_role("button", name="Cán bộ quầy hướng dẫn sẽ tìm giúp").click()
    await expect(page.get_by_role("button", name="Lấy số")).to_be_visible()


async def test_near_names_are_asked_about_in_plain_words(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await open_search(page)

    await page.keyboard.type("khai sinh")

    await expect(page.get_by_role("heading", name="Ông/bà cần việc nào?")).to_be_visible()
    abroad = page.locator(".is-asked").get_by_role("button", name="Cha hoặc mẹ là người nước ngoài")
    await abroad.click()
    await expect(page.get_by_role("heading", name="có yếu tố nước ngoài")).to_be_visible()


async def test_a_clear_name_is_not_asked_about(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await open_search(page)

    await page.keyboard.type("giay doc than")

    await expect(page.get_by_role("button", name=SINGLE)).to_be_visible()
    await expect(page.get_by_role("heading", name="Ông/bà cần việc nào?")).to_have_count(0)


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        ("s ô hỏi", "sổ"),
        ("đ o hỏi", "đỏ"),
        ("t o a n sắc", "toán"),
        ("h o a huyền", "hòa"),
        ("n g ư ơ i huyền", "người"),
        ("q u y sắc", "quý"),
        ("g i a huyền", "già"),
        ("n g o a i huyền", "ngoài"),
        ("t ư sắc hỏi", "tử"),
        ("t ư hỏi hỏi", "tư"),
        ("b c ngã", "bc"),
    ],
)
async def test_vietnamese_can_be_written_key_by_key(
    kiosk: OpenKiosk, keys: str, written: str
) -> None:
    page = await kiosk()
    await open_search(page)
    await page.get_by_role("button", name="Gõ dấu").click()

    for key in keys.split():
        await page.get_by_role("group", name="Bàn phím").get_by_text(key, exact=True).click()

    await expect(page.locator("#query")).to_have_value(written)


async def test_english_is_kept_for_this_citizen_only(kiosk: OpenKiosk, taken: Taken) -> None:
    page = await kiosk()
    await page.get_by_role("button", name="English").click()
    await page.get_by_role("button", name="Choose by field").click()
    await page.get_by_role("button", name="Civil status").click()
    await page.get_by_role("button", name="Birth registration", exact=True).click()
    await take(page)

    await page.get_by_role("button", name="Done").click()

    assert [held.language for held in taken()] == ["en"]
    await expect(page.get_by_role("heading", name="Kính chào ông/bà")).to_be_visible()


def changed(server: LiveServer, **changes: Any) -> CentreConfiguration:
    return replace(server.configuration, **changes)


async def test_out_of_hours_papers_can_be_read_but_no_number_taken(
    kiosk: OpenKiosk, own_server: LiveServer
) -> None:
    afternoon = own_server.configuration.hours.weekdays["mon"][1:]
    hours = OpeningHours(weekdays={"mon": afternoon})
    own_server.do(c.ApplyConfiguration(configuration=changed(own_server, hours=hours)))
    page = await kiosk(at=own_server)

    await expect(page.get_by_text("Phát số trở lại từ 13:30.")).to_be_visible()
    await choose_birth(page)

    await expect(page.get_by_text("Phát số trở lại từ 13:30.")).to_be_visible()
    await expect(page.get_by_role("button", name="Lấy số")).to_have_count(0)
    await expect(page.get_by_text("Giấy tờ cần chuẩn bị")).to_be_visible()


async def test_a_closed_day_is_told(kiosk: OpenKiosk, own_server: LiveServer) -> None:
    page = await kiosk(at=own_server)
    await expect(page.get_by_role("heading", name="Kính chào ông/bà")).to_be_visible()

    own_server.do(c.CloseDay())

    await expect(page.get_by_text("Hệ thống chưa mở ngày làm việc.")).to_be_visible()


async def test_waits_are_live(kiosk: OpenKiosk, server: LiveServer) -> None:
    page = await kiosk()
    await browse(page)
    tile = page.locator(".tile").first
    before = await tile.inner_text()

    server.do(c.IssueTicket(ticket=TicketId("e" * 32), procedure="1.001193"))  # type: ignore[arg-type]

    await expect(tile).not_to_have_text(before)


async def test_an_unknown_screen_is_told_how_to_be_paired(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await new_page()

    answer = await page.goto(f"{server.url}/kiosk")

    assert answer is not None
    assert answer.status == 401
    await expect(page.get_by_role("heading")).to_have_text("Kiosk này chưa được ghép nối")


async def test_staff_may_use_it_on_a_tablet(
    server: LiveServer, taken: Taken, new_page: NewPage
) -> None:
    page = await new_page(viewport=TABLET, screen=TABLET)
    await page.context.add_cookies([{"name": "queue_session", "value": "lan", "url": server.url}])
    await page.goto(f"{server.url}/kiosk")

    await choose_birth(page)
    await take(page)

    assert [held.channel for held in taken()] == [Channel.RECEPTION]


async def test_what_does_not_fit_can_be_reached_with_a_button(kiosk: OpenKiosk) -> None:
    page = await kiosk(screen=TABLET)
    await browse(page)
    await page.locator(".tile").first.click()
    last = page.locator(".procedure-row").last

    await expect(last).not_to_be_in_viewport()
    more = page.get_by_role("button", name="Xem tiếp bên dưới")
    await more.click()
    for _ in range(8):
        await page.evaluate("document.getElementById('more').click()")

    await expect(last).to_be_in_viewport()
    await expect(more).to_be_hidden()
