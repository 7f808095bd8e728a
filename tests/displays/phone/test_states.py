"""Every state of a ticket on a phone: said kindly, accessible, fitting the smallest phones."""

from collections.abc import Callable

import pytest
from playwright.async_api import expect

from queue_server.core import commands as c
from queue_server.core.identifiers import TicketId
from tests.displays.phone.steps import NARROW, OpenTicket, call, issue, serve
from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

Step = Callable[[LiveServer, TicketId], object]


def _serving(server: LiveServer, ticket: TicketId) -> None:
    server.do(c.StartServing(counter=call(server, ticket)))


def _parked(server: LiveServer, ticket: TicketId) -> None:
    counter = call(server, ticket)
    server.do(c.StartServing(counter=counter))
    server.do(c.Park(counter=counter, reason="form"))


def _missed(server: LiveServer, ticket: TicketId) -> None:
    server.do(c.MarkNoShow(counter=call(server, ticket)))


def _cancelled(server: LiveServer, ticket: TicketId) -> None:
    server.do(c.CancelTicket(ticket=ticket))


STATES: dict[str, tuple[Step, str, str]] = {
    "waiting": (lambda *_: None, "người trước ông/bà", "before you"),
    "called": (call, "Mời ông/bà đến quầy ngay.", "Please go to the counter now."),
    "serving": (_serving, "Ông/bà đang được phục vụ tại quầy", "You are served at counter"),
    "parked": (_parked, "Lượt của ông/bà tại quầy được giữ.", "Your place at the counter is kept."),
    "missed": (_missed, "Mời ông/bà quay lại trước", "Come back before"),
    "completed": (serve, "Cảm ơn ông/bà đã đến.", "Thank you for your visit."),
    "cancelled": (_cancelled, "Số này đã được hủy.", "This number is cancelled."),
}


@pytest.mark.parametrize("state", STATES)
async def test_a_state_is_told_and_can_be_read_by_everybody(
    server: LiveServer, open_ticket: OpenTicket, state: str
) -> None:
    step, vietnamese, english = STATES[state]
    ticket = issue(server)
    step(server, ticket)

    page = await open_ticket(ticket, "", NARROW)
    await expect(page.get_by_text(vietnamese)).to_be_visible()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]

    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_text(english)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    await page.close()


async def test_a_booked_visit_is_told_its_hour(server: LiveServer, open_ticket: OpenTicket) -> None:
    now = server.core.replicas.loaded()[0].centre.changed_at
    assert now is not None
    ticket = issue(server, appointment_at=now.replace(hour=2, minute=30))

    page = await open_ticket(ticket)

    await expect(page.get_by_text("09:30")).to_be_visible()
    assert await violations(page) == []


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_an_unknown_number_is_told_kindly(open_ticket: OpenTicket, language: str) -> None:
    page = await open_ticket("f" * 32, f"?language={language}", NARROW)

    heading = "Số này không phải của hôm nay" if language == "vi" else "This number is not of today"
    await expect(page.get_by_role("heading")).to_have_text(heading)
    assert await violations(page) == []
