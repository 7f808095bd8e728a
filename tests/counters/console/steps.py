"""What a clerk does at the console, step by step."""

import asyncio
from collections.abc import Iterator
from itertools import count
from typing import Any

from playwright.async_api import Locator, Page, expect

from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.identifiers import CounterId, ProcedureCode, StaffId, TicketId
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

BIRTH, RECOGNITION = ProcedureCode("1.001193"), ProcedureCode("1.000689")
COUNTER = CounterId("counter-7")
DESKTOP = {"width": 1366, "height": 680}
ids: Iterator[int] = count(1000)


def issue(live: LiveServer, procedure: ProcedureCode = BIRTH) -> TicketId:
    ticket = TicketId(f"{next(ids):032x}")
    live.do(c.IssueTicket(ticket=ticket, procedure=procedure))
    return ticket


def centre_of(live: LiveServer) -> Centre:
    (replica,) = live.core.replicas.loaded()
    return replica.centre


async def at_console(
    new_page: NewPage, live: LiveServer, who: str = "lan", query: str = "", **options: Any
) -> Page:
    page = await new_page(**{"viewport": DESKTOP, **options})
    await page.context.add_cookies([{"name": "queue_session", "value": who, "url": live.url}])
    await page.goto(f"{live.url}/console{query}")
    return page


async def seated(new_page: NewPage, live: LiveServer, query: str = "", **options: Any) -> Page:
    """Lan at counter 7, open."""
    live.do(c.TakeCounter(counter=COUNTER, staff=StaffId("lan"), name="Lan"))
    live.do(c.OpenCounter(counter=COUNTER))
    page = await at_console(new_page, live, query=query, **options)
    await expect(main_button(page)).to_be_visible()
    return page


def main_button(page: Page, word: str = "") -> Locator:
    """The one large button, once it can be pressed; while a command is under way it cannot."""
    return page.locator(".action-main[aria-disabled=false]", has_text=word)


async def by_card(page: Page, text: str) -> None:
    """A USB scanner types a card's code as quick as keys can be, and ends with Enter.

    No key waits for the one before it, which under load would take as long as a hand.
    """
    keys = await page.context.new_cdp_session(page)
    await asyncio.gather(*(keys.send(*_typed(letter)) for letter in text))
    await page.keyboard.press("Enter")


def _typed(letter: str) -> tuple[str, dict[str, Any]]:
    """What a key does; letters that no key has come as a scanner of Unicode writes them."""
    if not letter.isascii():
        return ("Input.insertText", {"text": letter})
    code = f"Digit{letter}" if letter.isdigit() else f"Key{letter.upper()}"
    pressed = {"type": "keyDown", "key": letter, "text": letter, "code": code}
    return ("Input.dispatchKeyEvent", pressed)


async def press(page: Page, key: str, then: str) -> None:
    """Press a key, then wait until the one key for "next" means this."""
    await page.keyboard.press(key)
    await expect(main_button(page, then)).to_be_visible()


CALL, SERVE, FINISH, OPEN = "Gọi số tiếp theo", "Bắt đầu phục vụ", "Kết thúc", "Mở quầy"
