"""A browser, and a server with the sample centre, accounts and an archive."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.support.administration import AdministeredSite, administered
from tests.support.browser import browser, new_page, page

__all__ = ["browser", "new_page", "page", "site"]


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path) -> AsyncIterator[AdministeredSite]:
    async with administered(tmp_path) as running:
        yield running
