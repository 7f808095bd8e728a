"""Why was a number passed: asked on the manager's page and on the console, in a real browser."""

import pytest
from playwright.async_api import expect

from queue_server.core import commands as c
from queue_server.core.identifiers import CounterId, StaffId, TicketId
from queue_server.core.ticket import TicketState
from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import TABLET, OpenAs

pytestmark = pytest.mark.asyncio(loop_scope="session")

COUNTER = CounterId("counter-7")


def priority_passes(server: LiveServer) -> tuple[str, str]:
    """A waiting number of the counter, and a later one with priority that is called first."""
    (replica,) = server.core.replicas.loaded()
    centre = replica.centre
    served = centre.counters[COUNTER].profile
    passed = next(
        ticket
        for ticket in centre.tickets.values()
        if ticket.state is TicketState.WAITING
        and served.level_of(centre.procedure(ticket.procedure)) == "primary"
    )
    later = TicketId("f" * 32)
    server.do(
        c.IssueTicket(
            ticket=later,
            procedure=passed.procedure,
            priority_class=next(iter(centre.facts.priority_classes)),
        )
    )
    server.do(c.TakeCounter(counter=COUNTER, staff=StaffId("lan"), name="Lan"))
    server.do(c.OpenCounter(counter=COUNTER))
    server.do(c.CallNext(counter=COUNTER))
    return passed.number, centre.tickets[later].number


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_a_manager_asks_by_number(
    open_as: OpenAs, live_server: LiveServer, language: str
) -> None:
    passed, later = priority_passes(live_server)
    page = await open_as("minh", f"/manager?language={language}", viewport=TABLET)
    ask = {"vi": "Vì sao số này bị gọi sau?", "en": "Why was a number passed?"}[language]

    await page.get_by_role("button", name=ask).click()
    await page.get_by_role("dialog").get_by_role("textbox").fill(passed.lower())
    await page.keyboard.press("Enter")

    said = {
        "vi": f"Số {later} được gọi trước ở quầy 7: đối tượng ưu tiên",
        "en": f"{later} went first at counter 7: priority",
    }[language]
    await expect(page.get_by_role("dialog")).to_contain_text(said)
    assert await violations(page) == []


async def test_a_clerk_sees_why_this_one_and_may_ask(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    passed, later = priority_passes(live_server)
    page = await open_as("lan", "/console?language=en", viewport=TABLET)

    await expect(page.locator(".panel-number")).to_have_text(later)
    await expect(page.locator(".panel-why")).to_contain_text("counts as having waited 1 h 30 min")
    await page.get_by_role("button", name="Why was a number passed?").click()
    await page.get_by_role("dialog").get_by_role("textbox").fill(passed)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_contain_text(
        f"{later} went first at counter 7: priority"
    )
    assert await violations(page) == []


async def test_an_unknown_number_is_said(open_as: OpenAs) -> None:
    page = await open_as("minh", "/manager?language=en", viewport=TABLET)

    await page.get_by_role("button", name="Why was a number passed?").click()
    await page.get_by_role("dialog").get_by_role("textbox").fill("Z999")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("dialog")).to_contain_text("No such number today.")
