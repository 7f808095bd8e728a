"""From the code at the door to a number on the phone, in a real browser."""

import io

import httpx2
import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from queue_server.core.citizen_rules import RemoteTicketRules
from queue_server.core.ticket import Channel, Ticket, TicketState
from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
SCREEN = {"width": 1920, "height": 1080}
UPRIGHT = {"width": 1080, "height": 1920}
MOST_BYTES = 60_000


async def at_door(live: LiveServer, new_page: NewPage, viewport: dict[str, int] = SCREEN) -> Page:
    page = await new_page(viewport=viewport)
    await page.context.add_cookies([{"name": "queue_device", "value": "door", "url": live.url}])
    await page.goto(f"{live.url}/door")
    return page


async def scanned(page: Page) -> str:
    """The address in the code on the screen, read as a phone's camera reads it."""
    await expect(page.locator(".door-qr")).to_be_visible()
    picture = Image.open(io.BytesIO(await page.screenshot()))
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


def newest(live: LiveServer) -> Ticket:
    return list(live.core.replicas.loaded()[0].centre.tickets.values())[-1]


async def code_of(live: LiveServer) -> str:
    async with httpx2.AsyncClient(base_url=live.url) as client:
        headers = {"authorization": "Bearer door"}
        answer = await client.get("/api/v1/centres/an-binh/door-code", headers=headers)
    return str(answer.json()["address"])


async def test_a_scanned_code_leads_to_a_number_on_the_phone(
    live: LiveServer, new_page: NewPage
) -> None:
    door = await at_door(live, new_page)
    address = await scanned(door)
    assert await violations(door) == []
    phone = await new_page(viewport=PHONE)
    await phone.goto(address)

    await expect(phone.get_by_role("heading", name="Ông/bà cần làm việc gì?")).to_be_visible()
    assert await violations(phone) == []
    await phone.get_by_role("searchbox").fill("khai sinh")
    await phone.get_by_role("button", name="Đăng ký khai sinh", exact=False).first.click()
    await expect(phone.get_by_text("Giấy tờ cần chuẩn bị")).to_be_visible()
    assert await violations(phone) == []
    await phone.get_by_role("button", name="Lấy số", exact=True).click()

    await phone.wait_for_url("**/t/*")
    ticket = newest(live)
    await expect(phone.locator("[data-number]")).to_have_text(ticket.number)
    assert (ticket.channel, ticket.procedure) == (Channel.PHONE, "1.001193")


async def test_fields_are_browsed_and_priority_is_declared(
    live: LiveServer, new_page: NewPage
) -> None:
    page = await new_page(viewport=NARROW)
    await page.goto(f"{await code_of(live)}&language=en")
    await page.get_by_role("button", name="Civil status").click()
    await page.get_by_role("button", name="Birth registration", exact=True).click()
    await page.get_by_label("Do you have priority?").select_option(index=1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]

    await page.get_by_role("button", name="Take a number").click()

    await page.wait_for_url("**/t/*")
    assert newest(live).priority_class is not None
    assert newest(live).language == "en"


