"""A citizen who follows a number on a phone, in a real browser on a real server."""

from pathlib import Path

import httpx2
import pytest
from playwright.async_api import expect

from queue_server.core import commands as c
from queue_server.core.ticket import Outcome, TicketState
from tests.displays.phone.steps import PHONE, OpenTicket, call, issue, state_of
from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

TAB_ICON = "document.querySelector('link[rel=icon]').href"
MOST_BYTES = 60_000
"""What the first page may weigh on the wire, headers and all."""


async def test_shows_place_wait_and_zone(server: LiveServer, open_ticket: OpenTicket) -> None:
    page = await open_ticket(issue(server))

    await expect(page.get_by_text("người trước ông/bà")).to_be_visible()
    await expect(page.get_by_text("lâu nhất")).to_be_visible()
    await expect(page.get_by_text("Khu A – Hộ tịch, chứng thực, cư trú")).to_be_visible()


async def test_tells_when_it_is_the_turn_and_where(
    server: LiveServer, open_ticket: OpenTicket
) -> None:
    ticket = issue(server)
    page = await open_ticket(ticket)
    await page.evaluate(
        "() => { window.shaken = []; navigator.vibrate = () => window.shaken.push('') }"
    )
    await expect(page.get_by_text("Chuông đang tắt: trang này chưa kêu được")).to_be_visible()
    usual = await page.evaluate(TAB_ICON)
    await page.get_by_role("button", name="Bật").click()
    await expect(page.get_by_text("đang bật")).to_be_visible()

    counter = call(server, ticket)

    await expect(page.get_by_text("Đến lượt ông/bà")).to_be_visible()
    number = server.configuration.counters[counter].number
    await expect(page.get_by_text(f"Quầy {number}")).to_be_visible()
    assert f"mời đến quầy {number}" in await page.title()
    assert await page.evaluate("window.shaken.length") == 2, "once on trial, once for the call"
    assert await page.evaluate(TAB_ICON) != usual
    await page.get_by_role("button", name="Tôi đang đến").click()
    await expect(page.get_by_role("button", name="Tôi đang đến")).to_have_count(0)

    server.do(c.Recall(counter=counter))

    await expect(page.get_by_text("Ông/bà được gọi lại")).to_be_visible()
    assert await page.evaluate("window.shaken.length") == 3
    assert await violations(page) == []
    server.do(c.MarkNoShow(counter=counter))

    await expect(page.get_by_text("Mời ông/bà quay lại trước")).to_be_visible()
    await expect(page.get_by_text("Đến quầy hướng dẫn và đọc số của mình")).to_be_visible()
    assert await page.evaluate(TAB_ICON) == usual
    assert await violations(page) == []


async def test_lets_others_go_first(server: LiveServer, open_ticket: OpenTicket) -> None:
    ticket = issue(server)
    for _ in range(3):
        issue(server)
    page = await open_ticket(ticket)

    await page.get_by_role("button", name="Nhường 3 người sau lên trước").click()

    await expect(page.get_by_text("Đã ghi nhận.")).to_be_visible()
    held = server.core.replicas.loaded()[0].centre.tickets[ticket]
    assert held.delays == 1


async def test_who_is_last_has_nobody_to_let_go_first(
    server: LiveServer, open_ticket: OpenTicket
) -> None:
    page = await open_ticket(issue(server))

    await expect(page.get_by_role("button", name="Hủy số của tôi")).to_be_visible()
    await expect(page.get_by_role("button", name="Nhường 3 người")).to_have_count(0)


async def test_cancels_only_after_a_question(server: LiveServer, open_ticket: OpenTicket) -> None:
    ticket = issue(server)
    page = await open_ticket(ticket)
    await page.get_by_role("button", name="Hủy số của tôi").click()
    await page.get_by_role("button", name="Không, giữ số của tôi").click()
    assert state_of(server, ticket) is TicketState.WAITING

    await page.get_by_role("button", name="Hủy số của tôi").click()
    await page.get_by_role("button", name="Đồng ý hủy").click()

    await expect(page.get_by_text("Số này đã được hủy.")).to_be_visible()
    assert state_of(server, ticket) is TicketState.CANCELLED


