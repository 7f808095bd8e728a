"""The reception's page in a real browser, on a whole server."""

import pytest
from playwright.async_api import Locator, Page, expect

from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.identifiers import CounterId
from queue_server.core.ticket import Outcome, TicketState
from tests.support.accessibility import violations
from tests.support.live_servers import LiveServer
from tests.support.staff_pages import TABLET, OpenAs, width_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

COUNTER = CounterId("counter-3")


async def reception(open_as: OpenAs, language: str = "en") -> Page:
    page = await open_as("lan", f"/reception?language={language}", viewport=TABLET)
    await expect(page.locator("#procedure-search")).to_be_visible()
    return page


def centre_of(server: LiveServer) -> Centre:
    (replica,) = server.core.replicas.loaded()
    return replica.centre


def called_number(server: LiveServer) -> str:
    """Number of the ticket called to `COUNTER`."""
    centre = centre_of(server)
    ticket = centre.ticket_at(centre.counters[COUNTER])
    assert ticket is not None
    return ticket.number


def shown(number: str) -> str:
    return f"{number[0]}\u00a0{number[1:]}"


def listed(page: Page, name: str) -> Locator:
    return page.locator(f"[data-list='{name}'] li")


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_the_page_is_accessible_and_fits(open_as: OpenAs, language: str) -> None:
    page = await reception(open_as, language)
    assert await violations(page) == []

    await page.locator("#procedure-search").fill("khai sinh")
    await page.locator("[data-procedure='1.001193']").click()
    await page.locator("#find").fill("a1")
    await expect(page.locator("[data-ticket='A001']")).to_be_visible()
    assert await violations(page) == []
    assert await width_of(page) <= TABLET["width"]

    await page.locator("#open-outage").click()
    assert await violations(page) == []


async def test_a_number_is_given_to_somebody(open_as: OpenAs, live_server: LiveServer) -> None:
    page = await reception(open_as)
    given = len(centre_of(live_server).tickets)

    await page.get_by_label("What is it about?").fill("khaisinh")
    await page.locator("[data-procedure='1.001193']").click()
    await page.get_by_label("Priority").select_option("elderly")
    await page.get_by_label("Language").select_option("en")
    await page.get_by_role("button", name="Give the number").click()

    await expect(page.locator(".given")).to_contain_text("Number given")
    *_, ticket = centre_of(live_server).tickets.values()
    assert len(centre_of(live_server).tickets) == given + 1
    assert (ticket.procedure, ticket.priority_class, ticket.language) == (
        "1.001193",
        "elderly",
        "en",
    )
    await expect(page.locator(".given strong")).to_have_text(shown(ticket.number))
    await expect(page.locator(f"[data-ticket='{ticket.number}']")).to_contain_text("Waiting")
    await expect(page.get_by_label("What is it about?")).to_be_focused()


async def test_enter_takes_the_closest_procedure(open_as: OpenAs) -> None:
    page = await reception(open_as, "vi")

    await page.locator("#procedure-search").fill("đăng ký khai sinh")
    await page.keyboard.press("Enter")

    await expect(page.locator(".chosen")).to_contain_text("Đăng ký khai sinh")
    await expect(page.get_by_text("Cần mang theo")).to_be_visible()


async def test_no_number_is_given_while_the_day_is_closed(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    live_server.do(c.CloseDay())
    page = await reception(open_as)

    await expect(page.get_by_text("The day is not open: no numbers are given.")).to_be_visible()
    await page.locator(".procedure-advice").click()
    await expect(page.get_by_role("button", name="Give the number")).to_be_disabled()


async def test_a_number_is_found_printed_again_and_cancelled(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    *_, ticket = centre_of(live_server).tickets.values()
    page = await reception(open_as)

    await page.get_by_role("searchbox", name="Find a number").fill(ticket.number.lower())
    card = page.locator(f"[data-ticket='{ticket.number}']")
    await card.get_by_role("button", name="Print again").click()
    await expect(card).to_contain_text("copy 2")
    await card.get_by_role("button", name="Cancel the number").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel the number").click()

    await expect(card).to_contain_text("Cancelled")
    await expect(card.get_by_role("button")).to_have_count(0)


async def test_a_number_nobody_holds_is_said_so(open_as: OpenAs) -> None:
    page = await reception(open_as)

    await page.locator("#find").fill("A999")

    await expect(page.get_by_text("There is no such number today.")).to_be_visible()


async def test_a_no_show_waits_again(open_as: OpenAs, live_server: LiveServer) -> None:
    number = called_number(live_server)
    page = await reception(open_as)
    await expect(page.get_by_text("Nobody who may still come back.")).to_be_visible()

    live_server.do(c.MarkNoShow(counter=COUNTER))
    entry = listed(page, "absent")
    await expect(entry).to_contain_text("may come back until 08:2")
    await entry.get_by_role("button", name=f"Let it wait again: {shown(number)}").click()

    await expect(listed(page, "absent")).to_have_count(0)
    centre = centre_of(live_server)
    assert centre.tickets[centre.numbers[number]].state is TicketState.WAITING  # type: ignore[index]


async def test_a_missing_slip_is_printed_again(open_as: OpenAs, live_server: LiveServer) -> None:
    *_, ticket = centre_of(live_server).tickets.values()
    page = await reception(open_as)

    live_server.do(c.RecordPrint(job=f"slip-{ticket.id}-1", result="not_sent"))
    entry = listed(page, "paper")
    await expect(entry).to_contain_text("not printed")
    await entry.get_by_role("button", name="Print again").click()
    await expect(page.get_by_text("is printed again.")).to_be_visible()
    live_server.do(c.RecordPrint(job=f"slip-{ticket.id}-2", result="printed"))

    await expect(listed(page, "paper")).to_have_count(0)


async def test_a_visit_served_by_hand_is_entered_with_its_times(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await reception(open_as)
    await page.locator("#open-outage").click()
    dialog = page.get_by_role("dialog")

    await dialog.get_by_label("Number").fill("d 77")
    await dialog.get_by_label("Given at").fill("07:31")
    await expect(dialog.locator("#outage-procedure option")).not_to_have_count(1)
    await dialog.get_by_label("Procedure").select_option("1.012783")
    await dialog.get_by_label("Counter").select_option("counter-10")
    await dialog.get_by_label("Called at").fill("07:30")
    await dialog.get_by_label("Ended at").fill("7:55")
    await dialog.get_by_label("Outcome").select_option("advice_only")
    await dialog.get_by_role("button", name="Enter the number").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("must follow each other")

    await dialog.get_by_label("Called at").fill("07:40")
    await dialog.get_by_role("button", name="Enter the number").click()

    await expect(dialog.get_by_role("status")).to_contain_text(f"Entered: {shown('D077')}")
    *_, ticket = centre_of(live_server).tickets.values()
    assert (ticket.number, ticket.state, ticket.outcome) == (
        "D077",
        TicketState.COMPLETED,
        Outcome.ADVICE_ONLY,
    )
    assert ticket.ended_at is not None
    assert f"{ticket.ended_at:%H:%M}" == "00:55"
    await expect(dialog.get_by_label("Number")).to_be_focused()


async def test_only_managers_are_led_to_the_live_load(open_as: OpenAs) -> None:
    clerk = await reception(open_as)
    await expect(clerk.get_by_role("link", name="Running the centre")).to_have_count(0)

    manager = await open_as("minh", "/reception?language=en")
    await expect(manager.get_by_role("link", name="Running the centre")).to_be_visible()
