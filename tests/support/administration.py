"""A whole server for the administrator's pages: accounts, archive and drafts on a SQLite file.

Run it by hand to look at pages: ``python -m tests.support.administration`` prints an address that
signs in.
"""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import Struct
from playwright.async_api import Page, expect
from sqlalchemy import Engine

from config.centre_file import load_centre
from config.settings import SAMPLE_CENTRE
from queue_server.accounts.accounts import Accounts
from queue_server.accounts.principal import Role
from queue_server.app import Core, core_of, web_application
from queue_server.archive.recorder import Recorder
from queue_server.clock import ScaledClock, SystemClock
from queue_server.core import commands as c
from queue_server.core.centre import Centre
from queue_server.core.configuration import CentreConfiguration
from queue_server.core.identifiers import CounterId, ProcedureCode, StaffId, TicketId
from queue_server.hub.replica import Replica
from queue_server.identity import AccountsIdentify
from queue_server.journal.memory_journal import MemoryJournal
from queue_server.pages import VIEWS, page_parts
from queue_server.places import Places
from queue_server.rules import rules_in_force
from tests.support.accounts import QUICK, open_file, signed_in
from tests.support.browser import NewPage
from tests.support.centres import MORNING
from tests.support.servers import parts_for, submit
from tests.support.web_server import serving


class AdministeredSite(Struct):
    """A running server with one centre, open since the morning."""

    url: str
    accounts: Accounts
    core: Core
    engine: Engine
    replica: Replica
    places: Places

    @property
    def centre(self) -> Centre:
        return self.replica.centre

    @property
    def facts(self) -> CentreConfiguration:
        return self.replica.centre.facts

    async def do(self, command: c.Command) -> None:
        """Send a command as the system."""
        await submit(self.core, self.centre.id, command)

    async def issue(self, procedure: str, count: int = 1) -> None:
        """Give numbers."""
        for _ in range(count):
            ticket = TicketId(secrets.token_hex(16))
            await self.do(c.IssueTicket(ticket=ticket, procedure=ProcedureCode(procedure)))

    async def open_counter(self, counter: str) -> None:
        """Seat somebody at the counter and open it."""
        key = CounterId(counter)
        await self.do(c.TakeCounter(counter=key, staff=StaffId(f"staff-{counter}"), name="Lan"))
        await self.do(c.OpenCounter(counter=key))

    async def sign_in(self, page: Page, login: str = "boss", *roles: Role) -> None:
        """Make the browser's user somebody new, an administrator if not said otherwise."""
        given = roles or (Role.ADMINISTRATOR,)
        token = await signed_in(self.accounts, login, *given, centre=None)
        cookie = {"name": "queue_session", "value": token, "url": self.url}
        await page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict


@asynccontextmanager
async def administered(
    folder: Path, configuration: CentreConfiguration | None = None
) -> AsyncIterator[AdministeredSite]:
    """Serve the sample centre, or another one, on a Monday at 08:00."""
    facts = configuration or load_centre(SAMPLE_CENTRE)
    clock, engine = ScaledClock.starting(MORNING, 1.0), open_file(folder)
    accounts = Accounts(engine, SystemClock(), hasher=QUICK)
    pages = page_parts()
    parts = parts_for(MemoryJournal(clock), clock, VIEWS)
    parts.rules = rules_in_force()
    parts.identify = AccountsIdentify(accounts)
    parts.routes = pages.routes
    parts.version = pages.version
    places = Places(folder)
    parts.state = {
        "accounts": accounts,
        "pages": pages.pages,
        "places": places,
        "engine": engine,
        "is_demo": False,
        "public_url": "http://127.0.0.1",
    }
    core = core_of(parts)
    recorder = Recorder(engine)
    core.hearers.append(lambda commit: recorder.record([commit]))
    async with serving(web_application(parts, core)) as url:
        replica = await submit(core, facts.id, c.ApplyConfiguration(configuration=facts))
        await submit(core, facts.id, c.OpenDay())
        yield AdministeredSite(url, accounts, core, engine, replica, places)
    engine.dispose()


# -- on its pages ----------------------------------------------------------------------------


async def opened(
    new_page: NewPage,
    site: AdministeredSite,
    section: str,
    language: str = "en",
    **options: object,
) -> Page:
    """A section as an administrator sees it; each call signs in somebody new."""
    page = await new_page(**options)
    await site.sign_in(page, f"boss-{secrets.token_hex(2)}")
    await go(page, site, section, language)
    return page


async def go(page: Page, site: AdministeredSite, section: str, language: str = "en") -> None:
    """Load a section anew."""
    path = "/admin" if section == "overview" else f"/admin/{section}"
    await page.goto(f"{site.url}{path}?language={language}")
    await expect(page.locator("h1")).to_be_visible()


async def kept(page: Page) -> None:
    """Everything entered has reached the server."""
    words = re.compile("Kept on the server|Đã lưu trên máy chủ")
    await expect(page.locator(".draft-bar")).to_contain_text(words)


async def enter(page: Page, label: str, value: str) -> None:
    """Type into a field and leave it."""
    field = page.get_by_label(label, exact=True)
    await field.fill(value)
    await field.press("Tab")


async def apply(page: Page) -> None:
    """Apply what was previewed."""
    await page.get_by_role("button", name="Apply now").click()
    await page.get_by_role("dialog").get_by_role("button", name="Apply now").click()
    await expect(page.get_by_text("The changes are in force.")).to_be_visible()


async def _by_hand(folder: Path) -> None:
    async with administered(folder) as site:
        token = await signed_in(site.accounts, "boss", Role.ADMINISTRATOR, centre=None)
        print(f"{site.url}/admin   cookie queue_session={token}")  # noqa: T201
        await asyncio.Event().wait()


if __name__ == "__main__":
    tried = Path("data/try-administration")
    tried.mkdir(parents=True, exist_ok=True)
    asyncio.run(_by_hand(tried))