async def test_thanks_at_the_end_and_shows_no_dossier_code(
    server: LiveServer, open_ticket: OpenTicket
) -> None:
    ticket = issue(server)
    counter = call(server, ticket)
    page = await open_ticket(ticket, "?language=en")
    server.do(c.StartServing(counter=counter))
    number = server.configuration.counters[counter].number
    await expect(page.get_by_text(f"You are served at counter {number}.")).to_be_visible()

    server.do(c.Complete(counter=counter, outcome=Outcome.DOSSIER_ACCEPTED))

    await expect(page.get_by_text("Thank you for your visit.")).to_be_visible()
    (code, *_) = server.core.replicas.loaded()[0].centre.dossiers
    assert code not in await page.content()


async def test_speaks_the_tickets_language_and_can_be_changed(
    server: LiveServer, open_ticket: OpenTicket
) -> None:
    page = await open_ticket(issue(server, language="en"))
    await expect(page.get_by_text("before you")).to_be_visible()

    await page.get_by_role("link", name="Tiếng Việt").click()

    await expect(page.get_by_text("người trước ông/bà")).to_be_visible()


async def test_a_number_of_yesterday_goes_while_it_is_watched(
    tmp_path: Path, new_page: NewPage
) -> None:
    with LiveServer(tmp_path) as own:
        ticket = issue(own)
        page = await new_page(viewport=PHONE)
        await page.goto(f"{own.url}/t/{ticket}")
        await expect(page.get_by_role("button", name="Hủy số của tôi")).to_be_visible()

        own.do(c.CloseDay())

        await expect(page.get_by_text("Số này không còn hiệu lực.")).to_be_visible()
        assert await violations(page) == []
        await page.close()


async def test_the_first_page_is_light_and_comes_from_here_alone(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await new_page(viewport=PHONE)
    wire = await page.context.new_cdp_session(page)
    sizes: list[float] = []
    asked: list[str] = []
    wire.on("Network.loadingFinished", lambda end: sizes.append(end["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    await wire.send("Network.enable")

    await page.goto(f"{server.url}/t/{issue(server)}", wait_until="networkidle")

    assert 10_000 < sum(sizes) <= MOST_BYTES
    assert [url for url in asked if not url.startswith(server.url)] == []


async def test_all_texts_of_the_page_travel_compressed(
    server: LiveServer, new_page: NewPage
) -> None:
    page = await new_page(viewport=PHONE)
    encodings: dict[str, str | None] = {}
    page.on(
        "response",
        lambda answer: encodings.update({answer.url: answer.headers.get("content-encoding")}),
    )

    await page.goto(f"{server.url}/t/{issue(server)}", wait_until="networkidle")

    assert len(encodings) > 10
    assert {url for url, encoding in encodings.items() if encoding != "gzip"} == set()


async def test_its_address_reaches_nobody_else(server: LiveServer) -> None:
    async with httpx2.AsyncClient(base_url=server.url) as client:
        known = await client.get(f"/t/{issue(server)}")
        unknown = await client.get("/t/nothing?centre=nowhere")

    assert known.status_code == 200
    assert unknown.status_code == 404
    for answer in (known, unknown):
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"


async def test_the_code_leads_to_the_page(server: LiveServer) -> None:
    ticket = issue(server)
    async with httpx2.AsyncClient(base_url=server.url) as client:
        known = await client.get(f"/t/{ticket}/qr.svg")
        unknown = await client.get(f"/t/{'f' * 32}/qr.svg")

    assert known.headers["content-type"] == "image/svg+xml"
    assert known.content.startswith(b"<svg")
    assert unknown.status_code == 404
