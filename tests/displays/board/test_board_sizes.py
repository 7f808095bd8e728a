"""Numbers are as high as the farthest seat needs: 12.2 mm for each metre, measured on the page."""

from math import hypot

import pytest
from playwright.async_api import Page, expect

from queue_server.core.board_configuration import HEIGHT_PER_METRE_MM, doubt_about
from tests.support.boards import (
    TELEVISION,
    ULTRA,
    UPRIGHT,
    board,
    call_next,
    cut_off,
    open_board,
    set_boards,
)
from tests.support.browser import NewPage
from tests.support.live_servers import LiveServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

CAPITAL = 1490 / 2048
"""Height of Inter's capitals and digits, em."""
INCH_MM = 25.4
SEATS = [(43, 5), (43, 8), (43, 12), (55, 5), (55, 8), (55, 12), (32, 2)]


async def heights_mm(page: Page, diagonal_inch: float) -> list[float]:
    """Of the numbers of calls and counters that are in force."""
    sizes_px: list[float] = await page.evaluate(
        """() => [...document.querySelectorAll(".stage .number-face:not(.tile-letter)")]
            .filter((each) => !each.closest(".banner"))
            .map((each) => parseFloat(getComputedStyle(each).fontSize))"""
    )
    diagonal_px = hypot(*(await page.evaluate("[innerWidth, innerHeight]")))
    return [size * CAPITAL * diagonal_inch * INCH_MM / diagonal_px for size in sizes_px]


@pytest.mark.parametrize("viewport", [TELEVISION, ULTRA, UPRIGHT], ids=["hd", "4k", "upright"])
@pytest.mark.parametrize("layout", ["calls", "counters", "waits"])
async def test_numbers_can_be_read_from_the_farthest_seat(
    server: LiveServer, new_page: NewPage, layout: str, viewport: dict[str, int]
) -> None:
    set_boards(server, {"sized": board(layout, farthest_seat_m=3)})
    for counter in ("counter-3", "counter-4", "counter-5", "counter-6"):
        call_next(server, counter)
    page = await open_board(new_page, server, "/board?board=sized", viewport=viewport)

    for diagonal_inch, farthest_seat_m in SEATS:
        sized = board(layout, diagonal_inch, farthest_seat_m)
        set_boards(server, {"sized": sized})
        wanted_mm = HEIGHT_PER_METRE_MM * farthest_seat_m
        await expect(page.locator("html")).to_have_css("--wanted-mm", f"{wanted_mm:.1f}")
        shown_mm = min(await heights_mm(page, diagonal_inch))

        assert await cut_off(page) == []
        if doubt_about(sized) is None:
            assert shown_mm >= wanted_mm * 0.999


async def test_fewer_calls_are_shown_to_seats_farther_away(
    server: LiveServer, new_page: NewPage
) -> None:
    set_boards(server, {"sized": board("calls", 75, 3)})
    page = await open_board(new_page, server, "/board?board=sized")
    rows = []
    for farthest_seat_m in (3, 6, 9, 12, 15):
        set_boards(server, {"sized": board("calls", 75, farthest_seat_m)})
        wanted_mm = HEIGHT_PER_METRE_MM * farthest_seat_m
        await expect(page.locator("html")).to_have_css("--wanted-mm", f"{wanted_mm:.1f}")
        rows.append(
            int(
                await page.evaluate(
                    "getComputedStyle(document.documentElement).getPropertyValue('--rows')"
                )
            )
        )

    assert rows == sorted(rows, reverse=True)
    assert rows[0] >= 5
    assert rows[-1] >= 1


async def test_a_board_that_is_too_small_knows_it(server: LiveServer, new_page: NewPage) -> None:
    set_boards(server, {"tiny": board("calls", 24, 12)})
    page = await open_board(new_page, server, "/board?board=tiny")

    await expect(page.locator("html")).to_have_attribute("data-screen", "small:67:146")
