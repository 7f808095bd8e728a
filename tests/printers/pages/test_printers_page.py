"""The administrator's page about printers, and what kiosk and reception say of them."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from queue_server.core.identifiers import TicketId
from queue_server.core.printing import Condition
from tests.printers.pages.conftest import DESK, KIOSK
from tests.support.accessibility import violations
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer
from tests.support.printer_emulator import PrinterEmulator
from tests.support.staff_pages import TABLET, OpenAs, width_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

ARTEFACTS = Path("artefacts/printers")
PHONE = {"width": 390, "height": 844}
SCREEN = {"width": 1080, "height": 1920}
OUT = c.ReportPrinter(printer=KIOSK, condition=Condition.PAPER_OUT)
TICKET = TicketId("e" * 32)


async def keep(page: Page, name: str) -> None:
    await page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)


def trouble(server: LiveServer) -> None:
    """A slip is taken over; another is unknown; the kiosk's printer has no paper."""
    procedure = next(iter(server.configuration.procedures))
    issue = c.IssueTicket(ticket=TICKET, procedure=procedure)
    job = f"slip-{TICKET}-1"
    for command in (
        c.ReportPrinter(printer=DESK, condition=Condition.PAPER_NEAR_END),
        issue,
        c.StartPrint(job=job, printer=KIOSK),
        c.RecordPrint(job=job, result="unknown", detail="paper_out"),
        OUT,
        replace(issue, ticket=TicketId("f" * 32)),
        c.MovePrint(job=f"slip-{'f' * 32}-1", printer=DESK),
    ):
        server.do(command)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("viewport", [TABLET, PHONE], ids=["tablet", "phone"])
async def test_the_page_is_accessible_and_fits(
    open_as: OpenAs, live_server: LiveServer, language: str, viewport: dict[str, int]
) -> None:
    trouble(live_server)
    page = await open_as("admin", f"/printers?language={language}", viewport=viewport)
    await expect(
        page.locator("[data-printer='kiosk'] [data-condition='paper_out']")
    ).to_be_visible()

    await page.locator(".printer-search .button-main").click()
    await expect(page.locator("[data-found='127.0.0.1']")).to_be_visible()

    await keep(page, f"printers-{language}-{viewport['width']}")
    assert await violations(page) == []
    assert await width_of(page) <= viewport["width"]


async def test_what_becomes_of_papers_is_shown_live(
    open_as: OpenAs, live_server: LiveServer
) -> None:
    page = await open_as("admin", "/printers?language=en")
    card = page.locator("[data-printer='kiosk']")
    await expect(card).to_contain_text("Not looked at yet")

    trouble(live_server)

    await expect(card).to_contain_text("No paper")
    await expect(card).to_contain_text("perhaps not printed")
    desk = page.locator("[data-printer='desk']")
    await expect(desk).to_contain_text("taken over from Slip printer at the entrance")


async def test_a_test_print_is_asked_for(open_as: OpenAs, live_server: LiveServer) -> None:
    page = await open_as("admin", "/printers?language=en")

    await page.locator("[data-printer='kiosk'] button").click()

    line = page.locator("[data-printer='kiosk'] [data-job^='trial-']")
    await expect(line).to_contain_text("test print")
    await expect(line).to_contain_text("waiting to be printed")
    assert len(live_server.core.replicas.loaded()) == 1


async def test_a_printer_is_found_and_tried_before_it_is_configured(
    open_as: OpenAs, found_printer: PrinterEmulator
) -> None:
    page = await open_as("admin", "/printers?language=en")
    await page.get_by_role("button", name="Look for printers").click()
    found = page.locator("[data-found='127.0.0.1']")
    await expect(found).to_contain_text("EMULATOR TM-T20III")
    await expect(found.get_by_role("combobox")).to_have_value("epson_tm_t20")

    await found.get_by_role("button", name="Test print").click()

    await expect(found).to_contain_text("printed")
    await expect(found).to_contain_text(f'address = "127.0.0.1:{found_printer.port}"')
    await expect(found).to_contain_text("[printers.printer-2]")  # kiosk and desk are taken
    assert len(found_printer.receipts) == 1
    await keep(page, "printers-found")
    assert await violations(page) == []


async def test_a_printer_that_is_configured_is_found_under_its_name(
    open_as: OpenAs, found_printer: PrinterEmulator, live_server: LiveServer
) -> None:
    facts = live_server.replica().centre.facts
    address = f"127.0.0.1:{found_printer.port}"
    printers = {**facts.printers, DESK: replace(facts.printers[DESK], address=address)}
    live_server.do(c.ApplyConfiguration(configuration=replace(facts, printers=printers)))
    page = await open_as("admin", "/printers?language=en")
    await page.get_by_role("button", name="Look for printers").click()
    found = page.locator("[data-found='127.0.0.1']")

    await found.get_by_role("button", name="Test print").click()

    await expect(found).to_contain_text("Already set up as Printer of the help desk")
    await expect(found).to_contain_text("Look at the paper")
    await expect(found).not_to_contain_text("centre file")


@pytest.mark.parametrize("who", ["lan", "minh"])
async def test_the_page_is_for_administrators(open_as: OpenAs, who: str) -> None:
    page = await open_as(who, "/printers?language=en")

    await expect(page.locator("h1")).to_contain_text("administrators")
    answer = await page.request.post(page.url.split("/printers")[0] + PATH, data={})
    assert answer.status == 403


PATH = "/api/v1/centres/an-binh/printer-search"


async def test_who_is_not_signed_in_is_asked_to(open_as: OpenAs) -> None:
    page = await open_as("", "/printers?language=en")

    await expect(page).to_have_url(re.compile("/sign-in"))


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_reception_is_told_with_what_to_do(
    open_as: OpenAs, live_server: LiveServer, language: str
) -> None:
    page = await open_as("lan", f"/reception?language={language}", viewport=TABLET)
    await expect(page.locator("#procedure-search")).to_be_visible()
    await expect(page.locator("[data-list='printers']")).to_have_count(0)

    trouble(live_server)

    await expect(page.locator("[data-list='printers'] [data-printer='kiosk']")).to_be_visible()
    await keep(page, f"reception-{language}")
    assert await violations(page) == []
    paper = page.locator("[data-list='paper']")
    await paper.get_by_role("button", name="In lại" if language == "vi" else "Print again").click()
    await expect(paper).not_to_contain_text("…")


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_the_kiosk_says_so_before_a_number_is_taken(
    new_page: NewPage, live_server: LiveServer, language: str
) -> None:
    live_server.do(OUT)
    page = await new_page(viewport=SCREEN)
    cookie = {"name": "queue_device", "value": "kiosk", "url": live_server.url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict
    await page.goto(f"{live_server.url}/kiosk?language={language}&at=home")
    await page.locator(".way").first.click()
    await page.locator(".tile").first.click()
    await page.get_by_role(
        "button", name=re.compile("Đăng ký khai sinh|birth", re.IGNORECASE)
    ).first.click()

    notice = page.locator("[data-printer='paper_out']")

    await expect(notice).to_be_visible()
    await keep(page, f"kiosk-{language}")
    assert await violations(page) == []
    live_server.do(replace(OUT, condition=Condition.READY))
    await expect(notice).to_have_count(0)
