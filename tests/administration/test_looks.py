"""How the administrator's pages look, on a tablet."""

import pytest

from tests.journeys.conftest import look
from tests.support.administration import AdministeredSite, opened
from tests.support.browser import NewPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

TABLET = {"width": 1280, "height": 800}


@pytest.mark.parametrize(
    "section", ["centre", "procedures", "counters", "screens", "paper", "rules"]
)
async def test_a_section(new_page: NewPage, site: AdministeredSite, section: str) -> None:
    page = await opened(new_page, site, section, viewport=TABLET)
    await page.wait_for_load_state("networkidle")

    await look(page, f"admin-{section}", but=".masthead")
