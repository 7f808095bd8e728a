"""One number however often it is asked for; paper, and the time the screen shows it."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Request, Route, expect

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, ProcedureCode, TicketId
from tests.displays.kiosk.conftest import UPRIGHT, OpenKiosk, Taken
from tests.displays.kiosk.steps import BIRTH, begin, choose_birth, take
from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

LYING = {"width": 1920, "height": 1080}
COPY = ProcedureCode("2.000815")
SHARED = "Các quầy của lĩnh vực này còn tiếp người làm thủ tục khác."
TABLET = {"width": 1280, "height": 800}
SINGLE = "Cấp Giấy xác nhận tình trạng hôn nhân"


async def test_a_double_touch_gives_one_number(kiosk: OpenKiosk, taken: Taken) -> None:
    page = await kiosk()
    await choose_birth(page)

    await page.locator(".button-take").dblclick()

    await expect(page.locator("[data-number]")).to_be_visible()
    assert len(taken()) == 1


async def test_a_lost_answer_gives_one_number(kiosk: OpenKiosk, taken: Taken) -> None:
    page = await kiosk()
    keys: list[str] = []

    async def lose_the_first(route: Route, request: Request) -> None:
        keys.append(request.headers["idempotency-key"])
        if len(keys) > 1:
            await route.continue_()
        else:
            await route.fetch()
            await route.abort()

    await page.route("**/tickets", lose_the_first)
    await choose_birth(page)
    await page.locator(".button-take").click()

    await expect(page.locator("[data-number]")).to_be_visible()
    assert len(taken()) == 1
    assert len(keys) == 2
    assert len(set(keys)) == 1


async def test_after_a_server_that_did_not_answer_the_same_wish_gives_one_number(
    kiosk: OpenKiosk, taken: Taken
) -> None:
    page = await kiosk()
    sent: list[str] = []

    async def lose_all(route: Route, request: Request) -> None:
        sent.append(request.headers["idempotency-key"])
        if len(sent) == 1:
            await route.fetch()
        await route.abort()

    await choose_birth(page)
    await page.route("**/tickets", lose_all)
    await page.locator(".button-take").click()
    await expect(page.get_by_text("Hệ thống tạm thời chưa phản hồi.")).to_be_visible(timeout=15_000)

    await page.unroute("**/tickets")
    held = await take(page)

    await expect(page.locator("[data-number]")).to_be_visible()
    assert [ticket.id for ticket in taken()] == [held]


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("printed", "Mời ông/bà lấy phiếu."),
        ("not_sent", "Máy in chưa phản hồi."),
        ("unknown", "Máy in chưa phản hồi."),
        ("kept", "Máy này không in phiếu."),
    ],
)
async def test_says_honestly_what_became_of_the_paper(
    kiosk: OpenKiosk, server: LiveServer, result: Any, said: str
) -> None:
    page = await kiosk()
    await choose_birth(page)
    held = await take(page)
    job = f"slip-{held}-1"
    await expect(page.get_by_text("Đang in phiếu.")).to_be_visible()

    server.do(c.RecordPrint(job=job, result=result))

    await expect(page.get_by_text(said)).to_be_visible()


@pytest.mark.parametrize("screen", [UPRIGHT, LYING])
@pytest.mark.parametrize("inches", [15, 21.5, 32])
async def test_without_paper_one_photograph_shows_everything(
    kiosk: OpenKiosk, own_server: LiveServer, screen: dict[str, int], inches: float
) -> None:
    page = await kiosk(f"?inches={inches}", screen=screen, at=own_server)
    await choose_birth(page)
    held = await take(page)

    own_server.do(c.RecordPrint(job=f"slip-{held}-1", result="kept"))
    await expect(page.get_by_text("Máy này không in phiếu.")).to_be_visible()
    await shows_everything(page)


async def shows_everything(page: Page) -> None:
    """Nothing of the number is to be scrolled to."""
    for part in ("[data-number]", ".ticket-procedure", ".ticket-zone", ".paper", ".code img"):
        await expect(page.locator(part)).to_be_in_viewport(ratio=1)
    left = "body => body.scrollHeight - body.clientHeight"
    assert await page.locator(".ticket-body").evaluate(left) <= 0
    await expect(page.locator("#more")).to_be_hidden()


@pytest.mark.parametrize("screen", [UPRIGHT, LYING])
async def test_a_photograph_shows_everything_on_a_day_without_hope(
    kiosk: OpenKiosk, tmp_path: Path, screen: dict[str, int]
) -> None:
    with LiveServer(tmp_path, waiting=400) as server:
        page = await kiosk(screen=screen, at=server)
        await choose_birth(page)
        held = await take(page)
        server.do(c.RecordPrint(job=f"slip-{held}-1", result="kept"))

        await expect(page.get_by_text("Máy này không in phiếu.")).to_be_visible()
        await expect(page.get_by_text("có thể không kịp phục vụ trong hôm nay")).to_be_visible()
        await shows_everything(page)


@pytest.mark.parametrize("screen", [UPRIGHT, LYING])
async def test_a_long_wait_behind_nobody_is_explained_on_kiosk_and_phone(
    kiosk: OpenKiosk, tmp_path: Path, screen: dict[str, int]
) -> None:
    with LiveServer(tmp_path, waiting=0) as server:
        for n in (4, 5, 6):
            server.do(c.CloseCounter(counter=CounterId(f"counter-{n}")))
        for n in range(1, 16):
            server.do(c.IssueTicket(ticket=TicketId(f"{n:032x}"), procedure=COPY))
        page = await kiosk("?inches=15", screen=screen, at=server)
        await choose_birth(page)
        held = await take(page)

        await expect(page.locator(".ticket-facts")).to_contain_text("Không có ai")
        await expect(page.locator(".ticket-facts")).to_contain_text(SHARED)
        server.do(c.RecordPrint(job=f"slip-{held}-1", result="kept"))
        await expect(page.get_by_text("Máy này không in phiếu.")).to_be_visible()
        await shows_everything(page)
        await page.goto(f"{server.url}/t/{held}")
        await expect(page.get_by_text(SHARED)).to_be_visible()


async def test_a_silent_printer_is_told_and_the_code_is_there(
    kiosk: OpenKiosk,
) -> None:
    page = await kiosk()
    await page.clock.install()
    await choose_birth(page)
    await take(page)

    await page.clock.run_for(7_000)

    await expect(page.get_by_text("Máy in chưa phản hồi.")).to_be_visible()
    code = page.get_by_role("img", name="Mã QR")
    assert await code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


async def test_a_number_leaves_the_screen_after_twenty_seconds(
    kiosk: OpenKiosk, server: LiveServer
) -> None:
    page = await kiosk()
    await page.clock.install()
    await choose_birth(page)
    held = await take(page)
    server.do(c.RecordPrint(job=f"slip-{held}-1", result="printed"))
    await expect(page.get_by_text("Mời ông/bà lấy phiếu.")).to_be_visible()

    await page.clock.run_for(15_000)
    await expect(page.locator("[data-number]")).to_be_visible()
    await page.clock.run_for(7_000)

    await expect(page.get_by_role("heading", name="Kính chào ông/bà")).to_be_visible()


async def test_asks_after_a_minute_and_one_button_stays(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await page.clock.install()
    await choose_birth(page)

    await page.clock.run_for(61_000)
    await expect(page.get_by_role("dialog", name="Ông/bà còn đó không?")).to_be_visible()
    asked = await violations(page)
    await page.get_by_role("button", name="Tôi vẫn ở đây").click()

    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.get_by_role("heading", name=BIRTH)).to_be_visible()
    assert asked == []


async def test_forgets_who_went_away(kiosk: OpenKiosk) -> None:
    page = await kiosk()
    await page.clock.install()
    await begin(page)
    await page.get_by_role("button", name="Tương phản").click()

    await page.clock.run_for(81_000)

    await expect(page.get_by_role("heading", name="Kính chào ông/bà")).to_be_visible()
    await expect(page.locator("html")).not_to_have_attribute("data-contrast", "more")
