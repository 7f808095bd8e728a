"""Pages of the design system, served to a real browser beside a hub whose words tests choose."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.support.web_server import serving
from tests.web.scripted_hub import ScriptedHub, scripted_app

__all__ = ["hub", "site"]


@pytest_asyncio.fixture(loop_scope="session")
async def hub() -> ScriptedHub:
    return ScriptedHub()


@pytest_asyncio.fixture(loop_scope="session")
async def site(hub: ScriptedHub) -> AsyncIterator[str]:
    async with serving(scripted_app(hub)) as address:
        yield address