async def test_who_does_not_know_is_sent_to_reception(live: LiveServer, new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    await page.goto(await code_of(live))
    await page.get_by_role("button", name="Tôi chưa biết").click()
    await page.get_by_role("button", name="Lấy số", exact=True).click()

    await page.wait_for_url("**/t/*")
    assert newest(live).procedure == live.configuration.reception_procedure


async def test_back_leads_back_and_a_reload_goes_on(live: LiveServer, new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    address = await code_of(live)
    await page.goto(address)
    await page.get_by_role("button", name="Tôi chưa biết").click()
    await page.get_by_role("button", name="Chọn việc khác").click()
    await expect(page.get_by_role("searchbox")).to_be_visible()

    stale = address.partition("code=")[0] + "code=1.AAAAAAAAAAAAAAAAAAAA"
    await page.goto(stale)

    await expect(page.get_by_role("searchbox")).to_be_visible()


async def test_after_a_number_the_same_pass_leads_to_it(
    live: LiveServer, new_page: NewPage
) -> None:
    page = await new_page(viewport=PHONE)
    address = await code_of(live)
    await page.goto(address)
    await page.get_by_role("button", name="Tôi chưa biết").click()
    await page.get_by_role("button", name="Lấy số", exact=True).click()
    await page.wait_for_url("**/t/*")
    ticket = page.url

    await page.goto(address)

    assert page.url == ticket


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_a_stale_or_forged_code_is_refused_kindly(
    live: LiveServer, new_page: NewPage, language: str
) -> None:
    page = await new_page(viewport=NARROW)
    answer = await page.goto(f"{live.url}/join?code=1.AAAA&language={language}")

    assert answer is not None
    assert answer.status == 403
    heading = "Xin quét lại mã" if language == "vi" else "Please scan the code again"
    await expect(page.get_by_role("heading")).to_have_text(heading)
    assert await violations(page) == []
    assert live.core.replicas.loaded()[0].centre.sequence == 12


async def test_a_pass_that_grew_old_on_the_page_is_explained(
    live: LiveServer, new_page: NewPage
) -> None:
    page = await new_page(viewport=PHONE)
    await page.goto(await code_of(live))
    await page.get_by_role("button", name="Tôi chưa biết").click()
    refusal = {"code": "stale_pass", "detail": "old", "status": 403}
    await page.route("**/remote-tickets", lambda route: route.fulfill(status=403, json=refusal))

    await page.get_by_role("button", name="Lấy số", exact=True).click()

    await expect(page.get_by_role("alert")).to_contain_text("Mã đã quét quá mười phút")


async def test_no_numbers_where_the_centre_wants_none(live: LiveServer, new_page: NewPage) -> None:
    address = await code_of(live)
    off = replace(live.configuration, remote_tickets=RemoteTicketRules(is_on=False))
    live.do(c.ApplyConfiguration(configuration=off))
    phone = await new_page(viewport=PHONE)
    await phone.goto(address)
    door = await at_door(live, new_page)

    await expect(phone.get_by_role("heading")).to_have_text("Hiện không phát số qua điện thoại")
    await expect(door.get_by_text("Hiện không phát số qua điện thoại")).to_be_visible()


async def test_when_the_day_is_closed_both_say_so(live: LiveServer, new_page: NewPage) -> None:
    address = await code_of(live)
    live.do(c.CloseDay())
    phone = await new_page(viewport=PHONE)
    await phone.goto(address)
    door = await at_door(live, new_page)

    await expect(phone.get_by_role("heading")).to_have_text("Hiện chưa phát số")
    await expect(door.get_by_text("Hiện chưa phát số")).to_be_visible()


async def test_a_screen_without_server_shows_no_old_code(
    live: LiveServer, new_page: NewPage
) -> None:
    page = await new_page(viewport=UPRIGHT)
    await page.clock.install()
    await page.context.add_cookies([{"name": "queue_device", "value": "door", "url": live.url}])
    await page.goto(f"{live.url}/door")
    await expect(page.locator(".door-qr")).to_be_visible()
    async with page.expect_response("**/door-code"):
        await page.clock.fast_forward(31_000)

    await page.route("**/door-code", lambda route: route.abort())
    await page.clock.fast_forward(60_000)

    await expect(page.get_by_text("Mất kết nối. Xin lấy số tại ki-ốt")).to_be_visible()
    await expect(page.locator(".door-qr")).to_have_count(0)
    assert await violations(page) == []


async def test_only_screens_and_staff_of_the_centre_get_the_code(
    live: LiveServer, new_page: NewPage
) -> None:
    path = "/api/v1/centres/an-binh/door-code"
    async with httpx2.AsyncClient(base_url=live.url) as client:
        statuses = {
            who: (await client.get(path, headers={"authorization": f"Bearer {who}"})).status_code
            for who in ("door", "board", "kiosk", "lan", "rating", "stranger")
        }
    page = await new_page()
    await page.goto(f"{live.url}/door")

    assert statuses == dict.fromkeys(("door", "board", "kiosk", "lan"), 200) | {
        "rating": 403,
        "stranger": 401,
    }
    await expect(page.get_by_role("heading")).to_have_text("Màn hình này chưa được ghép nối")


async def test_the_page_on_the_phone_is_light(live: LiveServer, new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    wire = await page.context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda end: sizes.append(end["encodedDataLength"]))
    await wire.send("Network.enable")

    await page.goto(await code_of(live), wait_until="networkidle")

    assert 10_000 < sum(sizes) <= MOST_BYTES


async def test_waiting_tickets_of_phones_are_like_all_others(
    live: LiveServer, new_page: NewPage
) -> None:
    page = await new_page(viewport=PHONE)
    await page.goto(await code_of(live))
    await page.get_by_role("button", name="Tôi chưa biết").click()
    await page.get_by_role("button", name="Lấy số", exact=True).click()
    await page.wait_for_url("**/t/*")
    assert newest(live).state is TicketState.WAITING

    await page.get_by_role("button", name="Hủy số của tôi").click()
    await page.get_by_role("button", name="Đồng ý hủy").click()

    await expect(page.get_by_text("Số này đã được hủy.")).to_be_visible()
