"""Boards of the sample centre in a real browser, and calls for them to show."""

from collections.abc import Mapping
from datetime import timedelta

from msgspec.structs import replace
from playwright.async_api import Page, expect

from queue_server.core import commands as c
from queue_server.core.board_configuration import BoardConfiguration, BoardLayout
from queue_server.core.identifiers import BoardId, CounterId, ZoneId
from tests.support.browser import NewPage
from tests.support.centres import MORNING
from tests.support.live_servers import LiveServer

TELEVISION = {"width": 1920, "height": 1080}
ULTRA = {"width": 3840, "height": 2160}
UPRIGHT = {"width": 1080, "height": 1920}
SMALL = {"width": 1366, "height": 768}


def board(
    layout: str = "calls",
    diagonal_inch: float = 55,
    farthest_seat_m: float = 5,
    zones: tuple[str, ...] = (),
    *,
    has_sound: bool = False,
) -> BoardConfiguration:
    """A board without a name yet."""
    return BoardConfiguration(
        id=BoardId(""),
        layout=BoardLayout(layout),
        diagonal_inch=diagonal_inch,
        farthest_seat_m=farthest_seat_m,
        zones=tuple(ZoneId(zone) for zone in zones),
        has_sound=has_sound,
    )


def set_boards(server: LiveServer, boards: Mapping[str, BoardConfiguration]) -> None:
    """Configure these boards beside those there are."""
    named = {BoardId(name): replace(each, id=BoardId(name)) for name, each in boards.items()}
    facts = server.configuration
    server.configuration = replace(facts, boards={**facts.boards, **named})
    server.do(c.ApplyConfiguration(configuration=server.configuration))


async def open_board(
    new_page: NewPage,
    server: LiveServer,
    address: str,
    *,
    is_held: bool = False,
    **options: object,
) -> Page:
    """A page of a device that is let in, with what it shows drawn.

    ``is_held``: its timers go on only when the test says so.
    """
    page = await new_page(**{"viewport": TELEVISION, **options})
    await let_in(page, server.url)
    if is_held:
        await page.clock.install(time=MORNING)
        await page.clock.pause_at(MORNING + timedelta(seconds=1))
    await page.goto(server.url + address)
    await expect(page.locator(".frame")).to_be_visible()
    await page.evaluate("document.fonts.ready.then(() => 1)")
    return page


async def let_in(page: Page, url: str) -> None:
    """Make the browser the test's board."""
    cookie = {"name": "queue_device", "value": "board", "url": url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]


def call_next(server: LiveServer, counter: str = "counter-3") -> str:
    """The next call at an open counter; whoever was called there before did not come."""
    leave(server, counter)
    server.do(c.CallNext(counter=CounterId(counter)))
    return number_at(server, counter)


def leave(server: LiveServer, counter: str) -> None:
    """Nobody is at the counter any more."""
    centre = server.replica().centre
    if centre.counters[CounterId(counter)].ticket is not None:
        server.do(c.MarkNoShow(counter=CounterId(counter)))


def number_at(server: LiveServer, counter: str) -> str:
    """The number that is at a counter, as boards show it."""
    centre = server.replica().centre
    ticket = centre.ticket_at(centre.counters[CounterId(counter)])
    assert ticket is not None
    return f"{ticket.number[0]}\u2009{ticket.number[1:]}"


async def cut_off(page: Page) -> list[str]:
    """What does not fit its box, and numbers that do not stay in theirs."""
    found: list[str] = await page.evaluate(
        """() => {
            const boxes = ".newest, .row, .cell, .tile, .foot, .banner, .banner-plate, .head";
            const inside = ".number-face, .foot-words, .tile-name, .tile-figures, .cell-look";
            return [...document.querySelectorAll(boxes)].flatMap((box) => {
                const outer = box.getBoundingClientRect();
                return [...box.querySelectorAll(inside)]
                    .filter((each) => {
                        const inner = each.getBoundingClientRect();
                        return each.textContent.trim() && (
                            inner.left < outer.left - 1 || inner.right > outer.right + 1 ||
                            inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1 ||
                            each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0
                        );
                    })
                    .map((each) => `${each.className} in ${box.className}: ${each.textContent}`);
            });
        }"""
    )
    return found
