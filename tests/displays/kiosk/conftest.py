"""The sample centre on a real server, and a kiosk that is paired with it."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page

from queue_server.core.ticket import Ticket
from tests.displays.kiosk.booked import Booked
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

__all__ = ["kiosk", "own_server", "server", "taken", "unreachable_server"]

UPRIGHT = {"width": 1080, "height": 1920}

OpenKiosk = Callable[..., Awaitable[Page]]
Taken = Callable[[], list[Ticket]]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One server for all tests that leave the centre as it is."""
    with Booked(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[LiveServer]:
    """A server for a test that changes the centre."""
    with LiveServer(tmp_path) as running:
        yield running


@pytest.fixture
def unreachable_server(tmp_path: Path) -> Iterator[LiveServer]:
    """A server that no phone can reach."""
    with LiveServer(tmp_path, state={"public_url": None}) as running:
        yield running


@pytest.fixture
def taken(server: LiveServer) -> Taken:
    """Tells the tickets that were taken since the test began."""
    held = server.core.replicas.loaded()[0].centre.tickets
    before = set(held)
    return lambda: [ticket for ticket in held.values() if ticket.id not in before]


@pytest_asyncio.fixture(loop_scope="session")
async def kiosk(server: LiveServer, new_page: NewPage) -> OpenKiosk:
    """Opens the kiosk's page: ``await kiosk("?language=en", screen=…, at=own_server)``."""

    async def open_kiosk(
        query: str = "", *, screen: dict[str, int] = UPRIGHT, at: LiveServer = server
    ) -> Page:
        page = await new_page(viewport=screen, screen=screen)
        await page.context.add_cookies([{"name": "queue_device", "value": "kiosk", "url": at.url}])
        await page.goto(f"{at.url}/kiosk{query}")
        return page

    return open_kiosk
