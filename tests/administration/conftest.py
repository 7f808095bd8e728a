"""A server with the sample centre, accounts and an archive."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.support.administration import AdministeredSite, administered

__all__ = ["site"]


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path) -> AsyncIterator[AdministeredSite]:
    async with administered(tmp_path) as running:
        yield running
