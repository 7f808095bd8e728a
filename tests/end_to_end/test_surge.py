"""A surge in land at a real centre: the alarm, the proposal, the manager's click, shorter waits."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.end_to_end.conftest import Shoot
from tests.support.browser import NewPage
from tests.surge.centre import LAND, surge_centre
from tests.surge.day import living, until
from tests.surge.people import Life
from tests.surge.served import ScaledCentre

pytestmark = pytest.mark.asyncio(loop_scope="session")

SPEED = 150.0
DESK = {"width": 1600, "height": 1000}
SEEN_WITHIN_MS = 40_000
FALLEN_WITHIN_S = 45.0
LAST_CALLS = 3


async def manager_at(served: ScaledCentre, new_page: NewPage) -> Page:
    page = await new_page(viewport=DESK)
    cookie = {"name": "queue_session", "value": served.tokens.manager, "url": served.url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict
    await page.goto(f"{served.url}/manager?language=en")
    return page


def last_waits_s(life: Life) -> list[float]:
    return [wait.wait_s for wait in life.waits if wait.field == LAND][-LAST_CALLS:]


async def test_land_waits_fall_after_the_manager_accepts(
    tmp_path: Path, new_page: NewPage, shoot: Shoot
) -> None:
    with ScaledCentre(tmp_path, surge_centre(), SPEED) as served:
        async with living(served, seed=1) as life:
            page = await manager_at(served, new_page)

            # the alarm, then the proposal
            alarm = page.locator(".alarm", has_text="Land")
            await expect(alarm.first).to_be_visible(timeout=SEEN_WITHIN_MS)
            proposal = page.locator("[data-proposal]", has_text="also takes Land")
            await expect(proposal).to_be_visible(timeout=SEEN_WITHIN_MS)
            await expect(proposal).to_contain_text(
                re.compile(r"Mean wait in Land: −\d+(?:\.\d+)? \(±")
            )
            await shoot(page, "surge-1-proposal")

            # the click
            await proposal.get_by_role("button", name="Accept").click()
            await expect(page.locator("[data-in-force]")).to_contain_text("also takes Land")
            helpers = {"counter-7", "counter-12"}
            load = await life.ask("/views/load")
            helping = {c["id"] for c in load["counters"] if LAND in c["profile"]["fields"]}
            assert helping & helpers

            # the wait of those who are called rises no more and falls
            peak_s = 0.0

            async def has_fallen() -> bool:
                nonlocal peak_s
                last = last_waits_s(life)
                peak_s = max(peak_s, *last, 0.0)
                return len(last) == LAST_CALLS and max(last) < 0.5 * peak_s

            await until(has_fallen, FALLEN_WITHIN_S)
            await page.evaluate("location.hash = '#day'")
            await page.get_by_label("Field").select_option("land")
            curve = page.locator("[data-chart='waits']")
            await curve.get_by_text("As a table").click()
            waits = await curve.locator("tbody tr td:nth-child(2)").all_inner_texts()
            minutes = [float(text) for text in waits if text != "–"]
            assert minutes[-1] < 0.6 * max(minutes)
            await shoot(page, "surge-2-curve")
