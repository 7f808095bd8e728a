"""The report's pages over the sample day, served to a real browser."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support.reports import report_app
from tests.support.web_server import serving

__all__ = ["site"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """One for all tests of the process: nothing here changes it."""
    async with serving(await report_app(tmp_path_factory.mktemp("report"))) as address:
        yield address
